// Globs that stand in the objects of a change: matched in time that grows with their length alone, whatever they hold.

type Token =
  | { readonly kind: 'one'; readonly test: (character: string) => boolean }
  /** Any number of characters; `slash`: slashes too. */
  | { readonly kind: 'many'; readonly slash: boolean }
  /** `**` and the slash behind it: any number of folders, none too. */
  | { readonly kind: 'folders' }

/** More alternatives than this (`{a,b}{c,d}…`) match nothing. */
const mostAlternatives = 64

/** A function that says whether a path matches: `*`, `?`, `[a-c]`, `{x,y}`, `**`; with `slash`, `*` and `?` match a slash as well. */
export function safeGlob(glob: string, { slash }: { readonly slash: boolean }): (path: string) => boolean {
  const alternatives = expanded(glob).map((alternative) => tokensOf(alternative, slash))
  return (path) => alternatives.some((tokens) => matches(tokens, path))
}

/** `{x,y}` written out; braces that do not close, or too many, leave nothing. */
function expanded(glob: string): readonly string[] {
  let open = [glob]
  for (let round = 0; open.some((text) => /[{}]/.test(text)); round++) {
    if (round > mostAlternatives || open.length > mostAlternatives) return []
    open = open.flatMap((text) => {
      const inner = /\{([^{}]*)\}/.exec(text)
      if (inner === null) return /[{}]/.test(text) ? [] : [text]
      const [before, after] = [text.slice(0, inner.index), text.slice(inner.index + inner[0].length)]
      return (inner[1] ?? '').split(',').map((choice) => before + choice + after)
    })
  }
  return open.length > mostAlternatives ? [] : open
}

function tokensOf(glob: string, slash: boolean): readonly Token[] {
  const tokens: Token[] = []
  const within = (character: string) => slash || character !== '/'
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at] ?? ''
    const isStart = at === 0 || glob[at - 1] === '/'
    if (character === '*' && glob[at + 1] === '*') {
      const isFolders = isStart && glob[at + 2] === '/'
      tokens.push(isFolders ? { kind: 'folders' } : { kind: 'many', slash: true })
      at += isFolders ? 2 : 1
    } else if (character === '*') tokens.push({ kind: 'many', slash })
    else if (character === '?') tokens.push({ kind: 'one', test: within })
    else if (character === '[') {
      const end = glob.indexOf(']', at + 2)
      if (end < 0) return [{ kind: 'one', test: () => false }]
      tokens.push({ kind: 'one', test: setOf(glob.slice(at + 1, end)) })
      at = end
    } else {
      const literal = character === '\\' && at + 1 < glob.length ? (glob[++at] ?? '') : character
      tokens.push({ kind: 'one', test: (other) => other === literal })
    }
  }
  return tokens
}

function setOf(body: string): (character: string) => boolean {
  const isNot = /^[!^]/.test(body)
  const members = isNot ? body.slice(1) : body
  return (character) => {
    let isIn = false
    for (let at = 0; at < members.length; at++) {
      const low = members[at] ?? ''
      const high = members[at + 1] === '-' ? members[at + 2] : undefined
      if (high !== undefined) at += 2
      isIn ||= character >= low && character <= (high ?? low)
    }
    return isIn !== isNot && character !== '/'
  }
}

/** All ways at once: the places in the glob that the path so far may have led to. */
function matches(tokens: readonly Token[], path: string): boolean {
  let places = reach(new Set([0]), tokens)
  for (let at = 0; at < path.length && places.size > 0; at++) {
    const character = path[at] ?? ''
    const next = new Set<number>()
    for (const place of places) {
      const token = tokens[place]
      if (token?.kind === 'one' && token.test(character)) next.add(place + 1)
      else if (token?.kind === 'many' && (token.slash || character !== '/')) next.add(place)
      else if (token?.kind === 'folders') next.add(place)
    }
    places = reach(next, tokens, character)
  }
  return places.has(tokens.length)
}

/** What matches nothing may be passed over; `**` with its slash only where a folder begins. */
function reach(places: ReadonlySet<number>, tokens: readonly Token[], before = '/'): ReadonlySet<number> {
  const all = new Set(places)
  for (const place of all) {
    const token = tokens[place]
    if (token?.kind === 'many' || (token?.kind === 'folders' && before === '/')) all.add(place + 1)
  }
  return all
}
