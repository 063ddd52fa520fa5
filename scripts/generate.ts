// Writes what is made from other files: rule pages, schemas, NOTICE, the options in the README.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configSchema } from '../src/config-schema.ts'
import { help } from '../src/help.ts'
import { bundledModules, openBundle, root } from './build/bundle.ts'
import { inputTable } from './generate/input-table.ts'
import { noticeOf } from './generate/notice.ts'
import { reportSchema } from './generate/report-schema.ts'
import { ruleIndex, rulePage } from './generate/rule-page.ts'
import { loadRules } from './rulebook.ts'

const write = (path: string, text: string) => writeFileSync(join(root, path), text)

const loaded = loadRules()
rmSync(join(root, 'docs/rules'), { recursive: true, force: true })
mkdirSync(join(root, 'docs/rules'), { recursive: true })
write('docs/rules/README.md', ruleIndex(loaded))
for (const one of loaded) write(`docs/rules/${one.rule.id}.md`, rulePage(one))
write('docs/config.schema.json', `${JSON.stringify(configSchema, undefined, 2)}\n`)
write('docs/report.schema.json', reportSchema())

const modules: string[] = []
for (const door of ['cli', 'action'] as const) {
  const bundle = await openBundle(door)
  modules.push(...(await bundledModules(bundle)))
  await bundle.close()
}
write('NOTICE', noticeOf(modules, readFileSync(join(root, 'src/render/engine/NOTICE'), 'utf8')))

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const action = readFileSync(join(root, 'action.yml'), 'utf8')
const withOptions = between(readme, 'options', `\`\`\`text\n${help().trimEnd()}\n\`\`\``)
write('README.md', between(withOptions, 'inputs', inputTable(action)))

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced; throws where these are missing. */
function between(text: string, name: string, replacement: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [start, end] = [text.indexOf(open), text.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`README.md has no place for ${name}: put ${open} and ${close} there`)
  return `${text.slice(0, start + open.length)}\n${replacement}\n${text.slice(end)}`
}
