// The ports as a run opens them, impatient and with a cache of the test's own.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Environment } from '../../../src/io/source/login.ts'
import { openSources } from '../../../src/io/source/open.ts'
import type { Patience } from '../../../src/io/source/web.ts'
import { readAllowances } from '../../../src/render/allowance.ts'
import type { Sources } from '../../../src/render/source.ts'

const impatient: Patience = { time: 30_000, retries: 1, pause: 1 }

export type Opened = Sources & { readonly home: string; readonly again: () => Sources }

/** `again` opens another run with the same cache. */
export function open(allow: readonly string[], environment: Environment = {}, patience: Patience = impatient): Opened {
  const home = mkdtempSync(join(tmpdir(), 'sources-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const again = () => openSources({ allow: readAllowances(allow, 'test'), environment: { HOME: home, ...environment }, patience })
  return { ...again(), home, again }
}

/** The part of a variable's name that stands for a server of the test. */
export function nameOf(host: string): string {
  return host.replaceAll('.', '_').replace(':', '___')
}
