// Bundles the program into dist/ and writes the rules beside it; the same sources give the same bytes.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OutputChunk, type OutputOptions, type Plugin, type RolldownOutput, rolldown } from 'rolldown'
import { loadRules, rulebookOf } from './rulebook.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }

/** An import of a built-in module reads every property of it, lazy ones too, which loads a third of Node; asked for by name it loads itself alone. */
const builtinsByName: Plugin = {
  name: 'builtins-by-name',
  resolveId: (id) => (id.startsWith('node:') && id !== 'node:module' ? { id: `\0${id}`, moduleSideEffects: false } : undefined),
  load: (id) => {
    if (!id.startsWith('\0node:')) return undefined
    const name = id.slice(1)
    const members = Object.keys(process.getBuiltinModule(name) ?? {}).filter(
      (member) => /^[a-zA-Z]\w*$/.test(member) && member !== 'default',
    )
    const lines = members.map((member) => `const _${member} = builtin.${member}; export { _${member} as ${member} }`)
    return `const builtin = process.getBuiltinModule('${name}')\nexport default builtin\n${lines.join('\n')}\n`
  },
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
writeFileSync(join(dist, 'rules.json'), JSON.stringify(rulebookOf(loadRules(), version)))
const bundle = await rolldown({
  input: { cli: join(root, 'src/cli.ts') },
  platform: 'node',
  treeshake: {
    propertyReadSideEffects: false,
    manualPureFunctions: ['Schema', 'RegExp', 'defineScalarTag', 'defineMappingTag', 'defineSequenceTag'],
  },
  plugins: [builtinsByName],
  logLevel: 'warn',
})
const output: OutputOptions = { dir: dist, format: 'esm', minify: true, entryFileNames: '[name].js', chunkFileNames: '[name].js' }
const core = startOf(await bundle.generate(output))
// What a start needs lies in one file: each further one costs a millisecond.
await bundle.write({ ...output, codeSplitting: { groups: [{ name: 'core', test: (id) => core.has(id) }] } })
await bundle.close()

/** The modules that are loaded before anything is asked for. */
function startOf({ output }: RolldownOutput): ReadonlySet<string> {
  const chunks = new Map(output.filter((part): part is OutputChunk => part.type === 'chunk').map((chunk) => [chunk.fileName, chunk]))
  const open = ['cli.js']
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
  // The door awaits at its top level: what a later part imports must not wait for it.
  modules.delete(join(root, 'src/cli.ts'))
  return modules
}
