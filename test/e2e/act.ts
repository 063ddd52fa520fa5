// Runs a workflow as GitHub does, by nektos/act on this machine, against the double.

import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { actPath } from '../../scripts/act.ts'
import type { Double } from '../github/double.ts'
import { pullEvent } from '../github/event.ts'
import type { Pull } from '../github/state.ts'

const root = join(import.meta.dirname, '../..')

/** The workflow of the README, with a step before and one after ours where they are given. */
export function workflow({
  before = '',
  inputs = '',
  after = '',
}: {
  readonly before?: string
  readonly inputs?: string
  readonly after?: string
} = {}): string {
  return `on: [pull_request, push, merge_group]
permissions:
  contents: read
  pull-requests: write
jobs:
  plimsoll:
    runs-on: ubuntu-latest
    steps:
${before}      - uses: plimsoll/plimsoll@v1
        id: plimsoll
${inputs}${after}`
}

export type Job = { readonly status: number | null; readonly log: string; readonly seconds: number }
export type Options = { readonly token?: string; readonly text?: string }
export type Event = { readonly event?: string; readonly payload?: object }
export type Act = {
  /** Runs a workflow for an event. */
  readonly start: (event: Required<Event>, options?: Options) => Promise<Job>
  /** Runs it for a pull request as it is by now, or for the event that is given. */
  readonly run: (pull: Pull, options?: Options & Event) => Promise<Job>
  /** A folder that is gone with the rest. */
  readonly home: string
  readonly remove: () => void
}

/** A clone of the double's repository in which workflows run with the committed bundle as plimsoll/plimsoll@v1. */
export function openAct(double: Double): Act {
  const home = mkdtempSync(join(tmpdir(), 'plimsoll-act-'))
  const action = join(home, 'action')
  mkdirSync(action)
  for (const part of ['action.yml', 'package.json', 'dist']) cpSync(join(root, part), join(action, part), { recursive: true })
  const start = async ({ event, payload }: Required<Event>, { token = 'ghs_actions', text = workflow() }: Options = {}) => {
    const clone = join(home, 'clone')
    const url = `${double.url.replace('//', '//x-access-token:ghs_actions@')}/acme/shop.git`
    if (!existsSync(clone)) {
      await done('git', ['clone', '-q', url, clone], {})
      // Act takes the repository's name from here.
      await done('git', ['-C', clone, 'remote', 'set-url', 'origin', 'https://github.com/acme/shop'], {})
    }
    // And from here the commit that a run without one in its event is about: the newest of the default branch.
    await done('git', ['-C', clone, 'fetch', '-q', url, 'main'], {})
    await done('git', ['-C', clone, 'reset', '-q', '--hard', 'FETCH_HEAD'], {})
    writeFileSync(join(home, 'event.json'), JSON.stringify(payload))
    writeFileSync(join(home, 'workflow.yml'), text)
    const words = [
      ...[event, '-C', clone, '-W', join(home, 'workflow.yml'), '-e', join(home, 'event.json'), '-P', 'ubuntu-latest=-self-hosted'],
      ...[
        '-s',
        `GITHUB_TOKEN=${token}`,
        '--no-cache-server',
        '--action-offline-mode',
        '--local-repository',
        `plimsoll/plimsoll@v1=${action}`,
      ],
      ...[
        '--env',
        `GITHUB_API_URL=${double.url}`,
        '--env',
        `GITHUB_SERVER_URL=${double.url}`,
        '--env',
        `GITHUB_GRAPHQL_URL=${double.url}/graphql`,
      ],
      ...['--env', 'PLIMSOLL_PACE=1'],
    ]
    const before = performance.now()
    const { status, log } = await done(actPath(), words, {
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    })
    return { status, log, seconds: (performance.now() - before) / 1_000 }
  }
  const run: Act['run'] = (pull, { event = 'pull_request', payload = pullEvent(double.hub, pull), ...options } = {}) =>
    start({ event, payload }, options)
  return { start, run, home, remove: () => rmSync(home, { recursive: true, force: true }) }
}

function done(
  command: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly status: number | null; readonly log: string }> {
  const child = spawn(command, words, { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((end) => child.on('close', (status) => end({ status, log: Buffer.concat(chunks).toString('utf8') })))
}
