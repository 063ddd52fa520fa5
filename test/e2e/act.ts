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
export type Options = {
  readonly event?: string
  readonly payload?: object
  readonly token?: string
  readonly text?: string
}
export type Act = { readonly run: (pull: Pull, options?: Options) => Promise<Job>; readonly remove: () => void }

/** A clone of the double's repository in which workflows run with the committed bundle as plimsoll/plimsoll@v1. */
export function openAct(double: Double): Act {
  const home = mkdtempSync(join(tmpdir(), 'plimsoll-act-'))
  const action = join(home, 'action')
  mkdirSync(action)
  for (const part of ['action.yml', 'package.json', 'dist']) cpSync(join(root, part), join(action, part), { recursive: true })
  const run = async (
    pull: Pull,
    { event = 'pull_request', payload = pullEvent(double.hub, pull), token = 'ghs_actions', text = workflow() }: Options = {},
  ) => {
    const clone = join(home, 'clone')
    if (!existsSync(clone)) {
      await done('git', ['clone', '-q', `${double.url.replace('//', '//x-access-token:ghs_actions@')}/acme/shop.git`, clone], {})
      // Act takes the repository's name from here.
      await done('git', ['-C', clone, 'remote', 'set-url', 'origin', 'https://github.com/acme/shop'], {})
    }
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
    const start = performance.now()
    const { status, log } = await done(actPath(), words, {
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    })
    return { status, log, seconds: (performance.now() - start) / 1_000 }
  }
  return { run, remove: () => rmSync(home, { recursive: true, force: true }) }
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
