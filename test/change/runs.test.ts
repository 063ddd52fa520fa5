// The lines that two texts have in common.

import { describe, expect, test } from 'vitest'
import { equalRuns } from '../../src/change/runs.ts'

/** `base+head×length` for each run. */
const told = (base: readonly string[], head: readonly string[]) =>
  equalRuns(base, head).map((run) => `${run.base}+${run.head}×${run.length}`)

const repeated = <Item>(count: number, item: (at: number) => readonly Item[]): readonly Item[] =>
  Array.from({ length: count }, (_, at) => item(at)).flat()

test.each([
  ['abc', 'abc', ['0+0×3']],
  ['abcd', 'abXcd', ['0+0×2', '2+3×2']],
  ['abXcd', 'abcd', ['0+0×2', '3+2×2']],
  ['abXcd', 'abYcd', ['0+0×2', '3+3×2']],
  ['abcde', 'XbcYe', ['1+1×2', '4+4×1']],
  ['abcdef', 'acef', ['0+0×1', '2+1×1', '4+2×2']],
  ['', 'a', []],
  ['a', '', []],
  ['a', 'b', []],
  ['aaa', 'aa', ['0+0×2']],
  ['aa', 'aaa', ['0+0×2']],
  ['ab', 'ba', ['1+0×1']],
])('%s and %s', (base, head, runs) => {
  expect(told([...base], [...head])).toEqual(runs)
})

describe('lines that repeat', () => {
  /** `count` times a line that both have and one that differs: two edits each. */
  const text = (of: string, count: number) => repeated(count, () => ['same', of])

  test('are matched as well as can be up to a thousand edits', () => {
    expect(equalRuns(text('base', 500), text('head', 500))).toHaveLength(500)
  })

  test('are matched at the ends alone beyond that', () => {
    expect(told([...text('base', 501), 'end'], [...text('head', 501), 'end'])).toEqual(['0+0×1', '1002+1002×1'])
  })

  test('are matched at an end where they repeat, too', () => {
    const ended = (of: string) => [...text(of, 501), 'same', 'same']
    expect(told(ended('base'), ended('head'))).toEqual(['0+0×1', '1002+1002×2'])
  })

  test('are not matched with those behind the piece that they stand in', () => {
    const base = [...text('base', 501), 'kept', 'same']
    const head = [...text('head', 501), 'kept', 'same', 'head', 'same']
    expect(told(base, head)).toEqual(['0+0×1', '1002+1002×1', '1003+1005×1'])
    expect(told(head, base)).toEqual(['0+0×1', '1002+1002×1', '1005+1003×1'])
  })

  test('are matched beside a first line that occurs once', () => {
    const base = ['kept', ...text('base', 501)]
    const head = ['head', 'kept', ...text('head', 501)]
    expect(told(base, head)).toEqual(['0+1×2'])
    expect(told(head, base)).toEqual(['1+0×2'])
  })

  const pieces = (of: string, count: number) => repeated(6, (at) => [...text(of, count), `kept ${at}`])

  test('are matched between lines that occur once up to 250 edits', () => {
    expect(equalRuns(pieces('base', 125), pieces('head', 125))).toHaveLength(6 * 125 + 1)
  })

  test('are matched around such lines alone beyond that', () => {
    const found = told(pieces('base', 126), pieces('head', 126))
    expect(found).toEqual(['0+0×1', '252+252×2', '505+505×2', '758+758×2', '1011+1011×2', '1264+1264×2', '1517+1517×1'])
  })
})

describe('of texts that differ much the lines that occur once', () => {
  /** Each letter is a line, with three hundred between them that only one of the texts has. */
  const text = (of: string, letters: string) =>
    [...` ${letters} `].flatMap((letter) => [letter, ...repeated(100, () => [`${of} 1`, `${of} 2`, `${of} 3`])])
  const kept = (base: string, head: string) => {
    const [one, other] = [text('base', base), text('head', head)]
    const runs = equalRuns(one, other)
    for (const run of runs) expect(one.slice(run.base, run.base + run.length)).toEqual(other.slice(run.head, run.head + run.length))
    return runs
      .flatMap((run) => one.slice(run.base, run.base + run.length))
      .join('')
      .trim()
  }

  test.each([
    ['are kept', 'abcd', 'abcd', 'abcd'],
    ['are kept among new ones', 'abcd', 'xabycdz', 'abcd'],
    ['are kept where others are gone', 'xabycdz', 'abcd', 'abcd'],
    ['are kept but for those that moved', 'abcde', 'dabce', 'abce'],
    ['are kept where most stay in order', 'abcde', 'cdeab', 'cde'],
    ['are kept where one comes first', 'abcdef', 'fabcde', 'abcde'],
    ['are kept where one comes last', 'abcdef', 'bcdefa', 'bcdef'],
    ['are kept in the longest order of several', 'abcdefgh', 'cafbgdeh', 'abdeh'],
    ['are no line that occurs twice at head', 'abc', 'abac', 'bc'],
    ['are no line that occurs twice at base', 'abac', 'abc', 'bc'],
    ['are no line that occurs three times', 'aaab', 'ab', 'b'],
    ['are none where none is the same', 'abc', 'xyz', ''],
  ])('%s: %s, %s', (_, base, head, expected) => expect(kept(base, head)).toBe(expected))
})
