// All that is true about a scan or a change, once, as plain data: a format needs nothing else.

import type { Severity } from '../rule/severity.ts'
import type { Location } from '../trace/location.ts'
import type { Coverage, RenderedChange, ReportedProblem } from './looked.ts'

export type { Location } from '../trace/location.ts'
export type { Coverage, RenderedChange, ReportedGap, ReportedProblem, ReportedSkip } from './looked.ts'

export type Verdict = 'pass' | 'fail' | 'incomplete'

/** `present`: a scan of one tree, nothing to compare with. */
export type State = 'new' | 'worsened' | 'unchanged' | 'fixed' | 'present'

/** Source lines around a location; secrets are already masked. */
export type Frame = { readonly firstLine: number; readonly lines: readonly string[] }

export type ReportedResource = { readonly apiVersion: string; readonly kind: string; readonly namespace: string; readonly name: string }

export type Related = { readonly message: string; readonly location: Location }

export type ReportedModifier = { readonly id: string; readonly factor: string; readonly delta: number; readonly because: string }

/** Why a finding does not count, and who says so. */
export type Suppression = { readonly reason: string; readonly source: string; readonly until?: string }

/** `lines` lines of a file from `line` on (from 1; none: before it) become `text`, which is whole lines. */
export type ReportedEdit = { readonly path: string; readonly line: number; readonly lines: number; readonly text: string }

/** A repair that was proved: made in memory, everything looked at again. Repairs of the same lines are one. */
export type ReportedFix = {
  /** What it does, each an order: `Set privileged to false`. */
  readonly titles: readonly string[]
  /** `unsafe`: the workload may behave differently, and `breaks` says how. */
  readonly safety: 'safe' | 'unsafe'
  readonly breaks: readonly string[]
  /** Fingerprints of the findings that it mends. */
  readonly findings: readonly string[]
  /** Targets and files in which some of these findings are too, and stay. */
  readonly stays: readonly string[]
  /** Empty where the lines hold a secret, which is never written anywhere. */
  readonly edits: readonly ReportedEdit[]
  /** The same as a patch for `git apply`; empty with the edits. */
  readonly patch: string
  /** The same as one block of lines, from `first` to `last`; absent where it is none, or shows a secret. Its breaks are those of the file, without the last. */
  readonly block?: { readonly path: string; readonly first: number; readonly last: number; readonly text: string }
  /** How it was proved, in one sentence. */
  readonly proof: string
}

/** Configuration that others write: what it is, and what shows that. */
export type ReportedComponent = {
  readonly name: string
  readonly version?: string
  /** Where it comes from, as far as that is known. */
  readonly source?: string
  readonly evidence: readonly { readonly kind: string; readonly path: string; readonly text: string }[]
}

export type ReportedFinding = {
  /** Id of an entry of `Report.rules`. */
  readonly rule: string
  readonly severity: Severity
  readonly baseSeverity: Severity
  /** Why a severity from the configuration replaces the rule's own. */
  readonly override?: { readonly severity: Severity; readonly reason: string }
  readonly modifiers: readonly ReportedModifier[]
  readonly state: State
  readonly message: string
  readonly resource: ReportedResource
  /** Further objects in which the very line of `location` makes the same fault: those of another overlay or release. */
  readonly alike: readonly ReportedResource[]
  /** JSON Pointer inside the object. */
  readonly pointer: string
  /** At head; at base for a fixed finding. */
  readonly location: Location
  /** What lies between the place and the object that is applied, from the place on: the template line that reads a value. Empty where the object stands there itself. */
  readonly through: readonly { readonly path: string; readonly line?: number }[]
  /** The lines of the object, or of the block of values, in the file of `location`. */
  readonly objectLines: { readonly first: number; readonly last: number }
  /** Where the place was at base, when the finding is born of a removal. */
  readonly removedFrom?: Location
  /** What it was before, for a worsened finding, in one sentence. */
  readonly before?: string
  readonly related: readonly Related[]
  /** What was folded into this finding: rules that say less of the same item, and further items that inherit the same setting. */
  readonly covers: { readonly rules: readonly string[]; readonly items: number }
  /** Other places that hold the very same finding (copies in other files or environments). */
  readonly copies: readonly Location[]
  /** Empty string: the repository as a whole. */
  readonly environments: readonly string[]
  readonly suppression: Suppression | null
  /** Number of the fix in `Report.fixes`; absent where none was proved. */
  readonly fix?: number
  /** Number in `Report.components` of what the object is of; absent for what is this repository's own. */
  readonly component?: number
  /** `upstream`: held to the gate `third-party.gate`, and told apart below it. A component that the change brings is `own`, since no sign of a change lifts a gate. */
  readonly origin: 'own' | 'upstream'
  /** What to find out, or why no fix was made; beside a fix, why no better one was. */
  readonly advice?: { readonly title: string; readonly find: string }
  readonly fingerprint: string
  readonly frame: Frame | null
}

export type RuleText = {
  readonly id: string
  readonly title: string
  readonly topic: string
  readonly severity: Severity
  readonly rationale: string
  readonly remediation: string
  readonly references: readonly string[]
  readonly compliance: Readonly<Record<string, readonly string[]>>
}

export type Counts = Readonly<Record<Severity, number>>

export type Report = {
  readonly tool: { readonly name: 'plimsoll'; readonly version: string; readonly url: string }
  readonly mode: 'scan' | 'review'
  /** Revisions as a person named them; no base for a scan. */
  readonly base?: string
  readonly head: string
  readonly policy: {
    /** `built-in defaults`, or the file and the revision it was read from. */
    readonly source: string
    readonly profile: string
    readonly failOn: Severity | 'never'
    readonly failOnIncomplete: 'new' | 'any' | 'never'
    /** The gate for findings of `origin: upstream`. */
    readonly thirdPartyGate: Severity | 'never'
    readonly kubernetesVersion: string
    /** How that version was chosen and how to set it. */
    readonly kubernetesVersionSource: string
  }
  readonly verdict: Verdict
  /** Why, in one sentence. */
  readonly verdictReason: string
  /** New and worsened first, worst first, then by place. */
  readonly findings: readonly ReportedFinding[]
  readonly problems: readonly ReportedProblem[]
  /** What findings name by number. */
  readonly components: readonly ReportedComponent[]
  /** Proved repairs of what is new, worse or present. Empty where none were asked for. */
  readonly fixes: readonly ReportedFix[]
  /** What charts and kustomizations render to, against base; empty for a scan. */
  readonly rendered: readonly RenderedChange[]
  readonly coverage: Coverage
  /** Findings by state and severity. Suppressed ones are counted apart and not in the others; so are those of `origin: upstream` that are new, worse or present and below their gate. */
  readonly summary: Readonly<Record<State | 'suppressed' | 'upstream', Counts>>
  /** Notes a person must know: a policy that the change edits, a rule pack that is old. */
  readonly notes: readonly string[]
  /** Text of every rule that a finding names, by id. */
  readonly rules: Readonly<Record<string, RuleText>>
}

/** A report as text. Pure; `width` and `color` are for the terminal alone. */
export type Format = (report: Report, look: Look) => string
export type Look = { readonly color: boolean; readonly width: number }
