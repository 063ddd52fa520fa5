// What an engine complains of, in as many words as a person needs: the places it names stand beside the message already.

/** Longer complaints are cut in their middle: the beginning says what was done, the end what went wrong. */
const longest = 400

/** `template: a.yaml:8:20: executing "a.yaml" at <include "x" .>: error calling include: …`, each a step inwards. */
const step = /^(?:template: )?[^\s:]*:\d+(?::\d+)?: (?:executing "[^"]*" at (<.*?>): |(?=function ))(?:error calling \w+: )?/s
const tpl = /^error during tpl function execution for "(?:[^"\\]|\\.|"(?!: ))*": /s
const execution = /^execution error at \([^)]*\): /
const parsing = /^parse error at \([^)]*\): /
const wrapping = /^(?:YAML parse error on \S+: )?(?:error converting YAML to JSON: )?(?:yaml: )?/

/** kustomize says three times which patch it means. */
const unmatched = /^(no resource matches strategic merge patch "[^"]*"): no matches for Id .*$/

/** The innermost reason of a chain of them, and the expression it was met at; line breaks are gone. */
export function complaint(message: string): string {
  let rest = message.replace(/\s+/g, ' ').trim()
  let at = ''
  for (;;) {
    const shorter = rest.replace(execution, '').replace(parsing, '').replace(tpl, '')
    const inner = step.exec(shorter)
    if (inner !== null) at = inner[1] ?? at
    const next = inner === null ? shorter : shorter.slice(inner[0].length)
    if (next === rest || next === '') break
    rest = next
  }
  const said = rest.replace(wrapping, '').replace(unmatched, '$1')
  return within(at === '' || said.includes(at) ? said : `${said}, at ${at}`)
}

function within(text: string): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest / 4)} … ${text.slice(-(longest * 3) / 4)}`
}
