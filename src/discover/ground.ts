// What stands in a tree and what its files say of each other: the ground that targets are found on.

import type { FileKind, Tree } from '../change/tree.ts'
import type { Document } from '../resource/document.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import { lineStarts } from '../text/position.ts'
import { decode } from '../yaml/decode.ts'
import { parseYaml } from '../yaml/parse.ts'
import { type Charts, chartsIn } from './chart.ts'
import { contentOf, largestFile } from './content.ts'
import { folderOf, isKustomizationName } from './filename.ts'
import { isKustomization, type Names, namesIn } from './kustomization.ts'
import type { Memo } from './memo.ts'

/** A kustomization file, read. */
export type Kustomization = { readonly path: string; readonly document: Document; readonly value: Mapping; readonly names: Names }

export type Ground = {
  readonly tree: Tree
  readonly memo: Memo
  /** Whether the policy wants a path looked at. */
  readonly wanted: (path: string) => boolean
  readonly kinds: ReadonlyMap<string, FileKind>
  readonly folders: ReadonlySet<string>
  readonly charts: Charts
  /** By folder; where a folder holds several of the three names, kustomize refuses it: the first counts here. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>
}

/** The ground of a tree; reads its kustomizations, those too that the policy leaves out (others may take them), and nothing else. */
export function groundOf(tree: Tree, wanted: (path: string) => boolean, memo: Memo): Ground {
  const kinds = new Map(tree.files.map(({ path, kind }) => [path, kind]))
  const kustomizations = new Map<string, Kustomization>()
  for (const { path } of tree.files) {
    if (!isKustomizationName(path) || kustomizations.has(folderOf(path))) continue
    const found = kustomizationAt(tree, path, memo)
    if (found !== undefined) kustomizations.set(folderOf(path), found)
  }
  return { tree, memo, wanted, kinds, folders: foldersOf(kinds.keys()), charts: chartsIn(kinds.keys()), kustomizations }
}

function kustomizationAt(tree: Tree, path: string, memo: Memo): Kustomization | undefined {
  const content = contentOf(tree, path, memo)
  if (content?.kind !== 'documents') return undefined
  for (const [index, { yaml }] of content.documents.entries()) {
    const { value } = yaml
    if (!isKustomization(value, true)) continue
    const document = { path, text: content.text, lineStarts: content.lineStarts, yaml, index }
    return { path, document, value, names: namesIn(path, value) }
  }
  return undefined
}

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>([''])
  for (const path of paths) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder)
  }
  return folders
}

/** Whether a path is a file that can be read. */
export function isFile(ground: Ground, path: string): boolean {
  return ground.kinds.get(path) === 'file'
}

/** The paths of all files below a folder, sorted. */
export function filesBelow({ tree }: Ground, folder: string): readonly string[] {
  if (folder === '') return tree.files.map(({ path }) => path)
  const { files } = tree
  const prefix = `${folder}/`
  let low = 0
  let high = files.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((files[middle]?.path ?? '') < prefix) low = middle + 1
    else high = middle
  }
  const found: string[] = []
  for (let at = low; files[at]?.path.startsWith(prefix) === true; at++) found.push(files[at]?.path ?? '')
  return found
}

/** The documents of any YAML file, whatever it holds: values, Chart.yaml, a helmfile. Nothing where it cannot be read. */
export function documentsAt({ tree, kinds }: Ground, path: string): readonly Document[] {
  if (kinds.get(path) !== 'file') return []
  const bytes = tree.read(path)
  if (bytes === undefined || bytes.length > largestFile) return []
  const decoded = decode(bytes)
  if ('failure' in decoded) return []
  const { text } = decoded
  const starts = lineStarts(text)
  return parseYaml(text).map((yaml, index) => ({ path, text, lineStarts: starts, yaml, index }))
}

/** The mapping that the first document of a file is; undefined where it is none. */
export function mappingAt(ground: Ground, path: string): Mapping | undefined {
  const value = documentsAt(ground, path)[0]?.yaml.value
  return isMapping(value) ? value : undefined
}

/** A folder's name for people. */
export function shownFolder(folder: string): string {
  return folder === '' ? '.' : folder
}
