// Why a document could not be read, on its way from the reader's depths to the YamlError that tells it.

import type { YamlError } from './document.ts'

/** Thrown inside the reader only, and caught in parse.ts. */
export class ReadFailure extends Error {
  readonly failure: YamlError

  constructor(failure: YamlError) {
    super(failure.message)
    this.failure = failure
  }
}

const hints: Readonly<Record<YamlError['code'], string>> = {
  syntax: 'Mend the YAML there; no other document of the file is affected.',
  aliases: 'Write the repeated parts out: aliases that multiply like this are refused by Kubernetes too.',
  depth: 'Nest it less deeply.',
  size: 'Split the document.',
  encoding: 'Save the file as UTF-8.',
  tab: 'Indent with spaces.',
  key: 'A key must be a text, a number or a boolean; quote it. If this is a template, it has to be rendered first.',
  number: 'Kubernetes refuses infinity and NaN; quote the value if a text is meant.',
}

export function fail(code: YamlError['code'], message: string, offset: number): never {
  throw new ReadFailure({ code, message, hint: hints[code], offset })
}
