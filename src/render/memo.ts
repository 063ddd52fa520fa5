// An engine that remembers: base, head and every edited tree of a run ask for the same renders.

import { createHash } from 'node:crypto'
import type { Engine, EngineAnswer, EngineRequest } from './engine.ts'

/** The engine with one answer for equal requests. */
export function memoised(engine: Engine): Engine {
  const answers = new Map<string, Promise<EngineAnswer>>()
  return (request) => {
    const key = keyOf(request)
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = engine(request)
    answers.set(key, answer)
    return answer
  }
}

function keyOf({ files, ...settings }: EngineRequest): string {
  const sum = createHash('sha256').update(JSON.stringify(settings))
  for (const { path, bytes } of files) sum.update(`\n${path}\n${bytes.length}\n`).update(bytes)
  return sum.digest('base64')
}
