// What names say about files.

import { expect, test } from 'vitest'
import { formOf, isCiPath, isKustomizationName, isTemplateName } from '../../src/discover/filename.ts'

test.each([
  ['apps/api.yaml', 'yaml'],
  ['apps/api.yml', 'yaml'],
  ['apps/API.YAML', 'yaml'],
  ['apps/api.json', 'json'],
  ['apps/Kustomization', 'yaml'],
  ['secret.sops.yaml', 'yaml'],
  ['api.yaml.j2', 'disguised'],
  ['api.yaml.disabled', 'disguised'],
  ['api.yml~', 'disguised'],
  ['api.json-bak', 'disguised'],
  ['api.yaml_', 'disguised'],
  ['api.txt', 'other'],
  ['yaml', 'other'],
  ['docs/yaml.md', 'other'],
  ['values.jsonnet', 'other'],
  ['.yaml', 'yaml'],
])('%s is %s', (path, form) => {
  expect(formOf(path)).toBe(form)
})

test.each([
  ['api.yaml.tpl', true],
  ['api.yml.jinja2', true],
  ['api.yaml.in', true],
  ['api.yaml.disabled', false],
  ['api.yaml.example', false],
])('%s is made by a template engine: %s', (path, expected) => {
  expect(isTemplateName(path)).toBe(expected)
})

test.each([
  ['a/kustomization.yaml', true],
  ['Kustomization', true],
  ['a/kustomization.yml', true],
  ['a/my-kustomization.yaml', false],
  ['a/Kustomization.yaml', false],
])('kustomize reads %s: %s', (path, expected) => {
  expect(isKustomizationName(path)).toBe(expected)
})

test.each([
  ['.github/workflows/ci.yaml', true],
  ['tools/.github/dependabot.yml', true],
  ['.gitlab-ci.yml', true],
  ['docker-compose.prod.yml', true],
  ['compose.yaml', true],
  ['.pre-commit-config.yaml', true],
  ['azure-pipelines-release.yml', true],
  ['apps/compose-operator.yaml', false],
  ['apps/actions.yaml', false],
  ['github/workflow.yaml', false],
])('%s is a CI file: %s', (path, expected) => {
  expect(isCiPath(path)).toBe(expected)
})
