// A real Chromium for tests of pages; named as left out where there is none, a failure in CI.

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is installed; undefined where it is not and need not be. Throws in CI, where it must be. */
export function findChromium(): string | undefined {
  const found = places.find((place) => place !== undefined && existsSync(place))
  if (found !== undefined) return found
  if (process.env['CI']) throw new Error('Chromium is missing: install it (apt-get install chromium) or name it in CHROMIUM')
  process.stderr.write('LEFT OUT: the tests in a browser, since no Chromium was found. Install it or name it in CHROMIUM.\n')
  return undefined
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
