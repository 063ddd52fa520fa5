// Places in what was fetched, given to whoever asked for it: nobody edits a fetched file.

import type { Document, LineOrigin } from '../resource/document.ts'
import type { Rendered } from './rendered.ts'
import type { Fetched } from './supplied.ts'

/** What a target became, with every place in a fetched file as the file that asks for it. What was read inside is kept as the name within an archive. */
export function owned(rendered: Rendered, fetched: readonly Fetched[]): Rendered {
  if (fetched.length === 0) return rendered
  const fetchedAs = (path: string) => fetched.find((one) => path === one.path || path.startsWith(`${one.path}/`))
  const documents = new Map<Document, Document>()
  const given = (document: Document): Document => {
    const known = documents.get(document) ?? documentOf(document, fetchedAs)
    documents.set(document, known)
    return known
  }
  return {
    ...rendered,
    resources: rendered.resources.map((resource) => ({ ...resource, document: given(resource.document) })),
    problems: rendered.problems.map((problem) => {
      const owner = fetchedAs(problem.path)?.owner
      if (owner === undefined) return problem
      const { line: _line, column: _column, ...rest } = problem
      return { ...rest, path: owner }
    }),
  }
}

type FetchedAs = (path: string) => Fetched | undefined

function documentOf(document: Document, fetchedAs: FetchedAs): Document {
  const { rendering } = document
  if (rendering === undefined) return document
  const lines = rendering.lines.map((line) => (line === undefined ? undefined : lineOf(line, fetchedAs)))
  const before = rendering.before === undefined ? {} : { before: documentOf(rendering.before, fetchedAs) }
  const from = fetchedAs(document.path)
  const fetchedFrom = from === undefined ? {} : { fetched: from.from }
  return { ...document, path: from?.owner ?? document.path, rendering: { ...rendering, lines, ...before, ...fetchedFrom } }
}

function lineOf(line: LineOrigin, fetchedAs: FetchedAs): LineOrigin {
  const owner = fetchedAs(line.path)?.owner
  return owner === undefined ? line : { ...line, path: owner, packed: line.packed ?? line.path }
}
