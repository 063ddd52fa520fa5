// Running git.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tryGit } from '../../src/io/git.ts'

test('git that ends before it reads what it is given is judged by how it ended', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-git-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { status, error } = tryGit(folder, ['cat-file', '--batch'], { input: 'HEAD:a.yaml\n'.repeat(1_000_000) })
  expect(status).toBe(128)
  expect(error).toContain('not a git repository')
})
