// Placeholders of template languages: a document that holds them where Kubernetes could never accept them is not yet a manifest.

import { groupOf, isMapping, type KubernetesObject } from '../resource/read.ts'
import { below } from '../text/pointer.ts'

/** A placeholder and the JSON Pointer, inside the object, of the string that holds it. */
export type Placeholder = { readonly pointer: string; readonly text: string }

const opening = /(?<!\$)\{\{[^\n]{0,40}/
const builtInGroups = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions'])

/** Fields of the built-in kinds whose text belongs to somebody else's template language: scripts, annotations, configuration. */
const freeText = new Set([
  'annotations',
  'command',
  'args',
  'env',
  'stringData',
  'description',
  'message',
  'messageExpression',
  'expression',
])
const names = new Set(['name', 'generateName', 'namespace', 'labels'])

/**
 * The first `{{` of an object that cannot be meant for the cluster. Text of several lines, annotations, scripts and the data of a ConfigMap hold such braces of their own right, and custom
 * resources nearly everywhere (alert texts, workflow parameters, application sets): there only the names and labels of the object decide. `${{` is no such placeholder: it stays a string.
 */
export function placeholderIn(object: KubernetesObject): Placeholder | undefined {
  const group = groupOf(object.apiVersion)
  if (group === 'apiextensions.k8s.io') return undefined
  if (builtInGroups.has(group) || group.endsWith('.k8s.io')) return search(object.value, '', allowedIn(object.kind))
  const metadata = object.value['metadata']
  if (!isMapping(metadata)) return undefined
  for (const [field, value] of Object.entries(metadata)) {
    const found = names.has(field) ? search(value, below('/metadata', field), freeText) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function allowedIn(kind: string): ReadonlySet<string> {
  return kind === 'ConfigMap' ? configMapText : freeText
}
const configMapText = new Set([...freeText, 'data', 'binaryData'])

function search(value: unknown, pointer: string, allowed: ReadonlySet<string>): Placeholder | undefined {
  if (typeof value === 'string') {
    const found = value.includes('{{') && !value.includes('\n') ? opening.exec(value) : null
    return found === null ? undefined : { pointer, text: found[0] }
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, child] of Object.entries(value)) {
    if (allowed.has(key)) continue
    const inKey = key.includes('{{') ? opening.exec(key) : null
    if (inKey !== null) return { pointer, text: inKey[0] }
    const found = search(child, below(pointer, key), allowed)
    if (found !== undefined) return found
  }
  return undefined
}

const anywhere = /^[ \t]*(?:-[ \t]*)?(?:\{\{|\{%|<%)|:[ \t]+(?:\{\{|<%)/m
const onErrorLine = /(?<!\$)\{\{|\{%|<%|@[A-Za-z_][\w.-]*@|\$\{\w|\$\(\w|%[A-Z_]{2,}%|\[\[ ?[.\w]/

/**
 * The placeholder that keeps a text from being YAML: a line or a value that begins with one, or any kind of placeholder within a line of the place where reading stopped.
 * Undefined where nothing but a mistake explains the error.
 */
export function placeholderBehindError(text: string, offset: number): string | undefined {
  const found = anywhere.exec(text)
  if (found !== null) return lineAt(text, found.index + found[0].length - 1).trim()
  const start = text.lastIndexOf('\n', Math.max(0, text.lastIndexOf('\n', offset - 1) - 1)) + 1
  const line = text
    .slice(start)
    .split('\n', 3)
    .find((candidate) => onErrorLine.test(candidate))
  return line?.trim()
}

const forms =
  /\{\{[^}\n]{0,60}\}\}|\{%[^%\n]{0,60}%\}|<%[^%\n]{0,60}%>|\$\{[^}\n]{0,60}\}|\$\([^)\n]{0,60}\)|\[\[[^\]\n]{0,60}\]\]|@[\w.-]{1,60}@|%[A-Z_]{2,60}%|\{\{|\{%|<%|\[\[/

/** What a person is shown of a line with a placeholder: its key and the placeholder, without what is quoted in it; the rest may be half of a password. */
export function shownPlaceholder(line: string): string {
  const placeholder = (forms.exec(line)?.[0] ?? 'one that is not closed').replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '…')
  const key = /^[ \t]*(?:- )?([\w./-]{1,60}):[ \t]/.exec(line)?.[1]
  return key === undefined ? placeholder : `${key}: ${placeholder}`
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end)
}
