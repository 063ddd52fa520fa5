// Where reports go: standard output, files, and the terminal's habits.

import { fstatSync, mkdirSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { Look } from '../report/report.ts'

/** Writes a whole text; a reader that went away (`| head`) is no failure. */
export function print(text: string, descriptor: 1 | 2 = 1): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw thrown
      // A pipe that is full for the moment: the reader is slower than we are.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** Writes a report to a file and makes its folder; returns the path as it was given. */
export function writeReport(file: string, text: string): string {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true })
    writeFileSync(file, text)
    return file
  } catch (thrown) {
    throw new UserError(
      `cannot write ${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      'Name a file in a folder that can be written to.',
      {
        cause: thrown,
      },
    )
  }
}

/** Whether a person reads there. The stream itself is asked only where it may be one: making it loads a good part of Node. */
export function isTerminal(descriptor: 1 | 2): boolean {
  return isCharacterDevice(descriptor) && (descriptor === 1 ? process.stdout : process.stderr).isTTY === true
}

/** How standard output wants to be written to. https://no-color.org, https://force-color.org */
export function lookOf(color: boolean | undefined): Look {
  const { NO_COLOR, FORCE_COLOR, COLUMNS, TERM } = process.env
  const terminal = isTerminal(1)
  const wanted = color ?? (NO_COLOR ? false : FORCE_COLOR ? FORCE_COLOR !== '0' : terminal && TERM !== 'dumb')
  const columns = terminal ? process.stdout.columns : Number(COLUMNS)
  return { color: wanted, width: Number.isInteger(columns) && columns > 0 ? columns : 100 }
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice()
  } catch {
    return false
  }
}
