// Laws of edits, over documents that nobody thought of: what was meant is read, what was not meant stays, and twice is once.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Change, changed, isRefusal, type Json, plain } from '../../src/yaml/change.ts'
import { construct } from '../../src/yaml/construct.ts'
import { editDocument } from '../../src/yaml/edit.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

const numRuns = Number(process.env['PLIMSOLL_FUZZ_RUNS'] ?? 500)

const key = fc.constantFrom('name', 'image', 'args', 'yes', 'a b', '8', 'x.y/z', 'securityContext')
const word = fc.constantFrom<Json>('text', 'no', '', '1.20', "it's", 'a: b', 'x #y', 7, 0.5, true, false, null, 'two\nlines\n', '{x}', '*')
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    word,
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}))
const root = fc.dictionary(key, anyValue, { minKeys: 1, maxKeys: 4, noNullPrototype: true })

/** How a person might write a value: each choice is drawn anew. */
type Hand = { readonly choose: (below: number) => number; readonly step: number; readonly dash: number }

function written(value: Json, column: number, hand: Hand): string {
  const { choose, step, dash } = hand
  const pad = (columns: number) => ' '.repeat(columns)
  const comment = () => ['', '', '', ' # why'][choose(4)] ?? ''
  const above = (columns: number) => (choose(6) === 0 ? `\n${pad(columns)}# about the next\n` : '')
  if (value === null || typeof value !== 'object') return ` ${scalar(value, choose)}${comment()}\n`
  if (Object.keys(value).length === 0 || choose(5) === 0) return ` ${flow(value, choose)}${comment()}\n`
  if (Array.isArray(value))
    return `${comment()}\n${value.map((item: Json) => `${above(column + dash)}${pad(column + dash)}-${item_(item, column + dash, hand)}`).join('')}`
  return `${comment()}\n${Object.entries(value)
    .map(([name, item]) => `${above(column + step)}${pad(column + step)}${scalar(name, choose)}:${written(item, column + step, hand)}`)
    .join('')}`
}

/** An item may begin on the line of its dash. */
function item_(value: Json, column: number, hand: Hand): string {
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0 || Array.isArray(value))
    return ` ${flow(value, hand.choose)}\n`
  const lines = Object.entries(value).map(([name, item]) => `${scalar(name, hand.choose)}:${written(item, column + 2, hand)}`)
  return ` ${lines.join(' '.repeat(column + 2))}`
}

function scalar(value: null | boolean | number | string, choose: Hand['choose']): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (value === 'text' || value === 'name' || value === 'image') return [value, JSON.stringify(value), `'${value}'`][choose(3)] ?? value
  return JSON.stringify(value)
}

function flow(value: Json, choose: Hand['choose']): string {
  if (value === null || typeof value !== 'object') return scalar(value, choose)
  if (Array.isArray(value)) return `[${value.map((item: Json) => flow(item, choose)).join(', ')}]`
  return `{${Object.entries(value)
    .map(([name, item]) => `${scalar(name, choose)}: ${flow(item, choose)}`)
    .join(', ')}}`
}

const document = fc
  .record({
    value: root,
    draws: fc.infiniteStream(fc.nat(59)),
    step: fc.constantFrom(2, 2, 4),
    dash: fc.constantFrom(0, 2),
    lineBreak: fc.constantFrom('\n', '\n', '\r\n'),
    isCut: fc.boolean(),
    isJson: fc.constantFrom(0, 0, 0, 1, 2),
  })
  .map(({ value, draws, step, dash, lineBreak, isCut, isJson }) => {
    const choose = (below: number) => Number(draws.next().value) % below
    const lines =
      isJson > 0
        ? JSON.stringify(value, undefined, isJson === 1 ? 2 : 0)
        : written(value, -step, { choose: (n) => (n === 5 ? 1 + choose(4) : choose(n)), step, dash }).replace(/^[^\n]*\n/, '')
    const text = lines.replaceAll('\n', lineBreak)
    return isCut ? text.trimEnd() : text
  })

const pointer = fc
  .array(fc.oneof(key, fc.constantFrom('0', '1')), { minLength: 1, maxLength: 4 })
  .map((way) => `/${way.map((part) => part.replaceAll('/', '~1')).join('/')}`)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ op: fc.constant('set' as const), pointer, value: anyValue }),
  fc.record({ op: fc.constant('append' as const), pointer, value: anyValue }),
  fc.record({ op: fc.constant('remove' as const), pointer }),
  fc.record({ op: fc.constant('remove' as const), pointer, item: anyValue }),
  fc.record({ op: fc.constant('rename' as const), pointer, key }),
)

/** Pointers that lead somewhere are rare by chance: half of the changes get one that does. */
const edit = fc.tuple(document, change, fc.nat(), fc.boolean()).map(([text, change, at, isAimed]) => {
  const pointers = pointersIn(parseYaml(text)[0]?.value)
  const aimed = pointers[at % Math.max(1, pointers.length)]
  return { text, change: isAimed && aimed !== undefined ? { ...change, pointer: aimed } : change }
})

function pointersIn(value: unknown, at = ''): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, child]) => {
    const pointer = `${at}/${name.replaceAll('/', '~1')}`
    return [pointer, ...pointersIn(child, pointer)]
  })
}

function isInsertion(before: string, after: string): boolean {
  let prefix = 0
  while (prefix < before.length && before[prefix] === after[prefix]) prefix += 1
  return after.endsWith(before.slice(prefix))
}

function bare(text: string): string {
  return text.replace(/ *(?:\{\}|\[\]|null)/g, '')
}

test('what is read is what was meant, by another reader too; twice is once; no line goes that was not meant', () => {
  let made = 0
  let refused = 0
  fc.assert(
    fc.property(edit, ({ text, change }) => {
      const before = parseYaml(text)[0]?.value
      const wanted = changed(before, change)
      const result = editDocument(text, [change])
      if (!('text' in result)) {
        if (!isRefusal(wanted)) refused += 1
        return
      }
      made += 1
      if (isRefusal(wanted)) throw new Error(`made what makes no sense: ${wanted.refused}`)
      const read = construct(result.text, { start: 0, end: result.text.length })
      expect(plain(read.value)).toEqual(plain(wanted.value))
      const again = editDocument(result.text, [change])
      if (change.op !== 'remove' || change.item === undefined) {
        // An item or key that is removed may leave another one in its place, which is another removal.
        if (change.op !== 'remove' || !/\/\d+$/.test(change.pointer)) expect(again).toEqual({ text: result.text })
      }
      if (change.op === 'append' || (change.op === 'set' && !pointersIn(before).includes(change.pointer))) {
        // What is new is put in: no byte goes, but for an empty pair of brackets or a null in its place.
        expect(isInsertion(text, result.text) || isInsertion(bare(text), bare(result.text))).toBe(true)
      }
      for (const line of text.split('\n')) {
        if (!line.includes('# about the next') || change.op === 'set' || change.op === 'remove') continue
        expect(result.text).toContain(line)
      }
    }),
    { numRuns: numRuns * 2 },
  )
  expect(made).toBeGreaterThan(numRuns / 2)
  expect(refused).toBeLessThan(made / 5)
})
