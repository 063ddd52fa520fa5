// Packs archives by hand, hostile ones too.

import { gzipSync } from 'node:zlib'

export type Packed = {
  readonly name: string
  readonly text?: string | Uint8Array
  readonly type?: string
  readonly size?: number
  readonly link?: string
}

/** A tar archive; `size` may lie. */
export function tarOf(entries: readonly Packed[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(1024)])
}

/** A .tgz. */
export function tgzOf(entries: readonly Packed[]): Buffer {
  return gzipSync(tarOf(entries))
}

/** A chart's .tgz. */
export function chartOf(name: string, version: string, files: Readonly<Record<string, string>> = {}): Buffer {
  const all = { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`, ...files }
  return tgzOf(Object.entries(all).map(([path, text]) => ({ name: `${name}/${path}`, text })))
}

function blocksOf({ name, text = '', type = '0', size, link = '' }: Packed): readonly Buffer[] {
  const body = Buffer.from(text)
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write(`${(size ?? body.length).toString(8).padStart(11, '0')}\0`, 124)
  header.write(type, 156)
  header.write(link, 157, 100)
  header.write('ustar\x0000', 257)
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
}
