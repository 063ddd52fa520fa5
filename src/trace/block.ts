// A place in YAML that stands as a block of text inside another document: values of an Application, a patch in place.

import type { Place } from '../discover/target.ts'
import type { Document } from '../resource/document.ts'
import { locateIn } from '../resource/locate.ts'
import { positionAt } from '../text/position.ts'
import { linesIn, locationIn } from './location.ts'
import type { Sources } from './source.ts'
import { type Spot, spotIn, writtenPlace } from './spot.ts'

/** Where `pointer` of the inner text stands in the outer file: lines of a block that stands as it is (`|`) are lines of the file, else the key is all that can be shown. */
export function blockSpot(place: Place, inner: Document, pointer: string, sources: Sources): Spot {
  const found = insideBlock(writtenPlace(place, sources), inner, pointer)
  if (found !== undefined) return found
  const outer = spotIn(place.document, place.pointer, sources)
  return {
    ...outer,
    location: { ...outer.location, precision: outer.location.precision === 'exact' ? 'nearest' : outer.location.precision },
  }
}

function insideBlock({ document, pointer: at }: Place, inner: Document, pointer: string): Spot | undefined {
  const { value } = locateIn(document, at)
  // The value of a block begins on the line below its header.
  const header = positionAt(document.lineStarts, value.start).line - 1
  if (document.rendering !== undefined || !/[|][-+\d]*\s*(?:#.*)?$/.test(lineAt(document, header))) return undefined
  const { line, column, endLine, endColumn, precision } = locationIn(inner, pointer)
  const own = lineAt(inner, line)
  const there = lineAt(document, header + line)
  if (own.trim() === '' || there.trim() !== own.trim()) return undefined
  const indent = there.indexOf(own.trim()) - own.indexOf(own.trim())
  const lines = linesIn(inner, pointer)
  return {
    location: {
      path: document.path,
      line: line + header,
      endLine: endLine + header,
      column: column + indent,
      endColumn: endColumn + indent,
      precision,
    },
    source: document,
    lines: { first: header + lines.first, last: header + lines.last },
  }
}

function lineAt({ text, lineStarts }: Document, line: number): string {
  return text.slice(lineStarts[line - 1] ?? 0, (lineStarts[line] ?? text.length + 1) - 1).replace(/\r$/, '')
}
