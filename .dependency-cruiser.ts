// The direction of imports is the direction of the data: what stands right may import what stands left, type imports included.

import type { ICruiseOptions, IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser'

/** From left to right; the folders and files of one stage stand beside each other. */
const stages = [
  ['text', 'errors.ts'],
  ['change'],
  ['yaml'],
  ['resource', 'kubernetes'],
  ['discover'],
  ['render'],
  ['posture'],
  ['rule'],
  ['finding'],
  ['trace', 'config.ts', 'config-place.ts', 'config-file.ts', 'config-schema.ts', 'inspect.ts', 'observe.ts', 'watch.ts'],
  ['fix'],
  ['report', 'belonging.ts', 'repair.ts', 'options.ts', 'help.ts'],
  ['review', 'comparison.ts', 'scan.ts', 'tell.ts', 'view.ts', 'view-target.ts'],
  ['bot'],
  ['io'],
  ['command.ts'],
  ['cli.ts', 'action.ts'],
]

const formats = ['terminal', 'json', 'sarif', 'markdown', 'html']
const pureBuiltins = ['buffer', 'path', 'crypto', 'util', 'zlib']

const pattern = (names: readonly string[]) =>
  `^src/(${names.map((name) => (name.endsWith('.ts') ? `${name.replace('.', '\\.')}$` : `${name}/`)).join('|')})`
const forbid = (name: string, comment: string, from: IRegularForbiddenRuleType['from'], to: IRegularForbiddenRuleType['to']) =>
  ({ name, comment, severity: 'error', from, to }) satisfies IRegularForbiddenRuleType

const leftwards = stages
  .slice(0, -1)
  .map((stage, at) =>
    forbid(
      `${stage[0]?.replace('.ts', '')}-imports-leftwards`,
      `${stage.join(', ')} may import what stands left of it in .dependency-cruiser.ts.`,
      { path: pattern(stage) },
      { path: pattern(stages.slice(at + 1).flat()) },
    ),
  )

const formatRules = formats.map((format) =>
  forbid(
    `${format}-reads-the-report-alone`,
    'A format needs the report, words and text; formats never import each other.',
    { path: `^src/report/${format}[-./]` },
    {
      path: '^(src|node_modules)/',
      pathNot: `^src/(text/|rule/severity\\.ts$|report/(report|verdict|printable|alike|component|coverage-text|rendered-text|fix-text)\\.ts$|report/${format}[-./])`,
    },
  ),
)

export const forbidden: readonly IForbiddenRuleType[] = [
  ...leftwards,
  ...formatRules,
  forbid('no-cycles', 'Two modules that import each other are one module.', {}, { circular: true }),
  forbid(
    'every-file-has-its-stage',
    'A new folder or file gets its place in .dependency-cruiser.ts.',
    { path: '^src/', pathNot: pattern(stages.flat()) },
    {},
  ),
  forbid(
    'no-import-of-strangers',
    'A new folder or file gets its place in .dependency-cruiser.ts.',
    {},
    { path: '^src/', pathNot: pattern(stages.flat()) },
  ),
  forbid(
    'src-imports-src',
    'The program knows neither tests nor scripts.',
    { path: '^src/' },
    { path: '^(test|scripts|dist|rules|docs)/' },
  ),
  forbid(
    'the-world-stays-outside',
    'Files, processes and network live in src/io and the doors.',
    { path: '^src/', pathNot: '^src/(io/|cli\\.ts$|action\\.ts$)' },
    { dependencyTypes: ['core'], pathNot: `^(node:)?(${pureBuiltins.join('|')})$` },
  ),
  forbid(
    'yaml-behind-yaml',
    'The YAML libraries sit behind src/yaml.',
    { pathNot: '^src/yaml/' },
    { path: '(^|/)node_modules/(js-yaml|yaml)/' },
  ),
  forbid(
    'cel-behind-rule',
    'The expression library sits behind src/rule/cel.ts.',
    { pathNot: '^src/rule/cel\\.ts$' },
    { path: '(^|/)node_modules/@marcbachmann/' },
  ),
  forbid('nothing-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
]

export const options: ICruiseOptions = {
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  combinedDependencies: false,
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
}
