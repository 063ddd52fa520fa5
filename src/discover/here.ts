// Which addresses in the objects of a tree mean the repository that is looked at.

import { isMapping, listOf, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { groupBy } from '../text/group.ts'
import { valueAt } from '../text/pointer.ts'
import { folderOf } from './filename.ts'
import type { Ground } from './ground.ts'
import { pathFrom } from './kustomization.ts'
import type { RepositoryUse } from './repository.ts'
import { textAt } from './scene.ts'

/** Which addresses the roots among objects take, and whether what they take stands in the tree. */
export function usesIn(resources: readonly Resource[], ground: Ground): readonly RepositoryUse[] {
  const repositories = groupBy(
    resources.filter(({ id }) => id.kind === 'GitRepository'),
    ({ id }) => id.name,
  )
  const uses = resources.flatMap((resource) => takenBy(resource, repositories)).map((source) => useOf(source, ground))
  return uses.filter(({ url }) => url !== '')
}

/** The sources of git, each with a path, that a root takes. */
function takenBy({ id, value }: Resource, repositories: ReadonlyMap<string, readonly Resource[]>): readonly Mapping[] {
  switch (`${id.group}/${id.kind}`) {
    case 'argoproj.io/Application':
      return sourcesIn(valueAt(value, '/spec'))
    case 'argoproj.io/ApplicationSet':
      return [...sourcesIn(valueAt(value, '/spec/template/spec')), ...generatorsIn(valueAt(value, '/spec/generators'))]
    case 'kustomize.toolkit.fluxcd.io/Kustomization':
      return (repositories.get(textAt(value, '/spec/sourceRef/name')) ?? []).map((repository) => ({
        repoURL: textAt(repository.value, '/spec/url'),
        path: textAt(value, '/spec/path'),
      }))
    case 'source.toolkit.fluxcd.io/GitRepository':
      return [{ repoURL: textAt(value, '/spec/url') }]
    default:
      return []
  }
}

function sourcesIn(spec: unknown): readonly Mapping[] {
  if (!isMapping(spec)) return []
  return [spec['source'], ...listOf(spec['sources'])].filter(isMapping).filter(({ chart }) => chart === undefined)
}

/** The git generators, nested ones too; their paths are globs, of which the part before the first `*` must be there. */
function generatorsIn(generators: unknown, depth = 0): readonly Mapping[] {
  if (depth > 2) return []
  return listOf(generators).flatMap((generator) => {
    if (!isMapping(generator)) return []
    const { git, matrix, merge } = generator
    const nested = [matrix, merge].flatMap((inner) => (isMapping(inner) ? generatorsIn(inner['generators'], depth + 1) : []))
    if (!isMapping(git)) return nested
    const paths = [...listOf(git['directories']), ...listOf(git['files'])].flatMap((entry) => (isMapping(entry) ? [entry['path']] : []))
    return [...nested, ...paths.map((path) => ({ repoURL: git['repoURL'], path: typeof path === 'string' ? fixedPart(path) : '' }))]
  })
}

function fixedPart(glob: string): string {
  const star = glob.search(/[*?[{]/)
  return star < 0 ? glob : folderOf(glob.slice(0, star))
}

function useOf({ repoURL, path }: Mapping, { folders, kinds }: Ground): RepositoryUse {
  const at = typeof path === 'string' ? pathFrom('', path) : ''
  return { url: typeof repoURL === 'string' ? repoURL : '', present: at !== '' && (folders.has(at) || kinds.has(at)) }
}
