// Reads and writes the sections of a WebAssembly module, as far as the snapshot needs them.

export const page = 65_536
export const section = { memory: 5, global: 6, export: 7, start: 8, data: 11, dataCount: 12 }
const i32 = 0x7f
const i64 = 0x7e
const constant: Readonly<Record<number, number>> = { [i32]: 0x41, [i64]: 0x42 }
const end = 0x0b

export type Section = { readonly id: number; readonly body: Uint8Array }
export type Global = { readonly type: number; readonly mutable: number }
export type Export = { readonly name: string; readonly kind: number; readonly index: number }
export const globalKind = 3

type Reader = { readonly bytes: Uint8Array; at: number }

export function readSections(wasm: Uint8Array): readonly Section[] {
  const reader = { bytes: wasm, at: 8 }
  const sections: Section[] = []
  while (reader.at < wasm.length) {
    const id = byte(reader)
    sections.push({ id, body: take(reader, unsigned(reader)) })
  }
  return sections
}

/** The module with some sections replaced. */
export function withSections(wasm: Uint8Array, replaced: Readonly<Record<number, Uint8Array>>): Uint8Array {
  const parts = readSections(wasm).flatMap(({ id, body }) => {
    const content = replaced[id] ?? body
    return [Uint8Array.of(id), leb(BigInt(content.length), false), content]
  })
  return joined([wasm.subarray(0, 8), ...parts])
}

/** The one section with this number. Throws where there is none, or several. */
export function only(sections: readonly Section[], id: number): Uint8Array {
  const [found, ...more] = sections.filter((one) => one.id === id)
  if (found === undefined || more.length > 0)
    throw new Error(`expected one section ${id}, found ${found === undefined ? 0 : more.length + 1}`)
  return found.body
}

/** Throws where an initial value is anything but one constant, as the linker of Go writes them. */
export function readGlobals(body: Uint8Array): readonly Global[] {
  const reader = { bytes: body, at: 0 }
  return Array.from({ length: unsigned(reader) }, () => {
    const [type, mutable, operation] = [byte(reader), byte(reader), byte(reader)]
    if (operation !== constant[type]) throw new Error('a global begins with something else than an integer')
    while (byte(reader) & 128);
    if (byte(reader) !== end) throw new Error('a global begins with more than one constant')
    return { type, mutable }
  })
}

export function writeGlobals(globals: readonly (Global & { readonly value: bigint })[]): Uint8Array {
  const parts = globals.map(({ type, mutable, value }) =>
    joined([Uint8Array.of(type, mutable, constant[type] ?? 0), leb(value, true), Uint8Array.of(end)]),
  )
  return joined([size(globals.length), ...parts])
}

export function readExports(body: Uint8Array): readonly Export[] {
  const reader = { bytes: body, at: 0 }
  return Array.from({ length: unsigned(reader) }, () => {
    const name = new TextDecoder().decode(take(reader, unsigned(reader)))
    return { name, kind: byte(reader), index: unsigned(reader) }
  })
}

export function writeExports(exports: readonly Export[]): Uint8Array {
  const parts = exports.map(({ name, kind, index }) => {
    const text = new TextEncoder().encode(name)
    return joined([size(text.length), text, Uint8Array.of(kind), size(index)])
  })
  return joined([size(exports.length), ...parts])
}

/** In bytes; Infinity where the memory of the module has no end. */
export function mostMemory(wasm: Uint8Array): number {
  const reader = { bytes: only(readSections(wasm), section.memory), at: 1 }
  const bounded = byte(reader) === 1
  unsigned(reader)
  return bounded ? unsigned(reader) * page : Number.POSITIVE_INFINITY
}

/** One memory with its present and its greatest size in pages. */
export function writeMemory(pages: number, most: number): Uint8Array {
  return joined([Uint8Array.of(1, 1), size(pages), size(most)])
}

export function writeData(memory: Uint8Array, ranges: readonly (readonly [start: number, end: number])[]): Uint8Array {
  const parts = ranges.flatMap(([start, stop]) => [
    joined([Uint8Array.of(0, constant[i32] ?? 0), leb(BigInt(start | 0), true), Uint8Array.of(end), size(stop - start)]),
    memory.subarray(start, stop),
  ])
  return joined([size(ranges.length), ...parts])
}

function byte(reader: Reader): number {
  const value = reader.bytes[reader.at++]
  if (value === undefined) throw new Error('the module ends too early')
  return value
}

function take(reader: Reader, length: number): Uint8Array {
  const part = reader.bytes.subarray(reader.at, reader.at + length)
  reader.at += length
  return part
}

function unsigned(reader: Reader): number {
  let value = 0
  for (let factor = 1; ; factor *= 128) {
    const next = byte(reader)
    value += (next & 127) * factor
    if (next < 128) return value
  }
}

function size(value: number): Uint8Array {
  return leb(BigInt(value), false)
}

/** LEB128, the form in which WebAssembly writes its numbers. */
function leb(value: bigint, signed: boolean): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; ) {
    const low = Number(rest & 127n)
    rest >>= 7n
    const negative = signed && (low & 64) !== 0
    if (rest === (negative ? -1n : 0n)) return Uint8Array.from([...bytes, low])
    bytes.push(low | 128)
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
