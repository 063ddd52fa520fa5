// The rendering engine: the WebAssembly module in a small pool of threads, loaded when the first chart or kustomization comes.

import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import type { Engine, EngineAnswer, EngineRequest } from '../render/engine.ts'
import { type Reply, startThread, type Thread } from './engine-thread.ts'
import { packRequest, readAnswer } from './engine-wire.ts'

export type OpenEngine = {
  readonly render: Engine
  /** Loads the engine before it is needed; called twice it loads once. */
  readonly warm: () => Promise<void>
  /** Ends the threads; an idle pool does not keep the process alive, so only tests need it. */
  readonly close: () => Promise<void>
}

export type EngineSettings = {
  /** Milliseconds of work for one render. */
  readonly deadline?: number
  readonly threads?: number
  /** Another module than the one beside the program, for the build and the benchmarks. */
  readonly wasm?: string | URL
}

/** The largest public charts and kustomizations take 2 to 4 s; a hostile one must end as a problem within 15 s, on a busy machine too. */
const defaultDeadline = 10_000
/** As many as there are processors, within what a laptop and a build machine can spare: each may take 512 MiB. */
const defaultThreads = Math.min(4, Math.max(2, availableParallelism()))
/**
 * The build validates the module as a whole, so here each function is validated when it is first called. A function is compiled anew only when it has worked long enough to be worth it:
 * by default a scan of the smallest chart costs 380 to 410 ms of processor time, so 290 to 300, and one of a chart with a megabyte of definitions no more than before.
 */
const flags = ['--wasm-lazy-validation', '--wasm-tiering-budget=30000000']
/** Beside the bundle; from the sources it is the committed one in dist/. */
const beside = new URL(import.meta.url.endsWith('.ts') ? '../../dist/engine.wasm' : './engine.wasm', import.meta.url)

/** An engine that has loaded nothing yet. */
export function openEngine({ deadline = defaultDeadline, threads: most = defaultThreads, wasm = beside }: EngineSettings = {}): OpenEngine {
  let module: Promise<WebAssembly.Module> | undefined
  let warmed: Promise<EngineAnswer> | undefined
  let threads: readonly Thread[] = []
  const busy = new Set<Thread>()
  const queue: ((thread: Thread) => void)[] = []

  const start = (): Thread => {
    // The thread starts while the module compiles.
    const thread = startThread(Promise.resolve().then(() => (module ??= compile(wasm))))
    threads = [...threads, thread]
    return thread
  }
  const acquire = (): Promise<Thread> => {
    threads = threads.filter((thread) => thread.alive())
    const free = threads.find((thread) => !busy.has(thread)) ?? (threads.length < most ? start() : undefined)
    if (free === undefined) return new Promise((resolve) => queue.push(resolve))
    busy.add(free)
    return Promise.resolve(free)
  }
  const next = () => {
    const waiting = queue.shift()
    if (waiting !== undefined) void acquire().then(waiting)
  }
  const ask = async (thread: Thread, request: EngineRequest, within: number): Promise<Reply> => {
    busy.add(thread)
    try {
      return await thread.ask(packRequest(request), within)
    } finally {
      busy.delete(thread)
    }
  }
  const render: Engine = async (request) => {
    const thread = await acquire()
    const used = thread.used()
    const since = performance.now()
    try {
      const reply = await ask(thread, request, deadline)
      const left = deadline - (performance.now() - since)
      if ('answer' in reply || reply.reason !== 'memory' || !used || left <= 0) return answerOf(request.kind, reply)
      // What earlier renders left in the memory may be what was missing: a new thread has all of it, in the place of this one.
      threads = threads.filter((one) => one !== thread)
      return answerOf(request.kind, await ask(start(), request, left))
    } finally {
      next()
    }
  }
  return {
    render,
    warm: async () => {
      warmed ??= render(warmUp)
      await warmed
    },
    close: async () => void (await Promise.all(threads.map((thread) => thread.close()))),
  }
}

function answerOf(kind: EngineRequest['kind'], reply: Reply): EngineAnswer {
  return 'answer' in reply ? readAnswer(kind, reply.answer) : { ok: false, ...reply, gaps: [] }
}

/** Throws where the file is missing or no module: the package is then broken. */
async function compile(wasm: string | URL): Promise<WebAssembly.Module> {
  for (const flag of flags) setFlagsFromString(flag)
  // Read at once: in pieces it takes twice as long.
  return WebAssembly.compile(readFileSync(wasm))
}

/** The smallest chart: what it needs is compiled before the first real one comes. */
const warmUp: EngineRequest = {
  kind: 'helm',
  files: [
    { path: 'Chart.yaml', bytes: new TextEncoder().encode('apiVersion: v2\nname: warm\nversion: 0.1.0\n') },
    {
      path: 'templates/a.yaml',
      bytes: new TextEncoder().encode('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name | quote }}}\n'),
    },
  ],
  values: [],
  sets: [],
  release: 'warm',
  namespace: 'default',
  kubernetesVersion: 'v1.34.0',
  apiVersions: [],
  includeCrds: true,
  skipSchema: false,
  lines: true,
}
