// Trees, diffs and graphs made of plain text for the tests of discovery.

import { createHash } from 'node:crypto'
import type { Diff, FileDiff } from '../../src/change/diff.ts'
import type { FileKind, Tree } from '../../src/change/tree.ts'
import type { Graph } from '../../src/discover/graph.ts'
import { newMemo } from '../../src/discover/memo.ts'
import type { Selection, Settings } from '../../src/discover/selection.ts'
import { survey } from '../../src/discover/survey.ts'
import { nameOf } from '../../src/resource/resource.ts'

/** Text or bytes of a file, or the kind of a path that is no file. */
export type Files = Readonly<Record<string, string | Uint8Array | { readonly kind: FileKind }>>

const everything: Selection = { ignore: [], include: [], exclude: [] }

export function treeOf(files: Files): Tree {
  const bytes = (path: string) => {
    const content = files[path]
    if (typeof content === 'string') return new TextEncoder().encode(content)
    return content instanceof Uint8Array ? content : undefined
  }
  return {
    revision: 'test',
    files: Object.keys(files)
      .sort()
      .map((path) => ({ path, kind: bytes(path) === undefined ? (files[path] as { readonly kind: FileKind }).kind : 'file' })),
    read: bytes,
    identify: (path) =>
      createHash('sha1')
        .update(bytes(path) ?? '')
        .digest('hex'),
  }
}

export function graphOf(files: Files, settings: Partial<Settings> = {}): Graph {
  return survey(treeOf(files), { ...everything, ...settings }, newMemo())
}

/** What a graph says, a line for each judged object, gap and problem. */
export function linesOf({ targets, skips, problems }: Graph): readonly string[] {
  return [
    ...targets.flatMap(({ id, resources, unrendered }) =>
      resources.map((resource) => `${id} judged${unrendered ? ' unrendered' : ''}: ${nameOf(resource.id)}`),
    ),
    ...skips.map(
      ({ path, document, reason, attention }) => `${path}${document === undefined ? '' : `#${document}`} ${attention ? '!' : ''}${reason}`,
    ),
    ...problems.map(({ path, line, code }) => `${path}:${line} ${code}`),
  ]
}

/** The diff between two trees by path; `renames` gives head paths by base path. */
export function diffOf(base: Files, head: Files, renames: Readonly<Record<string, string>> = {}): Diff {
  const files: FileDiff[] = Object.entries(renames).map(([previousPath, path]) => ({ status: 'renamed', path, previousPath, hunks: [] }))
  for (const path of Object.keys(base)) {
    if (Object.hasOwn(head, path)) {
      if (base[path] !== head[path]) files.push({ status: 'modified', path, hunks: [] })
    } else if (!Object.hasOwn(renames, path)) files.push({ status: 'deleted', path, hunks: [] })
  }
  const arrived = new Set(Object.values(renames))
  for (const path of Object.keys(head))
    if (!Object.hasOwn(base, path) && !arrived.has(path)) files.push({ status: 'added', path, hunks: [] })
  return { files }
}

export function manifest(kind: string, name: string, more = ''): string {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1'
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`
}
