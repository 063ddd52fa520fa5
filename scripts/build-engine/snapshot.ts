// Starts the module once, warms it up and writes one that begins in that state: its data are the memory, its globals have their values.

import { countingClock, type Instance, instantiate } from '../../src/io/engine-host.ts'
import { packRequest } from '../../src/io/engine-wire.ts'
import { warmUps } from './warm-ups.ts'
import {
  globalKind,
  only,
  page,
  readExports,
  readGlobals,
  readSections,
  section,
  withSections,
  writeData,
  writeExports,
  writeGlobals,
  writeMemory,
} from './wasm.ts'

/** 512 MiB: a render that needs more ends as a problem. */
const maxPages = 8_192
/** V8 takes no more than 100,000 segments of data. */
const maxSegments = 90_000
/** What is freed between collections may be twice what is used: a collection costs up to 76 ms in the second kustomization, 23 ms so. */
const gcPercent = 200
/** Near the end of the memory Go collects more often. */
const memoryLimit = 440 << 20
const bytesPerClass = 16_384
const internal = ['_initialize', 'settle']

export type Snapshot = { readonly wasm: Uint8Array; readonly pages: number; readonly segments: number; readonly dataBytes: number }

/** Throws where the module is not one of Go, or where the snapshot answers the warm-ups in another way. */
export async function snapshotOf(wasm: Uint8Array): Promise<Snapshot> {
  const sections = readSections(wasm)
  if (sections.some(({ id }) => id === section.start || id === section.dataCount)) throw new Error('this is no module as Go writes it')
  const globals = readGlobals(only(sections, section.global))
  const exports = readExports(only(sections, section.export))
  const shown = globals.map((_, index) => ({ name: `plimsoll_global_${index}`, kind: globalKind, index }))
  const opened = withSections(wasm, { [section.export]: writeExports([...exports, ...shown]) })

  const instance = instantiate(await WebAssembly.compile(opened), countingClock())
  const expected = answers(instance)
  mustEqual(answers(instance), expected, 'a second time')
  instance.exports.settle?.(bytesPerClass, gcPercent, memoryLimit)

  const memory = new Uint8Array(instance.exports.memory.buffer)
  const ranges = filled(memory)
  const values = instance.exports as unknown as Readonly<Record<string, WebAssembly.Global>>
  const result = withSections(wasm, {
    [section.memory]: writeMemory(memory.length / page, maxPages),
    [section.global]: writeGlobals(
      globals.map((one, index) => ({ ...one, value: BigInt(values[`plimsoll_global_${index}`]?.value ?? 0) })),
    ),
    [section.export]: writeExports(exports.filter(({ name }) => !internal.includes(name))),
    [section.data]: writeData(memory, ranges),
  })
  // Compiling it here validates all of it; at run time each function is validated when it is first called.
  mustEqual(answers(instantiate(await WebAssembly.compile(result))), expected, 'from the snapshot')
  const dataBytes = ranges.reduce((sum, [start, end]) => sum + end - start, 0)
  return { wasm: result, pages: memory.length / page, segments: ranges.length, dataBytes }
}

function answers({ render }: Instance): readonly string[] {
  return warmUps.map((request) => {
    const answer = new TextDecoder().decode(render(packRequest(request)))
    if (answer.startsWith('{"failure"')) throw new Error(`a warm-up fails: ${answer}`)
    return answer
  })
}

function mustEqual(found: readonly string[], expected: readonly string[], when: string): void {
  if (found.some((answer, at) => answer !== expected[at])) throw new Error(`the engine answers in another way ${when}`)
}

/** Where memory is not zero; ranges are joined over a gap that costs less than a range of its own. */
function filled(memory: Uint8Array): readonly (readonly [start: number, end: number])[] {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.length >> 3)
  for (let gap = 64; ; gap *= 2) {
    const ranges: [number, number][] = []
    let last: [number, number] | undefined
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0n) continue
      const at = word * 8
      if (last !== undefined && at - last[1] <= gap) last[1] = at + 8
      else {
        last = [at, at + 8]
        ranges.push(last)
      }
    }
    if (ranges.length <= maxSegments) return ranges
  }
}
