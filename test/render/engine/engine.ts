// The committed engine, opened once for a file of tests, with answers as tests want to read them.

import { afterAll } from 'vitest'
import { type EngineSettings, openEngine } from '../../../src/io/engine.ts'
import type { EngineFailure, HelmAnswer, HelmRequest, KustomizeAnswer, KustomizeRequest } from '../../../src/render/engine.ts'

export function testEngine(settings: EngineSettings = {}) {
  const { render, close } = openEngine({ threads: 1, ...settings })
  afterAll(close)
  const helm = async (request: HelmRequest): Promise<HelmAnswer> => {
    const answer = await render(request)
    if (!answer.ok || answer.kind !== 'helm') throw new Error(`it did not render: ${JSON.stringify(answer)}`)
    return answer
  }
  const kustomize = async (request: KustomizeRequest): Promise<KustomizeAnswer> => {
    const answer = await render(request)
    if (!answer.ok || answer.kind !== 'kustomize') throw new Error(`it did not render: ${JSON.stringify(answer)}`)
    return answer
  }
  const failure = async (request: HelmRequest | KustomizeRequest): Promise<EngineFailure> => {
    const answer = await render(request)
    if (answer.ok) throw new Error(`it rendered: ${JSON.stringify(answer)}`)
    return answer
  }
  return { render, helm, kustomize, failure }
}
