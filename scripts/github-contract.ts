// Cuts GitHub's published description of its REST API down to the calls that we make: node scripts/github-contract.ts api.github.com.json VERSION
// The file is part of the package @octokit/openapi (MIT).

import { readFileSync, writeFileSync } from 'node:fs'

const wanted = [
  'get /repos/{owner}/{repo}/git/ref/{ref}',
  'get /repos/{owner}/{repo}/compare/{basehead}',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'put /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  'patch /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'delete /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'post /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'patch /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'delete /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'post /repos/{owner}/{repo}/check-runs',
  'post /repos/{owner}/{repo}/pulls',
  'patch /repos/{owner}/{repo}/pulls/{pull_number}',
]

type Json = { readonly [key: string]: unknown }
const [file = '', version = ''] = process.argv.slice(2)
const description = JSON.parse(readFileSync(file, 'utf8')) as Json

const operations = Object.fromEntries(
  wanted.map((name) => {
    const [method = '', path = ''] = name.split(' ')
    const operation = at(description, ['paths', path, method])
    const body = at(operation, ['requestBody', 'content', 'application/json', 'schema'])
    const responses = Object.entries(at(operation, ['responses'])).map(([status, response]) => [
      status,
      at(resolved(response), ['content', 'application/json', 'schema']),
    ])
    const parameters = (operation['parameters'] as readonly unknown[]).map(resolved)
    return [
      name,
      {
        parameters: parameters.map(({ name, in: place, required, schema }) => ({ name, in: place, required, schema })),
        body,
        responses: Object.fromEntries(responses.filter(([status]) => String(status).startsWith('2'))),
      },
    ]
  }),
)

// Answers are looked at field by field: their schemas are written out to a depth that is enough for what the double gives. A pull request has by far the largest, of which it gives little.
const written = Object.fromEntries(
  Object.entries(operations).map(([name, operation]) => [
    name,
    expanded(operation, / \/repos\/\{owner\}\/\{repo\}\/pulls(\/\{pull_number\})?$/.test(name) ? 3 : 0),
  ]),
)
const trimmed = { source: `@octokit/openapi ${version} (MIT), api.github.com.json`, operations: written }
writeFileSync('test/github/contracts/rest.json', `${JSON.stringify(trimmed, undefined, 1)}\n`)

function expanded(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.map((item) => expanded(item, depth))
  if (value === null || typeof value !== 'object') return value
  const own = resolved(value)
  if (own !== value && depth > 3) return {}
  return Object.fromEntries(
    Object.entries(own)
      .filter(([key]) => !['description', 'example', 'examples', 'externalDocs'].includes(key) || typeof own[key] === 'object')
      .filter(([key]) => key !== 'example' && key !== 'examples')
      .map(([key, item]) => [key, expanded(item, own === value ? depth : depth + 1)]),
  )
}

function resolved(value: unknown): Json {
  const reference = (value as Json)['$ref']
  return typeof reference === 'string' ? resolved(at(description, reference.split('/').slice(1))) : (value as Json)
}

function at(value: unknown, keys: readonly string[]): Json {
  let found = value
  for (const key of keys) found = (found as Json | undefined)?.[key]
  return (found ?? {}) as Json
}
