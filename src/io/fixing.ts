// How long fixes may be proved.

import type { Fixing } from '../repair.ts'

/** In a review: somebody waits for it. What is not proved by then is said and not offered. */
export const fixingInReview: Fixing = { now: () => performance.now(), budget: 10_000 }

/** By the command `fix`: as long as it takes, but not for ever. */
export const fixingAtLeisure: Fixing = { now: () => performance.now(), budget: 15 * 60_000 }
