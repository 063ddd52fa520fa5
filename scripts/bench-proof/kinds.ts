// Usual changes that bring ten findings: in plain manifests, in a chart of two environments, in a base of two overlays.

import { deployment } from '../../test/github/shop.ts'
import { manifestTexts } from '../bench/sets.ts'

type Texts = Readonly<Record<string, string>>

/** A repository before and after a change of five Deployments. */
export type Kind = { readonly title: string; readonly base: () => Texts; readonly head: () => Texts }

const names = ['web', 'api', 'cart', 'stock', 'mail']

/** Each in a file of its own; faulty: two findings each. */
function workloads(folder: string, isFaulty: boolean): Texts {
  const parts = isFaulty ? { privileged: true, host: true } : {}
  return Object.fromEntries(names.map((name) => [`${folder}/${name}.yaml`, deployment(name, parts)]))
}

function kind(title: string, around: Texts, folder: string): Kind {
  return {
    title,
    base: () => ({ ...around, ...workloads(folder, false) }),
    head: () => ({ ...around, ...workloads(folder, true) }),
  }
}

const manifests = Object.fromEntries(manifestTexts(500).map((text, at) => [`manifests/${at}.yaml`, text]))
const chart = {
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml': 'replicas: 1\n',
  'charts/shop/values-staging.yaml': 'replicas: 2\n',
  'charts/shop/values-production.yaml': 'replicas: 3\n',
}
const overlays = {
  'shop/base/kustomization.yaml': `resources: [${names.map((name) => `${name}.yaml`).join(', ')}]\n`,
  'shop/staging/kustomization.yaml': 'resources: [../base]\nnamePrefix: staging-\n',
  'shop/production/kustomization.yaml': 'resources: [../base]\nnamePrefix: production-\n',
}

export const kinds: Readonly<Record<string, Kind>> = {
  manifests: kind('5 of 505 manifests', manifests, 'apps'),
  chart: kind('5 templates of a chart, two environments', { ...manifests, ...chart }, 'charts/shop/templates'),
  overlays: kind('5 files of a base, two overlays', { ...manifests, ...overlays }, 'shop/base'),
}
