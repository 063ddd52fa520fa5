// Keeps the fix pull requests of a repository, or says why it could not and what would help.

import { isBelow } from '../change/subtree.ts'
import { folderOf } from '../discover/filename.ts'
import type { VerifiedFix } from '../fix/fix.ts'
import { type Offer, offersOf, patchOf } from '../fix/offer.ts'
import type { Location, Report } from '../report/report.ts'
import { composed, printsOf, type WantedPull } from '../review/fix-pulls/compose.ts'
import type { Existing } from '../review/fix-pulls/existing.ts'
import { type FixGroup, fixGroupsOf, foldersIn } from '../review/fix-pulls/group.ts'
import { joinedPrints, printOf } from '../review/fix-pulls/marker.ts'
import { type Outcome, publishFixPulls, type Work } from '../review/fix-pulls/publish.ts'
import { reportedIn } from '../review/fix-pulls/shown.ts'
import type { FixPlace } from './fix-existing.ts'
import { fixTalkIn, type Pace } from './fix-talk.ts'
import { type Connection, isLimit, statusOf } from './github.ts'
import type { FixPullInputs } from './inputs.ts'
import type { MendedTree } from './judge.ts'
import { short } from './revisions.ts'

/** `server`: where people see the repository. */
type Home = FixPlace & Pace & { readonly server: string }

export type Kept = {
  /** All that the groups would mend, for git apply; empty where there is nothing. */
  readonly patch: string
  readonly outcome: Outcome | undefined
  /** Why GitHub did not let us, and what would help. */
  readonly trouble: string | undefined
}

/** How many groups are looked at: more than that nobody merges before the next run. */
const mostGroups = 200

/** `whole` is the report of the tree. Throws only what is a bug. */
export async function keepFixPulls(
  { whole, mended }: { readonly whole: Report; readonly mended: MendedTree },
  place: Home,
  { github, settings }: { readonly github: Connection; readonly settings: FixPullInputs },
): Promise<Kept> {
  const all = groupsOf(whole, mended, { grouping: settings.grouping, key: place.key })
  const groups = all.slice(0, mostGroups)
  const patch = patchOf(
    all.flatMap(({ fixes }) => fixes),
    mended.written.textOf,
  )
  const work = workOf({ whole, mended, groups }, place, settings.limit)
  try {
    return { patch, outcome: await publishFixPulls(work, fixTalkIn(place, github)), trouble: undefined }
  } catch (thrown) {
    return { patch, outcome: undefined, trouble: troubleOf(thrown) }
  }
}

/** What holds a secret in its lines or beside them, and what the API cannot write as it is, is in no pull request. */
function groupsOf(
  whole: Report,
  { tree, written, executables }: MendedTree,
  by: Pick<Parameters<typeof fixGroupsOf>[1], 'grouping' | 'key'>,
): readonly FixGroup[] {
  const isPlain = (path: string) => {
    const bytes = tree.read(path)
    return !executables.has(path) && (bytes === undefined || Buffer.from(written.textOf(path)).equals(bytes))
  }
  const offers = offersOf(written.fixes, written.textOf).filter(
    ({ edits }, at) => whole.fixes[at]?.patch !== '' && edits.every(({ path }) => isPlain(path)),
  )
  const reported = reportedIn(whole)
  const folderOfPath = foldersIn(tree.files.map(({ path }) => path))
  const componentOf = ({ fixes, edits }: Offer): string => {
    const [component] = fixes.flatMap((fix) => reported(fix.findings[0])?.component ?? [])
    return component === undefined ? folderOfPath(edits[0]?.path ?? '') : (whole.components[component]?.name ?? '')
  }
  return fixGroupsOf(offers, { ...by, componentOf })
}

type Source = { readonly whole: Report; readonly mended: MendedTree; readonly groups: readonly FixGroup[] }

function workOf({ whole, mended, groups }: Source, place: Home, limit: number): Work {
  const { written, commit } = mended
  const page = `${place.server}/${place.owner}/${place.repo}`
  const proofs = new Map<string, Promise<WantedPull | undefined>>()
  const proved = async (group: FixGroup, fixes: readonly VerifiedFix[], { isWorkflow }: Existing) => {
    const { fixes: held, objects } = await written.prove(fixes)
    if (held.length === 0) return undefined
    return composed(group, held, {
      report: whole,
      commit: short(commit),
      objects,
      textOf: written.textOf,
      ruleUrl: (rule) => `${whole.tool.url}/blob/main/docs/rules/${rule}.md`,
      lineUrl: ({ path, line }: Location) => `${page}/blob/${commit}/${path.split('/').map(encodeURIComponent).join('/')}#L${line}`,
      isWorkflow,
    })
  }
  return {
    groups,
    limit,
    key: place.key,
    branch: place.branch,
    head: commit,
    commit: short(commit),
    present: presentIn(whole, written),
    offered: joinedPrints(groups.map(({ fixes }) => printsOf(fixes))),
    isUnsure: unsureIn(whole),
    isUnfinished: written.unproved > 0,
    prove: (group, fixes, existing) => {
      const key = JSON.stringify([group.branch, ...printsOf(fixes).keys()])
      const known = proofs.get(key) ?? proved(group, fixes, existing)
      proofs.set(key, known)
      return known
    },
  }
}

/** All findings, those that the report folds into others too. */
function presentIn({ findings }: Report, { fixes, advice }: MendedTree['written']): Work['present'] {
  const told = findings.flatMap((finding) => finding.environments.map((environment) => ({ ...finding, environment })))
  const all = [...told, ...fixes.flatMap((fix) => fix.findings), ...advice.map(({ finding }) => finding)]
  return joinedPrints(all.map((finding) => new Map([[printOf(finding), finding.severity]])))
}

/** A problem says something of its folder, and of all below and above it. */
function unsureIn({ problems, coverage }: Report): Work['isUnsure'] {
  const skipped = coverage.skipped.filter(({ attention }) => attention)
  const folders = [...problems, ...coverage.notRendered, ...skipped].map(({ path }) => folderOf(path))
  return (paths) => paths.some((path) => folders.some((folder) => isBelow(folderOf(path), folder) || isBelow(folder, folderOf(path))))
}

/** What the user can mend, in words; anything else is thrown on. */
function troubleOf(thrown: unknown): string {
  const status = statusOf(thrown)
  if (status === undefined) throw thrown
  const message = thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : String(thrown)
  const said = `(GitHub said: ${status} ${message})`
  if (isLimit(thrown) || status >= 500) return `GitHub does not answer for now; the next run goes on. ${said}`
  if (/not permitted to create/i.test(message))
    return `the repository does not let workflows open pull requests. Allow it under Settings → Actions → General → Workflow permissions, "Allow GitHub Actions to create and approve pull requests", or give the input github-token the token of an App. ${said}`
  return `the token lacks a permission. Add to the job:\n  permissions:\n    contents: write\n    pull-requests: write\n${said}`
}
