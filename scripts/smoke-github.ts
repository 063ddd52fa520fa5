// One run on the real GitHub, by hand before a release: SMOKE_TOKEN=… SMOKE_REPOSITORY=owner/name npm run smoke:github
//
// The repository is one for trying, with at least one commit; the token may write its contents and pull requests. The script makes two branches and a pull request, says a review there,
// sees a fix, closes the pull request and takes the branches away. What GitHub answered is written to .cache/smoke/github.json (shapes alone, no values) and compared with what the double
// answers to the same calls; it ends with 1 where they differ.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookupOf } from '../src/change/lookup.ts'
import { changeBetween } from '../src/io/change.ts'
import { checkout } from '../src/io/checkout.ts'
import { connect } from '../src/io/github.ts'
import { startDouble } from '../test/github/double.ts'
import { deployment, reviewOf } from '../test/github/shop.ts'
import { reviewChange } from '../test/program.ts'
import { differences } from './smoke/compare.ts'
import { play } from './smoke/flow.ts'
import { type Heard, recorded } from './smoke/record.ts'

const token = process.env['SMOKE_TOKEN'] ?? ''
const [owner = '', repo = ''] = (process.env['SMOKE_REPOSITORY'] ?? '').split('/')
if (token === '' || repo === '') {
  console.error('Name a token and a repository for trying: SMOKE_TOKEN=… SMOKE_REPOSITORY=owner/name npm run smoke:github')
  process.exit(2)
}
const api = process.env['GITHUB_API_URL'] ?? 'https://api.github.com'
const server = process.env['GITHUB_SERVER_URL'] ?? 'https://github.com'

const real: Heard[] = []
await onGitHub(real)
const double: Heard[] = []
await onDouble(double)
mkdirSync('.cache/smoke', { recursive: true })
writeFileSync('.cache/smoke/github.json', `${JSON.stringify(real, undefined, 1)}\n`)
const told = differences(real, double)
for (const difference of told) console.log(difference)
console.log(`${real.length} calls, ${told.length} differences; GitHub's answers are in .cache/smoke/github.json`)
process.exit(told.length === 0 ? 0 : 1)

async function onGitHub(heard: Heard[]): Promise<void> {
  const { rest } = connect(token, { api, pace: 1_000, tell: console.error })
  const here = { owner, repo }
  const [baseBranch, headBranch] = [`plimsoll-smoke/base-${Date.now()}`, `plimsoll-smoke/head-${Date.now()}`]
  const { data: about } = await rest.repos.get(here)
  const { data: tip } = await rest.git.getRef({ ...here, ref: `heads/${about.default_branch}` })
  const write = async (branch: string, text: string): Promise<string> => {
    const known = await rest.repos.getContent({ ...here, path: 'web.yaml', ref: branch }).catch(() => undefined)
    const sha = known !== undefined && 'sha' in known.data ? known.data.sha : undefined
    const content = Buffer.from(text).toString('base64')
    const { data } = await rest.repos.createOrUpdateFileContents({
      ...here,
      path: 'web.yaml',
      branch,
      message: 'Try Plimsoll',
      content,
      ...(sha === undefined ? {} : { sha }),
    })
    return data.commit.sha ?? ''
  }
  await rest.git.createRef({ ...here, ref: `refs/heads/${baseBranch}`, sha: tip.object.sha })
  const base = await write(baseBranch, deployment('web'))
  await rest.git.createRef({ ...here, ref: `refs/heads/${headBranch}`, sha: base })
  const head = await write(headBranch, deployment('web', { privileged: true }))
  const { data: pull } = await rest.pulls.create({ ...here, title: 'Try Plimsoll', base: baseBranch, head: headBranch })
  const reviewAt = async (commit: string) => {
    const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-smoke-'))
    const repository = checkout([base, commit], { server, owner, repo, token }, { workspace: scratch, scratch })
    const change = changeBetween(repository, { base, head: commit, policy: base }, { base, head: commit, policy: baseBranch })
    const report = await reviewChange(change)
    const page = `${server}/${owner}/${repo}`
    return {
      report,
      diff: lookupOf(change.diff),
      head: commit,
      key: 'smoke',
      saysNothing: true,
      requestsChanges: false,
      ruleUrl: (rule: string) => `${report.tool.url}/blob/main/docs/rules/${rule}.md`,
      lineUrl: ({ path, line }: { readonly path: string; readonly line: number }) => `${page}/blob/${commit}/${path}#L${line}`,
    }
  }
  try {
    const github = recorded(connect(token, { api, pace: 1_000, tell: console.error }), heard)
    const mended = async () => reviewAt(await write(headBranch, `# mended\n${deployment('web')}`))
    await play({ owner, repo, number: pull.number, github, faulty: () => reviewAt(head), mended })
  } finally {
    await rest.pulls.update({ ...here, pull_number: pull.number, state: 'closed' })
    for (const branch of [headBranch, baseBranch]) await rest.git.deleteRef({ ...here, ref: `heads/${branch}` })
  }
}

async function onDouble(heard: Heard[]): Promise<void> {
  const double = await startDouble()
  double.hub.push('main', { 'web.yaml': deployment('web') })
  double.hub.push('topic', { 'web.yaml': deployment('web', { privileged: true }) })
  const pull = double.hub.open('topic')
  const github = recorded(connect('ghs_actions', { api: double.url, pace: 1, tell: () => {} }), heard)
  const parts = { key: 'smoke' }
  const mended = async () => {
    double.hub.push('topic', { 'web.yaml': `# mended\n${deployment('web')}` })
    return reviewOf(double, pull, parts)
  }
  await play({ owner: 'acme', repo: 'shop', number: pull.number, github, faulty: () => reviewOf(double, pull, parts), mended })
  await double.stop()
}
