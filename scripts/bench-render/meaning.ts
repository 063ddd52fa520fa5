// What a YAML text means, written in one way: how long lines are folded and words are quoted says nothing about an object.

import { parseAllDocuments, stringify } from 'yaml'

/** All documents with their keys in order, one value a line. As YAML 1.1 reads them, which Kubernetes does, so that a word that lost its quotes shows. */
export function meaningOf(text: string): string {
  const documents = parseAllDocuments(text, { version: '1.1', intAsBigInt: true })
  const values = Array.isArray(documents) ? documents.map((document) => document.toJS({ maxAliasCount: -1 }) as unknown) : []
  return values.map((value) => stringify(value, { version: '1.1', lineWidth: 0, sortMapEntries: true })).join('---\n')
}
