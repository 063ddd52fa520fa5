// Entries of kustomizations that lead elsewhere.

import { expect, test } from 'vitest'
import { remoteBaseOf } from '../../src/render/remote-base.ts'

const git = (url: string, path: string, ref?: string) => ({ kind: 'git', url, path, ...(ref === undefined ? {} : { ref }) })

test.each([
  ['https://github.com/acme/bases//web?ref=v1.2.0', git('https://github.com/acme/bases', 'web', 'v1.2.0')],
  ['https://github.com/acme/bases/web/prod?ref=abc&timeout=90s', git('https://github.com/acme/bases', 'web/prod', 'abc')],
  ['https://github.com/acme/bases', git('https://github.com/acme/bases', '')],
  ['https://github.com/acme/bases.git/web/?version=v1', git('https://github.com/acme/bases.git', 'web', 'v1')],
  ['https://github.com/acme/bases//?ref=v1', git('https://github.com/acme/bases', '', 'v1')],
  ['github.com/acme/bases/web?ref=v1', git('https://github.com/acme/bases', 'web', 'v1')],
  ['git::https://git.example.org/team/sub/bases.git//web?ref=v1', git('https://git.example.org/team/sub/bases.git', 'web', 'v1')],
  ['git@github.com:acme/bases.git//web?ref=v1', git('git@github.com:acme/bases.git', 'web', 'v1')],
  ['git@github.com:acme/bases', git('git@github.com:acme/bases', '')],
  ['ssh://git@git.example.org:2222/acme/bases//web', git('ssh://git@git.example.org:2222/acme/bases', 'web')],
  ['https://dev.azure.com/org/project/_git/bases/web?ref=v1', git('https://dev.azure.com/org/project/_git/bases', 'web', 'v1')],
  ['https://raw.githubusercontent.com/acme/x/main/a', { kind: 'file', url: 'https://raw.githubusercontent.com/acme/x/main/a' }],
  ['https://example.org/a.yaml?x=1', { kind: 'file', url: 'https://example.org/a.yaml?x=1' }],
  [
    'https://github.com/acme/x/releases/download/v1.0.0/install',
    { kind: 'file', url: 'https://github.com/acme/x/releases/download/v1.0.0/install' },
  ],
  ['../base', undefined],
  ['base/a.yaml', undefined],
  ['acme/bases', undefined],
  ['https://example.org', undefined],
  ['', undefined],
])('%s', (entry, base) => {
  expect(remoteBaseOf(entry)).toEqual(base)
})
