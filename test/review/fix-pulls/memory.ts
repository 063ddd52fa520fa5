// GitHub as far as fix pull requests see it, in memory: quick enough to let every call fail in every way.

import type { VerifiedFix } from '../../../src/fix/fix.ts'
import type { WantedPull } from '../../../src/review/fix-pulls/compose.ts'
import { printsOf } from '../../../src/review/fix-pulls/compose.ts'
import type { OwnPull } from '../../../src/review/fix-pulls/existing.ts'
import type { FixGroup } from '../../../src/review/fix-pulls/group.ts'
import { fixMarkerIn, joinedPrints } from '../../../src/review/fix-pulls/marker.ts'
import type { Done, FixTalk, Work } from '../../../src/review/fix-pulls/publish.ts'

type Stored = { number: number; branch: string; base: string; state: OwnPull['state']; title: string; body: string; lastHead?: string }

/** `lost`: it was done, but no answer came. `late`: the call never arrived. */
export type Trouble = 'lost' | 'late'

export type Memory = ReturnType<typeof newMemory>

export function newMemory(tip: string) {
  const branches = new Map<string, { head: string; headline: string }>()
  const pulls: Stored[] = []
  const troubles = new Map<number, Trouble>()
  let calls = 0
  let commits = 0
  let opened = 0
  const state = { tip, taken: new Set<string>(), opened: () => opened, calls: () => calls }
  const drop = (branch: string) => {
    for (const pull of pulls)
      if (pull.branch === branch && pull.state === 'open') {
        pull.lastHead = branches.get(branch)?.head ?? ''
        pull.state = 'closed'
      }
    branches.delete(branch)
  }
  const headlines = new Map<string, string>()
  const call = async <Value>(act: () => Value, unsure: Value): Promise<Value> => {
    const trouble = troubles.get(calls++)
    if (trouble === 'late') return unsure
    const value = act()
    return trouble === 'lost' ? unsure : value
  }
  const talk: FixTalk = {
    read: async () => ({
      tip: state.tip,
      isWorkflow: true,
      taken: state.taken,
      branches: [...branches].map(([name, branch]) => ({ name, ...branch, isSigned: branch.head.startsWith('c') })),
      pulls: [...pulls].reverse().flatMap((pull): readonly OwnPull[] => {
        const marker = fixMarkerIn(pull.body)
        if (marker === undefined) throw new Error(`#${pull.number} has no marker`)
        const head = pull.lastHead ?? branches.get(pull.branch)?.head ?? ''
        return [{ ...pull, head, marker, isConflicting: false, paths: [`${pull.branch}.yaml`] }]
      }),
    }),
    commit: (pull) =>
      call<string | undefined>(() => {
        const id = (++commits).toString(16).padStart(40, 'c')
        headlines.set(id, pull.commit.headline)
        return id
      }, undefined),
    move: (branch, before, after) =>
      call<Done>(() => {
        if (branches.get(branch)?.head !== before) return 'unsure'
        branches.set(branch, { head: after, headline: headlines.get(after) ?? '' })
        return 'done'
      }, 'unsure'),
    open: ({ branch, title }, body) =>
      call<Done>(() => {
        if (!branches.has(branch) || pulls.some((pull) => pull.branch === branch && pull.state === 'open')) return 'unsure'
        pulls.push({ number: pulls.length + 1, branch, base: 'main', state: 'open', title, body })
        opened += 1
        return 'done'
      }, 'unsure'),
    rewrite: (number, { title, body }) =>
      call<Done>(() => {
        Object.assign(pulls[number - 1] ?? {}, { title, body })
        return 'done'
      }, 'unsure'),
    close: (number, body) =>
      call<Done>(() => {
        const pull = pulls[number - 1]
        if (pull === undefined) return 'unsure'
        pull.body = body
        pull.lastHead = branches.get(pull.branch)?.head ?? ''
        pull.state = 'closed'
        return 'done'
      }, 'unsure'),
    remove: (branch, head) =>
      call<Done>(() => {
        if (branches.get(branch)?.head !== head) return 'unsure'
        drop(branch)
        return 'done'
      }, 'unsure'),
    pause: async () => {},
  }
  return {
    state,
    talk,
    pulls,
    branches,
    failAt: (nth: number, trouble: Trouble) => void troubles.set(calls + nth, trouble),
    /** What a person sees. */
    page: () => ({
      pulls: pulls.map(({ branch, state, title, body }) => `${state} ${title} on ${branch}${/\*\*Closed:\*\* .*/.exec(body)?.[0] ?? ''}`),
      branches: [...branches].map(([name, { headline }]) => `${name}: ${headline}`).sort(),
    }),
  }
}

/** What there is to mend: findings by the name of their group. */
export type Faults = Readonly<Record<string, readonly string[]>>

/** A run on such a tree; without `proved` every fix holds. */
export function workOf(faults: Faults, tip: string, parts: Partial<Work> = {}): Work {
  const groups = Object.entries(faults).map(
    ([name, prints]): FixGroup => ({ name, grouping: 'component', branch: `plimsoll/fix/${name}`, fixes: prints.map(fixOf) }),
  )
  return {
    groups,
    limit: 10,
    key: 'default',
    branch: 'main',
    head: tip,
    commit: tip,
    present: joinedPrints(groups.map(({ fixes }) => printsOf(fixes))),
    offered: joinedPrints(groups.map(({ fixes }) => printsOf(fixes))),
    isUnsure: () => false,
    isUnfinished: false,
    prove: async (group, fixes): Promise<WantedPull> => ({
      group,
      branch: group.branch,
      title: `Fix ${fixes.length}`,
      body: 'words',
      commit: { headline: `Fix ${fixes.length}`, body: '' },
      files: [],
      digest: [...printsOf(fixes).keys()].join('').slice(0, 16).padEnd(16, '0'),
      prints: printsOf(fixes),
    }),
    ...parts,
  }
}

/** A fix of one finding, named by a digit. */
function fixOf(print: string): VerifiedFix {
  const finding = { fingerprint: print.repeat(32), severity: 'high' }
  return { findings: [finding], title: 'Fix', edits: [], changes: [], safety: 'safe' } as unknown as VerifiedFix
}
