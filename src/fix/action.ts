// The actions of a Go template: what stands between two braces.

const keyword = /^\{\{-?\s*(if|else|end|range|with|define|block)\b/

/** The word that makes an action one that decides about what stands around it; undefined for all others. */
export function keywordOf(action: string): string | undefined {
  return keyword.exec(action)?.[1]
}

/** Whether an action writes nothing itself. */
export function isControl(action: string): boolean {
  return keyword.test(action) || /^\{\{-?\s*(?:\/\*|\$\w*\s*:?=|template\b|break\b|continue\b)/.test(action)
}

/** The numbers of the actions that begin and end what a template defines for others. */
export function definitionsIn(actions: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>()
  const open: number[] = []
  for (const [number, action] of actions.entries()) {
    const word = keywordOf(action)
    if (word === undefined || word === 'else') continue
    if (word !== 'end') {
      open.push(number)
      if (word === 'define') found.add(number)
    } else if (found.has(open.pop() ?? -1)) found.add(number)
  }
  return found
}
