// How long an answer of a thread is waited for: what counts is the work that the thread did, since a busy machine is no fault of what it works on.

import { setTimeout as after } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'

/** After so many times the deadline only a thread that hardly got a processor is waited for, after so many more nothing is. */
const patient = 1.4
const mostPatient = 3
/** The part of the time in which a thread works that hardly gets a processor. */
const starved = 1 / 3

/** Milliseconds in which a thread says how much it has worked, even while it works. */
const longestSilence = 1_000

/** Milliseconds since the question, and those of them in which the thread worked; undefined where this Node cannot tell. */
export type Spent = { readonly waited: number; readonly worked: number | undefined }

/** The milliseconds to go on waiting: none where the thread has worked for as long as the deadline, or was waited for long enough. */
export function patienceLeft({ waited, worked = waited }: Spent, deadline: number): number {
  const isWaitedFor = waited >= deadline * patient && worked < waited * starved
  const longest = deadline * (isWaitedFor ? mostPatient : patient)
  return Math.max(0, Math.min(deadline - worked, longest - waited))
}

/** Calls `late` when the thread has worked for as long as the deadline allows. */
export function whenLate(worker: Worker, deadline: number, late: () => void): { readonly cancel: () => void } {
  const since = performance.now()
  const before = workOf(worker)
  let isOver = false
  const look = async () => {
    const [start, now] = [await before, await workOf(worker)]
    if (isOver) return
    // A thread that is only about to run has done no work yet.
    const worked = now === undefined ? undefined : now - (start ?? 0)
    const left = patienceLeft({ waited: performance.now() - since, worked }, deadline)
    // A busy main thread sees the timer and the answer at once: the answer gets a turn before the thread is ended.
    timer = left === 0 ? setTimeout(late, 20) : setTimeout(() => void look(), left)
  }
  let timer = setTimeout(() => void look(), deadline)
  return {
    cancel: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}

/** Milliseconds of processor time of a thread; undefined where this Node cannot tell, and where the thread does not run or is deaf. */
async function workOf(worker: Worker): Promise<number | undefined> {
  try {
    const usage = await Promise.race([worker.cpuUsage(), after(longestSilence, undefined, { ref: false })])
    return usage === undefined ? undefined : (usage.user + usage.system) / 1_000
  } catch {
    return undefined
  }
}
