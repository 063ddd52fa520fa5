// One worker thread with an instance of the engine in it: it answers one request at a time, within a deadline.

import { Worker } from 'node:worker_threads'
import type { FromWorker, ToWorker } from './engine-worker.ts'
import { whenLate } from './patience.ts'

export type Thread = {
  /** Answers a packed request, or says why not; then the thread is at its end. */
  readonly ask: (request: Uint8Array<ArrayBuffer>, deadline: number) => Promise<Reply>
  /** False after a trap, a missed deadline, or when its memory has grown so large that a new one is better. */
  readonly alive: () => boolean
  /** Whether it has been asked before. */
  readonly used: () => boolean
  readonly close: () => Promise<void>
}

export type Reply = { readonly answer: Uint8Array } | { readonly reason: 'deadline' | 'memory' | 'crash'; readonly message: string }

/** WebAssembly never gives memory back, so an instance that has grown beyond this is replaced. */
const maxIdleMemory = 320 << 20
/** Deep templates need a deep stack; the default is 4. */
const stackSizeMb = 16
/** Beside the bundle; from the sources Node runs the TypeScript. */
const source = import.meta.url.endsWith('.ts') ? './engine-worker.ts' : './engine-worker.js'

/** Starts a thread; `module` may still be compiling meanwhile. An idle thread does not keep the process alive. */
export function startThread(module: Promise<WebAssembly.Module>): Thread {
  const worker = new Worker(new URL(source, import.meta.url), { resourceLimits: { stackSizeMb }, stderr: false, env: {}, execArgv: [] })
  let alive = true
  let used = false
  let waiting: ((reply: Reply) => void) | undefined
  const end = () => {
    alive = false
    return worker.terminate()
  }
  const settle = (reply: Reply) => {
    waiting?.(reply)
    waiting = undefined
    worker.unref()
  }
  worker.unref()
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'ready') return
    if (message.kind === 'trap') {
      void end()
      return settle(replyTo(message))
    }
    if (message.memory > maxIdleMemory) void end()
    settle({ answer: message.answer })
  })
  worker.on('error', (thrown) => {
    alive = false
    settle({ reason: 'crash', message: thrown instanceof Error ? thrown.message : String(thrown) })
  })
  worker.on('exit', () => {
    alive = false
    settle({ reason: 'crash', message: 'the thread ended' })
  })
  const sent = module.then((module) => post(worker, { module }))

  const ask = async (request: Uint8Array<ArrayBuffer>, deadline: number): Promise<Reply> => {
    used = true
    worker.ref()
    await sent
    return new Promise((resolve) => {
      const timer = whenLate(worker, deadline, () => {
        void end()
        settle({ reason: 'deadline', message: `stopped after ${deadline / 1_000} s` })
      })
      waiting = (reply) => {
        timer.cancel()
        resolve(reply)
      }
      post(worker, { request }, [request.buffer])
    })
  }
  return { ask, alive: () => alive, used: () => used, close: async () => void (await end()) }
}

function post(worker: Worker, message: ToWorker, transfer: ArrayBuffer[] = []): void {
  worker.postMessage(message, transfer)
}

function replyTo({ message, lastWords }: Extract<FromWorker, { kind: 'trap' }>): Reply {
  if (/out of memory|stack overflow|exceeds \d+-byte limit/.test(lastWords))
    return { reason: 'memory', message: 'it needs more memory than it may have' }
  if (/call stack/.test(message)) return { reason: 'memory', message: 'its templates call each other too deeply' }
  return { reason: 'crash', message: lastWords.split('\n').find((line) => line.trim() !== '') ?? message }
}
