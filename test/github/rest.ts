// What the double does for each call of the REST API.

import type { Match } from './contract.ts'
import type { Hub } from './hub.ts'
import type { Comment, Pull, Thread, Token } from './state.ts'

export type Answer = { readonly status: number; readonly body: unknown }
type Call = { readonly match: Match; readonly body: Readonly<Record<string, unknown>>; readonly token: Token }

/** GitHub refuses bodies beyond this (docs.github.com, "Issue comments"). */
const longestBody = 65_536
const most = { annotations: 50, output: 65_535 }

export function answerTo(hub: Hub, call: Call): Answer {
  const { match, body, token } = call
  const { parameters } = match
  switch (match.name) {
    case 'get /repos/{owner}/{repo}/git/ref/{ref}': {
      const ref = `refs/${parameters['ref']}`
      const sha = hub.find(ref)
      return sha === undefined ? missing : { status: 200, body: { ref, object: { sha, type: 'commit' } } }
    }
    case 'get /repos/{owner}/{repo}/compare/{basehead}': {
      const [base = '', head = ''] = (parameters['basehead'] ?? '').split('...')
      const sha = hub.mergeBase(base, head)
      return sha === undefined ? missing : { status: 200, body: { merge_base_commit: { sha } } }
    }
    case 'post /repos/{owner}/{repo}/pulls/{pull_number}/reviews':
      return withPull(hub, parameters['pull_number'], (pull) => review(hub, pull, body, token))
    case 'put /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals':
      return withPull(hub, parameters['pull_number'], (pull) => dismiss(pull, Number(parameters['review_id'])))
    case 'post /repos/{owner}/{repo}/pulls/{pull_number}/comments':
      return withPull(hub, parameters['pull_number'], (pull) => {
        const thread = threadOf(hub, pull, { ...body, commit_id: body['commit_id'] }, token)
        if (typeof thread === 'string') return refused(thread)
        pull.threads.push(thread)
        pull.said += 1
        return { status: 201, body: { id: thread.comments[0]?.id } }
      })
    case 'post /repos/{owner}/{repo}/issues/{issue_number}/comments':
      return withPull(hub, parameters['issue_number'], (pull) => {
        const comment = hub.comment(token.login, String(body['body']))
        if (comment.body.length > longestBody) return refused('body is too long')
        pull.comments.push(comment)
        pull.said += 1
        return { status: 201, body: { id: comment.id } }
      })
    case 'patch /repos/{owner}/{repo}/pulls/comments/{comment_id}':
    case 'patch /repos/{owner}/{repo}/issues/comments/{comment_id}':
      return withComment(hub, parameters['comment_id'], token, (comment) => {
        comment.body = String(body['body'])
        return { status: 200, body: { id: comment.id } }
      })
    case 'delete /repos/{owner}/{repo}/pulls/comments/{comment_id}':
    case 'delete /repos/{owner}/{repo}/issues/comments/{comment_id}':
      return withComment(hub, parameters['comment_id'], token, (comment) => {
        hub.forget(comment)
        return { status: 204, body: undefined }
      })
    case 'post /repos/{owner}/{repo}/pulls':
      return open(hub, body, token)
    case 'patch /repos/{owner}/{repo}/pulls/{pull_number}':
      return withPull(hub, parameters['pull_number'], (pull) => update(hub, pull, body))
    case 'post /repos/{owner}/{repo}/check-runs': {
      const output = (body['output'] ?? {}) as {
        readonly title?: string
        readonly summary?: string
        readonly annotations?: readonly unknown[]
      }
      if ((output.annotations?.length ?? 0) > most.annotations || (output.summary?.length ?? 0) > most.output)
        return refused('output is too large')
      hub.checks.push({
        name: String(body['name']),
        head: String(body['head_sha']),
        conclusion: String(body['conclusion']),
        title: output.title ?? '',
        summary: output.summary ?? '',
        annotations: output.annotations?.length ?? 0,
      })
      return { status: 201, body: { id: hub.id() } }
    }
    default:
      throw new Error(`the double does nothing for ${match.name}`)
  }
}

const missing: Answer = { status: 404, body: { message: 'Not Found' } }

function refused(message: string): Answer {
  return { status: 422, body: { message: 'Validation Failed', errors: [message] } }
}

function withPull(hub: Hub, number: string | undefined, act: (pull: Pull) => Answer): Answer {
  const pull = hub.pulls.find((one) => one.number === Number(number))
  return pull === undefined ? missing : act(pull)
}

function withComment(hub: Hub, id: string | undefined, token: Token, act: (comment: Comment) => Answer): Answer {
  const comment = hub.everyComment().find((one) => one.id === Number(id))
  if (comment === undefined) return missing
  if (comment.author !== token.login) return { status: 403, body: { message: 'Resource not accessible by integration' } }
  return act(comment)
}

/** GitHub takes a branch that has something its base lacks, and one open pull request for the two. */
function open(hub: Hub, body: Readonly<Record<string, unknown>>, { login }: Token): Answer {
  const [head, base, text] = [String(body['head']), String(body['base']), String(body['body'] ?? '')]
  if (!hub.allowsPulls && login === 'github-actions[bot]')
    return { status: 403, body: { message: 'GitHub Actions is not permitted to create or approve pull requests.' } }
  if (text.length > longestBody) return refused('body is too long (maximum is 65536 characters)')
  if (hub.find(head) === undefined) return refused('head is invalid')
  if (hub.find(base) === undefined) return refused('base is invalid')
  if (hub.mergeBase(base, head) === hub.find(head)) return refused(`No commits between ${base} and ${head}`)
  if (
    hub.pulls.some(({ state, headBranch, baseBranch, isFork }) => state === 'OPEN' && !isFork && headBranch === head && baseBranch === base)
  )
    return refused(`A pull request already exists for acme:${head}.`)
  const { number } = hub.open(head, base, login, { title: String(body['title']), body: text })
  return { status: 201, body: { number } }
}

function update(hub: Hub, pull: Pull, body: Readonly<Record<string, unknown>>): Answer {
  if (String(body['body'] ?? '').length > longestBody) return refused('body is too long (maximum is 65536 characters)')
  if (typeof body['title'] === 'string') pull.title = body['title']
  if (typeof body['body'] === 'string') pull.body = body['body']
  if (body['state'] === 'closed') hub.close(pull)
  return { status: 200, body: { number: pull.number } }
}

/** All comments or none, as GitHub does it. */
function review(hub: Hub, pull: Pull, body: Readonly<Record<string, unknown>>, token: Token): Answer {
  const event = String(body['event'] ?? 'PENDING')
  if (event !== 'APPROVE' && (typeof body['body'] !== 'string' || body['body'] === '')) return refused('a body is required')
  if (event !== 'COMMENT' && pull.author === token.login) return refused('Can not request changes on your own pull request')
  const threads: Thread[] = []
  for (const comment of (body['comments'] ?? []) as readonly Readonly<Record<string, unknown>>[]) {
    const thread = threadOf(hub, pull, { ...comment, commit_id: body['commit_id'] ?? hub.headOf(pull) }, token)
    if (typeof thread === 'string') return refused(thread)
    threads.push(thread)
  }
  pull.threads.push(...threads)
  pull.said += threads.length
  const id = hub.id()
  const state = event === 'REQUEST_CHANGES' ? 'CHANGES_REQUESTED' : 'COMMENTED'
  pull.reviews.push({ id, event, state, body: String(body['body']), author: token.login, commit: String(body['commit_id']) })
  return { status: 200, body: { id, state } }
}

/** Only what approves or requests changes can be dismissed. */
function dismiss(pull: Pull, id: number): Answer {
  const found = pull.reviews.find((one) => one.id === id)
  if (found === undefined) return missing
  if (found.state !== 'CHANGES_REQUESTED') return refused('Can not dismiss a commented pull request review')
  found.state = 'DISMISSED'
  return { status: 200, body: { id, state: found.state } }
}

function threadOf(hub: Hub, pull: Pull, comment: Readonly<Record<string, unknown>>, token: Token): Thread | string {
  const [path, line, commit] = [String(comment['path']), comment['line'], String(comment['commit_id'])]
  const side = comment['side'] === 'LEFT' ? 'LEFT' : 'RIGHT'
  const text = String(comment['body'] ?? '')
  if (text === '' || text.length > longestBody) return 'body is empty or too long'
  if (commit !== hub.headOf(pull) && hub.refusesOldCommits) return 'commit_id is not part of the pull request'
  const anchors = hub.anchors(hub.baseOf(pull), commit).get(path)
  if (anchors === undefined) return 'path is not part of the diff'
  const first = hub.comment(token.login, text)
  if (comment['subject_type'] === 'file')
    return { path, side: undefined, line: undefined, startLine: undefined, commit, isResolved: false, comments: [first] }
  if (typeof line !== 'number' || !anchors[side].has(line)) return 'line must be part of the diff'
  if (hub.refuses(path, line)) return 'line could not be resolved'
  const start = comment['start_line']
  if (start === undefined) return { path, side, line, startLine: undefined, commit, isResolved: false, comments: [first] }
  if (typeof start !== 'number' || start >= line) return 'start line must precede the end line'
  for (let at = start; at < line; at += 1) if (!anchors[side].has(at)) return 'start line must be part of the same hunk as the line'
  return { path, side, line, startLine: start, commit, isResolved: false, comments: [first] }
}
