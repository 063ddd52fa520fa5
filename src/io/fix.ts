// The command `fix`: proves fixes of what lies in the working folder and writes them there.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isBelow } from '../change/subtree.ts'
import type { Tree } from '../change/tree.ts'
import { UserError } from '../errors.ts'
import type { Finding } from '../finding/finding.ts'
import { applyFixes } from '../fix/apply.ts'
import type { VerifiedFix } from '../fix/fix.ts'
import type { Mended } from '../fix/mend.ts'
import { patchOf } from '../fix/offer.ts'
import { textIn } from '../fix/text.ts'
import type { Options } from '../options.ts'
import type { Fixing } from '../repair.ts'
import { fixedText } from '../report/fixed.ts'
import type { Look, Report, ReportedFinding } from '../report/report.ts'
import { reaches } from '../rule/severity.ts'
import { judgeChange, judgeTree } from '../scan.ts'
import { leaveLastCompilerOut } from './compiler.ts'
import { sourcesFor } from './fetching.ts'
import { fixingAtLeisure } from './fixing.ts'
import { gitLine, tryGit } from './git.ts'
import { isInside, pathFrom } from './open-tree.ts'
import { writeReport } from './output.ts'
import { readPolicy, readScanPolicy } from './policy.ts'
import { chainOf, repositoryAround } from './policy-folder.ts'
import { engine } from './rendering.ts'
import { readRulebook } from './rulebook.ts'
import { openScanned } from './surroundings.ts'
import { newWatch } from './watch.ts'

type Place = { readonly directory: string; readonly look: Look }

/** Makes the fixes that are wanted, or writes them as a patch; what it did, what it left and why as text. Throws a UserError where a file may not be written. */
export async function fixFiles(options: Options, { directory, look }: Place): Promise<string> {
  const { fix } = options
  const { report: whole, fixes, tree, root } = await judged(options, directory)
  const report = { ...whole, findings: whole.findings.filter((finding) => isNamed(options, finding)) }
  const textOf = (path: string) => textIn(tree, path)
  const paths = [...new Set(fixes.flatMap(({ edits }) => edits.map(({ path }) => path)))].sort()
  const places = paths.map((path) => resolve(root, path))
  const top = folderAround(places, directory)
  const patch = () => patchOf(fixes, textOf, (path) => pathFrom(top, resolve(root, path)))
  if (fix.patch !== undefined) {
    writeReport(fix.patch, patch())
    // From a folder of a repository git passes over what lies beside it.
    const where = places.every((place) => isInside(place, directory)) ? '' : ` in ${top}`
    return fixedText(report, { how: `Wrote ${fix.patch}; apply it with git apply${where}`, look })
  }
  if (fix.isDry) return patch() + fixedText(report, { how: 'Nothing was written (--dry-run)', look })
  if (!fix.isForced) refuseDirty(paths, root)
  for (const path of paths) write(resolve(root, path), textOf(path), applyFixes(path, textOf(path), fixes).text, path)
  return fixedText(report, { how: paths.length === 0 ? 'Nothing was written' : `Wrote ${paths.join(', ')}`, look })
}

/** The folder that paths of a patch begin at: of the repository, the current one where there is none, else the innermost around all files. */
function folderAround(places: readonly string[], directory: string): string {
  const [first = directory] = places
  const folders = [repositoryAround(first) ?? directory, directory, ...chainOf(dirname(first))]
  return folders.find((folder) => places.every((place) => isInside(place, folder))) ?? directory
}

type Judged = { readonly report: Report; readonly fixes: readonly VerifiedFix[]; readonly tree: Tree; readonly root: string }

/** With `--base` only what the change brought is fixed. */
async function judged(options: Options, directory: string): Promise<Judged> {
  const watch = newWatch(options.debug)
  watch.stage('read')
  const rulebook = readRulebook()
  for (const id of options.fix.rules)
    if (!rulebook.rules.some((rule) => rule.id === id)) throw new UserError(`there is no rule "${id}"`, 'Run "plimsoll rules" for the ids.')
  const fixing: Fixing = { ...fixingAtLeisure, isWanted: (finding, safety) => isWanted(options, finding, safety) }
  if (options.base === undefined) {
    const scanned = openScanned({ directory, paths: options.operands })
    const { tree, below, root } = scanned
    leaveLastCompilerOut(tree.files.length)
    const policy = await readScanPolicy(scanned, { ...options, below }, options.config)
    const run = { policy, rulebook, watch, engine, sources: sourcesFor(policy), fixing }
    const { report, mended } = await judgeTree(tree, run)
    watch.done()
    return { report, fixes: fixesOf(mended), tree, root }
  }
  const { openChange } = await import('./change.ts')
  const root = gitLine(directory, ['rev-parse', '--show-toplevel']) ?? directory
  const below = options.operands.map((path) => pathFrom(root, resolve(directory, path)))
  const change = openChange({ directory, base: options.base, allowFetch: options.fetch })
  leaveLastCompilerOut(change.head.files.length)
  const isBelowNamed = (path: string) => below.length === 0 || below.some((name) => isBelow(path, name))
  const own: Fixing = {
    ...fixing,
    isWanted: (finding, safety) => isBelowNamed(finding.resource.document.path) && isWanted(options, finding, safety),
  }
  const { addressesOf } = await import('./addresses.ts')
  const policy = await readPolicy(change.policy, { ...options, repositories: addressesOf(directory) }, options.config)
  const run = { policy, rulebook, watch, engine, sources: sourcesFor(policy), fixing: own }
  const { report, mended } = await judgeChange(change, run)
  watch.done()
  return { report, fixes: fixesOf(mended), tree: change.head, root }
}

function fixesOf(mended: Mended | undefined): readonly VerifiedFix[] {
  return mended?.fixes ?? []
}

function isWanted(options: Options, { rule, severity }: Finding, safety: 'safe' | 'unsafe'): boolean {
  const { rules, severity: least, isUnsafeWanted } = options.fix
  return (rules.length === 0 || rules.includes(rule.id)) && reaches(severity, least) && (safety === 'safe' || isUnsafeWanted)
}

/** Whether `--rule` and `--severity` ask about a finding, or about one that is told with it: nothing is said about others. */
function isNamed({ fix }: Options, { rule, severity, covers }: ReportedFinding): boolean {
  return (fix.rules.length === 0 || [rule, ...covers.rules].some((id) => fix.rules.includes(id))) && reaches(severity, fix.severity)
}

/** What is not committed could not be had back; a file that is made new takes nothing with it. */
function refuseDirty(paths: readonly string[], root: string): void {
  for (const path of paths) {
    const place = resolve(root, path)
    if (!existsSync(place)) continue
    const { status, out } = tryGit(dirname(place), ['status', '--porcelain', '--ignored', '--', place])
    if (status !== 0) {
      throw new UserError(
        `${path} is in no git repository, so nothing could bring it back`,
        'Look at --dry-run first, then write with --force.',
      )
    }
    if (out.length > 0) throw new UserError(`${path} is not committed as it is`, 'Commit or stash it, or write with --force.')
  }
}

function write(place: string, before: string, after: string, path: string): void {
  const now = existsSync(place) ? readFileSync(place) : Buffer.from('')
  if (!now.equals(Buffer.from(before)))
    throw new UserError(`${path} has changed while its fixes were proved`, 'Run the command again; files before it are written already.')
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, after)
}
