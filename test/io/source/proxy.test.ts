// Behind a proxy.

import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { serve } from './serve.ts'

/** In a process of its own, since the environment is read when it starts. */
const program = `
const { openSources } = await import(${JSON.stringify(resolve('src/io/source/open.ts'))})
const { readAllowances } = await import(${JSON.stringify(resolve('src/render/allowance.ts'))})
const sources = openSources({ allow: readAllowances(['http://files.internal'], 'test'), environment: {} })
const had = await sources.file({ url: 'http://files.internal/a.yaml' })
console.log(had.ok ? new TextDecoder().decode(had.bytes) : had.message)
`

test('a host is asked through the proxy that the environment names', async () => {
  const proxy = await serve((request, response) => void response.end(`asked for ${request.url}`))
  const env = { PATH: process.env['PATH'] ?? '', HTTP_PROXY: proxy.origin }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env })
  expect(stdout.trim()).toBe('asked for http://files.internal/a.yaml')
})
