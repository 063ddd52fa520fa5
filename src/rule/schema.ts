// The shape of a rule file.

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text }
const factor = { type: 'integer', minimum: 1, maximum: 4 }
const version = { type: 'string', pattern: '^[0-9]+\\.[0-9]+$' }
const pointer = { type: 'string', pattern: '^(/.*)?$' }

const example = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: { bad: text, good: text, kubernetesVersion: version, registries: texts },
}

export const ruleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'severity', 'profiles', 'since', 'rationale', 'remediation', 'references', 'each', 'examples'],
  properties: {
    title: text,
    severity: {
      type: 'object',
      additionalProperties: false,
      required: ['exploitability', 'blast', 'position'],
      properties: { exploitability: factor, blast: factor, position: factor },
    },
    profiles: { type: 'array', uniqueItems: true, items: { enum: ['default', 'strict', 'baseline', 'restricted'] } },
    since: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
    rationale: text,
    remediation: text,
    references: { type: 'array', items: { type: 'string', pattern: '^https://' } },
    compliance: { type: 'object', additionalProperties: texts },
    each: { enum: ['object', 'pod', 'container', 'volume', 'rbac-rule', 'subject'] },
    kinds: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', pattern: '^([a-z0-9.-]+/)?[A-Z][A-Za-z0-9]*$' } },
    kubernetes: { type: 'object', additionalProperties: false, minProperties: 1, properties: { from: version, before: version } },
    inherits: { type: 'boolean' },
    yieldsTo: { type: 'array', minItems: 1, uniqueItems: true, items: text },
    when: text,
    expression: text,
    check: text,
    at: pointer,
    extent: text,
    message: text,
    sensitive: { type: 'boolean' },
    examples: { type: 'array', minItems: 2, items: example },
  },
  // Either an expression with the place and the words of its finding, or a check that gives both.
  oneOf: [
    { required: ['expression', 'at', 'message'], properties: { check: false } },
    { required: ['check'], properties: { expression: false, at: false, message: false, extent: false, when: false, inherits: false } },
  ],
} as const
