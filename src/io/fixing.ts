// How long fixes may be proved.

import type { Fixing } from '../repair.ts'
import { reaches } from '../rule/severity.ts'
import type { FixPullInputs } from './inputs.ts'

/** In a review: somebody waits for it. What is not proved by then is said and not offered. */
export const fixingInReview: Fixing = { now: () => performance.now(), budget: 10_000 }

/** By the command `fix`: as long as it takes, but not for ever. */
export const fixingAtLeisure: Fixing = { now: () => performance.now(), budget: 15 * 60_000 }

/** For pull requests: only what is asked for. */
export function fixingForPulls({ severity, isUnsafeWanted }: FixPullInputs): Fixing {
  return { ...fixingAtLeisure, isWanted: (finding, safety) => reaches(finding.severity, severity) && (safety === 'safe' || isUnsafeWanted) }
}
