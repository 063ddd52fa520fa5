package chart

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"

	"plimsoll/engine/wire"
)

var placePattern = regexp.MustCompile(`([^\s:()"<>]+(?: [^\s:()"<>]+)*):(\d+)(?::\d+)?`)

// blame turns an error of Helm into a failure with paths as the chart has them, and the place where it happened: of a
// chain of templates the innermost one that can be edited.
func (l *loaded) blame(files *source, err error) *wire.Failure {
	if failure, ok := err.(*wire.Failure); ok {
		if l != nil && len(failure.Gaps) == 0 {
			failure.Gaps = l.gaps
		}
		return failure
	}
	if l == nil || l.chart == nil {
		return &wire.Failure{Message: err.Error()}
	}
	failure := &wire.Failure{Gaps: l.gaps}
	templates := l.templates(files)
	for _, found := range placePattern.FindAllStringSubmatch(err.Error(), -1) {
		template, known := templates[found[1]]
		if !known || template.where.packed != "" && failure.File != "" {
			continue
		}
		failure.File = template.where.file
		failure.Line = 0
		if template.where.packed == "" {
			failure.Line, _ = strconv.Atoi(found[2])
		}
	}
	for name, template := range templates {
		if failure.File == "" && strings.Contains(err.Error(), " "+name+":") {
			failure.File = template.where.file
		}
	}
	failure.Message = strings.ReplaceAll(readable(err.Error(), l.chart.Name()), unpackedSign, "")
	return failure
}

// blame finds the line of the template that wrote a result that is no YAML.
func (w *writer) blame(failure *wire.Failure, files *source, request *wire.Request) error {
	for name, text := range w.rendered {
		if w.templates[name].where.file != failure.File || failure.Line != 0 {
			continue
		}
		for _, part := range partsOf(text) {
			var any map[string]any
			err := yaml.Unmarshal([]byte(part.content), &any)
			if err == nil || w.trace(files, request) != nil {
				continue
			}
			at := part.line + max(yamlLine(err), 1) - 1
			if lines := w.lines[name]; at < len(lines) && w.templates[lines[at].File].where.packed == "" {
				failure.File, failure.Line = w.templates[lines[at].File].where.file, lines[at].Line
				return failure
			}
		}
	}
	return failure
}

var (
	expression = regexp.MustCompile(`at (<.*>):$`)
	calling    = regexp.MustCompile(`at (<[^>]*>): error calling \w+: `)
)

// readable leaves the name of the chart out before its paths, and of a chain of templates all but the last.
func readable(message, chart string) string {
	message = strings.TrimSpace(message)
	for _, folder := range []string{"templates/", "charts/", "crds/"} {
		message = strings.ReplaceAll(message, chart+"/"+folder, folder)
	}
	if chain := calling.FindAllStringSubmatchIndex(message, -1); chain != nil && strings.HasPrefix(message, "template: ") {
		last := chain[len(chain)-1]
		return message[last[1]:] + ", at " + message[last[2]:last[3]]
	}
	lines := strings.Split(message, "\n")
	last := strings.TrimPrefix(strings.TrimSpace(lines[len(lines)-1]), "template: ")
	for _, line := range slices.Backward(lines) {
		if found := expression.FindStringSubmatch(line); found != nil {
			return last + ", at " + found[1]
		}
	}
	return message
}
