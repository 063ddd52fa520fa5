// One command, run as a whole process and measured by GNU time.

import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

export type Command = {
  readonly name: string
  readonly words: readonly string[] /** Exit codes that mean the work was done. */
  readonly fine: readonly number[]
}
/** Seconds of wall and of process time (user and system), and the peak of memory in MB. */
export type Run = { readonly wall: number; readonly process: number; readonly memory: number }
export type Result = { readonly aborted: string } | { readonly runs: readonly Run[] }

/** Runs a command once; `output` takes what it prints, `scratch` is a file for the measurement. */
export function measure(command: Command, output: string, scratch: string): Run | { readonly aborted: string } {
  const [out, errors] = [openSync(output, 'w'), openSync(`${output}.err`, 'w')]
  const start = performance.now()
  const { status, error } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', '-o', scratch, ...command.words], {
    stdio: ['ignore', out, errors],
  })
  // GNU time tells hundredths of a second, which is much of what a small set takes.
  const wall = (performance.now() - start) / 1_000
  closeSync(out)
  closeSync(errors)
  if (status === null || !command.fine.includes(status)) {
    const said = readFileSync(`${output}.err`, 'utf8')
    return { aborted: `exit ${status} ${error?.message ?? ''}${said}`.slice(0, 120).replaceAll('\n', ' ') }
  }
  const [user = 0, system = 0, kilobytes = 0] = (readFileSync(scratch, 'utf8').trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { wall, process: user + system, memory: kilobytes / 1_024 }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
