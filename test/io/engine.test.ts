// The host of the engine: what the module may import, and that an idle engine holds nobody up.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openEngine } from '../../src/io/engine.ts'
import { instantiate } from '../../src/io/engine-host.ts'
import { chart } from '../render/engine/requests.ts'

/** A module that imports one function. */
function importing(module: string, name: string): Uint8Array {
  const text = (value: string) => [value.length, ...new TextEncoder().encode(value)]
  const section = (id: number, body: readonly number[]) => [id, body.length, ...body]
  const imported = [1, ...text(module), ...text(name), 0, 0]
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, [1, 0x60, 0, 0]), ...section(2, imported)])
}

test.each([
  ['env', 'system'],
  ['wasi_snapshot_preview1', 'proc_exec'],
])('a module that imports %s.%s is refused', async (module, name) => {
  const compiled = await WebAssembly.compile(importing(module, name))
  expect(() => instantiate(compiled)).toThrow(`the engine imports ${module}.${name}, which it must not`)
})

test('a module that is not there is a bug of the package, and no answer', async () => {
  const { render, close } = openEngine({ wasm: new URL('nowhere.wasm', import.meta.url) })
  await expect(render(chart({}))).rejects.toThrow('ENOENT')
  await close()
})

test('a process ends although its engine waits for more', async () => {
  const source = `
    import { openEngine } from ${JSON.stringify(new URL('../../src/io/engine.ts', import.meta.url).href)}
    const { warm, render } = openEngine()
    await Promise.all([warm(), warm()])
    const answer = await render({ ...${JSON.stringify({ ...chart({}), files: [] })} })
    console.log(answer.message)`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source])
  expect([stdout, stderr]).toEqual(['Chart.yaml file is missing\n', ''])
})
