// What the cold start is measured with: a process that renders one folder and says when: node first.js helm|kustomize FOLDER

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { openEngine } from '../../src/io/engine.ts'
import type { EngineFile } from '../../src/render/engine.ts'

const [kind, folder = '.'] = process.argv.slice(2)
const { render, warm } = openEngine()
void warm // The command loads the engine while it reads the files, as here.
const files = filesBelow(folder)
const answer = await render(
  kind === 'helm'
    ? {
        kind: 'helm',
        files,
        values: [],
        sets: [],
        release: 'rel',
        namespace: 'ns1',
        kubernetesVersion: 'v1.34.0',
        apiVersions: [],
        includeCrds: true,
        skipSchema: false,
        lines: false,
      }
    : { kind: 'kustomize', files, folder: 'overlay', kubernetesVersion: 'v1.34.0' },
)
if (!answer.ok) throw new Error(answer.message)
process.stdout.write(answer.documents.map(({ content }) => content).join('---\n'))

function filesBelow(root: string): readonly EngineFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), bytes: readFileSync(path) }))
}
