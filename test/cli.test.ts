// The terminal door as a shell sees it: words in, text and an exit code out.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ReportedFinding } from '../src/report/report.ts'
import { builtProgram } from './built.ts'

const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-cli-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const cli = join(builtProgram(), 'cli.js')
const bad = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { hostNetwork: true, containers: [{ name: a, image: "a:1" }] }\n'
const good = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n'
writeFileSync(join(scratch, 'bad.yaml'), bad)
writeFileSync(join(scratch, 'good.yaml'), good)
writeFileSync(join(scratch, 'broken.yaml'), 'apiVersion: v1\nkind: Pod\n\tmetadata: x\n')

type Options = { readonly input?: string; readonly folder?: string; readonly env?: Readonly<Record<string, string>> }
function run(words: readonly string[], { input = '', folder = '', env = {} }: Options = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    cwd: join(scratch, folder),
    input,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  })
  return { status, stdout, stderr }
}

describe('scan', () => {
  test('fails at the gate, and says where', () => {
    const { status, stdout, stderr } = run(['scan', 'bad.yaml'])
    expect(status).toBe(1)
    expect(stdout).toContain('bad.yaml:4:9')
    expect(stderr).toBe('')
  })

  test('is quiet when all is well, but for what was judged', () => {
    const { status, stdout } = run(['scan', 'good.yaml'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^coverage: 1 object in 1 file judged by \d+ rules\n✓ pass {2}nothing found\n$/)
  })

  test('reads standard input', () => {
    expect(JSON.parse(run(['scan', '-', '-f', 'json'], { input: bad }).stdout).findings[0].location.path).toBe('stdin.yaml')
  })

  test.each(['manifest', 'manifest.txt', 'web.yaml.bak', 'web.yaml.j2'])(
    'looks at a file that is named, whatever its ending: %s',
    (name) => {
      writeFileSync(join(scratch, name), bad)
      const { stdout } = run(['scan', name, 'good.yaml'])
      rmSync(join(scratch, name))
      expect(stdout).toContain(`  ${name}:4:9`)
      expect(stdout).toContain('coverage: 2 objects in 2 files')
    },
  )

  test('says so of a named file that is no manifest', () => {
    writeFileSync(join(scratch, 'notes.txt'), 'no manifest\n')
    const { stdout } = run(['scan', 'notes.txt'])
    rmSync(join(scratch, 'notes.txt'))
    expect(stdout).toContain('not judged: 1 not-kubernetes')
  })

  test('is incomplete where something cannot be looked at, unless told otherwise', () => {
    expect(run(['scan', 'broken.yaml']).status).toBe(1)
    expect(run(['scan', 'broken.yaml']).stdout).toContain('broken.yaml:3:1')
    expect(run(['scan', 'broken.yaml', '--fail-on-incomplete', 'never']).status).toBe(0)
  })

  test.each([
    ['never', 0],
    ['critical', 0],
    ['high', 1],
    ['info', 1],
  ])('the gate %s gives %d', (gate, status) => {
    expect(run(['scan', 'bad.yaml', '--fail-on', gate]).status).toBe(status)
  })

  test('writes each format where it is told to', () => {
    const { status, stdout, stderr } = run([
      'scan',
      'bad.yaml',
      '-f',
      'terminal',
      '-f',
      'json',
      '-o',
      'out/report.json',
      '-o',
      'out/report.sarif',
      '--fail-on',
      'never',
    ])
    expect([status, stderr]).toEqual([0, 'Wrote out/report.json\nWrote out/report.sarif\n'])
    expect(stdout).toContain('✓ pass')
    expect(JSON.parse(readFileSync(join(scratch, 'out/report.json'), 'utf8')).findings.length).toBeGreaterThan(0)
    expect(JSON.parse(readFileSync(join(scratch, 'out/report.sarif'), 'utf8')).version).toBe('2.1.0')
  })

  test('tells with --debug what took how long and why each file was or was not judged', () => {
    const { stdout, stderr } = run(['scan', '--debug', '-f', 'json'])
    expect(stderr).toContain('debug: bad.yaml: judged, 1 object')
    expect(stderr).toContain('debug: broken.yaml: could not be looked at')
    expect(stderr).toMatch(/debug: parse: [\d.]+ ms/)
    expect(() => JSON.parse(stdout)).not.toThrow()
  })
})

describe('the policy of a scan', () => {
  const place = (...parts: string[]) => join(scratch, 'shop', ...parts)
  mkdirSync(place('apps', 'drafts'), { recursive: true })
  writeFileSync(place('apps', 'web.yaml'), bad)
  writeFileSync(place('apps', 'drafts', 'web.yaml'), bad.replace('web', 'draft'))
  const judged = (words: readonly string[], input = '') => {
    const report = JSON.parse(run([...words, '-f', 'json'], { input, folder: 'shop' }).stdout)
    return { source: report.policy.source, paths: report.findings.map((finding: ReportedFinding) => finding.location.path) }
  }

  test('is that of the current folder, whose globs mean paths as they are shown', () => {
    writeFileSync(place('.plimsoll.yaml'), 'profile: baseline\npaths: { exclude: [apps/drafts] }\n')
    expect(judged(['scan', 'apps'])).toEqual({ source: '.plimsoll.yaml', paths: ['apps/web.yaml'] })
    expect(judged(['scan', '-'], bad)).toEqual({ source: '.plimsoll.yaml', paths: ['stdin.yaml'] })
    expect(judged(['scan'])).toEqual({ source: '.plimsoll.yaml', paths: ['apps/web.yaml'] })
  })

  test('is that of the named folder where it holds one, and speaks of the paths in it', () => {
    writeFileSync(place('apps', '.plimsoll.yaml'), 'profile: baseline\nenvironments: [{ name: trial, paths: [drafts] }]\n')
    expect(judged(['scan', './apps/'])).toEqual({ source: 'apps/.plimsoll.yaml', paths: ['apps/drafts/web.yaml', 'apps/web.yaml'] })
    const { stdout } = run(['scan', 'apps', '-f', 'json'], { folder: 'shop' })
    expect(JSON.parse(stdout).findings.map((finding: ReportedFinding) => finding.environments)).toEqual([['trial'], ['']])
    writeFileSync(place('apps', '.plimsoll.yaml'), 'profile: baseline\npaths: { exclude: [drafts/**] }\n')
    expect(judged(['scan', 'apps']).paths).toEqual(['apps/web.yaml'])
    expect(judged(['scan', place('apps')]).paths).toEqual([place('apps', 'web.yaml')])
    expect(judged(['scan', 'apps', 'apps/drafts']).source).toBe('.plimsoll.yaml')
  })

  test('takes the ignored paths from where it takes the globs', () => {
    writeFileSync(place('apps', '.plimsollignore'), '/web.yaml\n')
    expect(judged(['scan', 'apps', '-c', 'apps/.plimsoll.yaml']).paths).toEqual([])
    rmSync(place('apps', '.plimsoll.yaml'))
    expect(judged(['scan', 'apps'])).toEqual({ source: '.plimsoll.yaml', paths: ['apps/web.yaml'] })
    rmSync(place('.plimsoll.yaml'))
    expect(judged(['scan', 'apps', '--profile', 'baseline'])).toEqual({ source: 'built-in defaults', paths: ['apps/drafts/web.yaml'] })
  })

  test('is told with a place that an editor opens', () => {
    writeFileSync(place('apps', '.plimsoll.yaml'), 'fail-on: hgih\n')
    expect(run(['scan', 'apps'], { folder: 'shop' }).stderr).toContain('plimsoll: apps/.plimsoll.yaml:1:10: "fail-on" is "hgih"')
  })
})

describe('review', () => {
  test('compares two folders', () => {
    const example = join(import.meta.dirname, '../examples/pull-request')
    const { status, stdout } = run(['review', '--base', join(example, 'base'), '--head', join(example, 'head')])
    expect(status).toBe(1)
    expect(stdout).toContain('✗ fail  5 findings at or above the gate "high"')
  })

  test('needs something to compare with', () => {
    const { status, stderr } = run(['review'])
    expect(status).toBe(2)
    expect(stderr).toContain('is not in a git repository\n  Run it inside a git repository, or compare two folders')
  })
})

describe('words', () => {
  test('help and version', () => {
    expect(run(['--help'])).toMatchObject({ status: 0, stderr: '' })
    expect(run([]).stdout).toContain('Examples')
    expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('rules, and one of them', () => {
    expect(run(['rules']).stdout).toMatch(/\d+ rules\. plimsoll rules ID tells one in full\./)
    expect(run(['rules', 'privileged-container']).stdout).toContain('Container runs privileged')
    expect(run(['rules', 'nothing'])).toMatchObject({
      status: 2,
      stderr: 'plimsoll: there is no rule "nothing"\n  Run "plimsoll rules" for the ids.\n',
    })
  })

  test.each([
    [['scna'], 'command "scna" is not one of scan, review'],
    [['scan', '--fail-on', 'hgih'], '--fail-on "hgih" is not one of critical, high'],
    [['scan', '--frobnicate'], "Unknown option '--frobnicate'"],
    [['scan', '-f', 'json', '-f', 'sarif'], 'two formats would be written to standard output'],
    [['scan', '-o', 'report.pdf'], 'the format of "report.pdf" is not known'],
    [['scan', 'nowhere'], 'there is no file or folder nowhere'],
    [['scan', '--config', 'nowhere.yaml'], 'cannot read the configuration nowhere.yaml'],
    [['scan', '--kubernetes-version', 'new'], 'Kubernetes version "new"'],
    [['review', 'x'], 'review takes no path'],
  ])('%j is answered with what is wrong and what to do', (words, message) => {
    const { status, stdout, stderr } = run(words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/\n {2}\S/)
    expect(stderr).not.toMatch(/\n {4}at /)
  })
})

describe('the terminal', () => {
  test('colours come only when asked for, and NO_COLOR takes them away', () => {
    expect(run(['scan', 'bad.yaml']).stdout).not.toContain('\u001b')
    expect(run(['scan', 'bad.yaml', '--color']).stdout).toContain('\u001b[')
    expect(run(['scan', 'bad.yaml'], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[')
    expect(run(['scan', 'bad.yaml'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain('\u001b')
    expect(run(['scan', 'bad.yaml', '--no-color'], { env: { FORCE_COLOR: '1' } }).stdout).not.toContain('\u001b')
  })

  test('a reader that goes away is no failure', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `'${process.execPath}' '${cli}' rules | head -1`], { cwd: scratch, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})

describe('compiled code', () => {
  test.each([
    ['is kept in the cache of the user', { HOME: join(scratch, 'home'), XDG_CACHE_HOME: '', CI: '' }, true],
    ['is not kept on a machine that builds', { HOME: join(scratch, 'runner'), XDG_CACHE_HOME: '', CI: 'true' }, false],
    ['is not kept where nobody is at home', { HOME: '', XDG_CACHE_HOME: '', CI: '' }, false],
  ])('%s', (_, env, isKept) => {
    const { status, stderr } = run(['scan', 'good.yaml'], { env: { NODE_COMPILE_CACHE: '', ...env } })
    expect([status, stderr]).toEqual([0, ''])
    expect(existsSync(join(env.HOME, '.cache/plimsoll/code'))).toBe(isKept)
  })

  test('that cannot be written costs nothing else', () => {
    writeFileSync(join(scratch, 'no-folder'), '')
    const { status, stderr } = run(['scan', 'good.yaml'], { env: { XDG_CACHE_HOME: join(scratch, 'no-folder'), CI: '' } })
    expect([status, stderr]).toEqual([0, ''])
  })
})
