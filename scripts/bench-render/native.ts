// The native tools to compare with, built from their Go modules at the versions that the engine is made of.

import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'

/** Ignored by git. */
const folder = join(root, '.cache/native')

const tools = {
  helm4: { module: 'helm.sh/helm/v4/cmd/helm@v4.3.1', builds: 'helm' },
  helm3: { module: 'helm.sh/helm/v3/cmd/helm@v3.22.0', builds: 'helm' },
  kustomize: { module: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.2', builds: 'kustomize' },
}
export type Tool = keyof typeof tools

export type Run = { readonly ok: boolean; readonly output: string; readonly error: string; readonly ms: number }

/** Builds those that are missing: minutes, once. */
export function buildTools(wanted: readonly Tool[]): void {
  mkdirSync(folder, { recursive: true })
  for (const name of wanted) {
    const { module, builds } = tools[name]
    if (existsSync(join(folder, name))) continue
    console.log(`building ${name} from ${module}`)
    const words = ['install', '-trimpath', '-ldflags', '-s -w', module]
    const { status } = spawnSync('go', words, { stdio: 'inherit', cwd: '/', env: { ...process.env, GOBIN: folder, GOFLAGS: '' } })
    if (status !== 0) throw new Error(`go ${words.join(' ')} failed`)
    if (builds !== name) renameSync(join(folder, builds), join(folder, name))
  }
}

export function pathOf(tool: Tool): string {
  return join(folder, tool)
}

/** Without network: what would be fetched fails at once, as it does in the engine. */
const settings = {
  encoding: 'utf8',
  maxBuffer: 1 << 29,
  timeout: 60_000,
  env: {
    PATH: folder,
    HOME: '/nonexistent',
    HTTP_PROXY: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HELM_CACHE_HOME: join(root, '.cache/helm'),
    HELM_CONFIG_HOME: join(root, '.cache/helm'),
    HELM_DATA_HOME: join(root, '.cache/helm'),
  },
} as const

/** One at a time, so that what is measured is the tool alone. */
export function run(tool: Tool, words: readonly string[]): Run {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(pathOf(tool), words, settings)
  return { ok: status === 0, output: stdout ?? '', error: (stderr ?? '').trim(), ms: performance.now() - start }
}

/** Beside others. */
export function runBeside(tool: Tool, words: readonly string[]): Promise<Run> {
  const start = performance.now()
  return new Promise((resolve) => {
    execFile(pathOf(tool), words, settings, (failure, output, error) =>
      resolve({ ok: failure === null, output, error: error.trim(), ms: performance.now() - start }),
    )
  })
}
