// Bundles the program into dist/ and writes the rules beside it; the same sources give the same bytes.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { loadRules, rulebookOf } from './rulebook.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }

/** An import of a built-in module reads every property of it, lazy ones too, which loads a third of Node; asked for by name it loads itself alone. */
const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  resolveId: (id) => (id.startsWith('node:') ? { id: `\0${id}`, moduleSideEffects: false } : undefined),
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
  plugins: [lazyBuiltins],
  logLevel: 'warn',
})
await bundle.write({
  dir: dist,
  format: 'esm',
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
})
await bundle.close()
