// What is rendered or judged as one: a file of manifests, a kustomization, a chart with one set of values; who names it, what it reads, where it lands.

import type { Document } from '../resource/document.ts'
import type { Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'

/** Where targets land together; loose manifests: `''` is the repository as a whole, else the folder at which copies of one object part, or a name from the configuration. */
export type Environment = string

/** Where a value is written: `pointer` starts at the document, not at an object inside it. */
export type Place = { readonly document: Document; readonly pointer: string }

/** Who says that a target is rendered: an object of Argo CD or Flux, a helmfile, the configuration; or nobody (`overlay`: a kustomization that no other names, `chart`: likewise). */
export type Root = {
  readonly kind: 'Application' | 'ApplicationSet' | 'Kustomization' | 'HelmRelease' | 'helmfile' | 'configuration' | 'overlay' | 'chart'
  /** The file that it stands in. */
  readonly path: string
  /** For people: `argocd/api`, `overlays/prod`. */
  readonly name: string
  /** The object, where it is one. */
  readonly resource?: Resource
}

/** Something that a target would need and that the tree does not hold, in words: the rest of it is rendered all the same. */
export type Missing = { readonly message: string; readonly hint: string; readonly at?: Place }

type Named = {
  /** Unique among the targets of a graph, stable over revisions, shown to people. */
  readonly id: string
  /** Every file of the tree that the target reads, its root's file included: decides whether a change affects it, and is all that the engine sees. */
  readonly inputs: readonly string[]
  /** Where it lands; empty: by the path of its root, as loose manifests do. */
  readonly environments: readonly Environment[]
}

type Rendered = Named & {
  readonly root: Root
  /** Ids of the targets whose output holds the root object, or the chart: where one of them renders, what it gives (namespace, patches) takes the place of this one. */
  readonly through: readonly string[]
  /** Those inputs that come out in what it renders: they are judged through it, not on their own. */
  readonly covers: readonly string[]
  readonly missing: readonly Missing[]
}

/** A file of loose manifests, read. Its id is its path. */
export type ManifestTarget = Named & {
  readonly kind: 'manifest'
  readonly resources: readonly Resource[]
  /** A kustomization takes its objects: what is written is judged only where nothing that reads the file can be rendered. */
  readonly unrendered: boolean
  /** Who applies the folder as it stands (an Argo CD directory source). */
  readonly root?: Root
}

/** A file that names what is fetched from elsewhere: judged for that alone. */
export type ReferenceTarget = Named & { readonly kind: 'reference'; readonly resources: readonly Resource[] }

export type KustomizationTarget = Rendered & {
  readonly kind: 'kustomization'
  /** Relative to the tree; empty for its root. */
  readonly folder: string
  /** There is no kustomization file: one is made that lists these paths, relative to the folder. */
  readonly generated?: readonly string[]
  /** What its root adds to the kustomization of the folder. */
  readonly overlay: readonly OverlayField[]
  /** Flux's postBuild: absent where nothing is substituted. */
  readonly substitutions?: readonly Substitution[]
  /** The folder lies in another repository: until that is fetched, nothing of it is known. */
  readonly elsewhere?: Elsewhere
  /** What it takes from elsewhere: addresses that stand for resources, bases or components. */
  readonly remotes: readonly RemoteBase[]
  /** Charts that it inflates. */
  readonly charts: readonly InflatedChart[]
}

/** A folder of another repository, and what it means where it holds no kustomization. */
export type Elsewhere = {
  readonly repository: string
  readonly revision: string
  /** Its files are applied as they stand: those of the folder, or those below it too. */
  readonly plain: 'folder' | 'tree'
  /** What is rendered in its place where it holds a chart. */
  readonly chart?: ChartTarget
}

export type ChartTarget = Rendered & {
  readonly kind: 'chart'
  readonly chart: ChartSource
  /** Later ones win. */
  readonly values: readonly Values[]
  readonly release: string
  readonly namespace: string
  readonly kubernetesVersion?: string
  readonly apiVersions: readonly string[]
  readonly skipSchemaValidation: boolean
  /** Dependencies (of the chart, or of charts in it) that no folder or archive below `charts/` holds; those that lie elsewhere in the tree (`file://`) among them. */
  readonly dependencies: readonly Dependency[]
  /** Flux's postRenderers. */
  readonly overlay: readonly OverlayField[]
}

export type RenderTarget = KustomizationTarget | ChartTarget
export type Target = ManifestTarget | ReferenceTarget | RenderTarget

/** A chart in the tree (a folder or a packed archive), or one that would have to be fetched. */
export type ChartSource =
  | { readonly kind: 'tree'; readonly path: string }
  /** `repository` is an address of `index.yaml`'s folder, or starts with `oci://` and does not hold the name. */
  | { readonly kind: 'repository'; readonly repository: string; readonly name: string; readonly version: string }
  | { readonly kind: 'git'; readonly repository: string; readonly revision: string; readonly path: string }
  /** Where it lies is said outside of the tree: of what is applied only the values are known. */
  | { readonly kind: 'unknown' }

export type Values =
  /** `missing`: left out where the file is not there. */
  | { readonly kind: 'file'; readonly path: string }
  /** A mapping that stands in the root's object. */
  | { readonly kind: 'inline'; readonly value: Mapping; readonly at: Place }
  /** YAML in a block of text. */
  | { readonly kind: 'text'; readonly text: string; readonly at: Place }
  /** One path with Helm's `--set` (`typed`), `--set-string`, `--set-json`, or the content of a file (`--set-file`; `value` is its path). */
  | {
      readonly kind: 'set'
      readonly name: string
      readonly value: string
      readonly as: 'typed' | 'string' | 'json' | 'file'
      readonly at: Place
    }

/** One entry that is merged into a kustomization file, in kustomize's own words. */
export type OverlayField = {
  readonly field:
    | 'namespace'
    | 'namePrefix'
    | 'nameSuffix'
    | 'images'
    | 'replicas'
    | 'patches'
    | 'components'
    | 'labels'
    | 'commonLabels'
    | 'commonAnnotations'
    /** Flux's commonMetadata: labels and annotations set on everything after the build. */
    | 'commonMetadata'
  /** `set` replaces the field, `append` adds one item to its list (images and replicas replace the item of their name), `merge` adds keys. */
  readonly how: 'set' | 'append' | 'merge'
  readonly value: unknown
  readonly at: Place
}

/** `${name}` in the output becomes the value. */
export type Substitution = { readonly name: string; readonly value: string; readonly at: Place }

export type RemoteBase = { readonly url: string; readonly at: Place }

/** An entry of `helmCharts`; `home` is the folder that holds it, below which it is looked for as `name` or `name-version/name`. */
export type InflatedChart = {
  readonly name: string
  readonly repository: string
  readonly version: string
  readonly home: string
  readonly inTree: boolean
  readonly at: Place
}

/** An entry of `dependencies` in the Chart.yaml (or requirements.yaml) of `chart`, a folder of the tree. */
export type Dependency = {
  /** Absent for a chart that was fetched. */
  readonly at?: Place
  readonly chart: string
  readonly name: string
  readonly alias?: string
  /** As the lock pins it, else as it is written. */
  readonly version: string
  readonly repository: string
}

/** A root, or a part of one, of which no target can be made, and why. */
export type Unresolved = {
  readonly root: Root
  readonly code:
    | 'remote-source'
    | 'missing-path'
    | 'unsupported-tool'
    | 'unsupported-generator'
    | 'unsupported-template'
    | 'invalid'
    | 'cycle'
    | 'limit'
  readonly message: string
  readonly hint: string
  readonly at?: Place
}
