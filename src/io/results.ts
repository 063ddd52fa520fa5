// What a run leaves behind beside the review: files, outputs, annotations, the job summary.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { error, notice, setOutput, summary, warning } from '@actions/core'
import { html } from '../report/html.ts'
import { json } from '../report/json.ts'
import { markdown } from '../report/markdown.ts'
import { verdictLine } from '../report/markdown-summary.ts'
import type { Counts, Report } from '../report/report.ts'
import { sarif } from '../report/sarif.ts'
import { annotationsOf } from '../review/annotation.ts'
import { largestJobSummary } from '../review/limit.ts'
import type { Judged } from './judge.ts'
import type { Step } from './step.ts'

const look = { color: false, width: 100 }

/** Writes the reports beside the workspace and names them in the outputs. The SARIF log holds all there is in the tree. */
export function writeResults({ report, whole }: Judged, { scratch }: Step): void {
  const folder = join(scratch, 'plimsoll')
  mkdirSync(folder, { recursive: true })
  const write = (output: string, file: string, text: string) => {
    const path = join(folder, file)
    writeFileSync(path, text)
    setOutput(output, path)
  }
  write('report-file', 'report.html', html(report, look))
  write('json-file', 'report.json', json(report))
  write('sarif-file', 'report.sarif', sarif(whole, look))
  setOutput('verdict', report.verdict)
  for (const state of ['new', 'worsened', 'fixed'] as const) setOutput(state, total(report.summary[state]))
  setOutput('counts', JSON.stringify(report.summary))
}

/** Says findings in the log, where a person sees them beside the files. */
export function annotate(report: Report): void {
  const write = { error, warning, notice }
  for (const { level, path, line, title, message } of annotationsOf(report)) write[level](message, { title, file: path, startLine: line })
}

/** The report as the summary of the job, with what else there is to say first. A summary that is too large would be lost as a whole. */
export async function summarize(report: Report, first = ''): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return
  const text = `${first === '' ? '' : `${first}\n\n`}${markdown(report, look)}`
  const fits = Buffer.byteLength(text) < largestJobSummary
  await summary
    .addRaw(fits ? text : `${verdictLine(report)}\n\nThe report is too large for a job summary: its file has everything.`)
    .write()
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
