// Mistakes that could be in how fix pull requests are kept.

import type { Mutant } from './list.ts'

const plan = 'src/review/fix-pulls/plan.ts'
const choose = 'src/review/fix-pulls/choose.ts'
const publish = 'src/review/fix-pulls/publish.ts'
const group = 'src/review/fix-pulls/group.ts'

export const fixMutants: readonly Mutant[] = [
  { name: 'closes what could not be looked at', file: plan, from: 'isUnsure(pull.paths) ?', to: 'isUnsure([]) ?' },
  { name: 'closes what was not proved in time', file: plan, from: 'return isUnfinished ?', to: 'return false ?' },
  { name: 'closes what a person pushed to', file: plan, from: 'if (!isUntouched(pull, branch)) return', to: 'if (false) return' },
  { name: 'pushes although nothing changed', file: plan, from: 'marker.digest === pull.digest && ', to: '' },
  {
    name: 'opens again what was declined',
    file: choose,
    from: 'return known !== undefined && compareSeverity(severity, known) >= 0',
    to: 'return false',
  },
  { name: 'opens beyond the limit', file: choose, from: 'if (open === undefined) room -= 1', to: '' },
  { name: 'speaks for a commit that is not the newest', file: publish, from: 'if (existing.tip !== work.head)', to: 'if (false)' },
  { name: 'leaves a branch that may have no pull request', file: publish, from: 'await talk.remove(pull.branch, commit)', to: '' },
  { name: 'writes workflows', file: group, from: "!path.startsWith('.github/workflows/') && ", to: '' },
]
