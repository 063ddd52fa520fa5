// The inputs of the Action, checked once.

import { getBooleanInput, getInput } from '@actions/core'
import type { Overrides } from '../config.ts'
import { UserError } from '../errors.ts'
import { type Grouping, groupings } from '../review/fix-pulls/group.ts'
import { isKey } from '../review/marker.ts'
import { profiles } from '../rule/rule.ts'
import { type Severity, severities } from '../rule/severity.ts'

export type Inputs = {
  readonly token: string
  /** Without slashes at its ends; empty for the whole repository. */
  readonly path: string
  readonly key: string
  readonly config: string | undefined
  readonly overrides: Overrides
  readonly comment: boolean
  readonly commentWhenClean: boolean
  readonly requestChanges: boolean
  readonly checkRun: boolean
  /** Absent where no fix pull requests are wanted. */
  readonly fixPulls: FixPullInputs | undefined
}

export type FixPullInputs = {
  readonly grouping: Grouping
  /** How many may be open at once. */
  readonly limit: number
  /** The least level that is mended. */
  readonly severity: Severity
  readonly isUnsafeWanted: boolean
}

/** Throws a UserError that names the input and what it may be. */
export function readInputs(): Inputs {
  const path = getInput('path')
    .replace(/^(?:\.?\/)+|\/+$/g, '')
    .replace(/^\.$/, '')
  const key = getInput('key') || path.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'default'
  if (!isKey(key))
    throw new UserError(`input key "${key}" is not made of letters, digits, ".", "_" and "-", 60 at most`, 'Choose a short word.')
  if (path.split('/').includes('..'))
    throw new UserError(`input path "${path}" leads out of the repository`, 'Name a folder of the repository.')
  const token = getInput('github-token')
  if (token === '')
    throw new UserError(
      'input github-token is empty',
      'Leave it out for the token of the workflow; a secret that is not there, or that a fork may not have, reads as empty.',
    )
  const profile = choice('profile', profiles)
  const failOn = choice('fail-on', [...severities, 'never'] as const)
  const failOnIncomplete = choice('fail-on-incomplete', ['new', 'any', 'never'] as const)
  const kubernetesVersion = getInput('kubernetes-version')
  return {
    token,
    path,
    key,
    config: getInput('config') || undefined,
    overrides: {
      ...(profile === undefined ? {} : { profile }),
      ...(failOn === undefined ? {} : { failOn }),
      ...(failOnIncomplete === undefined ? {} : { failOnIncomplete }),
      ...(kubernetesVersion === '' ? {} : { kubernetesVersion }),
    },
    comment: flag('comment'),
    commentWhenClean: flag('comment-when-clean'),
    requestChanges: flag('request-changes'),
    checkRun: flag('check-run'),
    fixPulls: readFixPulls(),
  }
}

function readFixPulls(): FixPullInputs | undefined {
  const grouping = choice('fix-pull-requests', ['off', ...groupings] as const) ?? 'off'
  const limit = getInput('fix-limit')
  if (!/^[1-9]\d?$/.test(limit)) throw new UserError(`input fix-limit "${limit}" is no number from 1 to 99`, 'Write 5, for example.')
  const severity = choice('fix-severity', severities) ?? 'low'
  const isUnsafeWanted = flag('fix-unsafe')
  return grouping === 'off' ? undefined : { grouping, limit: Number(limit), severity, isUnsafeWanted }
}

function flag(name: string): boolean {
  try {
    return getBooleanInput(name)
  } catch (thrown) {
    throw new UserError(`input ${name} "${getInput(name)}" is neither true nor false`, 'Write true or false.', { cause: thrown })
  }
}

function choice<const Allowed extends readonly string[]>(name: string, allowed: Allowed): Allowed[number] | undefined {
  const value = getInput(name)
  if (value === '') return undefined
  const found = allowed.find((word) => word === value)
  if (found === undefined)
    throw new UserError(`input ${name} "${value}" is not one of ${allowed.join(', ')}`, 'Correct the word, or leave the input out.')
  return found
}
