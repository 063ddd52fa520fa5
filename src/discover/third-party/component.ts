// Configuration that somebody else writes and this repository takes in: what it is, where it comes from, and what shows that.

/** What shows that something is not of this repository, and where it stands. */
export type Evidence = {
  readonly kind: 'policy' | 'fetched' | 'chart' | 'package' | 'folder' | 'header' | 'label' | 'release'
  /** The file that shows it; for what was fetched the file that asks for it. */
  readonly path: string
  /** For people, the end of a sentence: `Chart.yaml names redis 18.1.0 of https://charts.example.org`. */
  readonly text: string
}

export type Component = {
  readonly name: string
  readonly version?: string
  /** An address, or `owner/name` on GitHub, as far as one is known. */
  readonly source?: string
  readonly evidence: readonly [Evidence, ...Evidence[]]
}

/** What one sign says: a component with that sign as its evidence. */
export function claim(
  evidence: Evidence,
  { name, version = '', source = '' }: { readonly name: string; readonly version?: string; readonly source?: string },
): Component {
  return { name, ...(version === '' ? {} : { version }), ...(source === '' ? {} : { source }), evidence: [evidence] }
}

/** Several signs of one thing: the first names it, those after it fill in what it leaves open. What a folder is called names it only where nothing else does. */
export function joined(claims: readonly Component[]): Component | undefined {
  const [first, ...rest] = [...claims.filter((one) => !isFolder(one)), ...claims.filter(isFolder)]
  if (first === undefined) return undefined
  const alike = rest.filter((one) => one.name === first.name || isFolder(one))
  const version = [first, ...alike].find((one) => one.version !== undefined)?.version
  const source = [first, ...alike].find((one) => one.source !== undefined)?.source
  const evidence = [first, ...alike].flatMap((one) => one.evidence)
  const told = new Map(evidence.map((one) => [`${one.kind} ${one.text}`, one]))
  const [head = first.evidence[0], ...more] = told.values()
  return {
    name: first.name,
    ...(version === undefined ? {} : { version }),
    ...(source === undefined ? {} : { source }),
    evidence: [head, ...more],
  }
}

function isFolder({ evidence: [{ kind }] }: Component): boolean {
  return kind === 'folder'
}
