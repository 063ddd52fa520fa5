// The ports through which a run gets what is not in its trees.

import { setTimeout as wait } from 'node:timers/promises'
import { type Allowance, withoutLogin } from '../../render/allowance.ts'
import { isExact } from '../../render/exact-version.ts'
import { commitWish } from '../../render/git-address.ts'
import { digestWish, userWish } from '../../render/image-address.ts'
import {
  askedOnce,
  type FetchedChart,
  type SourceFailure,
  type Sources,
  sourceFailure,
  type WantedChart,
  type WantedImage,
} from '../../render/source.ts'
import { cacheFolder } from './cache.ts'
import { chartRepositories, type Repositories } from './chart-repository.ts'
import { fetchFile } from './file.ts'
import { fetchGit, findCommit } from './git-source.ts'
import { type Environment, readLogins } from './login.ts'
import { type Registries, registries } from './registry.ts'
import { newWeb, type Patience, patience as usual } from './web.ts'

export type SourceOptions = {
  /** `sources.allow` of the policy. */
  readonly allow: readonly Allowance[]
  readonly environment: Environment
  readonly patience?: Patience
}

/** Of one repository at one commit. */
const largestRepository = 512 * 1_024 * 1_024

const mostFetches = 1_000

/** For what is asked for a fix alone: nobody waits long for it. */
const brief = { time: 5_000, retries: 1 }

/** What the policy allows to be fetched, and a refusal with the line to add for everything else. */
export function openSources({ allow, environment, patience = usual }: SourceOptions): Sources {
  const logins = readLogins(environment)
  const means = { web: newWeb({ allow, logins, patience }), folder: cacheFolder(environment), allow, logins }
  const repositories = chartRepositories(means)
  const registry = registries(means)
  const hasty = { ...patience, time: Math.min(patience.time, brief.time), retries: Math.min(patience.retries, brief.retries) }
  const haste = newWeb({ allow, logins, patience: hasty })
  const asked = registries({ ...means, web: haste })
  const budget: Budget = { left: mostFetches, end: Date.now() + patience.time * 10 }
  return askedOnce({
    chart: within(budget, chartIn, (wanted) => fetchChart({ repositories, registry }, byDigest(wanted))),
    git: within(
      budget,
      ({ url }) => `git repository ${withoutLogin(url)}`,
      (wanted) => fetchGit({ ...means, time: patience.time * 4, largest: largestRepository }, wanted),
    ),
    commit: within(
      budget,
      ({ url, ref }) => commitWish(url, ref),
      (wanted) => findCommit({ ...means, web: haste, time: hasty.time, largest: largestRepository }, wanted),
    ),
    image: within(budget, wishOf.image, promptly(hasty.time * 2, wishOf.image, asked.image)),
    user: within(budget, wishOf.user, promptly(hasty.time * 2, wishOf.user, asked.user)),
    file: within(
      budget,
      ({ url }) => `file ${withoutLogin(url)}`,
      (wanted) => fetchFile(means.web, wanted),
    ),
  })
}

const wishOf = {
  image: ({ image }: WantedImage) => digestWish(image),
  user: ({ image }: WantedImage) => userWish(image),
}

/** Several requests stand behind one question: nobody waits long for all of them either. */
function promptly<Wanted, Answer>(
  time: number,
  wishOf: (wanted: Wanted) => string,
  ask: (wanted: Wanted) => Promise<Answer>,
): (wanted: Wanted) => Promise<Answer | SourceFailure> {
  return (wanted) => {
    const late = sourceFailure('slow', `${wishOf(wanted)} was not fetched: its registry took too long`, 'Try again later.')
    return Promise.race([ask(wanted), wait(time, late, { ref: false })])
  }
}

/** Flux writes a digest where a version stands. */
function byDigest({ version, ...wanted }: WantedChart): WantedChart {
  if (version === undefined) return wanted
  return version.startsWith('sha256:') ? { ...wanted, digest: version } : { ...wanted, version }
}

/** What a run may still fetch. */
type Budget = { left: number; readonly end: number }

/** A change that names thousands of charts must not keep the review waiting, nor the hosts busy. */
function within<Wanted, Answer>(
  budget: Budget,
  wishOf: (wanted: Wanted) => string,
  ask: (wanted: Wanted) => Promise<Answer>,
): (wanted: Wanted) => Promise<Answer | SourceFailure> {
  return async (wanted) => {
    budget.left -= 1
    if (budget.left >= 0 && Date.now() < budget.end) return ask(wanted)
    const what = budget.left < 0 ? `${mostFetches} things were asked for before it` : 'fetching took too long before it'
    return sourceFailure(
      'slow',
      `${wishOf(wanted)} was not fetched: ${what} in this run`,
      'Keep copies of what changes seldom in the repository.',
    )
  }
}

/** For people. */
function chartIn({ repository, name, version }: WantedChart): string {
  return `chart ${name ?? withoutLogin(repository)}${version === undefined ? '' : ` ${version}`}`.slice(0, 200)
}

type From = { readonly repositories: Repositories; readonly registry: Registries }

async function fetchChart({ repositories, registry }: From, wanted: WantedChart): Promise<FetchedChart | SourceFailure> {
  const { repository, name, version } = wanted
  const wish = chartIn(wanted)
  if (/^oci:\/\//i.test(repository)) {
    return registry.chart({ ...wanted, address: name === undefined ? repository : `${repository.replace(/\/+$/, '')}/${name}`, wish })
  }
  if (/^(?:@|alias:)/.test(repository)) {
    return sourceFailure(
      'unsupported',
      `${wish} was not fetched: "${withoutLogin(repository)}" stands in one person's Helm configuration`,
      'Write its address.',
    )
  }
  if (name === undefined) return sourceFailure('bad-reference', `${wish} was not fetched: its name is missing`, 'Name the chart.')
  const had = await repositories.chart({ ...wanted, name, wish })
  if (had.ok !== 'elsewhere') return had
  const moved = await registry.chart({ address: had.address, version: had.version, wish })
  return moved.ok ? { ...moved, pin: isExact(version) ? 'version' : 'none' } : moved
}
