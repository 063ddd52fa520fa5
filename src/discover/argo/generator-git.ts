// The git generator of an ApplicationSet, on the tree that is looked at: folders, or files with parameters in them.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import { baseName, folderOf } from '../filename.ts'
import { safeGlob } from '../glob.ts'
import { documentsAt } from '../ground.ts'
import { textAt } from '../scene.ts'
import type { Context, Generated, Generation } from './generation.ts'
import { fillTemplate, type Parameters } from './template.ts'

/** The parameters of each folder, or of each entry of each file, that the generator's globs match; refused where the repository is another one. */
export function gitParameters(written: Mapping, context: Context): Generation {
  const filled = context.outer === undefined ? { value: written } : fillTemplate(written, context.outer, context.isGo)
  const refuse = (message: string): Generation => ({
    all: [],
    refused: [{ code: 'unsupported-generator', message, pointer: context.pointer }],
  })
  if ('why' in filled) return refuse(filled.why)
  const body = filled.value
  const repository = textAt(body, '/repoURL')
  if (!context.scene.isHere(repository)) return refuse(`its git generator reads another repository, ${repository}`)
  const { ground, effort } = context.scene
  effort.globs -= body['files'] === undefined ? ground.folders.size : ground.tree.files.length
  if (effort.globs < 0) {
    const message = 'its git generator is not followed: there is more to compare with globs than can be looked at'
    return { all: [], refused: [{ code: 'limit', message, pointer: context.pointer }] }
  }
  const prefix = textAt(body, '/pathParamPrefix')
  const values = isMapping(body['values']) ? body['values'] : {}
  const entries = body['files'] === undefined ? inFolders(body, context) : inFiles(body, context)
  const unfilled: string[] = []
  const all = entries.flatMap(({ folder, file, data }): readonly Generated[] => {
    const path = context.isGo ? goPath(folder, file) : plainPath(folder, file)
    const parameters = context.isGo ? { ...data, ...nested(path, prefix) } : { ...flat(data), ...prefixed(path, prefix) }
    const own = fillTemplate(values, parameters, context.isGo)
    if ('why' in own) {
      unfilled.push(own.why)
      return []
    }
    const more = context.isGo ? { values: own.value } : prefixed(own.value, 'values')
    return [{ parameters: Object.keys(values).length === 0 ? parameters : { ...parameters, ...more } }]
  })
  const [why] = unfilled
  return why === undefined
    ? { all, refused: [] }
    : { all, refused: refuse(`${unfilled.length} of the ${entries.length} entries of its git generator are left out: ${why}`).refused }
}

type Entry = { readonly folder: string; readonly file?: string; readonly data: Mapping }

function inFolders(body: Mapping, { scene }: Context): readonly Entry[] {
  const matches = matcher(body['directories'])
  return [...scene.ground.folders]
    .filter((folder) => folder !== '' && !folder.split('/').some((part) => part.startsWith('.')) && matches(folder))
    .sort()
    .map((folder) => ({ folder, data: {} }))
}

/** A file with a list gives an entry for each mapping in it. */
function inFiles(body: Mapping, { scene }: Context): readonly Entry[] {
  const matches = matcher(body['files'])
  return scene.ground.tree.files
    .filter(({ path, kind }) => kind === 'file' && matches(path))
    .flatMap(({ path }) =>
      documentsAt(scene.ground, path)
        .flatMap(({ yaml }) => (Array.isArray(yaml.value) ? listOf(yaml.value) : [yaml.value]))
        .flatMap((data) => (isMapping(data) ? [{ folder: folderOf(path), file: baseName(path), data }] : [])),
    )
}

/** An `exclude` beats every other entry, wherever it stands. */
function matcher(entries: unknown): (path: string) => boolean {
  const globs = listOf(entries).flatMap((entry) =>
    isMapping(entry) ? [{ glob: textAt(entry, '/path'), exclude: entry['exclude'] === true }] : [],
  )
  const compiled = globs.map(({ glob, exclude }) => ({
    exclude,
    matches: safeGlob(glob.replace(/^\.?\//, '').replace(/\/$/, ''), { slash: false }),
  }))
  return (path) =>
    compiled.some(({ exclude, matches }) => !exclude && matches(path)) && !compiled.some(({ exclude, matches }) => exclude && matches(path))
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9.-]/g, '-')
}

function goPath(folder: string, file: string | undefined): Mapping {
  const basename = baseName(folder)
  const common = { path: folder, basename, basenameNormalized: normalized(basename), segments: folder.split('/') }
  return { path: file === undefined ? common : { ...common, filename: file, filenameNormalized: normalized(file) } }
}

function plainPath(folder: string, file: string | undefined): Mapping {
  const basename = baseName(folder)
  const segments = Object.fromEntries(folder.split('/').map((segment, index) => [`path[${index}]`, segment]))
  const names = file === undefined ? {} : { 'path.filename': file, 'path.filenameNormalized': normalized(file) }
  return { path: folder, 'path.basename': basename, 'path.basenameNormalized': normalized(basename), ...segments, ...names }
}

function nested(path: Mapping, prefix: string): Mapping {
  return prefix === '' ? path : { [prefix]: path }
}

function prefixed(parameters: Mapping, prefix: string): Mapping {
  return prefix === '' ? parameters : Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`${prefix}.${key}`, value]))
}

/** Nested values under dotted names; items of lists under `name[0]`. */
function flat(data: Mapping): Parameters {
  const found: Record<string, unknown> = {}
  const add = (value: unknown, name: string): void => {
    if (isMapping(value)) for (const [key, child] of Object.entries(value)) add(child, name === '' ? key : `${name}.${key}`)
    else if (Array.isArray(value)) for (const [index, child] of value.entries()) add(child, `${name}[${index}]`)
    else found[name] = value
  }
  add(data, '')
  return found
}
