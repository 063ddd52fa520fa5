// An engine that is not held up for ever: each render that has to be stopped costs seconds, and a change may bring thousands of them.

import type { Engine } from './engine.ts'

/** Nobody's mistakes are so many: at ten seconds each, two at a time, a minute is gone by then. */
const mostStopped = 12

/** The engine, until so many renders had to be stopped; what is asked after that is left out, and says so. */
export function limited(engine: Engine, most = mostStopped): Engine {
  let stopped = 0
  return async (request) => {
    if (stopped >= most)
      return { ok: false, reason: 'left-out', message: `${most} other renders had to be stopped before its turn came`, gaps: [] }
    const answer = await engine(request)
    if (!answer.ok && (answer.reason === 'deadline' || answer.reason === 'memory')) stopped += 1
    return answer
  }
}
