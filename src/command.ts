// The terminal command: read the words, open the trees, scan, print.

import { UserError } from './errors.ts'
import { help } from './help.ts'
import { leaveLastCompilerOut } from './io/compiler.ts'
import { sourcesFor } from './io/fetching.ts'
import { fixingInReview } from './io/fixing.ts'
import { lookOf, print, writeReport } from './io/output.ts'
import { readPolicy, readScanPolicy } from './io/policy.ts'
import { engine } from './io/rendering.ts'
import { readRulebook } from './io/rulebook.ts'
import { calledInTree, openScanned } from './io/surroundings.ts'
import { newWatch } from './io/watch.ts'
import { type Options, readOptions } from './options.ts'
import { formatOf } from './report/format.ts'
import type { Report, Verdict } from './report/report.ts'
import { ruleList, ruleText } from './report/rules.ts'
import { review, scan } from './scan.ts'

/** Does in a folder what the words of a command line ask for, prints what comes of it and gives the exit code; an error is told, not thrown. */
export async function run(words: readonly string[], directory: string): Promise<number> {
  try {
    return await answer(words, directory)
  } catch (thrown) {
    return explain(thrown)
  }
}

/** What counts as incomplete was decided when the problems were counted. */
const exitCodes: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, incomplete: 1 }

async function answer(words: readonly string[], directory: string): Promise<number> {
  const options = readOptions(words)
  switch (options.command) {
    case 'help':
      print(help())
      return 0
    case 'version':
      print(`${readRulebook().version}\n`)
      return 0
    case 'rules':
      print(rulesText(options))
      return 0
    case 'render':
    case 'explain':
      print(await view(options, directory))
      return 0
    case 'fix':
      print(await (await import('./io/fix.ts')).fixFiles(options, { directory, look: lookOf(options.color) }))
      return 0
    case 'scan':
    case 'review':
      return send(await look(options, directory), options)
    default:
      return options.command satisfies never
  }
}

async function look(options: Options, directory: string): Promise<Report> {
  const watch = newWatch(options.debug)
  watch.stage('read')
  const rulebook = readRulebook()
  if (options.command === 'scan') {
    const scanned = openScanned({ directory, paths: options.operands })
    const { tree, below } = scanned
    leaveLastCompilerOut(tree.files.length)
    const policy = await readScanPolicy(scanned, { ...options, below }, options.config)
    const report = await scan(tree, { policy, rulebook, watch, engine, sources: sourcesFor(policy) })
    watch.done()
    return report
  }
  // Git and the comparison of folders are loaded only here: a scan starts without them.
  const { openChange } = await import('./io/change.ts')
  const change = openChange({ directory, ...trees(options), allowFetch: options.fetch })
  leaveLastCompilerOut(change.head.files.length)
  const { addressesOf } = await import('./io/addresses.ts')
  const policy = await readPolicy(change.policy, { ...options, repositories: addressesOf(directory) }, options.config)
  const report = await review(change, { policy, rulebook, watch, engine, sources: sourcesFor(policy), fixing: fixingInReview })
  watch.done()
  if (options.preview !== undefined) {
    const { preview } = await import('./review/preview/page.ts')
    print(`Wrote ${writeReport(options.preview, preview(report, change))}\n`, 2)
  }
  return report
}

async function view(options: Options, directory: string): Promise<string> {
  const { explainView, renderView } = await import('./view.ts')
  const scanned = openScanned({ directory, paths: [] })
  const { tree, below, pathOf } = scanned
  const policy = await readScanPolicy(scanned, { ...options, below }, options.config)
  const viewed = { tree, policy, engine, sources: sourcesFor(policy) }
  const [operand] = options.operands
  const called = (word: string) => calledInTree(word, { directory, pathOf })
  if (options.command === 'render') return renderView(viewed, operand === undefined ? undefined : called(operand), options.origins)
  const [, path = '', line] = /^(.*?)(?::(\d+))?$/.exec(operand ?? '') ?? []
  return explainView(viewed, called(path), line === undefined ? undefined : Number(line))
}

function trees({ base, head }: Options): { readonly base?: string; readonly head?: string } {
  return { ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) }
}

async function send(report: Report, { outputs, color }: Options): Promise<number> {
  for (const { format, file } of outputs) {
    const write = await formatOf(format)
    if (file === undefined) print(write(report, lookOf(color)))
    else print(`Wrote ${writeReport(file, write(report, { color: false, width: 100 }))}\n`, 2)
  }
  return exitCodes[report.verdict]
}

function rulesText({ operands: [id], color }: Options): string {
  const { rules } = readRulebook()
  if (id === undefined) return ruleList(rules, lookOf(color))
  const rule = rules.find((candidate) => candidate.id === id)
  if (rule === undefined) throw new UserError(`there is no rule "${id}"`, 'Run "plimsoll rules" for the ids.')
  return ruleText(rule, lookOf(color))
}

/** The one place where an error ends: what the user can mend is told, everything else is a bug of ours. */
function explain(thrown: unknown): number {
  if (thrown instanceof UserError) {
    print(`plimsoll: ${thrown.message}\n  ${thrown.hint}\n`, 2)
    return 2
  }
  const story = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  print(`plimsoll: this is a bug in Plimsoll, not in your files. Report it with these lines:\n${story}\n`, 2)
  return 3
}
