// Charts of a real registry.

import { describe, expect, test } from 'vitest'
import { chartOf } from '../../render/pack.ts'
import { findRegistry, push, runRegistry } from './docker-registry.ts'
import { nameOf, open } from './open.ts'
import { chartManifest, sha256 } from './registry-server.ts'
import { basic } from './serve.ts'

const program = findRegistry()
/** reader:s3cret */
const htpasswd = 'reader:$2y$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK\n'
const oci = 'application/vnd.oci.image.manifest.v1+json'

async function pushChart(host: string, version: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = chartOf('web', version)
  const { blob, manifest } = await push(host, 'acme/web', headers)
  for (const bytes of [archive, Buffer.from('{}'), Buffer.from('prov')]) await blob(bytes, sha256(bytes))
  await manifest(chartManifest(archive), oci, version.replaceAll('+', '_'))
  return archive
}

describe.skipIf(program === undefined)('a real registry', () => {
  test('gives a chart by tag, range and digest', async () => {
    const host = await runRegistry(program ?? '')
    await pushChart(host, '1.1.0', {})
    const archive = await pushChart(host, '1.2.0+build.3', {})
    const sources = open([host])
    const repository = `oci://${host}/acme`
    const had = { ok: true, archive, name: 'web', version: '1.2.0+build.3', digest: sha256(archive) }
    expect(await sources.chart({ repository, name: 'web', version: '1.2.0+build.3' })).toEqual({ ...had, pin: 'version' })
    expect(await sources.chart({ repository, name: 'web', version: '^1.0.0' })).toEqual({ ...had, pin: 'none' })
    expect(await sources.chart({ repository, name: 'web', version: '1.2.0+build.3', digest: sha256(chartManifest(archive)) })).toEqual({
      ...had,
      pin: 'content',
    })
    expect(await sources.chart({ repository, name: 'web', version: '3.0.0' })).toMatchObject({ code: 'not-found' })
    expect(await sources.chart({ repository, name: 'other' })).toMatchObject({ code: 'not-found' })
  })

  test('wants a login, and gets it', async () => {
    const host = await runRegistry(program ?? '', htpasswd)
    const authorization = basic('reader', 's3cret')
    const archive = await pushChart(host, '1.0.0', { authorization })
    const wanted = { repository: `oci://${host}/acme`, name: 'web', version: '1.0.0' }
    expect(await open([host]).chart(wanted)).toMatchObject({ code: 'login' })
    const environment = { [`PLIMSOLL_USERNAME_${nameOf(host)}`]: 'reader', [`PLIMSOLL_PASSWORD_${nameOf(host)}`]: 's3cret' }
    expect(await open([host], environment).chart(wanted)).toMatchObject({ ok: true, archive })
    expect(await open([host], { ...environment, [`PLIMSOLL_PASSWORD_${nameOf(host)}`]: 'wrong' }).chart(wanted)).toMatchObject({
      code: 'login',
    })
  })
})
