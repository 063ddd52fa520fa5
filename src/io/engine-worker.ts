// The thread in which the engine runs: it gets the compiled module once, then packed requests, and answers each of them.

import { parentPort } from 'node:worker_threads'
import { type Instance, instantiate } from './engine-host.ts'

export type ToWorker = { readonly module: WebAssembly.Module } | { readonly request: Uint8Array<ArrayBuffer> }
/** A `trap` is the end of the instance; its thread is ended with it, which gives the memory back. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly answer: Uint8Array<ArrayBuffer>; readonly memory: number }
  | { readonly kind: 'trap'; readonly message: string; readonly lastWords: string }

let instance: Instance | undefined

parentPort?.on('message', (message: ToWorker) => {
  try {
    if ('module' in message) {
      instance = instantiate(message.module)
      return send({ kind: 'ready' })
    }
    if (instance === undefined) throw new Error('a request came before the module')
    const answer = instance.render(message.request) as Uint8Array<ArrayBuffer>
    send({ kind: 'answer', answer, memory: instance.exports.memory.buffer.byteLength }, [answer.buffer])
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown)
    send({ kind: 'trap', message: text, lastWords: instance?.lastWords() ?? '' })
  }
})

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer)
}
