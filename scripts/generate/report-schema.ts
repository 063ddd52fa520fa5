// The JSON schema of the report, from the types that the program is written in.

import { createGenerator } from 'ts-json-schema-generator'

const id = 'https://github.com/plimsoll/plimsoll/blob/main/docs/report.schema.json'

/** The text of docs/report.schema.json. */
export function reportSchema(): string {
  const generator = createGenerator({
    path: 'src/report/json.ts',
    tsconfig: 'tsconfig.json',
    type: 'JsonReport',
    expose: 'none',
    topRef: false,
    skipTypeCheck: true,
  })
  const schema = generator.createSchema('JsonReport')
  const title = 'What plimsoll writes with --format json'
  return `${JSON.stringify({ $schema: schema.$schema, $id: id, title, ...schema }, undefined, 2)}\n`
}
