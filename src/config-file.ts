// Reads the text of a configuration file.

import type { ConfigFile } from './config.ts'
import { configSchema } from './config-schema.ts'
import { compileSchema, readAuthored } from './yaml/authored.ts'

const schema = compileSchema(configSchema)

/** The configuration in a text; throws a UserError with line, column and the allowed values. */
export function readConfig(text: string, name: string): ConfigFile {
  return readAuthored(text, name, schema) as ConfigFile
}
