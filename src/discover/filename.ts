// What the name of a file says: whether it is looked at, and what it is likely to be when its content is no Kubernetes object.

/** `manifest`: YAML or JSON by name. `disguised`: such a name with an ending behind it. `other`: looked at only where a kustomization lists it. */
export type NameForm = 'yaml' | 'json' | 'disguised' | 'other'

const templateEnding = /\.(?:tpl|tmpl|template|gotmpl|gotpl|j2|jinja2?|erb|mustache|hbs|in|envsubst|ytt)$/i

/** The form of a path's name; upper and lower case are alike. */
export function formOf(path: string): NameForm {
  const name = baseName(path)
  if (/\.ya?ml$/i.test(name)) return 'yaml'
  if (/\.json$/i.test(name)) return 'json'
  if (isKustomizationName(path)) return 'yaml'
  return /\.(?:ya?ml|json)[._~-][\w.~-]*$|\.(?:ya?ml|json)~$/i.test(name) ? 'disguised' : 'other'
}

/** Whether a disguised name says that a template engine makes the manifest of it (`api.yaml.j2`), rather than that the file is set aside (`api.yaml.disabled`). */
export function isTemplateName(path: string): boolean {
  return templateEnding.test(path)
}

/** The names under which kustomize finds a kustomization in a folder. */
export function isKustomizationName(path: string): boolean {
  return /^(?:kustomization\.ya?ml|Kustomization)$/.test(baseName(path))
}

const ciFile =
  /^(?:\.gitlab-ci|\.travis|\.drone|\.appveyor|appveyor|\.pre-commit-config|\.pre-commit-hooks|\.golangci|\.codecov|codecov|\.goreleaser|\.mergify|\.readthedocs|azure-pipelines(?:-[\w-]+)?|bitbucket-pipelines|buildspec|cloudbuild|docker-compose(?:-[\w-]+)?|compose|dependabot|mkdocs|action|renovate|\.?taskfile|\.yamllint|\.markdownlint|\.prettierrc|\.sops)(?:\.[\w.-]*)?\.(?:ya?ml|json)$/i
const ciFolder =
  /(?:^|\/)\.(?:github|gitlab|gitlab-ci|circleci|buildkite|semaphore|woodpecker|azuredevops|azure-pipelines|devcontainer|vscode|taskfiles|forgejo|gitea)\//

/** Whether the path is one that continuous integration, container composition or a developer's tool reads. */
export function isCiPath(path: string): boolean {
  return ciFolder.test(path) || ciFile.test(baseName(path))
}

/** The folder of a path, empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
