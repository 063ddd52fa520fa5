// What Argo CD and Flux add to a kustomization.

import { expect, test } from 'vitest'
import type { OverlayField } from '../../src/discover/target.ts'
import { withOverlay } from '../../src/render/overlay.ts'
import { placeIn } from './sample.ts'

const field = (name: OverlayField['field'], how: OverlayField['how'], value: unknown): OverlayField => ({
  field: name,
  how,
  value,
  at: placeIn('app.yaml', 'kind: Application\n'),
})

test.each<[string, object, readonly OverlayField[], object]>([
  ['a field is replaced', { namespace: 'a' }, [field('namespace', 'set', 'b')], { namespace: 'b' }],
  [
    'a patch comes after those that are there',
    { patches: [{ path: 'a.yaml' }] },
    [field('patches', 'append', { patch: 'x' })],
    { patches: [{ path: 'a.yaml' }, { patch: 'x' }] },
  ],
  [
    'an image takes the place of the one of its name',
    { images: [{ name: 'web', newTag: '1' }, { name: 'db' }] },
    [field('images', 'append', { name: 'web', newTag: '2' })],
    { images: [{ name: 'db' }, { name: 'web', newTag: '2' }] },
  ],
  ['labels are joined', { commonLabels: { a: '1' } }, [field('commonLabels', 'merge', { b: '2' })], { commonLabels: { a: '1', b: '2' } }],
  [
    'what Flux sets on everything leaves selectors alone',
    {},
    [field('commonMetadata', 'set', { labels: { team: 'shop' }, annotations: { note: 'x' } })],
    { labels: [{ pairs: { team: 'shop' }, includeSelectors: false }], commonAnnotations: { note: 'x' } },
  ],
  ['a list that is none is replaced', { patches: 'oops' }, [field('patches', 'append', { patch: 'x' })], { patches: [{ patch: 'x' }] }],
])('%s', (_, before, overlay, after) => expect(withOverlay({ ...before }, overlay)).toEqual(after))
