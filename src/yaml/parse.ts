// Text to documents: values as Kubernetes reads them, with the place of every one.

import { below } from '../text/pointer.ts'
import type { Span } from '../text/position.ts'
import { type Constructed, construct } from './construct.ts'
import type { DuplicateKey, YamlDocument } from './document.ts'
import { ReadFailure } from './failure.ts'
import { readFast } from './fast.ts'
import { positionsOf } from './positions.ts'
import { isBlank, splitDocuments } from './split.ts'

/** All documents of a text that hold something, YAML or JSON; one that cannot be read has an `error` and no value. Never throws for what the text holds. */
export function parseYaml(text: string): readonly YamlDocument[] {
  return splitDocuments(text)
    .filter((span) => !isBlank(text, span))
    .map((span) => read(text, span))
}

function read(text: string, span: Span): YamlDocument {
  const value = readFast(text, span)
  return value === undefined ? readSlowly(text, span) : { span, value, duplicates: [] }
}

function readSlowly(text: string, span: Span): YamlDocument {
  try {
    const { value, duplicates } = construct(text, span)
    return { span, value, duplicates: duplicates.length === 0 ? [] : withPointers(value, duplicates) }
  } catch (thrown) {
    if (thrown instanceof ReadFailure) return { span, value: undefined, error: thrown.failure, duplicates: [] }
    if (thrown instanceof RangeError) {
      return {
        span,
        value: undefined,
        duplicates: [],
        error: { code: 'depth', message: 'nested too deeply', hint: 'Nest it less deeply.', offset: span.start },
      }
    }
    throw thrown
  }
}

/** Duplicates are rare, so their pointers are looked for afterwards. */
function withPointers(root: unknown, duplicates: Constructed['duplicates']): readonly DuplicateKey[] {
  const pointers = new Map<object, string>()
  const walk = (value: unknown, pointer: string): void => {
    if (value === null || typeof value !== 'object' || pointers.has(value) || positionsOf(value) === undefined) return
    pointers.set(value, pointer)
    for (const key of Object.keys(value)) walk((value as Record<string, unknown>)[key], below(pointer, key))
  }
  walk(root, '')
  return duplicates.map(({ mapping, key, winner, loser }) => ({ pointer: below(pointers.get(mapping) ?? '', key), winner, loser }))
}
