// A runner for one step: the Action, bundled from its sources, with the defaults of action.yml, beside a clone or without one.

import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { builtProgram } from '../built.ts'
import type { Double } from './double.ts'
import { pullEvent } from './event.ts'
import type { Pull } from './state.ts'

const root = join(import.meta.dirname, '../..')

export type Step = {
  readonly event?: string
  readonly payload?: object
  readonly inputs?: Readonly<Record<string, string>>
  /** The words of the clone that a step before made; none where there was no such step. */
  readonly checkout?: readonly string[] | undefined
  readonly sha?: string
  /** GITHUB_REF. */
  readonly ref?: string
  /** What the runner starts; the sources as they are unless told otherwise. */
  readonly main?: string
}
export type Ran = {
  readonly status: number | null
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** Where the process connected to, as host and port. */
  readonly hosts: readonly string[]
}
export type Runner = { readonly step: (pull: Pull, step?: Step) => Promise<Ran>; readonly remove: () => void }

/** Steps of one job in `double`'s repository. */
export function newRunner(double: Double): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-runner-'))
  let steps = 0
  const file = (name: string, text = '') => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const workspaceOf = async (checkout: Step['checkout']): Promise<string> => {
    steps += 1
    const workspace = join(folder, `work-${steps}`)
    const url = `${double.url.replace('//', '//x-access-token:ghs_actions@')}/acme/shop.git`
    if (checkout === undefined) mkdirSync(workspace)
    // The double answers from this process, so waiting for git must not block it.
    else await promisify(execFile)('git', ['clone', '-q', ...checkout, url, workspace])
    return workspace
  }
  const step = async (
    pull: Pull,
    {
      event = 'pull_request',
      payload = pullEvent(double.hub, pull),
      inputs = {},
      checkout,
      sha = double.hub.headOf(pull),
      ref = 'refs/heads/main',
      main = join(builtProgram(), 'action.js'),
    }: Step = {},
  ): Promise<Ran> => {
    const workspace = await workspaceOf(checkout)
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(payload)),
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_SERVER_URL: double.url,
      GITHUB_API_URL: double.url,
      GITHUB_SHA: sha,
      GITHUB_REF: ref,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      RUNNER_TEMP: folder,
      PLIMSOLL_PACE: '1',
      NODE_OPTIONS: `--import ${join(root, 'test/github/egress.ts')}`,
      EGRESS: file('egress'),
      ...inputsOf({ 'github-token': 'ghs_actions', ...inputs }),
    }
    const child = spawn(process.execPath, [main], { cwd: workspace, env })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    const status = await new Promise<number | null>((done) => child.on('close', done))
    return {
      status,
      log: Buffer.concat(chunks).toString('utf8'),
      outputs: outputsIn(readFileSync(join(folder, 'output'), 'utf8')),
      summary: readFileSync(join(folder, 'summary'), 'utf8'),
      hosts: [
        ...new Set(
          readFileSync(join(folder, 'egress'), 'utf8')
            .split('\n')
            .filter((line) => line !== ''),
        ),
      ],
    }
  }
  return { step, remove: () => rmSync(folder, { recursive: true }) }
}

/** As a runner hands them over, with the defaults that action.yml gives. */
function inputsOf(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { inputs } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  }
  for (const name of Object.keys(given)) if (inputs[name] === undefined) throw new Error(`action.yml has no input ${name}`)
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [`INPUT_${name.toUpperCase()}`, given[name] ?? input.default ?? '']),
  )
}

function outputsIn(text: string): Readonly<Record<string, string>> {
  const blocks = text.matchAll(/^([\w-]+)<<(ghadelimiter_[\w-]+)\n([\s\S]*?)\n\2$/gm)
  return Object.fromEntries([...blocks].map(([, name = '', , value = '']) => [name, value]))
}
