// What a token may do: each call needs a permission, as the documentation of the call names it.

import type { Token } from './state.ts'

type Need = readonly [permission: string, level: 'read' | 'write']

const rest: Readonly<Record<string, readonly Need[]>> = {
  'get /repos/{owner}/{repo}/git/ref/{ref}': [['contents', 'read']],
  'get /repos/{owner}/{repo}/compare/{basehead}': [['contents', 'read']],
  'post /repos/{owner}/{repo}/pulls/{pull_number}/reviews': [['pull_requests', 'write']],
  'put /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals': [['pull_requests', 'write']],
  'post /repos/{owner}/{repo}/pulls/{pull_number}/comments': [['pull_requests', 'write']],
  'patch /repos/{owner}/{repo}/pulls/comments/{comment_id}': [['pull_requests', 'write']],
  'delete /repos/{owner}/{repo}/pulls/comments/{comment_id}': [['pull_requests', 'write']],
  // One of the two is enough for a comment of a pull request.
  'post /repos/{owner}/{repo}/issues/{issue_number}/comments': [
    ['issues', 'write'],
    ['pull_requests', 'write'],
  ],
  'patch /repos/{owner}/{repo}/issues/comments/{comment_id}': [
    ['issues', 'write'],
    ['pull_requests', 'write'],
  ],
  'delete /repos/{owner}/{repo}/issues/comments/{comment_id}': [
    ['issues', 'write'],
    ['pull_requests', 'write'],
  ],
  'post /repos/{owner}/{repo}/check-runs': [['checks', 'write']],
  'post /repos/{owner}/{repo}/pulls': [['pull_requests', 'write']],
  'patch /repos/{owner}/{repo}/pulls/{pull_number}': [['pull_requests', 'write']],
}

/** Whether a token may make a call of the REST API. Throws for a call of which nobody wrote down what it needs. */
export function mayCall(token: Token, name: string): boolean {
  const needs = rest[name]
  if (needs === undefined) throw new Error(`nobody wrote down which permission ${name} needs`)
  return needs.some((need) => has(token, need))
}

/** Whether a token has a permission; who may write may read. */
export function has({ permissions }: Token, [permission, level]: Need): boolean {
  const held = permissions[permission]
  return held === 'write' || held === level
}
