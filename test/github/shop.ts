// A small shop in the double's repository, and reviews of it as the Action makes them.

import type { Change } from '../../src/change/change.ts'
import { lookupOf } from '../../src/change/lookup.ts'
import { changeBetween } from '../../src/io/change.ts'
import { openRepository } from '../../src/io/git-objects.ts'
import { connect } from '../../src/io/github.ts'
import { talkIn } from '../../src/io/talk.ts'
import type { Fixing } from '../../src/repair.ts'
import type { Review } from '../../src/review/plan.ts'
import { type Published, publish, type Talk } from '../../src/review/publish.ts'
import { reviewChange } from '../program.ts'
import type { Double } from './double.ts'
import type { Pull } from './state.ts'
import { strictly } from './strict.ts'

/** A deployment with a line for each of the faults that are asked for, and the Service that leads to it. */
export function deployment(name: string, { privileged = false, host = false, broken = false, tag = '1.4.2' } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
${host ? '      hostNetwork: true\n' : ''}      automountServiceAccountToken: false
      containers:
        - name: ${name}
          image: registry.example.org/shop/${name}:${tag}
          securityContext:
            runAsNonRoot: true
            allowPrivilegeEscalation: ${privileged ? 'true' : 'false'}
${privileged ? '            privileged: true\n' : ''}            capabilities: { drop: [ALL] }
            seccompProfile: { type: RuntimeDefault }
          ports: [{ containerPort: 8080 }]
${broken ? '         - name: broken\n' : ''}---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector: { app: ${name} }
  ports: [{ port: 8080 }]
`
}

/** Fields of a review, and how fixes are proved where any are wanted. */
export type Parts = Partial<Review> & { readonly fixing?: Fixing }

/** The review of a pull request at its head by now, or at the head that is given. */
export async function reviewOf({ hub }: Double, pull: Pull, { fixing, ...parts }: Parts = {}): Promise<Review> {
  const repository = openRepository(hub.sandbox.folder)
  const head = parts.head ?? hub.headOf(pull)
  const base = hub.mergeBase(pull.baseBranch, head) ?? ''
  const commits = { base, head, policy: hub.find(pull.baseBranch) ?? '' }
  const change: Change = changeBetween(repository, commits, { base: 'base', head: 'head', policy: pull.baseBranch })
  return {
    report: await reviewChange(change, {}, fixing),
    diff: lookupOf(change.diff),
    head,
    key: 'default',
    saysNothing: true,
    requestsChanges: false,
    ruleUrl: (rule) => `https://docs.example/${rule}`,
    lineUrl: ({ path, line }) => `https://git.example/${path}#L${line}`,
    ...parts,
  }
}

export function talk(double: Double, pull: Pull, head: string, parts: { readonly token?: string; readonly key?: string } = {}): Talk {
  const github = strictly(connect(parts.token ?? 'ghs_actions', { api: double.url, pace: 1, tell: () => {} }))
  return talkIn({ owner: 'acme', repo: 'shop', number: pull.number, head, key: parts.key ?? 'default', pace: 1 }, github)
}

/** One run of the Action's review, as far as GitHub sees it. */
export async function run(double: Double, pull: Pull, parts: Parts = {}): Promise<Published> {
  const review = await reviewOf(double, pull, parts)
  return publish(review, talk(double, pull, review.head, { key: review.key }))
}

/** What a person sees: open comments with place and title, folded ones, the summary's verdict. */
export function seen(pull: Pull): {
  readonly open: readonly string[]
  readonly folded: readonly string[]
  readonly summaries: readonly string[]
} {
  const threads = pull.threads.map(({ path, line, side, comments: [first] }) => ({
    text: `${path}:${side === undefined ? 'file' : (line ?? 'outdated')} ${/\*\*(.*?)\*\*/.exec(first?.body ?? '')?.[1] ?? first?.body.split('\n', 1)[0]}`,
    isFolded: first?.isMinimized ?? false,
  }))
  return {
    open: threads.filter(({ isFolded }) => !isFolded).map(({ text }) => text),
    folded: threads.filter(({ isFolded }) => isFolded).map(({ text }) => text),
    summaries: pull.comments
      .filter(({ author }) => author === 'github-actions[bot]')
      .map(({ body }) => body.split('\n').find((line) => /^[✅❌⚠]/u.test(line)) ?? ''),
  }
}
