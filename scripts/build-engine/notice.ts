// The licences of the Go modules that become part of the engine.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { go, goVersion } from './go.ts'

/** Sentences that stand in one licence alone. */
const known: readonly (readonly [name: string, sentence: RegExp])[] = [
  ['Apache-2.0', /Apache License\s+Version 2\.0/],
  ['MIT', /Permission is hereby granted, free of charge/],
  ['BSD-3-Clause', /Neither the name[\s\S]* nor the names of/],
  ['BSD-2-Clause', /Redistributions in binary form must reproduce/],
  ['ISC', /Permission to use, copy, modify, and(\/or)? distribute this software/],
]

/** A part of NOTICE. Throws for a module whose licence is none of MIT, ISC, Apache-2.0 and BSD. */
export function noticeOfModules(folder: string): string {
  const format = '{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}'
  const listed = go(folder, ['list', '-deps', '-f', format, '.'], { GOOS: 'wasip1', GOARCH: 'wasm' })
  const lines = [...new Set(listed.split('\n').filter((line) => line !== ''))].sort()
  const modules = lines.map((line) => line.split('\t')).map(([name = '', version = '', dir = '']) => partOf(`${name} ${version}`, dir))
  const standard = partOf(`The Go standard library ${goVersion.replace('go', '')}`, go(folder, ['env', 'GOROOT']).trim())
  const texts = new Map<string, Part[]>()
  for (const one of [standard, ...modules]) {
    const key = one.text.replace(/\s+/g, ' ')
    texts.set(key, [...(texts.get(key) ?? []), one])
  }
  return `${[...texts.values()].map(printed).join('\n\n----\n\n')}\n`
}

type Part = { readonly title: string; readonly text: string }

/** Modules with the same text are named together. */
function printed(parts: readonly Part[]): string {
  return `${parts.map(({ title, text }) => `${title} (${licenceOf(title, text)})`).join('\n')}\n\n${parts[0]?.text}`
}

function partOf(title: string, folder: string): Part {
  const text = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(entry))
    .sort()
    .map((entry) =>
      readFileSync(join(folder, entry), 'utf8')
        .replaceAll('\r\n', '\n')
        .replace(/[ \t]+$/gm, '')
        .trim(),
    )
    .join('\n\n')
  return { title, text }
}

function licenceOf(title: string, text: string): string {
  const found = known.find(([, sentence]) => sentence.test(text))
  if (found === undefined) throw new Error(`${title} has a licence that is none of ${known.map(([name]) => name).join(', ')}`)
  return found[0]
}
