// The shape of `.plimsoll.yaml`: checked when it is read, published as docs/config.schema.json, and the only place where its keys are explained.

import { profiles } from './rule/rule.ts'
import { severities } from './rule/severity.ts'

const version = '^v?[0-9]+\\.[0-9]+(\\.[0-9]+)?$'
const globs = { type: 'array', items: { type: 'string', minLength: 1 } }

export const configSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Plimsoll configuration',
  description: 'Read from the tip of the target branch: `.plimsoll.yaml` or `.github/plimsoll.yaml`.',
  type: 'object',
  additionalProperties: false,
  properties: {
    profile: { description: 'Which rules are asked.', enum: [...profiles], default: 'default' },
    'fail-on': { description: 'The gate: findings of this level and worse fail.', enum: [...severities, 'never'], default: 'high' },
    'fail-on-incomplete': {
      description: 'Whether something that could not be looked at counts: what the change brought, anything, or nothing.',
      enum: ['new', 'any', 'never'],
      default: 'new',
    },
    'kubernetes-version': {
      description: 'The version that the cluster runs, in quotes: "1.35". The newest known version otherwise.',
      type: 'string',
      pattern: version,
    },
    rules: {
      description: 'Rules switched on or off, or given another severity, by id.',
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: {
          enabled: { description: 'On although the profile leaves the rule out, or off although it holds it.', type: 'boolean' },
          severity: { description: 'Instead of the severity of the rule; needs a reason.', enum: [...severities] },
          reason: { description: 'Why; shown beside the finding.', type: 'string', minLength: 1 },
        },
        dependentRequired: { severity: ['reason'] },
      },
    },
    paths: {
      description: 'What is looked at. Globs from the root of the repository.',
      type: 'object',
      additionalProperties: false,
      properties: {
        include: { description: 'Only these; all where it is empty.', ...globs },
        exclude: { description: 'Not these.', ...globs },
      },
    },
    environments: {
      description:
        'Where files land together. A file belongs to the first environment with a glob that matches; the rest is split where copies of one object part.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'paths'],
        properties: { name: { type: 'string', minLength: 1 }, paths: globs },
      },
    },
    targets: {
      description:
        'What is rendered beside what is found, for teams whose Applications live elsewhere: a chart with its values files, a kustomization, or a folder of manifests that another tool left there. A chart or kustomization that is named here is not rendered a second time on its own.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['path'],
        properties: {
          path: {
            description: 'The folder, or a packed chart, from the root of the repository; with `render: false` a glob.',
            type: 'string',
            minLength: 1,
          },
          render: { description: 'false: what is found there is not rendered.', type: 'boolean', default: true },
          kind: { description: 'Seen from the files otherwise.', enum: ['chart', 'kustomization', 'manifests'] },
          name: { description: 'For reports.', type: 'string', minLength: 1 },
          values: {
            description: 'Values files from the root of the repository, later ones win.',
            type: 'array',
            items: { type: 'string', minLength: 1 },
          },
          release: { description: 'The name of the release; that of the chart otherwise.', type: 'string', minLength: 1 },
          namespace: { description: 'The namespace of the release.', type: 'string', minLength: 1, default: 'default' },
          'kubernetes-version': { description: 'In quotes: "1.35"; that of the whole otherwise.', type: 'string', pattern: version },
          environment: { description: 'Where it lands.', type: 'string', minLength: 1 },
        },
      },
    },
    repositories: {
      description:
        'Further addresses of this repository: mirrors, and what Applications and GitRepositories call it. Where none is known, the only address of whose paths one stands in the repository is taken for it.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
    },
    generators: {
      description:
        'Data for generators of ApplicationSets that no repository holds (`clusters`, `scmProvider`, `pullRequest`, `plugin`, …): for each kind the parameters of every entry.',
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'object' } },
    },
    registries: {
      description: 'Registries, with or without a path, whose images are trusted: `ghcr.io/acme`.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
    },
    'third-party': {
      description: 'Configuration that others write and this repository took in: charts in charts, copied releases, what is fetched.',
      type: 'object',
      additionalProperties: false,
      properties: {
        gate: {
          description:
            'Its findings of this level and worse fail. Holds for what the target branch knows as third-party; what a change brings counts as your own.',
          enum: [...severities, 'never'],
          default: 'never',
        },
        paths: { description: 'What came from elsewhere although nothing in it says so. Globs from the root of the repository.', ...globs },
        own: { description: 'What is yours although it looks as if it came from elsewhere. Globs.', ...globs },
      },
    },
    sources: {
      description: 'Where charts, bases and files that are not in the repository may be fetched from. Nothing is fetched by default.',
      type: 'object',
      additionalProperties: false,
      properties: {
        allow: {
          description:
            'Hosts by name, with or without a path: `charts.example.org`, `ghcr.io/acme`. Where a host redirects to another, that one too. `http://…` where there is no https.',
          type: 'array',
          items: { type: 'string', minLength: 1 },
        },
      },
    },
  },
} as const
