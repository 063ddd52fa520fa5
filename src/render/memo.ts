// An engine that remembers: base, head and every edited tree of a run ask for the same renders.

import { createHash } from 'node:crypto'
import { parseYaml } from '../yaml/parse.ts'
import type { Engine, EngineAnswer, EngineRequest } from './engine.ts'

/** The engine with one answer for equal requests. An answer with lines is one for who asks for none. */
export function memoised(engine: Engine): Engine {
  const answers = new Map<string, Promise<EngineAnswer>>()
  return (request) => {
    const withLines = keyOf(request)
    const key = request.kind === 'helm' && !request.lines ? `${withLines} without lines` : withLines
    const known = answers.get(withLines) ?? answers.get(key)
    if (known !== undefined) return known
    const answer = engine(request)
    answers.set(key, answer)
    return answer
  }
}

/** The same for all that gives the same objects. */
function keyOf({ files, ...settings }: EngineRequest): string {
  const meant = settings.kind === 'helm' ? { ...settings, lines: undefined, values: settings.values.map(meaningOf) } : settings
  const sum = createHash('sha256').update(JSON.stringify(meant))
  for (const { path, bytes } of files) sum.update(`\n${path}\n${bytes.length}\n`).update(bytes)
  return sum.digest('base64')
}

/** What Helm reads in a text of values: comments, and how it is written, change nothing. The text itself where Helm may find fault with it, or tells numbers apart that are one here. */
function meaningOf(text: string): string {
  const documents = parseYaml(text)
  const isPlain = documents.every(({ error, duplicates }) => error === undefined && duplicates.length === 0)
  const meaning = JSON.stringify(documents.map(({ value }) => value))
  return isPlain && !/\d{16}|\de\+/.test(meaning) ? meaning : text
}
