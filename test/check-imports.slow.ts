// The rules about imports bite: each forbidden thing is planted in a small tree and refused.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-imports-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** The check over a tree that holds only the given files. */
function check(name: string, files: Readonly<Record<string, string>>): { readonly status: number | null; readonly said: string } {
  const root = join(scratch, name)
  mkdirSync(join(root, 'src'), { recursive: true })
  cpSync('tsconfig.json', join(root, 'tsconfig.json'))
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check-imports.ts', root], { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

const position = { 'src/text/position.ts': 'export type Position = { readonly line: number }\n' }

test('a tree that obeys passes', () => {
  const { status, said } = check('good', {
    ...position,
    'src/yaml/place.ts': "import type { Position } from '../text/position.ts'\nexport const first: Position = { line: 1 }\n",
  })
  expect(said).toContain('2 modules, 1 imports, 0 refused')
  expect(status).toBe(0)
})

test.each([
  [
    'a type-only import of what stands right',
    {
      'src/rule/rule.ts': 'export type Rule = string\n',
      'src/text/position.ts': "import type { Rule } from '../rule/rule.ts'\nexport type Position = Rule\n",
    },
    'text-imports-leftwards',
  ],
  [
    'files outside src/io',
    { 'src/text/position.ts': "import { readFileSync } from 'node:fs'\nexport const text = readFileSync('x')\n" },
    'the-world-stays-outside',
  ],
  ['the clock outside src/io', { 'src/text/position.ts': 'export const now = Date.now()\n' }, 'the-world-stays-outside'],
  ['the environment outside src/io', { 'src/text/position.ts': "export const home = process.env['HOME']\n" }, 'the-world-stays-outside'],
  [
    'the YAML library outside src/yaml',
    { 'src/rule/rule.ts': "import { parse } from 'yaml'\nexport const rule = parse('a')\n" },
    'yaml-behind-yaml',
  ],
  [
    'the expression library elsewhere',
    { 'src/rule/rule.ts': "import { Environment } from '@marcbachmann/cel-js'\nexport const e = new Environment()\n" },
    'cel-behind-rule',
  ],
  [
    'a format that imports another',
    {
      'src/report/json.ts': 'export const json = 1\n',
      'src/report/sarif.ts': "import { json } from './json.ts'\nexport const sarif = json\n",
    },
    'sarif-reads-the-report-alone',
  ],
  [
    'a cycle',
    {
      'src/text/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
      'src/text/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
    },
    'no-cycles',
  ],
  [
    'a folder without a place',
    { 'src/utils/x.ts': 'export const x = 1\n', 'src/text/position.ts': "import { x } from '../utils/x.ts'\nexport const y = x\n" },
    'no-import-of-strangers',
  ],
  [
    'src importing test',
    { 'test/x.ts': 'export const x = 1\n', 'src/text/position.ts': "import { x } from '../../test/x.ts'\nexport const y = x\n" },
    'src-imports-src',
  ],
])('%s is refused', (name, files, rule) => {
  const { status, said } = check(name.replaceAll(' ', '-'), files)
  expect(said).toContain(rule)
  expect(status).toBe(1)
})

test('no modules at all is a failure, not a pass', () => {
  const { status, said } = check('empty', {})
  expect(said).toContain('nothing was checked')
  expect(status).not.toBe(0)
})
