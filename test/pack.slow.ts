// The package as somebody installs it: into an empty folder, with nothing else.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-pack-'))
afterAll(() => rmSync(scratch, { recursive: true }))

test('npm pack gives a package whose command runs where it is installed', () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], { encoding: 'utf8' }),
  )
  const names = packed.files.map(({ path }: { path: string }) => path)
  expect(names).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/rules.json', 'LICENSE', 'NOTICE', 'README.md', 'package.json']))
  expect(names.filter((name: string) => /^(?:src|test|examples|scripts)\//.test(name))).toEqual([])

  const folder = join(scratch, 'empty')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--omit=dev', join(scratch, packed.filename)], {
    cwd: folder,
    stdio: 'pipe',
  })
  writeFileSync(
    join(folder, 'pod.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hostNetwork: true, containers: [{ name: a, image: "a:1" }] }\n',
  )
  const run = (...words: string[]) => spawnSync(join(folder, 'node_modules/.bin/plimsoll'), words, { cwd: folder, encoding: 'utf8' })
  expect(run('--version').stdout.trim()).toBe(packed.version)
  const { status, stdout } = run('scan', 'pod.yaml', '--format', 'json')
  expect(status).toBe(1)
  expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toContain('host-network')
})
