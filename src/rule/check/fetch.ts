// Whether what a kustomization or a script fetches may be another thing tomorrow.

import { withoutLogin } from '../../render/allowance.ts'
import { type Moving, movingIn } from '../../render/moving.ts'
import type { Check, Checked } from '../item.ts'
import { listAt } from './part.ts'

/** Fields of a kustomization under which addresses stand. */
const fields = ['resources', 'bases', 'components']

/** Bases of other repositories at a branch or at nothing. */
export const movingBases: Check = ({ self }) =>
  fields.flatMap((field) =>
    listAt(self, field).flatMap((entry, at): readonly Checked[] => {
      const moving = typeof entry === 'string' ? movingIn(entry) : undefined
      if (moving === undefined || typeof entry !== 'string') return []
      return [{ pointer: `/${field}/${at}`, message: `${shown(entry)} ${because(moving)}.`, extent: [] }]
    }),
  )

/** What commands of a script apply from a branch, from the newest release, or without a version. */
export const movingFetches: Check = ({ self }) =>
  listAt(self, 'fetches').flatMap((takes, at): readonly Checked[] => {
    if (typeof takes !== 'string') return []
    const command = String(listAt(self, 'commands')[at])
    const reason = command.startsWith('helm ') ? ' without --version: the newest one is installed' : reasonOf(movingIn(takes))
    return reason === undefined ? [] : [{ pointer: `/fetches/${at}`, message: `"${command}" takes ${shown(takes)}${reason}.`, extent: [] }]
  })

function reasonOf(moving: Moving | undefined): string | undefined {
  return moving === undefined ? undefined : `, which ${because(moving)}`
}

function because(moving: Moving): string {
  switch (moving.kind) {
    case 'branch':
      return `follows ${moving.ref.replace(/^refs\/heads\//, '').slice(0, 60)}`
    case 'default':
      return 'names no revision: it follows the default branch'
    case 'latest':
      return 'is whatever was released last'
    case 'address':
      return 'names no version'
    default:
      return moving satisfies never
  }
}

function shown(address: string): string {
  const plain = withoutLogin(address)
  return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain
}
