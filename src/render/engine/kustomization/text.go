package kustomization

import (
	"encoding/json"
	"slices"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// textOf writes an object as YAML with the meaning that kustomize gives it. Its own AsYAML writes and reads the object as
// YAML, JSON and YAML again, which is a third of a build; that changes nothing but folded text, which gains lines by it.
func textOf(object *resource.Resource) (string, error) {
	if hasFolded(object.YNode()) {
		text, err := object.AsYAML()
		return string(text), err
	}
	var value map[string]any
	if err := object.YNode().Decode(&value); err != nil {
		return "", err
	}
	// Keys that are no strings, and numbers that are none: kustomize refuses what is no JSON.
	if _, err := json.Marshal(value); err != nil {
		return "", err
	}
	text, err := yaml.Marshal(value)
	return string(text), err
}

func hasFolded(node *yaml.Node) bool {
	return node.Style&yaml.FoldedStyle != 0 || slices.ContainsFunc(node.Content, hasFolded)
}
