// Places in what was fetched, given to whoever asked for it: nobody edits a fetched file.

import type { Document, LineOrigin } from '../resource/document.ts'
import type { Rendered } from './rendered.ts'
import type { Fetched } from './supplied.ts'

/** What a target became, with every place in a fetched file as the file that asks for it. What was read inside is kept as the name within an archive. */
export function owned(rendered: Rendered, fetched: readonly Fetched[]): Rendered {
  if (fetched.length === 0) return rendered
  const ownerOf = (path: string) => fetched.find((one) => path === one.path || path.startsWith(`${one.path}/`))?.owner
  const documents = new Map<Document, Document>()
  const given = (document: Document): Document => {
    const known = documents.get(document) ?? documentOf(document, ownerOf)
    documents.set(document, known)
    return known
  }
  return {
    ...rendered,
    resources: rendered.resources.map((resource) => ({ ...resource, document: given(resource.document) })),
    problems: rendered.problems.map((problem) => {
      const owner = ownerOf(problem.path)
      if (owner === undefined) return problem
      const { line: _line, column: _column, ...rest } = problem
      return { ...rest, path: owner }
    }),
  }
}

type OwnerOf = (path: string) => string | undefined

function documentOf(document: Document, ownerOf: OwnerOf): Document {
  const { rendering } = document
  if (rendering === undefined) return document
  const lines = rendering.lines.map((line) => (line === undefined ? undefined : lineOf(line, ownerOf)))
  const before = rendering.before === undefined ? {} : { before: documentOf(rendering.before, ownerOf) }
  return { ...document, path: ownerOf(document.path) ?? document.path, rendering: { ...rendering, lines, ...before } }
}

function lineOf(line: LineOrigin, ownerOf: OwnerOf): LineOrigin {
  const owner = ownerOf(line.path)
  return owner === undefined ? line : { ...line, path: owner, packed: line.packed ?? line.path }
}
