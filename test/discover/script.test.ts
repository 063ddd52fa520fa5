// What commands of scripts fetch and apply.

import { describe, expect, test } from 'vitest'
import { fetchesIn, isScriptPath } from '../../src/discover/script.ts'

const address = 'https://raw.githubusercontent.com/acme/tools/main/install.yaml'
/** What is taken, and whether the text at its place says so. */
const taken = (text: string) =>
  fetchesIn(text).map(({ command, takes, span }) => {
    expect(text.slice(span.start, span.end)).toBe(takes)
    return `${command}: ${takes}`
  })

describe('commands that apply from elsewhere', () => {
  test.each([
    [`kubectl apply -f ${address}`, `kubectl apply: ${address}`],
    [`kubectl -n tools --context=a create --filename=${address}`, `kubectl create: ${address}`],
    [`oc replace -f '${address}'`, `kubectl replace: ${address}`],
    [`\t@$(KUBECTL) apply -f "${address}" || true`, `kubectl apply: ${address}`],
    [`\${KUBECTL} apply -f ${address}`, `kubectl apply: ${address}`],
    [`  - run: sudo kubectl apply --server-side -f ${address} # once`, `kubectl apply: ${address}`],
    [`set -e; cd x && A=b ./bin/kubectl apply \\\n  --wait \\\n  -f ${address}`, `kubectl apply: ${address}`],
    ['kubectl apply -k github.com/acme/tools//deploy?ref=main', 'kubectl apply: github.com/acme/tools//deploy?ref=main'],
    ['kubectl kustomize https://github.com/acme/tools/deploy', 'kubectl kustomize: https://github.com/acme/tools/deploy'],
    ['kustomize build --enable-helm github.com/acme/tools | kubectl apply -f -', 'kustomize build: github.com/acme/tools'],
    [`curl -sSfL ${address} | sed s/a/b/ | kubectl apply -n tools -f -`, `curl … | kubectl apply: ${address}`],
    [`wget -qO- "${address}" | oc create -f /dev/stdin`, `wget … | kubectl apply: ${address}`],
    ['helm upgrade --install a oci://ghcr.io/acme/a', 'helm upgrade: oci://ghcr.io/acme/a'],
    ['helm repo add --force-update acme https://x\nhelm install a acme/a -n b', 'helm install: acme/a'],
  ])('%s', (text, expected) => expect(taken(text)).toEqual([expected]))

  test('each of them, in order', () => {
    expect(taken(`kubectl apply -f ${address} -f ${address}2\nkubectl apply -f own.yaml -f ${address}3`)).toEqual(
      ['', '2', '3'].map((ending) => `kubectl apply: ${address}${ending}`),
    )
  })
})

describe('what applies nothing from elsewhere', () => {
  test.each([
    'kubectl apply -f deploy.yaml',
    'kubectl apply -k overlays/prod',
    `kubectl delete -f ${address}`,
    `# kubectl apply -f ${address}`,
    `true # kubectl apply -f ${address}`,
    `echo "kubectl apply -f ${address}"`,
    `echo kubectl apply -f ${address}`,
    `cat <<'EOF'\nkubectl apply -f ${address}\nEOF`,
    `curl -O ${address}\nkubectl apply -f install.yaml`,
    `curl ${address} | kubectl get -f -`,
    `description: kubectl apply -f ${address}`,
    'kubectl create secret generic a --from-literal=url=https://example.org',
    'helm install a ./charts/a',
    'helm install a charts/a',
    'helm repo add acme https://x\nhelm install a acme/a --version 1.2.3',
    'helm install a oci://ghcr.io/acme/a:1.2.3',
    'helm install a oci://ghcr.io/acme/a --version=1.2.3',
    'helm template a oci://ghcr.io/acme/a',
    `kubectl apply -f ${'x'.repeat(5_000)} -f ${address}`,
  ])('%s', (text) => expect(taken(text)).toEqual([]))
})

test.each([
  ['Makefile', true],
  ['hack/tools.mk', true],
  ['scripts/deploy.sh', true],
  ['.github/workflows/deploy.yaml', true],
  ['.gitlab-ci.yml', true],
  ['README.md', false],
  ['docs/install.sh', false],
  ['test/testdata/install.sh', false],
  ['deploy/api.yaml', false],
  ['.github/ISSUE_TEMPLATE/bug.yml', false],
])('%s is a script: %s', (path, expected) => expect(isScriptPath(path)).toBe(expected))

test('long hostile lines end in time', () => {
  const text = `kubectl ${'apply "'.repeat(200_000)}\n${`helm repo add ${'- '.repeat(50_000)}`}\n`
  const start = performance.now()
  fetchesIn(text)
  expect(performance.now() - start).toBeLessThan(1_000)
})
