// Requests to the engine, written as tests want to read them: files as texts, settings that do not matter left out.

import type { EngineFile, HelmRequest, KustomizeRequest } from '../../../src/render/engine.ts'

export type Texts = Readonly<Record<string, string | Uint8Array>>

function filesOf(texts: Texts): readonly EngineFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text }))
}

/** A chart called `demo`; its Chart.yaml may be among the files. */
export function chart(texts: Texts, settings: Partial<Omit<HelmRequest, 'files'>> = {}): HelmRequest {
  return {
    kind: 'helm',
    files: filesOf({ 'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.2.3\n', ...texts }),
    values: [],
    sets: [],
    release: 'shop',
    namespace: 'front',
    kubernetesVersion: '1.34',
    apiVersions: [],
    includeCrds: true,
    skipSchema: false,
    lines: false,
    ...settings,
  }
}

export function kustomization(texts: Texts, folder = 'overlay'): KustomizeRequest {
  return { kind: 'kustomize', files: filesOf(texts), folder, kubernetesVersion: '1.34' }
}
