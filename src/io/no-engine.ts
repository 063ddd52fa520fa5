// Stands where the rendering engine will: every render fails and says why.

import type { Engine } from '../render/engine.ts'

export const noEngine: Engine = async () => ({ ok: false, reason: 'crash', message: 'this build has no rendering engine' })
