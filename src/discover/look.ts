// Whether a text that cannot be read as YAML, or need not be, looks like a Kubernetes manifest.

const key = (name: string) => `["']?${name}["']?[ \\t]*:`
const atLineStart = new RegExp(`^(?:- )?(?:${key('apiVersion')}[ \\t]*["']?[\\w{$]|${key('kind')}[ \\t]*["']?[A-Z{$])`, 'm')
const apiVersionKey = new RegExp(`(?:^[ \\t]*(?:- ?)?|[{,][ \\t]*)${key('apiVersion')}`, 'm')
const kindKey = new RegExp(`(?:^[ \\t]*(?:- ?)?|[{,][ \\t]*)${key('kind')}`, 'm')

/** `apiVersion:` or `kind:` at the start of a line, or both of them anywhere as keys; comments do not count. */
export function looksLikeKubernetes(text: string): boolean {
  return atLineStart.test(text) || (apiVersionKey.test(text) && kindKey.test(text))
}

/**
 * Whether a text may hold a Kubernetes object at all: a false answer is certain, and such a text need not be parsed.
 * Escapes and tags can spell `apiVersion` without the word standing there, so they count.
 */
export function mayHoldObjects(text: string): boolean {
  return text.includes('apiVersion') || /\\[ux\r\n]|!(?:<|!binary)|^%TAG|^["']?[kK]ind["']?[ \t]*:/m.test(text)
}
