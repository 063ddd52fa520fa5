// NOTICE: what of others is part of dist/, with its licence.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const allowed = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']

type Package = { readonly name: string; readonly version: string; readonly license: string; readonly folder: string }

/**
 * The text of NOTICE for the packages that `modules` (files below node_modules) belong to, and what the build of the engine wrote about its Go modules. Throws for a licence that is not
 * allowed.
 */
export function noticeOf(modules: readonly string[], engine: string): string {
  const folders = new Set(modules.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []))
  const packages = [...folders].map(packageIn).sort((a, b) => (a.name < b.name ? -1 : 1))
  const refused = packages.filter(({ license }) => !allowed.includes(license))
  if (refused.length > 0) {
    const names = refused.map(({ name, license }) => `${name} (${license})`).join(', ')
    throw new Error(`bundled under a licence that is not one of ${allowed.join(', ')}: ${names}`)
  }
  const parts = packages.map((one) => `${one.name} ${one.version} (${one.license})\n\n${licenceText(one)}`)
  return `Plimsoll\n\nThe files in dist/ hold parts of the packages below, each under its own licence.\n\n${parts.join('\n\n----\n\n')}\n\n----\n\nThe file dist/engine.wasm holds parts of the Go modules below.\n\n${engine}`
}

function packageIn(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Omit<Package, 'folder'>
  return { name, version, license: typeof license === 'string' ? license : 'unknown', folder }
}

function licenceText({ name, folder }: Package): string {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry))
  const path = file === undefined ? undefined : join(folder, file)
  if (path === undefined || !existsSync(path)) return `The package ${name} holds no licence text of its own.`
  return readFileSync(path, 'utf8')
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .trim()
}
