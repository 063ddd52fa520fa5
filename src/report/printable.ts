// Text from a repository as a terminal may show it: nothing in it can move the cursor, change colours or reorder what is read.

/** Control characters (C0 without tab, C1, DEL), bidirectional controls and invisible marks; line breaks too, where one line is meant. */
const dangerous = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** One line: every dangerous character reads `\u{1b}`, a tab is two spaces. */
export function printable(text: string): string {
  return text.replaceAll('\t', '  ').replace(dangerous, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}

/** Words broken into lines of at most `width`; a word that is longer stands alone. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

/** `1 file`, `2 files`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** The way from a place to the object that is applied: `chart/templates/deployment.yaml:34`, one part each. */
export function waysOf(through: readonly { readonly path: string; readonly line?: number }[]): readonly string[] {
  return through.map(({ path, line }) => (line === undefined ? path : `${path}:${line}`))
}
