// The policy: what a team decided about rules, gate, paths and versions; read from the policy tree, never from the head.

import type { DeclaredTarget } from './discover/selection.ts'
import { UserError } from './errors.ts'
import { compareVersions, minorVersion, newestKnown } from './kubernetes/version.ts'
import { type Allowance, readAllowances } from './render/allowance.ts'
import type { Mapping } from './resource/read.ts'
import type { Facts } from './rule/item.ts'
import type { Profile, Rule } from './rule/rule.ts'
import type { Severity } from './rule/severity.ts'

export type RuleSetting = { readonly enabled?: boolean; readonly severity?: Severity; readonly reason?: string }

export type Policy = {
  /** For people: `built-in defaults`, or the file and the revision it was read from. */
  readonly source: string
  readonly profile: Profile
  readonly failOn: Severity | 'never'
  readonly failOnIncomplete: 'new' | 'any' | 'never'
  readonly kubernetesVersion: { readonly value: string; readonly source: string }
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleSetting>>
  /** Globs; an empty `include` means all. */
  readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  /** Lines of `.plimsollignore` of the policy tree. */
  readonly ignore: readonly string[]
  /** The folder from which globs and ignored paths are written, as paths of the report name it; empty where they start at the same place. */
  readonly root: string
  /** The folder that the run is about: what is rooted there is judged, and all of the tree can be read. Empty for all. */
  readonly below: string
  /** Named environments; a file belongs to the first whose glob matches. */
  readonly environments: readonly { readonly name: string; readonly paths: readonly string[] }[]
  /** Registries (and prefixes) whose images are trusted; empty: any but an unqualified or public one. */
  readonly registries: readonly string[]
  /** What is rendered beside what is found, and what is not. */
  readonly targets: readonly DeclaredTarget[]
  /** Addresses of the repository that is looked at: those that the team names and those that the run knows. */
  readonly repositories: readonly string[]
  /** Parameters for generators of ApplicationSets, by kind of generator. */
  readonly generators: Readonly<Record<string, readonly Mapping[]>>
  /** The gate for what others wrote, and which paths that is and is not. */
  readonly thirdParty: { readonly gate: Severity | 'never'; readonly paths: readonly string[]; readonly own: readonly string[] }
  /** Where what is not in the tree may be fetched from; empty: nothing is fetched. */
  readonly sources: { readonly allow: readonly Allowance[] }
}

/** What `.plimsoll.yaml` holds once it was checked against its schema (config-schema.ts). */
export type ConfigFile = {
  readonly profile?: Profile
  readonly 'fail-on'?: Severity | 'never'
  readonly 'fail-on-incomplete'?: 'new' | 'any' | 'never'
  readonly 'kubernetes-version'?: string
  readonly rules?: Readonly<Record<string, RuleSetting>>
  readonly paths?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] }
  readonly environments?: Policy['environments']
  readonly targets?: readonly Omit<DeclaredTarget, 'source'>[]
  readonly repositories?: readonly string[]
  readonly generators?: Policy['generators']
  readonly registries?: readonly string[]
  readonly 'third-party'?: { readonly gate?: Severity | 'never'; readonly paths?: readonly string[]; readonly own?: readonly string[] }
  readonly sources?: { readonly allow?: readonly string[] }
}

/** What the command line says; it wins over the file. */
export type Overrides = {
  readonly profile?: Profile
  readonly failOn?: Severity | 'never'
  readonly failOnIncomplete?: 'new' | 'any' | 'never'
  readonly kubernetesVersion?: string
  /** Addresses by which the run knows the repository; those of the file stay. */
  readonly repositories?: readonly string[]
  readonly below?: string
}

/** The file with defaults for what it leaves out and the overrides on top; `source` says where the file was read. */
export function policyOf(
  file: ConfigFile,
  overrides: Overrides,
  from: { readonly source: string; readonly ignore: readonly string[]; readonly root?: string },
): Policy {
  return {
    source: from.source,
    profile: overrides.profile ?? file.profile ?? 'default',
    failOn: overrides.failOn ?? file['fail-on'] ?? 'high',
    failOnIncomplete: overrides.failOnIncomplete ?? file['fail-on-incomplete'] ?? 'new',
    kubernetesVersion: versionOf(file, overrides, from.source),
    rules: file.rules ?? {},
    paths: { include: file.paths?.include ?? [], exclude: file.paths?.exclude ?? [] },
    ignore: from.ignore,
    root: from.root ?? '',
    below: overrides.below ?? '',
    environments: file.environments ?? [],
    registries: file.registries ?? [],
    targets: (file.targets ?? []).map((target) => ({ ...target, source: from.source })),
    repositories: [...(overrides.repositories ?? []), ...(file.repositories ?? [])],
    generators: file.generators ?? {},
    thirdParty: { gate: 'never', paths: [], own: [], ...file['third-party'] },
    sources: { allow: readAllowances(file.sources?.allow ?? [], from.source) },
  }
}

function versionOf(file: ConfigFile, overrides: Overrides, source: string): Policy['kubernetesVersion'] {
  const written = overrides.kubernetesVersion ?? file['kubernetes-version']
  if (written === undefined) {
    return {
      value: newestKnown.version,
      source: 'the newest known; set it with --kubernetes-version or kubernetes-version in .plimsoll.yaml',
    }
  }
  const by = overrides.kubernetesVersion === undefined ? source : '--kubernetes-version'
  const value = minorVersion(written)
  if (value === undefined)
    throw new UserError(`Kubernetes version "${written}" (${by}) is no version`, `Write it as ${newestKnown.version}.`)
  const newer = compareVersions(value, newestKnown.version) > 0
  return { value, source: newer ? `${by}; newer than ${newestKnown.version}, the newest these rules know` : by }
}

/** The rules to ask: those of the profile, with what the policy switches on or off, and its severities. Throws a UserError for an id that no rule has. */
export function rulesOf(policy: Policy, rules: readonly Rule[]): readonly Rule[] {
  const known = new Set(rules.map(({ id }) => id))
  for (const id of Object.keys(policy.rules)) {
    if (!known.has(id))
      throw new UserError(`rule "${id}" in ${policy.source} does not exist`, `Run "plimsoll rules" for the ids.${closest(id, known)}`)
  }
  const { profile } = policy
  return rules.filter((rule) => policy.rules[rule.id]?.enabled ?? (profile === 'all' || rule.profiles.includes(profile)))
}

function closest(id: string, known: ReadonlySet<string>): string {
  const words = new Set(id.split('-'))
  const shared = (other: string) => other.split('-').filter((word) => words.has(word)).length
  const [best] = [...known].sort((a, b) => shared(b) - shared(a))
  return best === undefined || shared(best) === 0 ? '' : ` Did you mean "${best}"?`
}

/** What rules and fixes ask the policy for. */
export function factsOf({ kubernetesVersion, registries, repositories }: Policy): Facts {
  return { kubernetesVersion: kubernetesVersion.value, registries, repositories }
}
