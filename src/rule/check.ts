// The checks written in TypeScript, by the name that rule files give: one line each, the thinking is in check/.

import type { Check } from './item.ts'

export const checks: Readonly<Record<string, Check>> = {}
