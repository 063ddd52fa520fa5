// Checks of NetworkPolicies and of switches that turn off the check of a server's certificate.

import { isMapping } from '../../resource/read.ts'
import { pointerTo } from '../../text/pointer.ts'
import type { Checked, Item } from '../item.ts'
import { labelOf } from './label.ts'
import { assignmentsIn } from './secret-line.ts'

/** Peers of ingress rules that are every namespace. */
export function openNamespaces({ self, resource }: Item): readonly Checked[] {
  const spec = isMapping(self['spec']) ? self['spec'] : {}
  return listOf(spec['ingress']).flatMap((rule, ruleAt) =>
    listOf(isMapping(rule) ? rule['from'] : undefined).flatMap((peer, peerAt) => {
      if (!isMapping(peer) || !selectsAll(peer['namespaceSelector'])) return []
      const labels = isMapping(peer['podSelector']) && !selectsAll(peer['podSelector']) ? JSON.stringify(peer['podSelector']) : '*'
      const which = labels === '*' ? 'every pod' : 'pods with the given labels'
      return [
        {
          pointer: `/spec/ingress/${ruleAt}/from/${peerAt}/namespaceSelector`,
          message: `${labelOf(resource)} lets ${which} of all namespaces in: its namespaceSelector is empty. Select the namespace by the label kubernetes.io/metadata.name.`,
          extent: [labels],
        },
      ]
    }),
  )
}

/** An empty selector selects everything, a missing one nothing. */
function selectsAll(selector: unknown): boolean {
  if (!isMapping(selector)) return false
  const labels = selector['matchLabels']
  return (!isMapping(labels) || Object.keys(labels).length === 0) && listOf(selector['matchExpressions']).length === 0
}

const switchName =
  /^(?:\w{0,40}[._-])?(?:insecure[-_]?skip[-_]?(?:tls[-_]?)?verify|(?:tls[-_]?)?skip[-_]?tls[-_]?verify|kubelet-insecure-tls|tls-?insecure)$/i
const flag = /^--?([A-Za-z][A-Za-z0-9._-]{0,80})(?:=(.*))?$/
const environment: Readonly<Record<string, readonly string[]>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: ['0'],
  PYTHONHTTPSVERIFY: ['0'],
  GIT_SSL_NO_VERIFY: ['1', 'true'],
}

/** Every switch in an object that turns off the check of a certificate: fields, arguments, variables, lines of files in a ConfigMap. */
export function tlsSwitches({ self, resource }: Item): readonly Checked[] {
  const label = labelOf(resource)
  const found: Checked[] = []
  const report: Report = (way, what) =>
    found.push({
      pointer: pointerTo(way),
      message: `${label} sets ${what}, so any certificate is taken. Remove it and name the authority to trust.`,
      extent: [],
    })
  walk(self, [], report)
  return found
}

/** The pointer is made of the way only where something is found, which is next to nowhere. */
type Report = (way: readonly (string | number)[], what: string) => void

function walk(value: unknown, way: (string | number)[], report: Report): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index]
      way.push(index)
      if (typeof item === 'string') readArgument(item, way, report)
      else if (typeof item === 'object') walk(item, way, report)
      way.pop()
    }
    return
  }
  if (!isMapping(value)) return
  if (typeof value['name'] === 'string' && typeof value['value'] === 'string') readVariable(value['name'], value['value'], way, report)
  for (const key of Object.keys(value)) {
    const child = value[key]
    way.push(key)
    if (isOn(child) && switchName.test(key)) report(way, `${key}: true`)
    else if (typeof child === 'string') readFile(child, way, report)
    else if (typeof child === 'object') walk(child, way, report)
    way.pop()
  }
}

function readArgument(text: string, way: readonly (string | number)[], report: Report): void {
  const match = text.startsWith('-') ? flag.exec(text) : null
  if (match?.[1] !== undefined && switchName.test(match[1]) && (match[2] === undefined || isOn(match[2]))) report(way, text)
}

function readVariable(name: string, value: string, way: readonly (string | number)[], report: Report): void {
  const known = Object.hasOwn(environment, name)
    ? (environment[name]?.includes(value.toLowerCase()) ?? false)
    : isOn(value) && switchName.test(name)
  if (known) report([...way, 'value'], `${name} to ${value}`)
}

function readFile(text: string, way: readonly (string | number)[], report: Report): void {
  if (!text.includes('\n') || !/insecure|skip/i.test(text)) return
  const line = assignmentsIn(text).find(({ name, value }) => switchName.test(name) && isOn(value))
  if (line !== undefined) report(way, `${line.name}: true`)
}

function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.length < 5 && /^(?:true|1|yes)$/i.test(value))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
