// The rendering engine of this process: nothing of it is loaded before something has to be rendered.

import type { Engine } from '../render/engine.ts'
import type { OpenEngine } from './engine.ts'

let opened: Promise<OpenEngine> | undefined

/** Renders in this process; the first request loads the engine. */
export const engine: Engine = async (request) => (await open()).render(request)

/** Loads the engine while something else is done. */
export async function warm(): Promise<void> {
  await (await open()).warm()
}

function open(): Promise<OpenEngine> {
  opened ??= import('./engine.ts').then(({ openEngine }) => openEngine())
  return opened
}
