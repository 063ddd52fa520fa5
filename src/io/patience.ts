// How long an answer of a thread is waited for: what counts is the work that the thread did, since a busy machine is no fault of what it works on.

import { setTimeout as after } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'

/** A thread that gets less of a processor than one part in so many is ended all the same. */
const leastShare = 3

/** Milliseconds in which a thread says how much it has worked, even while it works. */
const longestSilence = 1_000

/** Milliseconds since the question, and those of them in which the thread worked; undefined where this Node cannot tell. */
export type Spent = { readonly waited: number; readonly worked: number | undefined }

/** The milliseconds to go on waiting, none where the deadline is over. A thread cannot have worked longer than it was waited for, so that is asked first. */
export function patienceLeft({ waited, worked = waited }: Spent, deadline: number): number {
  return Math.max(0, Math.min(deadline - worked, deadline * leastShare - waited))
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
