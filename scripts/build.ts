// Bundles the program into dist/ and writes the rules beside it; the same sources give the same bytes.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { loadRules, rulebookOf } from './rulebook.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
writeFileSync(join(dist, 'rules.json'), JSON.stringify(rulebookOf(loadRules(), version)))
const bundle = await rolldown({ input: { cli: join(root, 'src/cli.ts') }, platform: 'node', treeshake: true, logLevel: 'warn' })
await bundle.write({
  dir: dist,
  format: 'esm',
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
})
await bundle.close()
