// What an event of GitHub asks for: a pull request to review, a change or a tree to judge, or nothing.

/** What there is to do. Commits are ids; `base` is the tip of the target branch as the event knew it. */
export type Occasion =
  | {
      readonly kind: 'pull'
      readonly number: number
      readonly base: string
      readonly baseBranch: string
      readonly head: string
      readonly isDraft: boolean
      /** Why the token can only read, where it is known that it can. */
      readonly readOnly: string | undefined
    }
  | { readonly kind: 'change'; readonly base: string; readonly head: string }
  | { readonly kind: 'tree'; readonly head: string }
  | { readonly kind: 'nothing'; readonly why: string }

/** The account that Dependabot acts as: https://api.github.com/users/dependabot[bot] */
const dependabot = 49_699_333

/** What `name` (GITHUB_EVENT_NAME) with its payload asks for; `sha` is GITHUB_SHA. Payloads are hostile: every field is looked at before it is believed. */
export function occasionOf(name: string, payload: unknown, sha: string): Occasion {
  const event = mapping(payload)
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
      return pullOf(event, name)
    case 'merge_group': {
      const group = mapping(event['merge_group'])
      return changeOf(group['base_sha'], group['head_sha'])
    }
    case 'push':
      if (event['deleted'] === true) return { kind: 'nothing', why: 'the branch was deleted' }
      return isCommit(event['before']) ? changeOf(event['before'], event['after'] ?? sha) : { kind: 'tree', head: sha }
    case 'schedule':
    case 'workflow_dispatch':
      return { kind: 'tree', head: sha }
    default:
      return {
        kind: 'nothing',
        why: `nothing is done on the event "${name}"; use pull_request, push, merge_group, schedule or workflow_dispatch`,
      }
  }
}

/** The default branch, where the event is about that and fix pull requests may be opened for it; else why not. `ref` is GITHUB_REF. */
export function fixBranchOf(name: string, payload: unknown, ref: string): { readonly branch: string } | { readonly why: string } {
  if (!['push', 'schedule', 'workflow_dispatch'].includes(name))
    return { why: `they are opened on push, schedule and workflow_dispatch, not on ${name}` }
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined
  if (branch === undefined) return { why: `${ref} is no branch` }
  const main = mapping(mapping(payload)['repository'])['default_branch']
  // A schedule is always that of the default branch, and its event need not say so (docs.github.com, "Events that trigger workflows").
  if (name === 'schedule' && typeof main !== 'string') return { branch }
  return branch === main ? { branch } : { why: `they are opened for the default branch alone, and ${branch} is not it` }
}

function pullOf(event: Mapping, name: string): Occasion {
  const pull = mapping(event['pull_request'])
  const base = mapping(pull['base'])
  const head = mapping(pull['head'])
  const number = pull['number']
  const [from, to] = [base['sha'], head['sha']]
  const branch = base['ref']
  if (typeof number !== 'number' || !isCommit(from) || !isCommit(to) || typeof branch !== 'string')
    return { kind: 'nothing', why: 'the event names no pull request' }
  if (pull['state'] === 'closed') return { kind: 'nothing', why: `pull request #${number} is closed` }
  const readOnly = name === 'pull_request' ? readOnlyReason(event, base, head) : undefined
  return { kind: 'pull', number, base: from, baseBranch: branch, head: to, isDraft: pull['draft'] === true, readOnly }
}

function readOnlyReason(event: Mapping, base: Mapping, head: Mapping): string | undefined {
  if (mapping(event['sender'])['id'] === dependabot)
    return 'on pull requests of Dependabot GitHub gives workflows a token that can only read'
  const [own, other] = [mapping(base['repo'])['id'], mapping(head['repo'])['id']]
  return own !== undefined && own === other ? undefined : 'on pull requests of forks GitHub gives workflows a token that can only read'
}

function changeOf(base: unknown, head: unknown): Occasion {
  return isCommit(base) && isCommit(head) ? { kind: 'change', base, head } : { kind: 'nothing', why: 'the event names no commits' }
}

/** A commit id that is one; a push that makes a branch has zeros before. */
function isCommit(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value) && !/^0+$/.test(value)
}

type Mapping = Readonly<Record<string, unknown>>

function mapping(value: unknown): Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Mapping) : {}
}
