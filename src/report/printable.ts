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

/** `Deployment shop/api`; what is alike, of the same kind, follows by name: `Deployment shop/api, shop/web and 2 more`. */
export function objectText({ resource, alike }: { readonly resource: Named; readonly alike: readonly Named[] }): string {
  const names = [resource, ...alike].map(({ namespace, name }) => (namespace === '' ? name : `${namespace}/${name}`))
  return `${resource.kind} ${shortened(names)}`
}

/** The first of many names: `a, b, c and 2 more`. */
export function shortened(names: readonly string[]): string {
  const more = names.length - mostNames
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

type Named = { readonly kind: string; readonly namespace: string; readonly name: string }
const mostNames = 3

/** What could not be looked at before either: how many, and the first of them by place and name. */
export function oldProblems(problems: readonly { readonly path: string; readonly line?: number; readonly message: string }[]): string {
  const shown = problems.slice(0, mostNames).map(({ path, line, message }) => `${path}${line === undefined ? '' : `:${line}`} (${message})`)
  const more = problems.length - shown.length
  const were = problems.length === 1 ? 'was' : 'were'
  return `${counted(problems.length, 'problem')} that ${were} there before: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

/** The way from a place to the object that is applied: `chart/templates/deployment.yaml:34`, one part each. */
export function waysOf(through: readonly { readonly path: string; readonly line?: number }[]): readonly string[] {
  return through.map(placeText)
}

/** `web.yaml:12`, or the file where no line is known. */
export function placeText({ path, line }: { readonly path: string; readonly line?: number }): string {
  return line === undefined ? path : `${path}:${line}`
}
