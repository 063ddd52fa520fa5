// Golden pull requests: each folder of test/pulls tells what happened, what a person hears, and obeys the laws of a review.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Change } from '../src/change/change.ts'
import { diffTrees } from '../src/change/compare-trees.ts'
import type { Tree } from '../src/change/tree.ts'
import { UserError } from '../src/errors.ts'
import { openChange } from '../src/io/change.ts'
import { readPolicy } from '../src/io/policy.ts'
import { engine } from '../src/io/rendering.ts'
import { refusing } from '../src/render/refusing.ts'
import { formatNames, formatOf } from '../src/report/format.ts'
import type { Report, ReportedFinding } from '../src/report/report.ts'
import { scan } from '../src/scan.ts'
import { silent } from '../src/watch.ts'
import { kept, reviewChange, rulebook } from './program.ts'

/** The head of a story.md: the verdict that a person expects, and what git cannot hold well. */
type Story = {
  readonly verdict: Report['verdict'] | 'error'
  /** How many findings were there before: what is silent must not have been overlooked. */
  readonly unchanged?: number
  /** What must not stand in any output. */
  readonly secrets?: readonly string[]
  /** Links that head holds, by path, and where they lead. */
  readonly symlinks?: Readonly<Record<string, string>>
  /** Roots of Argo CD or Flux name paths of the repository, which do not move with the files. */
  readonly rooted?: boolean
  /** Files of head whose content is not in this clone. */
  readonly missing?: readonly string[]
}

const pulls = join(import.meta.dirname, 'pulls')
const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-pulls-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const stories = readdirSync(pulls, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

test('there are stories', () => expect(stories.length).toBeGreaterThan(80))

for (const name of stories) {
  const story = readStory(name)
  if (story.verdict === 'error') describe(name, () => tellsTheError(name, story))
  else describe(name, () => holds(name, story))
}

function tellsTheError(name: string, story: Story): void {
  test('says what is wrong and what to do', async () => {
    const thrown: unknown = await reviewChange(changeOf(name, story)).catch((error: unknown) => error)
    if (!(thrown instanceof UserError)) throw new Error(`expected an error of the user, not ${String(thrown)}`)
    await expect(`${thrown.message}\n  ${thrown.hint}\n`).toMatchFileSnapshot(join(pulls, name, 'expected/report.txt'))
  })
}

function holds(name: string, story: Story): void {
  const change = changeOf(name, story)

  test('says what a person should hear', async () => {
    const report = await reviewChange(change)
    const text = (await formatOf('terminal'))(report, { color: false, width: 100 })
    await expect(kept(text)).toMatchFileSnapshot(join(pulls, name, 'expected/report.txt'))
    expect(report.verdict).toBe(story.verdict)
    if (story.unchanged !== undefined) expect(report.findings.filter(({ state }) => state === 'unchanged')).toHaveLength(story.unchanged)
  })

  test('finds nothing new in head against itself', async () => {
    const everything = change.head.files.map(({ path }) => ({ status: 'modified' as const, path, hunks: [] }))
    const report = await reviewChange({ ...change, base: change.head, diff: { files: everything } })
    expect(report.findings.filter(isFresh).map(told)).toEqual([])
    expect(report.problems.filter(({ state }) => state === 'new')).toEqual([])
  })

  if (story.rooted !== true)
    test('finds nothing new when all files move to another folder', async () => {
      const policy = await readPolicy(change.policy, {}, undefined)
      // What a team decided by path does not move with the files.
      if (policy.ignore.length + policy.paths.exclude.length + policy.paths.include.length + policy.environments.length > 0) return
      const moved = movedTree(change.head, 'elsewhere')
      const files = change.head.files.map(({ path }) => ({
        status: 'renamed' as const,
        path: `elsewhere/${path}`,
        previousPath: path,
        hunks: [],
      }))
      const report = await reviewChange({ ...change, base: change.head, head: moved, diff: { files } })
      expect(report.findings.filter(({ state }) => state !== 'unchanged').map(told)).toEqual([])
    })

  test('is judged alike when head brings a policy of its own', async () => {
    const head = withFiles(change.head, { '.plimsollignore': '*\n', '.plimsoll.yaml': 'fail-on: never\nfail-on-incomplete: never\n' })
    const [plain, bribed] = [await reviewChange(change), await reviewChange({ ...change, head, diff: diffTrees(change.base, head) })]
    expect(bribed.findings.map(told)).toEqual(plain.findings.map(told))
    expect([bribed.verdict, bribed.problems]).toEqual([plain.verdict, plain.problems])
    expect(bribed.notes).toHaveLength(2)
  })

  test('points at lines that are there, and shows them as they are', async () => {
    const { findings } = await reviewChange(change)
    for (const { state, location, frame } of findings) {
      const tree = state === 'fixed' ? change.base : change.head
      const lines = new TextDecoder().decode(tree.read(location.path)).split('\n')
      const line = lines[location.line - 1]
      expect(line, `${location.path}:${location.line}`).toBeDefined()
      expect(location.column).toBeLessThanOrEqual((line ?? '').length + 1)
      expect(location.endLine).toBeLessThanOrEqual(lines.length)
      const shown = frame?.lines[location.line - frame.firstLine] ?? ''
      if (!shown.includes('•••')) expect(shown).toBe(line?.replace(/\r$/, ''))
    }
  })

  test('finds all that is new in a scan of head, too', async () => {
    const { findings } = await reviewChange(change)
    const policy = await readPolicy(change.policy, { profile: 'all' }, undefined)
    const whole = await scan(change.head, { policy, rulebook, watch: silent, engine, sources: refusing })
    // What is a finding of its own in a review may be one of several objects alike in a scan.
    const all = whole.findings.flatMap(({ rule, pointer, resource, alike }) =>
      [resource, ...alike].map((one) => ({ rule, pointer, resource: one })),
    )
    for (const finding of findings.filter(isFresh)) {
      const { rule, pointer, resource } = finding
      expect(all, told(finding)).toContainEqual({ rule, pointer, resource })
    }
  })

  if (story.secrets !== undefined)
    test.each(formatNames)('shows no secret as %s', async (format) => {
      const write = await formatOf(format)
      const text = write(await reviewChange(change), { color: false, width: 100 })
      for (const secret of story.secrets ?? []) expect(text).not.toContain(secret)
    })
}

function readStory(name: string): Story {
  const text = readFileSync(join(pulls, name, 'story.md'), 'utf8')
  return parse(text.split('---\n', 2)[1] ?? '') as Story
}

function changeOf(name: string, story: Story): Change {
  const directory = story.symlinks === undefined ? join(pulls, name) : withLinks(name, story.symlinks)
  const change = openChange({ directory, base: 'base', head: 'head', allowFetch: false })
  if (story.missing === undefined) return change
  const head = withoutContent(change.head, new Set(story.missing))
  return { ...change, head, diff: diffTrees(change.base, head) }
}

function withLinks(name: string, links: Readonly<Record<string, string>>): string {
  const copy = join(scratch, name)
  cpSync(join(pulls, name), copy, { recursive: true })
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(copy, 'head', path))
  return copy
}

function withoutContent(tree: Tree, missing: ReadonlySet<string>): Tree {
  return {
    ...tree,
    files: tree.files.map((file) => (missing.has(file.path) ? { ...file, kind: 'missing' } : file)),
    read: (path) => (missing.has(path) ? undefined : tree.read(path)),
  }
}

function withFiles(tree: Tree, files: Readonly<Record<string, string>>): Tree {
  const others = tree.files.filter(({ path }) => !Object.hasOwn(files, path))
  const added = Object.keys(files).map((path) => ({ path, kind: 'file' as const }))
  return {
    ...tree,
    files: [...others, ...added].sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: (path) => (Object.hasOwn(files, path) ? new TextEncoder().encode(files[path]) : tree.read(path)),
    identify: (path) => files[path] ?? tree.identify(path),
  }
}

function movedTree(tree: Tree, folder: string): Tree {
  const inside = (path: string) => path.slice(folder.length + 1)
  return {
    ...tree,
    files: tree.files.map((file) => ({ ...file, path: `${folder}/${file.path}` })),
    read: (path) => tree.read(inside(path)),
    identify: (path) => tree.identify(inside(path)),
  }
}

function isFresh({ state }: ReportedFinding): boolean {
  return state === 'new' || state === 'worsened'
}

function told({ state, severity, rule, location, resource }: ReportedFinding): string {
  return `${state} ${severity} ${rule} ${location.path}:${location.line} ${resource.kind} ${resource.name}`
}
