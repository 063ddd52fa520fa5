// The shape of a rule file.

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text }
const factor = { type: 'integer', minimum: 1, maximum: 4 }
const version = { type: 'string', pattern: '^[0-9]+\\.[0-9]+$' }
const pointer = { type: 'string', pattern: '^(/.*)?$' }

const place = '^(?:here(?:/.+)?|(?:pod:|object:)?/.+)$'
const places = (value: object) => ({ type: 'object', minProperties: 1, propertyNames: { pattern: place }, additionalProperties: value })
const edits = ['set', 'compute', 'append', 'remove', 'edit']
const no = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]))

const fix = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'safety'],
  properties: {
    title: text,
    safety: { enum: ['safe', 'unsafe', 'manual'] },
    breaks: text,
    find: text,
    when: text,
    set: places({}),
    compute: places(text),
    append: places({}),
    remove: { type: 'array', minItems: 1, items: { type: 'string', pattern: place } },
    edit: text,
  },
  // A promise is kept by what stands beside it: what may break, or what to find out.
  oneOf: [
    { properties: { safety: { const: 'safe' }, ...no(['breaks', 'find']) }, anyOf: edits.map((name) => ({ required: [name] })) },
    {
      properties: { safety: { const: 'unsafe' }, ...no(['find']) },
      required: ['breaks'],
      anyOf: edits.map((name) => ({ required: [name] })),
    },
    { properties: { safety: { const: 'manual' }, ...no(['breaks', ...edits]) }, required: ['find'] },
  ],
}

const example = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: { bad: text, good: text, fixed: text, kubernetesVersion: version, registries: texts },
  dependentRequired: { fixed: ['bad'] },
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
    fix: { oneOf: [fix, { type: 'array', minItems: 1, items: fix }] },
    examples: { type: 'array', minItems: 2, items: example },
  },
  // Either an expression with the place and the words of its finding, or a check that gives both.
  oneOf: [
    { required: ['expression', 'at', 'message'], properties: { check: false } },
    { required: ['check'], properties: { expression: false, at: false, message: false, extent: false, when: false, inherits: false } },
  ],
} as const
