// Reports for tests: small ones, whose parts a test replaces, and the real one of the example.

import type { Counts, Report, ReportedFinding, RuleText } from '../../src/report/report.ts'

const none: Counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }

/** A new finding of high severity at web.yaml:12, with what a test gives in its place. */
export function sampleFinding(parts: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    rule: 'host-network',
    severity: 'high',
    baseSeverity: 'high',
    modifiers: [],
    state: 'new',
    message: 'Pod "web" uses the network of its node.',
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    alike: [],
    pointer: '/spec/template/spec/hostNetwork',
    location: { path: 'web.yaml', line: 12, column: 7, endLine: 12, endColumn: 24, precision: 'exact' },
    through: [],
    objectLines: { first: 1, last: 20 },
    related: [],
    covers: { rules: [], items: 0 },
    copies: [],
    environments: [''],
    suppression: null,
    origin: 'own',
    fingerprint: '0123456789abcdef0123456789abcdef',
    frame: { firstLine: 11, lines: ['    spec:', '      hostNetwork: true'] },
    ...parts,
  }
}

/** The text of a rule, with what a test gives in its place. */
export function sampleRule(parts: Partial<RuleText> = {}): RuleText {
  return {
    id: 'host-network',
    title: 'Pod uses the network of its node',
    topic: 'pod',
    severity: 'high',
    rationale: 'The pod hears what its node hears.',
    remediation: 'Remove `hostNetwork`.',
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    compliance: { 'pod-security-standards': ['baseline'] },
    ...parts,
  }
}

/** A review that fails for one finding, with what a test gives in its place. Counts follow the findings. */
export function sampleReport(parts: Partial<Report> = {}): Report {
  const findings = parts.findings ?? [sampleFinding()]
  const rules = Object.fromEntries([...new Set(findings.map(({ rule }) => rule))].map((id) => [id, sampleRule({ id })]))
  return {
    tool: { name: 'plimsoll', version: '1.2.3', url: 'https://github.com/plimsoll/plimsoll' },
    mode: 'review',
    base: 'main',
    head: 'topic',
    policy: {
      source: 'built-in defaults',
      profile: 'default',
      failOn: 'high',
      failOnIncomplete: 'new',
      thirdPartyGate: 'never',
      kubernetesVersion: '1.37',
      kubernetesVersionSource: 'the newest known; set kubernetes-version',
    },
    verdict: 'fail',
    verdictReason: '1 finding at or above the gate "high"',
    findings,
    problems: [],
    components: [],
    rendered: [],
    coverage: {
      files: 3,
      judgedFiles: 1,
      judgedObjects: 1,
      fetchingFiles: 0,
      renderedTargets: 0,
      unrenderedFiles: 0,
      unaffectedFiles: 1,
      failedFiles: 0,
      failedTargets: 0,
      skipped: [],
      notRendered: [],
      rules: 60,
    },
    summary: {
      new: counted(findings, 'new'),
      worsened: counted(findings, 'worsened'),
      unchanged: counted(findings, 'unchanged'),
      fixed: counted(findings, 'fixed'),
      present: counted(findings, 'present'),
      suppressed: none,
      upstream: none,
    },
    fixes: [],
    notes: [],
    rules,
    ...parts,
  }
}

function counted(findings: readonly ReportedFinding[], state: ReportedFinding['state']): Counts {
  const counts = { ...none }
  for (const finding of findings) if (finding.state === state && finding.suppression === null) counts[finding.severity] += 1
  return counts
}
