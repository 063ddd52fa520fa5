// Gives the engine what is meant to stop it or to fill it, and says how each ends.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEngine } from '../../src/io/engine.ts'
import { endless, growing, refused } from '../../test/render/engine/hostile-cases.ts'
import { root } from '../build/bundle.ts'
import { mostMemory } from '../build-engine/wasm.ts'

const limits = { milliseconds: 15_000, memory: 512 << 20 }

/** Prints how each ends, and gives back what falls short. */
export async function printHostile(): Promise<readonly string[]> {
  const { render, close } = openEngine()
  const short: string[] = []
  console.log('\nhostile input')
  for (const [name, request] of [...endless, ...growing, ...refused]) {
    const start = performance.now()
    const answer = await render(request)
    const ms = performance.now() - start
    const end = answer.ok ? 'rendered' : `${answer.reason}: ${answer.message.split('\n')[0]?.slice(0, 100)}`
    console.log(`  ${name.padEnd(52)} ${ms.toFixed(0).padStart(6)} ms  ${end}`)
    if (answer.ok) short.push(`${name} is rendered`)
    if (ms > limits.milliseconds) short.push(`${name} takes ${ms.toFixed(0)} ms`)
  }
  await close()
  const memory = mostMemory(readFileSync(join(root, 'dist/engine.wasm')))
  console.log(`  the memory of the module ends at ${memory >> 20} MiB`)
  return memory > limits.memory ? [...short, `the memory of the module ends at ${memory >> 20} MiB`] : short
}
