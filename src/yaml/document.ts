// What the YAML reader gives: values as Kubernetes reads them, and the place of every one of them.

import type { Span } from '../text/position.ts'

/** One document of a file: between two `---` lines. */
export type YamlDocument = {
  /** The whole document in the file's text. */
  readonly span: Span
  /** As `sigs.k8s.io/yaml` reads it; undefined where `error` says why it could not be read. */
  readonly value: unknown
  readonly error?: YamlError
  /** Keys that stand twice in one mapping; the last one won. */
  readonly duplicates: readonly DuplicateKey[]
}

export type YamlError = {
  readonly code: 'syntax' | 'aliases' | 'depth' | 'size' | 'encoding' | 'tab' | 'key' | 'number'
  /** What is wrong, in one sentence without place. */
  readonly message: string
  /** What to do about it. */
  readonly hint: string
  /** Offset in the file's text. */
  readonly offset: number
}

export type DuplicateKey = {
  /** JSON Pointer of the value that won. */
  readonly pointer: string
  /** The key that won, and the one before it that lost. */
  readonly winner: Span
  readonly loser: Span
}

/** Where a pointer leads: to the value itself, or to its nearest ancestor where a key is missing. */
export type Place = {
  /** The key with its value; for an item of a list the item; for a missing key the nearest ancestor's key (or its first line where it has none). */
  readonly span: Span
  /** The value alone; empty where there is none. */
  readonly value: Span
  /** Whether the whole way was there. */
  readonly found: boolean
}
