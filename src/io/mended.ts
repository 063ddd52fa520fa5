// Offers the fixes of a run as pull requests, and leaves them behind as a patch.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { info, setOutput, warning } from '@actions/core'
import { fixPullsText } from '../review/fix-pulls/told.ts'
import { keepFixPulls } from './fix-pulls.ts'
import type { FixPullInputs } from './inputs.ts'
import type { Context, Judged } from './judge.ts'

type Fixes = { readonly branch: string; readonly settings: FixPullInputs }

/** What to say of it in the job summary, as Markdown; never makes the job red by itself. */
export async function mendByPulls(
  { whole, mended }: Judged,
  { branch, settings }: Fixes,
  { inputs, step, github }: Context,
): Promise<string> {
  if (mended === undefined) return ''
  const place = { ...step, key: inputs.key, branch }
  const { patch, outcome, trouble } = await keepFixPulls({ whole, mended }, place, { github, settings })
  const file = patch === '' ? '' : join(step.scratch, 'plimsoll', 'fix.patch')
  if (patch !== '') {
    mkdirSync(join(step.scratch, 'plimsoll'), { recursive: true })
    writeFileSync(file, patch)
  }
  setOutput('fix-patch-file', file)
  const open = outcome?.existing.pulls.filter(({ state }) => state === 'open').map(({ number }) => number) ?? []
  setOutput('fix-pull-requests', JSON.stringify(open))
  if (outcome === undefined) {
    const where = patch === '' ? '' : ` The fixes are a patch in ${file} (output fix-patch-file).`
    warning(`Fix pull requests could not be kept: ${trouble}${where}`)
    return `### Fix pull requests\n\n⚠️ They could not be kept; the log says why.${where === '' ? '' : ' The output `fix-patch-file` has the fixes as a patch.'}`
  }
  const text = fixPullsText(outcome)
  info(text)
  return text
}
