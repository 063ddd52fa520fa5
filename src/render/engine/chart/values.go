package chart

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"

	"plimsoll/engine/wire"
)

// userValues merges what the command line of Helm takes, in its order: files, then JSON, typed, text and file contents.
func userValues(request *wire.Request) (map[string]any, error) {
	merged := map[string]any{}
	for i, text := range request.Values {
		values, err := loader.LoadValues(strings.NewReader(text))
		if err != nil {
			return nil, &wire.Failure{Message: "failed to parse values: " + err.Error(), Values: i + 1, Line: yamlLine(err)}
		}
		merged = loader.MergeMaps(merged, values)
	}
	for _, form := range []string{"json", "typed", "string", "file"} {
		for _, set := range request.Sets {
			if set.As != form {
				continue
			}
			next, err := apply(set, merged)
			if err != nil {
				return nil, fmt.Errorf("failed parsing the value set for %s: %w", set.Name, err)
			}
			merged = next
		}
	}
	return merged, nil
}

func apply(set wire.Set, values map[string]any) (map[string]any, error) {
	text := set.Name + "=" + set.Value
	switch set.As {
	case "json":
		if set.Name != "" {
			return values, strvals.ParseJSON(text, values)
		}
		var whole map[string]any
		if err := json.Unmarshal([]byte(set.Value), &whole); err != nil {
			return nil, err
		}
		return loader.MergeMaps(values, whole), nil
	case "string":
		return values, strvals.ParseIntoString(text, values)
	case "file":
		content := func([]rune) (any, error) { return set.Value, nil }
		return values, strvals.ParseIntoFile(set.Name+"=content", values, content)
	}
	return values, strvals.ParseInto(text, values)
}

var yamlLinePattern = regexp.MustCompile(`\bline (\d+)`)

// yamlLine is the line that a YAML error names, or zero.
func yamlLine(err error) int {
	found := yamlLinePattern.FindStringSubmatch(err.Error())
	if found == nil {
		return 0
	}
	line, _ := strconv.Atoi(found[1])
	return line
}
