// Why something is not judged, in words, and what a person can do about it.

/** Why something is not judged. `attention`: it looks like Kubernetes, so its absence is said aloud and counts where the change causes it. */
export type SkipReason =
  | 'not-kubernetes'
  | 'values-file'
  | 'chart'
  | 'chart-template'
  | 'packed-chart'
  | 'kustomization'
  | 'kustomize-patch'
  | 'kustomize-input'
  | 'ci-file'
  | 'custom-resource-sample'
  | 'custom-resource-definition'
  | 'template-placeholder'
  | 'encrypted'
  | 'ignored'
  | 'excluded'
  | 'symlink'
  | 'submodule'
  | 'missing-object'
  | 'too-large'
  | 'binary'
  | 'empty'

type Words = { readonly text: string; readonly hint: string }

const move = 'Keep the object in a file that is judged, or delete it where it is no longer wanted.'

const words: Readonly<Record<SkipReason, Words>> = {
  'not-kubernetes': {
    text: 'it is no Kubernetes object to read',
    hint: 'Correct apiVersion, kind and the name of the file, or delete the object where it is no longer wanted.',
  },
  'values-file': { text: 'it holds values for a chart', hint: 'Read the manifests that the chart renders with these values.' },
  chart: { text: 'it describes a chart', hint: 'Read the manifests that the chart renders.' },
  'chart-template': {
    text: 'templates of a chart are not rendered',
    hint: 'Read what the chart renders (helm template) before merging, or keep plain manifests outside of templates/.',
  },
  'packed-chart': {
    text: 'it is a packed chart that nothing here names',
    hint: 'Name it under targets in the configuration where it is applied as it stands.',
  },
  kustomization: {
    text: 'it takes objects from elsewhere',
    hint: 'Read what kustomize builds of it, or keep a copy of these objects in the repository.',
  },
  'kustomize-patch': {
    text: 'patches are not rendered',
    hint: 'Read what kustomize builds with it, or list a complete object under resources instead.',
  },
  'kustomize-input': {
    text: 'it is input of a kustomization',
    hint: 'List an object under resources; input of a generator is not applied.',
  },
  'ci-file': { text: 'it configures continuous integration', hint: move },
  'custom-resource-sample': { text: 'samples of custom resources are not judged', hint: move },
  'custom-resource-definition': { text: 'definitions are checked for syntax only', hint: 'Nothing needs to be done.' },
  'template-placeholder': {
    text: 'it holds a placeholder of a template language, so it is no manifest yet',
    hint: 'Write the value out, or read the rendered manifest before merging.',
  },
  encrypted: {
    text: 'it is encrypted',
    hint: 'Encrypt only values that must be secret (data, stringData), so that everything else can be read.',
  },
  ignored: { text: 'its path is ignored', hint: move },
  excluded: { text: "its path is excluded by the configuration's paths", hint: move },
  symlink: { text: 'it is a symbolic link', hint: 'Put the file itself in this place.' },
  submodule: { text: 'it is a submodule', hint: 'Review the commit that the submodule points to in its own repository.' },
  'missing-object': { text: 'its content is not in this clone', hint: 'Fetch it: clone without --filter, or run git fetch with the blob.' },
  'too-large': { text: 'it is too large to be read', hint: 'Split the file.' },
  binary: { text: 'it is no text', hint: 'Save it as UTF-8 text.' },
  empty: { text: 'it is empty', hint: 'Nothing needs to be done.' },
}

/** The reason as the end of a sentence, with its detail in brackets. */
export function reasonText(reason: SkipReason, detail?: string): string {
  return detail === undefined ? words[reason].text : `${words[reason].text} (${detail})`
}

/** What to do where something should be judged and is not. */
export function hintFor(reason: SkipReason): string {
  return words[reason].hint
}

/** What is no gap once a target that reads the file was rendered. */
export const rendersAway: ReadonlySet<SkipReason> = new Set<SkipReason>([
  ...(['chart', 'chart-template', 'values-file', 'kustomization', 'kustomize-patch', 'kustomize-input', 'template-placeholder'] as const),
  ...(['not-kubernetes', 'empty'] as const),
])
