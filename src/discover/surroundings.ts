// What the files of a tree say about each other: charts, and the kustomizations that name others.

import type { Charts } from './chart.ts'
import type { Gap } from './classify.ts'
import type { Ground } from './ground.ts'
import type { Role } from './kustomization.ts'

/** How a file is used, and by which kustomization. */
export type Use = { readonly role: Role; readonly by: string }

export type Surroundings = {
  readonly charts: Charts
  /** By path; the use that shows most of the file wins: as an object before as a patch before as other input. */
  readonly uses: ReadonlyMap<string, Use>
  /** By path of the kustomization. */
  readonly gaps: ReadonlyMap<string, readonly Gap[]>
}

const weight: Readonly<Record<Role, number>> = { resource: 3, patch: 2, values: 1, input: 0 }

/** What the kustomizations of a tree name, and where its charts are. */
export function surroundingsOf({ kinds, folders, charts, kustomizations, wanted }: Ground): Surroundings {
  const uses = new Map<string, Use>()
  const gaps = new Map<string, readonly Gap[]>()
  for (const { path: by, names } of kustomizations.values()) {
    if (!wanted(by)) continue
    const lost: string[] = []
    for (const { role, path } of names.references) {
      if (kinds.has(path)) note(uses, path, { role, by })
      else if (!folders.has(path)) lost.push(path)
    }
    const remote = [...names.charts.map(({ name }) => `chart ${name}`), ...names.remotes.map(({ url }) => url)]
    gaps.set(by, gapsOf({ remote, lost, inline: names.inline }))
  }
  return { charts, uses, gaps }
}

/** What a kustomization adds that nobody looks at: objects from elsewhere, patches in place. A path that leads nowhere adds nothing. */
function gapsOf({
  remote,
  lost,
  inline,
}: {
  readonly remote: readonly string[]
  readonly lost: readonly string[]
  readonly inline: number
}): readonly Gap[] {
  const unseen = [...remote, ...lost]
  const more = unseen.length > 3 ? ` and ${unseen.length - 3} more` : ''
  const detail = unseen.length === 0 ? {} : { detail: `not looked at: ${unseen.slice(0, 3).join(', ')}${more}` }
  const own: Gap = { reason: 'kustomization', attention: remote.length > 0, ...detail }
  if (inline === 0) return [own]
  return [own, { reason: 'kustomize-patch', attention: true, detail: `${inline} ${inline === 1 ? 'patch' : 'patches'} in place` }]
}

function note(uses: Map<string, Use>, path: string, use: Use): void {
  const known = uses.get(path)
  if (known === undefined || weight[known.role] < weight[use.role]) uses.set(path, use)
}
