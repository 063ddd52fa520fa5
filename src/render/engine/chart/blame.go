package chart

import (
	"regexp"
	"strconv"
	"strings"

	"plimsoll/engine/wire"
)

var placePattern = regexp.MustCompile(`([^\s:()"<>]+(?: [^\s:()"<>]+)*):(\d+)(?::\d+)?`)

// blame turns an error of Helm into a failure with paths as the chart has them, and the place where it happened: of a
// chain of templates the innermost one that can be edited.
func (l *loaded) blame(files *source, err error) error {
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
			failure.File = template.where.file // A result that is no YAML: the line would be that of the result.
		}
	}
	failure.Message = strings.ReplaceAll(strings.TrimSpace(readable(err.Error(), l.chart.Name())), unpackedSign, "")
	return failure
}

// readable leaves the name of the chart out before its paths.
func readable(message, chart string) string {
	for _, folder := range []string{"templates/", "charts/", "crds/"} {
		message = strings.ReplaceAll(message, chart+"/"+folder, folder)
	}
	return message
}
