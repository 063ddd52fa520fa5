// The whole world that the engine sees: a clock that stands still, numbers from a seed, a place for its last words; no files, network, environment or processes.

/** What a module must export to be the engine. */
type Exports = {
  readonly memory: WebAssembly.Memory
  readonly allocate: (size: number) => number
  readonly render: (size: number) => number
  readonly result: () => number
  /** Only before the build has made the snapshot. */
  readonly _initialize?: () => void
  readonly settle?: (bytesPerClass: number, gcPercent: number, memoryLimit: number) => void
}

export type Instance = {
  readonly exports: Exports
  /** Answers a packed request. Throws where the engine traps; the instance is of no use after that. */
  readonly render: (request: Uint8Array) => Uint8Array
  /** What Go wrote before it trapped. */
  readonly lastWords: () => string
}

/** 2026-01-01: what `now` is in a template. The snapshot is made a year earlier, since Go must not see time run backwards. */
const clockAtRun = 1_767_225_600_000_000_000n
const clockAtBuild = 1_735_689_600_000_000_000n

const module_ = 'wasi_snapshot_preview1'
const errno = { success: 0, badf: 8, nosys: 52 }
const maxLastWords = 4_096

/**
 * The time of day stands still, so that the answer to a request is always the same; the time between two points must be real, since the collector of Go bounds its share of it: a clock that
 * only counts lets it stop collecting.
 */
export type Clock = { readonly timeOfDay: bigint; readonly elapsed: () => bigint }

const runClock: Clock = { timeOfDay: clockAtRun, elapsed: () => BigInt(Math.round(performance.now() * 1e6)) }

/** The same readings each time, for a build that is always the same. */
export function countingClock(): Clock {
  let count = 0n
  return { timeOfDay: clockAtBuild, elapsed: () => (count += 1_000n) }
}

/** An instance of the compiled module. Throws where it imports anything but WASI, or something of WASI that is not given here. */
export function instantiate(module: WebAssembly.Module, clock: Clock = runClock): Instance {
  const world = newWorld(clock)
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (from !== module_ || kind !== 'function' || !(name in world.imports))
      throw new Error(`the engine imports ${from}.${name}, which it must not`)
  }
  const { exports } = new WebAssembly.Instance(module, { [module_]: world.imports }) as unknown as { readonly exports: Exports }
  world.memory = exports.memory
  exports._initialize?.()
  return { exports, render: (request) => render(exports, request), lastWords: () => world.words }
}

function render({ allocate, render, result, memory }: Exports, request: Uint8Array): Uint8Array {
  const to = allocate(request.length) >>> 0
  new Uint8Array(memory.buffer, to, request.length).set(request)
  const size = render(request.length) >>> 0
  return new Uint8Array(memory.buffer, result() >>> 0, size).slice()
}

type Functions = Readonly<Record<string, (...args: never[]) => unknown>>

/** What the functions of the world share: the memory of the instance, once there is one, and what it has said. */
type World = { memory: WebAssembly.Memory | undefined; words: string; dying: boolean; readonly imports: Functions }

type Access = { readonly view: () => DataView; readonly bytes: (at: number, size: number) => Uint8Array }

function newWorld(clock: Clock): World {
  const world: World = { memory: undefined, words: '', dying: false, imports: {} }
  const access: Access = {
    view: () => new DataView(memoryOf(world).buffer),
    bytes: (at, size) => new Uint8Array(memoryOf(world).buffer, at >>> 0, size >>> 0),
  }
  const imports = { ...nothing(), ...beginning(access), ...time(access, clock), ...chance(access), ...speech(access, world), ...ending() }
  return Object.assign(world, { imports })
}

/** One argument, since the logger of Kubernetes reads the name of the program; no environment. */
function beginning({ view, bytes }: Access): Functions {
  const counted = (count: number, size: number, [items, length]: readonly [number, number]) => {
    view().setUint32(count, items, true)
    view().setUint32(size, length, true)
    return errno.success
  }
  return {
    args_sizes_get: (count: number, size: number) => counted(count, size, [1, 2]),
    args_get: (list: number, text: number) => {
      view().setUint32(list, text, true)
      bytes(text, 2).set([0x65, 0])
      return errno.success
    },
    environ_sizes_get: (count: number, size: number) => counted(count, size, [0, 0]),
    environ_get: () => errno.success,
  }
}

/** Whoever waits is told at once that the time has come. */
function time({ view, bytes }: Access, { timeOfDay, elapsed }: Clock): Functions {
  return {
    clock_time_get: (id: number, _precision: bigint, to: number) => {
      view().setBigUint64(to, id === 0 ? timeOfDay : timeOfDay + elapsed(), true)
      return errno.success
    },
    poll_oneoff: (from: number, to: number, count: number, done: number) => {
      for (let i = 0; i < count; i++) {
        bytes(to + 32 * i, 32).fill(0)
        bytes(to + 32 * i, 8).set(bytes(from + 48 * i, 8))
      }
      view().setUint32(done, count, true)
      return errno.success
    },
    sched_yield: () => errno.success,
  }
}

function chance({ bytes }: Access): Functions {
  const next = newRandom()
  return {
    random_get: (to: number, size: number) => {
      bytes(to, size).forEach((_, at, all) => {
        all[at] = next()
      })
      return errno.success
    },
  }
}

/** What is written is kept only to say why an instance ended. */
function speech({ view, bytes }: Access, world: World): Functions {
  const decoder = new TextDecoder()
  return {
    fd_write: (_fd: number, list: number, count: number, written: number) => {
      let size = 0
      for (let at = list; at < list + 8 * count; at += 8) {
        const part = bytes(view().getUint32(at, true), view().getUint32(at + 4, true))
        hear(world, decoder.decode(part.subarray(0, maxLastWords)))
        size += part.length
      }
      view().setUint32(written, size, true)
      return errno.success
    },
    fd_fdstat_get: (fd: number, to: number) => {
      if (fd > 2) return errno.badf
      bytes(to, 24).fill(0)
      view().setUint8(to, 2) // a character device
      return errno.success
    },
    fd_fdstat_set_flags: () => errno.success,
  }
}

/** Warnings are forgotten; of the end its beginning counts, which long traces follow. */
function hear(world: World, text: string): void {
  if (!world.dying && /^(?:runtime: |fatal error: |panic: )/m.test(text)) {
    world.dying = true
    world.words = ''
  }
  if (world.dying && world.words.length < maxLastWords) world.words += text
}

function ending(): Functions {
  return {
    proc_exit: (code: number) => {
      throw new Error(`the engine ended with ${code}`)
    },
  }
}

/** Files and sockets: there are none. */
function nothing(): Functions {
  const all = (names: readonly string[], error: number) => names.map((name) => [name, () => error] as const)
  return Object.fromEntries([...all(refusedFiles, errno.badf), ...all(refusedOthers, errno.nosys)])
}

/** Go asks for these while it looks for folders and files that were opened for it: there are none. */
const refusedFiles = [
  ...['fd_prestat_get', 'fd_prestat_dir_name', 'fd_close', 'fd_read', 'fd_pread', 'fd_pwrite', 'fd_seek', 'fd_readdir', 'fd_sync'],
  ...['fd_filestat_get', 'fd_filestat_set_size', 'path_open', 'path_filestat_get', 'path_filestat_set_times', 'path_create_directory'],
  ...['path_remove_directory', 'path_unlink_file', 'path_rename', 'path_link', 'path_symlink', 'path_readlink'],
]
const refusedOthers = ['sock_accept', 'sock_shutdown', 'sock_recv', 'sock_send', 'clock_res_get']

function memoryOf({ memory }: World): WebAssembly.Memory {
  if (memory === undefined) throw new Error('the engine called out before it had memory')
  return memory
}

/** A generator of bytes with a fixed seed (xorshift): the engine gives the same answer to the same request. */
function newRandom(): () => number {
  let state = 0x9e3779b9
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 255
  }
}
