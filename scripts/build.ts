// Bundles the program into dist/ and writes the rules beside it; the same sources give the same bytes: node scripts/build.ts [FOLDER]

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openBundle, root, writeBundle } from './build/bundle.ts'
import { loadRules, rulebookOf } from './rulebook.ts'

const dist = process.argv[2] === undefined ? join(root, 'dist') : resolve(process.argv[2])
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }

mkdirSync(dist, { recursive: true })
// The engine is built by a script of its own, and only when its sources change.
for (const entry of readdirSync(dist)) if (!entry.startsWith('engine.wasm')) rmSync(join(dist, entry), { recursive: true })
writeFileSync(join(dist, 'rules.json'), JSON.stringify(rulebookOf(loadRules(), version)))
for (const door of ['cli', 'action', 'engine-worker'] as const) {
  const bundle = await openBundle(door)
  await writeBundle(bundle, door, dist)
  await bundle.close()
}
