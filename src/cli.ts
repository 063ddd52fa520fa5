#!/usr/bin/env node
// The terminal door. The program behind it is loaded once Node knows where its compiled code is kept.

import { keepCompiledCode } from './io/code-cache.ts'

keepCompiledCode(process.env)
const { run } = await import('./command.ts')
process.exitCode = await run(process.argv.slice(2), process.cwd())
