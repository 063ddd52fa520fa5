package chart

import (
	"path"
	"regexp"
	"slices"
	"strings"

	v2 "helm.sh/helm/v4/pkg/chart/v2"

	"plimsoll/engine/trace"
)

// template is a file of a chart, found by the name that Helm gives it.
type template struct {
	where place
	// folder is that of its chart, prefix the keys that lead to the values of its chart.
	folder string
	prefix []string
}

// templates finds the place of each file that Helm may name. With an alias the name is not the path.
func (l *loaded) templates(files *source) map[string]template {
	found := map[string]template{}
	l.collect(found, files, l.chart, nil)
	return found
}

func (l *loaded) collect(found map[string]template, files *source, c *v2.Chart, prefix []string) {
	for _, file := range slices.Concat(c.Templates, c.Files) {
		if file == nil || len(file.Data) == 0 {
			continue
		}
		where, known := files.places[&file.Data[0]]
		if !known {
			continue
		}
		folder := strings.TrimSuffix(where.file, file.Name)
		if where.packed != "" {
			folder = where.file
		}
		found[path.Join(c.ChartFullPath(), file.Name)] = template{where, strings.TrimSuffix(folder, "/"), prefix}
	}
	for _, sub := range c.Dependencies() {
		l.collect(found, files, sub, append(slices.Clone(prefix), sub.Name()))
	}
}

// part is one of the documents of a rendered file.
type part struct {
	content string
	line    int
	taken   bool
}

// As Helm parts them.
var separator = regexp.MustCompile(`(?m)^---[ \t]*`)

// slice is what is known of the lines of one document; nothing if its file could not be traced.
func (w *writer) slice(name, content string) []trace.Line {
	lines, known := w.lines[name]
	if !known {
		return nil
	}
	if w.parts == nil {
		w.parts = map[string][]part{}
	}
	if _, parted := w.parts[name]; !parted {
		w.parts[name] = partsOf(w.rendered[name])
	}
	wanted := strings.TrimSpace(content)
	for i := range w.parts[name] {
		one := &w.parts[name][i]
		if one.taken || one.content != wanted {
			continue
		}
		one.taken = true
		blank := strings.Count(content[:strings.Index(content, wanted)], "\n")
		start, end := one.line-blank, one.line-blank+strings.Count(content, "\n")+1
		if start < 0 {
			return nil
		}
		return lines[start:min(end, len(lines))]
	}
	return nil
}

func partsOf(text string) []part {
	var parts []part
	line, counted := 0, 0
	add := func(from, to int) {
		content := strings.TrimSpace(text[from:to])
		if content == "" {
			return
		}
		start := from + strings.Index(text[from:to], content)
		line += strings.Count(text[counted:start], "\n")
		counted = start
		parts = append(parts, part{content: content, line: line})
	}
	from := 0
	for _, found := range separator.FindAllStringIndex(text, -1) {
		add(from, found[0])
		from = found[1]
	}
	add(from, len(text))
	return parts
}
