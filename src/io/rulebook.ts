// The built-in rules, compiled at build time into one file beside the program.

import { readFileSync } from 'node:fs'
import type { Rulebook } from '../rule/rule.ts'

/** Beside the bundle; from the sources it is the committed one in dist/. */
const places = ['./rules.json', '../../dist/rules.json']

/** Reads dist/rules.json; a plain Error where it is missing, since the package is then broken. */
export function readRulebook(): Rulebook {
  for (const place of places) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as Rulebook
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
    }
  }
  throw new Error('rules.json is missing beside the program')
}
