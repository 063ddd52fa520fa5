// Checks the direction of imports, and that nothing outside src/io and the doors touches the world: node scripts/check-imports.ts [ROOT]

import { resolve } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { forbidden, options } from '../.dependency-cruiser.ts'
import { worldlyLines } from './check-imports/world.ts'

const root = resolve(process.argv[2] ?? '.')
const { output } = await cruise(['src'], { ...options, baseDir: root, validate: true, ruleSet: { forbidden: [...forbidden] } })
const { modules, summary } = output as ICruiseResult
const own = modules.filter(({ source }) => source.startsWith('src/'))
const refused = [
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}. ${commentOf(rule.name)}`),
  ...own.flatMap(({ source }) => worldlyLines(root, source)),
]
for (const line of new Set(refused)) console.error(line)
if (own.length === 0) console.error(`no modules found under ${root}/src: nothing was checked`)
console.log(`${own.length} modules, ${summary.totalDependenciesCruised ?? 0} imports, ${refused.length} refused`)
process.exit(refused.length === 0 && own.length > 0 ? 0 : 1)

function commentOf(name: string): string {
  return forbidden.find((rule) => rule.name === name)?.comment ?? ''
}
