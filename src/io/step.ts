// What a workflow tells its steps: the event, the repository, where files may lie.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.ts'

export type Step = {
  readonly event: string
  readonly payload: unknown
  readonly sha: string
  /** The branch or tag, `refs/` and all. */
  readonly ref: string
  readonly server: string
  readonly api: string
  readonly owner: string
  readonly repo: string
  readonly workspace: string
  /** A folder of this job alone, for files that do not belong into the workspace. */
  readonly scratch: string
  /** Milliseconds of one unit of waiting for GitHub. */
  readonly pace: number
}

/** Throws a UserError outside a workflow. */
export function readStep(): Step {
  const [owner = '', repo = ''] = variable('GITHUB_REPOSITORY').split('/')
  const workspace = variable('GITHUB_WORKSPACE')
  return {
    event: variable('GITHUB_EVENT_NAME'),
    payload: payloadIn(variable('GITHUB_EVENT_PATH')),
    sha: variable('GITHUB_SHA'),
    ref: process.env['GITHUB_REF'] ?? '',
    server: process.env['GITHUB_SERVER_URL'] ?? 'https://github.com',
    api: process.env['GITHUB_API_URL'] ?? 'https://api.github.com',
    owner,
    repo,
    workspace,
    scratch: process.env['RUNNER_TEMP'] ?? join(workspace, '..'),
    pace: Number(process.env['PLIMSOLL_PACE'] ?? 1_000),
  }
}

function payloadIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (thrown) {
    throw new UserError(`the event in ${path} cannot be read`, 'Run this as a step of a GitHub workflow.', { cause: thrown })
  }
}

function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '')
    throw new UserError(`${name} is not set`, 'Run this as a step of a GitHub workflow; in a terminal there is "plimsoll review".')
  return value
}
