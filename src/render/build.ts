// Builds a kustomization: as it stands, and once more where that fails for what is known to be left out.

import type { Missing } from '../discover/target.ts'
import type { Engine, EngineAnswer, KustomizeRequest } from './engine.ts'
import { lenient } from './patch.ts'

/** At most two builds, since each may take as long as one is let: the second forgives patches that miss what is `missing`, and has the definitions whole. */
export async function build(request: KustomizeRequest, missing: readonly Missing[], engine: Engine): Promise<EngineAnswer> {
  const first = await engine(request)
  const isLacking = missing.length > 0
  if (first.ok || first.reason !== 'render' || (!isLacking && first.spared === undefined)) return first
  return engine({ ...(isLacking ? lenient(request) : request), definitions: 'whole' })
}
