// A finding: one rule broken at one place of one object.

import type { Environment } from '../discover/target.ts'
import type { Resource } from '../resource/resource.ts'
import type { Rule } from '../rule/rule.ts'
import type { Severity } from '../rule/severity.ts'

/** A fact of the scan that raises or lowers a severity. */
export type Modifier = {
  readonly id: string
  readonly factor: 'exploitability' | 'blast' | 'position'
  readonly delta: number
  readonly because: string
}

/** What an evaluation yields before it is a finding. */
export type Fault = {
  /** JSON Pointer of the part of the object that the rule was asked about: a container, a volume, an entry of a list, or empty for the whole. */
  readonly item: string
  /** JSON Pointer inside the object to the value that is wrong or missing: the identity of the place. */
  readonly pointer: string
  /** Where to look, when that is another place than `pointer`: a pod's setting that a container inherits. */
  readonly shown?: string
  readonly message: string
  /** How far the fault reaches; see Rule.extent. */
  readonly extent: readonly string[]
}

export type Finding = Fault & {
  readonly rule: Rule
  readonly resource: Resource
  readonly environment: Environment
  /** Of the object only a part is known: what a patch sets, or values by their names. */
  readonly ofPart: boolean
  readonly baseSeverity: Severity
  readonly severity: Severity
  readonly modifiers: readonly Modifier[]
  /** Other places that belong to the story, as pointers inside the same object. */
  readonly related: readonly { readonly pointer: string; readonly message: string }[]
  /** Rule, object and place; no path, line, API version or commit. Not unique: equal faults are counted. */
  readonly fingerprint: string
}
