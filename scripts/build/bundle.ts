// How the program is bundled, and what goes into it.

import { join } from 'node:path'
import { type OutputChunk, type OutputOptions, type Plugin, type RolldownBuild, type RolldownOutput, rolldown } from 'rolldown'

export const root = join(import.meta.dirname, '../..')

/** What is started by itself, each bundled for itself: the doors, and the thread of the engine. */
export const doors = {
  cli: join(root, 'src/cli.ts'),
  action: join(root, 'src/action.ts'),
  'engine-worker': join(root, 'src/io/engine-worker.ts'),
}
export type Door = keyof typeof doors

/** Not loaded by Node itself when a program starts, and only needed once one of their functions is called. */
const late: ReadonlySet<string> = new Set(['crypto', 'v8', 'zlib'])

/**
 * An import of a built-in module reads every property of it, lazy ones too, which loads a third of Node; asked for by name it loads itself alone, and a late one not before it is needed.
 * What is required (packages in CommonJS) is the module itself, since its callers may extend it.
 */
const builtinsByName: Plugin = {
  name: 'builtins-by-name',
  resolveId: (id, _, { kind }) =>
    id.startsWith('node:') && id !== 'node:module' && kind !== 'require-call' ? { id: `\0${id}`, moduleSideEffects: false } : undefined,
  load: (id) => {
    if (!id.startsWith('\0node:')) return undefined
    const name = id.slice('\0node:'.length)
    const members = Object.entries(process.getBuiltinModule(`node:${name}`) ?? {}).filter(
      ([member]) => /^[a-zA-Z]\w*$/.test(member) && member !== 'default',
    )
    const ask = `process.getBuiltinModule('node:${name}')`
    const lines = members.map(([member, value]) => {
      const isLate = late.has(name) && typeof value === 'function' && /^[a-z]/.test(member)
      return `const _${member} = ${isLate ? `(...words) => ${ask}.${member}(...words)` : `builtin.${member}`}; export { _${member} as ${member} }`
    })
    return `const builtin = /* @__PURE__ */ ${ask}\nexport default builtin\n${lines.join('\n')}\n`
  },
}

/** A file with one letter outside of ASCII is held in two bytes a letter, and takes as much longer to load: such letters are written as escapes, which strings, templates and patterns all know. */
const asciiAlone: Plugin = {
  name: 'ascii-alone',
  generateBundle: (_, bundle) => {
    for (const part of Object.values(bundle)) if (part.type === 'chunk') part.code = part.code.replace(/[\u0080-\uffff]/g, escaped)
  },
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** The sources of a door, read and analysed; close it after use. */
export function openBundle(door: Door): Promise<RolldownBuild> {
  return rolldown({
    input: { [door]: doors[door] },
    platform: 'node',
    treeshake: {
      propertyReadSideEffects: false,
      manualPureFunctions: ['Schema', 'RegExp', 'defineScalarTag', 'defineMappingTag', 'defineSequenceTag'],
    },
    plugins: [builtinsByName, asciiAlone],
    logLevel: 'warn',
  })
}

const output: OutputOptions = { format: 'esm', minify: true, entryFileNames: '[name].js', chunkFileNames: '[name].js' }

/**
 * Writes a door into `dir`. What every start of the terminal command needs lies in one file, since each further one costs a millisecond, and what only some of its words need in others;
 * the others are one file each.
 */
export async function writeBundle(bundle: RolldownBuild, door: Door, dir: string): Promise<void> {
  if (door !== 'cli') return void (await bundle.write({ ...output, dir, codeSplitting: false }))
  const core = startOf(await bundle.generate(output))
  await bundle.write({ ...output, dir, codeSplitting: { groups: [{ name: 'core', test: (id) => core.has(id) }] } })
}

/** The files of all packages that went into the bundle. */
export async function bundledModules(bundle: RolldownBuild): Promise<readonly string[]> {
  const { output } = await bundle.generate({ format: 'esm' })
  return chunksOf({ output }).flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 && id.includes('node_modules') ? [id] : [])),
  )
}

/** The modules that are loaded before anything is asked for, but for the door: what it needs itself is all it holds. */
function startOf(result: Pick<RolldownOutput, 'output'>): ReadonlySet<string> {
  const chunks = new Map(chunksOf(result).map((chunk) => [chunk.fileName, chunk]))
  const open = ['command.js']
  const seen = new Set(open)
  const modules = new Set<string>()
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const chunk = chunks.get(name)
    for (const module of chunk?.moduleIds ?? []) modules.add(module)
    for (const next of chunk?.imports ?? []) {
      if (!seen.has(next)) open.push(next)
      seen.add(next)
    }
  }
  return modules
}

function chunksOf({ output }: Pick<RolldownOutput, 'output'>): readonly OutputChunk[] {
  return output.filter((part): part is OutputChunk => part.type === 'chunk')
}
