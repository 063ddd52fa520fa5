// Which of V8's compilers work on the program itself.

import { setFlagsFromString } from 'node:v8'

const few = 50

/**
 * Leaves V8's last compiler out: a run ends before its code has paid for itself. On two cores, 1,000 documents take 0.27 s of process time without it and 0.34 s with it, 10,000 take 1.1 s
 * and 1.35 s. In a tree of `files` that are few it would not begin, and asking costs more than it spares. Asked for only where it was measured: before Node 24 no other optimizing compiler runs, and an unknown flag is complained about. WebAssembly has its own way and keeps it.
 */
export function leaveLastCompilerOut(files: number): void {
  if (files > few && process.versions.node.startsWith('24.')) setFlagsFromString('--no-turbofan')
}
