// Builds a kustomization: as it stands, and once more where that fails for what is known to be left out.

import type { Missing } from '../discover/target.ts'
import type { Engine, EngineAnswer, KustomizeRequest } from './engine.ts'
import { lenient } from './patch.ts'

/** At most two builds, since each may take as long as one is let: the second forgives patches that miss what is `missing`, or has the definitions whole where that is what the first complains of. */
export async function build(request: KustomizeRequest, missing: readonly Missing[], engine: Engine): Promise<EngineAnswer> {
  const first = await engine(request)
  if (first.ok || first.reason !== 'render') return first
  const isLacking = missing.length > 0
  const again = isLacking ? lenient(request) : request
  // A definition may be megabytes, which take longer than all the rest.
  if (first.spared === true && (!isLacking || /schema/i.test(first.message))) return engine({ ...again, definitions: 'whole' })
  return isLacking ? engine(again) : first
}
