// The port to the rendering engine: files and settings in, rendered documents with the origin of their lines out.

/** Renders one chart or one kustomization. Never rejects for what the files hold: that is a failure in the answer. */
export type Engine = (request: EngineRequest) => Promise<EngineAnswer>

export type EngineRequest = HelmRequest | KustomizeRequest
export type EngineAnswer = HelmAnswer | KustomizeAnswer | EngineFailure

export type EngineFile = { readonly path: string; readonly bytes: Uint8Array }

export type HelmRequest = {
  readonly kind: 'helm'
  /** The chart: paths relative to its root, packed sub-charts as they are below `charts/`; or one packed chart alone. */
  readonly files: readonly EngineFile[]
  /** Values as YAML texts; a later one wins. */
  readonly values: readonly string[]
  /** What `helm template --set` and its sisters take, after `values`. */
  readonly sets: readonly HelmSet[]
  readonly release: string
  readonly namespace: string
  /** As in `1.34` or `v1.34.2`. */
  readonly kubernetesVersion: string
  /** Besides those that every cluster serves, as in `monitoring.coreos.com/v1` or `monitoring.coreos.com/v1/ServiceMonitor`. */
  readonly apiVersions: readonly string[]
  readonly includeCrds: boolean
  readonly skipSchema: boolean
  /** Whether the origin of each line is wanted; it doubles the time. */
  readonly lines: boolean
}

export type HelmSet = {
  /** Helm's own grammar: `image.tag`, `list[0].name`, `a\.b`. */
  readonly name: string
  /** In that grammar too: commas part values unless escaped, `{a,b}` is a list. */
  readonly value: string
  /** As `--set`, `--set-string`, `--set-json` or `--set-file` (whose content is `value`) read it. */
  readonly as: 'typed' | 'string' | 'json' | 'file'
}

export type KustomizeRequest = {
  readonly kind: 'kustomize'
  /** All files that the kustomization may read, relative to the repository's root. */
  readonly files: readonly EngineFile[]
  /** Where the kustomization is, relative to the repository's root; the root itself is ''. */
  readonly folder: string
  /** For charts in `helmCharts`. */
  readonly kubernetesVersion: string
  /** Definitions are built with their schemas, where they would be spared else. */
  readonly definitions?: 'whole'
}

export type HelmAnswer = {
  readonly ok: true
  readonly kind: 'helm'
  /** In the order in which Helm prints them: definitions, manifests in their order of installation, hooks. */
  readonly documents: readonly HelmDocument[]
  /** Dependencies that the chart names and does not bring: they were dropped and the rest rendered. */
  readonly gaps: readonly MissingDependency[]
  /** Templates whose lines could not be traced. */
  readonly untraced: readonly string[]
}

export type HelmDocument = {
  /** The file it comes from, inside the chart: `templates/deployment.yaml`, `charts/redis/templates/service.yaml`. */
  readonly template: string
  /** The same as Helm prints it: with the name of the chart, and of sub-charts the alias. */
  readonly source?: string
  /** One YAML document; of `crds/` the whole file. */
  readonly content: string
  /** What `helm test` runs is a hook of its own kind; a definition comes from `crds/`. */
  readonly role: 'manifest' | 'hook' | 'test' | 'crd'
  /** One entry for each line of `content`; empty where lines were not wanted or could not be traced. */
  readonly lines: readonly (LineOrigin | undefined)[]
}

export type TemplateLine = {
  /** Inside the chart; of a packed sub-chart the archive. */
  readonly file: string
  /** Inside the archive. */
  readonly packed?: string
  /** From 1. */
  readonly line: number
}

export type LineOrigin = TemplateLine & {
  /** For a line that a helper wrote, the lines that call it, from the rendered file inwards: a helper of a library is not what a person edits. */
  readonly through?: readonly TemplateLine[]
  /** What the template reads for this line, as far as it can be seen without rendering again. */
  readonly values: readonly ValuesRead[]
}

export type ValuesRead = {
  /** Keys from the top of the values given to the whole chart: `['redis', 'image', 'tag']`; `*` is an item or a key only known when it runs. */
  readonly path: readonly string[]
  /** The folder of the chart whose own values.yaml holds the default; '' is the chart itself. */
  readonly chart: string
  /** How many of the first keys lead to that chart: its own values.yaml has what follows them. */
  readonly prefix: number
}

export type MissingDependency = {
  readonly name: string
  readonly version: string
  readonly repository: string
  /** The chart that names it; '' is the chart itself. */
  readonly chart: string
}

export type KustomizeAnswer = {
  readonly ok: true
  readonly kind: 'kustomize'
  /** Joined by `---` they are what `kustomize build` prints. */
  readonly documents: readonly KustomizeDocument[]
  /** Charts of `helmCharts`, or dependencies of these, that are not there: they were left out and the rest built. */
  readonly gaps: readonly MissingDependency[]
}

export type KustomizeDocument = {
  readonly content: string
  /** The file with the object, or the kustomization that generated it, relative to the repository's root. */
  readonly origin?: { readonly path: string; readonly generator?: string }
}

export type EngineFailure = {
  readonly ok: false
  /** The render failed; or it was stopped at its deadline or its memory, or the engine broke; or it was never begun, since too many others had to be stopped. */
  readonly reason: 'render' | 'deadline' | 'memory' | 'crash' | 'left-out'
  readonly message: string
  /** The place that the engine blames: inside the chart, or relative to the repository's root for a kustomization; a folder where no file is named. */
  readonly file?: string
  readonly line?: number
  /** It was built without the schemas of definitions, and may fail for want of them. */
  readonly spared?: true
  /** Which of the values of a chart's request cannot be read, from 0; `line` is in it. */
  readonly values?: number
  /** Dependencies that were not there: what they define may be what is missed. */
  readonly gaps: readonly MissingDependency[]
}
