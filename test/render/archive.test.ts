// Archives of charts, honest and hostile.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { unpack } from '../../src/render/archive.ts'
import { chartOf, type Packed, tarOf, tgzOf } from './pack.ts'

const reasonOf = (archive: Uint8Array) => {
  const unpacked = unpack(archive)
  return unpacked.ok ? [...unpacked.files.keys()] : unpacked.reason
}
const textsOf = (archive: Uint8Array) => {
  const unpacked = unpack(archive)
  if (!unpacked.ok) return unpacked.reason
  return Object.fromEntries([...unpacked.files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]))
}

test('the files of a chart, below its folder', () => {
  expect(textsOf(chartOf('web', '1.0.0', { 'templates/a.yaml': 'kind: A\n' }))).toEqual({
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'templates/a.yaml': 'kind: A\n',
  })
})

describe('as tar writes it', () => {
  const long = `templates/${'deep/'.repeat(30)}${'a'.repeat(90)}.yaml`
  test.each(['ustar', 'pax', 'gnu', 'v7'])('in the format %s', (format) => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const paths = [
      'Chart.yaml',
      'values ü.yaml',
      ...(format === 'v7' ? [] : [`templates/${'b'.repeat(95)}.yaml`]),
      ...(format === 'pax' || format === 'gnu' ? [long] : []),
    ]
    for (const path of paths) {
      mkdirSync(dirname(join(folder, 'web', path)), { recursive: true })
      writeFileSync(join(folder, 'web', path), `# ${path}\n`)
    }
    symlinkSync('Chart.yaml', join(folder, 'web/link.yaml'))
    const { status, stderr } = spawnSync('tar', [`--format=${format}`, '-czf', 'out.tgz', 'web'], { cwd: folder })
    expect([status, stderr.toString()]).toEqual([0, ''])
    const unpacked = unpack(readFileSync(join(folder, 'out.tgz')))
    if (!unpacked.ok) throw new Error(unpacked.reason)
    expect([...unpacked.files.keys()].sort()).toEqual([...paths].sort())
    expect(unpacked.links).toEqual(['link.yaml'])
    for (const [path, bytes] of unpacked.files) expect(new TextDecoder().decode(bytes)).toBe(`# ${path}\n`)
  })
})

describe('a path that would leave the folder is refused, and the archive with it', () => {
  test.each([
    '../evil',
    'web/../../evil',
    '/etc/passwd',
    '/web/Chart.yaml',
    'web/..',
    'web\\..\\..\\evil',
    'web//etc/passwd',
    'web/C:/evil',
    'evil',
    `web/${'../'.repeat(20)}etc/passwd`,
  ])('%s', (name) => {
    expect(reasonOf(tgzOf([{ name: 'web/Chart.yaml' }, { name }]))).toContain('it holds a path outside of its folder: ')
  })

  test('by a long name of pax or GNU as well', () => {
    const pax = (path: string) => {
      const record = ` path=${path}\n`
      return `${record.length + 2}${record}`
    }
    expect(reasonOf(tgzOf([{ name: 'x', type: 'x', text: pax('web/../evil') }, { name: 'web/ok' }]))).toContain('outside of its folder')
    expect(reasonOf(tgzOf([{ name: 'x', type: 'x', text: pax('web/e\0vil') }, { name: 'web/ok' }]))).toContain('outside of its folder')
    expect(reasonOf(tgzOf([{ name: 'x', type: 'L', text: '../evil\0' }, { name: 'web/ok' }]))).toContain('outside of its folder')
  })
})

test('links are named and not followed', () => {
  const unpacked = unpack(
    tgzOf([
      { name: 'web/a', type: '2', link: '/etc/passwd' },
      { name: 'web/b', type: '1', link: '/etc/passwd' },
    ]),
  )
  expect(unpacked).toEqual({ ok: true, files: new Map(), links: ['a', 'b'] })
})

describe('bombs and wrecks end with a reason', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['more than 100 MiB of zeros', () => gzipSync(Buffer.alloc(101 * 1_024 * 1_024)), 'it is no gzip, or unpacks to more than 100 MiB'],
    ['no gzip', () => Buffer.from('hello'), 'it is no gzip, or unpacks to more than 100 MiB'],
    ['nothing', () => new Uint8Array(), 'it is no gzip, or unpacks to more than 100 MiB'],
    ['no tar', () => gzipSync(Buffer.from('<html>'.repeat(200))), 'it is no tar archive, or broken'],
    ['a large file', () => tgzOf([{ name: 'web/a', text: new Uint8Array(5 * 1_024 * 1_024 + 1) }]), 'a in it is larger than 5 MiB'],
    ['a size that lies', () => tgzOf([{ name: 'web/a', size: 9_999_999 }]), 'it is cut off'],
    ['a sparse file', () => tgzOf([{ name: 'web/a', type: 'S' }]), 'it holds a sparse file'],
    ['20,001 entries', () => tgzOf(Array.from({ length: 20_001 }, (_, at) => ({ name: `web/${at}` }))), 'it holds more than 20000 entries'],
  ])('%s', (_, archive, reason) => {
    expect(reasonOf(archive())).toBe(reason)
  })
})

const parts = fc.stringMatching(/^[a-z][a-z0-9 .-]{0,12}[a-z]$/)
const entry: fc.Arbitrary<Packed> = fc.record({
  name: fc.array(parts, { minLength: 1, maxLength: 5 }).map((path) => ['web', ...path].join('/')),
  text: fc.uint8Array({ maxLength: 1_500 }),
})

test('what was packed comes out', () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 8, minLength: 1 }), (entries) => {
      const unpacked = unpack(tgzOf(entries))
      if (!unpacked.ok) throw new Error(unpacked.reason)
      expect([...unpacked.files].map(([path, bytes]) => [`web/${path}`, [...bytes]])).toEqual(
        entries.map(({ name, text }) => [name, [...Buffer.from(text ?? '')]]),
      )
    }),
  )
})

test('a damaged archive is read or refused, never thrown over', () => {
  const sound = tarOf([
    { name: 'web/Chart.yaml', text: 'name: web\n' },
    { name: 'web/b', text: 'b' },
  ])
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(sound.length), (changes, length) => {
      const damaged = Buffer.from(sound)
      for (const [at, byte] of changes) damaged[at] = byte
      const unpacked = unpack(gzipSync(damaged.subarray(0, length)))
      if (unpacked.ok) for (const path of unpacked.files.keys()) expect(path.split('/')).not.toContain('..')
      else expect(unpacked.reason).not.toBe('')
    }),
  )
})
