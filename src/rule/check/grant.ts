// What one entry of a Role grants, matched as the RBAC authorizer matches it.

/** One entry of `rules` of a Role or ClusterRole, as far as it is about resources. */
export type Entry = {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly resourceNames: readonly string[]
}

/** Rights that are dangerous together: each of the verbs on each of the resources (`pods/exec`) of each of the groups (empty: core). */
export type Right = { readonly groups: readonly string[]; readonly resources: readonly string[]; readonly verbs: readonly string[] }

/** What an entry grants of some rights: the places of the words that grant it, the words, and each right as `verb group/resource`. */
export type Grant = {
  /** Position in the entry's `verbs` and `resources` of the first words that grant. */
  readonly verb: number
  readonly resource: number
  /** As written, each once. */
  readonly verbs: readonly string[]
  readonly resources: readonly string[]
  readonly rights: readonly string[]
}

let lastValue: unknown
let lastEntry: Entry = { apiGroups: [], resources: [], verbs: [], resourceNames: [] }

/** The entry as it was written; what is no list of words counts as empty. The rules ask for the same entry one after the other. */
export function entryOf(value: unknown): Entry {
  if (value === lastValue) return lastEntry
  const fields = value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {}
  lastValue = value
  lastEntry = {
    apiGroups: wordsIn(fields['apiGroups']),
    resources: wordsIn(fields['resources']),
    verbs: wordsIn(fields['verbs']),
    resourceNames: wordsIn(fields['resourceNames']),
  }
  return lastEntry
}

/** Groups whose resources are called as what is measured, by whatever measures: nobody can list them. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ */
const measured: ReadonlySet<string> = new Set(['custom.metrics.k8s.io', 'external.metrics.k8s.io'])

/** Whether an entry is about measurements alone, so that a `*` in its resources is the only word there is. */
export function isOfMeasurements({ apiGroups }: Entry): boolean {
  return apiGroups.length > 0 && apiGroups.every((group) => measured.has(group))
}

/** What `entry` grants of `rights`, or undefined. A `*` counts as each word that it stands for. */
export function grantOf(entry: Entry, rights: readonly Right[]): Grant | undefined {
  const granted: { readonly verb: number; readonly resource: number; readonly right: string }[] = []
  for (const right of rights) {
    for (const group of right.groups) {
      if (!entry.apiGroups.some((word) => word === '*' || word === group)) continue
      for (const resource of right.resources) {
        const resourceAt = entry.resources.findIndex((word) => matchesResource(word, resource))
        if (resourceAt < 0) continue
        for (const verb of right.verbs) {
          const verbAt = entry.verbs.findIndex((word) => word === '*' || word === verb)
          if (verbAt >= 0) granted.push({ verb: verbAt, resource: resourceAt, right: `${verb} ${group}/${resource}` })
        }
      }
    }
  }
  if (granted.length === 0) return undefined
  const verbs = new Set(granted.map(({ verb }) => verb))
  const resources = new Set(granted.map(({ resource }) => resource))
  return {
    verb: Math.min(...verbs),
    resource: Math.min(...resources),
    verbs: picked(entry.verbs, verbs),
    resources: picked(entry.resources, resources),
    rights: [...new Set(granted.map(({ right }) => right))],
  }
}

/** `*` is every resource, its subresources too; `*\/scale` is one subresource of every resource. `pods/*` is not special. */
function matchesResource(word: string, resource: string): boolean {
  if (word === '*' || word === resource) return true
  const slash = resource.indexOf('/')
  return slash >= 0 && word === `*${resource.slice(slash)}`
}

function picked(words: readonly string[], at: ReadonlySet<number>): readonly string[] {
  return [...new Set(words.filter((_, index) => at.has(index)))]
}

/** The indices of a list that are no words would shift, so they stay in place as empty words. */
function wordsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((word) => (typeof word === 'string' ? word : '')) : []
}
