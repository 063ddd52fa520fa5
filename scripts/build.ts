// Bundles the program into dist/ and writes the rules beside it; the same sources give the same bytes: node scripts/build.ts [FOLDER]

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openBundle, root, writeBundle } from './build/bundle.ts'
import { loadRules, rulebookOf } from './rulebook.ts'

const dist = process.argv[2] === undefined ? join(root, 'dist') : resolve(process.argv[2])
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
writeFileSync(join(dist, 'rules.json'), JSON.stringify(rulebookOf(loadRules(), version)))
const bundle = await openBundle()
await writeBundle(bundle, dist)
await bundle.close()
