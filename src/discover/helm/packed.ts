// Packed charts that no target reads: what is published, not what is applied.

import { gunzipSync } from 'node:zlib'
import type { Skip } from '../graph.ts'
import { filesBelow, type Ground, isFile } from '../ground.ts'
import type { RenderTarget } from '../target.ts'

/** As `helm package` calls its archives. */
const named = /-v?\d+\.\d+\.\d+[^/]*\.tgz$/

/** Read of an archive: its first entry is within. */
const beginning = 4_096

/** `Z_SYNC_FLUSH` of zlib.h: what is there is unpacked, though the end is missing. */
const incomplete = 2

/** More archives than this are not opened: by their names they are charts. */
const mostOpened = 200

/** The packed charts that nothing in the tree names, each with the reason why it is not judged. */
export function packedCharts(ground: Ground, targets: readonly RenderTarget[]): readonly Skip[] {
  const packed = filesBelow(ground, '').filter((path) => named.test(path) && isFile(ground, path) && ground.wanted(path))
  if (packed.length === 0) return []
  const read = new Set(targets.flatMap(({ inputs }) => inputs))
  return packed
    .filter((path, at) => !read.has(path) && (at >= mostOpened || isChart(ground.tree.read(path))))
    .map((path) => ({ path, reason: 'packed-chart', attention: false }))
}

/** Whether the first entry of an archive is the Chart.yaml that `helm package` writes first; npm names its archives alike. */
function isChart(bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined) return false
  try {
    const text = gunzipSync(bytes.subarray(0, beginning), { finishFlush: incomplete }).toString('latin1', 0, 100)
    return /^[^/\0]+\/Chart\.yaml\0/.test(text)
  } catch {
    // What cannot be unpacked is no chart.
    return false
  }
}
