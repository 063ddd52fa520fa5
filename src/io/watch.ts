// Progress for a person who waits, and the times of all stages for one who asks.

import type { Watch } from '../watch.ts'
import { isTerminal, print } from './output.ts'

/** Nobody minds waiting a second. */
const patience = 1_000

/** Milliseconds; `performance` would be loaded for it at every start. */
const now = (): number => process.uptime() * 1_000

/** A watch that prints to standard error: stages that begin after a second when a person is watching; everything with `debug`. `done` ends the last stage. */
export function newWatch(debug: boolean): Watch & { readonly done: () => void } {
  const start = now()
  const watched = isTerminal(2) && !process.env['CI']
  let current: { readonly name: string; readonly since: number } | undefined
  const end = () => {
    if (debug && current !== undefined) print(`debug: ${current.name}: ${(now() - current.since).toFixed(1)} ms\n`, 2)
    current = undefined
  }
  return {
    stage: (name) => {
      end()
      current = { name, since: now() }
      if (!debug && watched && current.since - start > patience) print(`plimsoll: ${name}…\n`, 2)
    },
    file: (path, why) => {
      if (debug) print(`debug: ${path}: ${why}\n`, 2)
    },
    done: end,
  }
}
