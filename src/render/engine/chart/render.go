package chart

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"

	"plimsoll/engine/stable"
	"plimsoll/engine/trace"
	"plimsoll/engine/wire"
)

// Render answers a request as `helm template` would, without NOTES.txt.
func Render(request *wire.Request) (*wire.Answer, error) {
	stable.Begin()
	files, err := collect(request.Files)
	if err != nil {
		return nil, err
	}
	first, err := files.load(request)
	if err != nil {
		return nil, first.blame(files, err)
	}
	rendered, err := engine.Engine{}.RenderWithContext(context.Background(), first.chart, first.values)
	if err != nil {
		return nil, first.blame(files, err)
	}
	dropNotes(rendered)
	w := &writer{answer: &wire.Answer{Gaps: first.gaps}, templates: first.templates(files), rendered: rendered}
	hooks, manifests, err := releaseutil.SortManifests(rendered, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, w.blame(first.blame(files, err), files, request)
	}
	if request.Lines {
		if err := w.trace(files, request); err != nil {
			return nil, err
		}
	}
	w.write(request, first, manifests, hooks)
	return w.answer, nil
}

func dropNotes(rendered map[string]string) {
	for name := range rendered {
		if strings.HasSuffix(name, "NOTES.txt") {
			delete(rendered, name)
		}
	}
}

// writer makes the documents of an answer.
type writer struct {
	answer    *wire.Answer
	templates map[string]template
	rendered  map[string]string
	lines     map[string][]trace.Line
	parts     map[string][]part
	known     map[string]int
}

// trace renders once more with marks, and keeps the lines of each file whose text is the same.
func (w *writer) trace(files *source, request *wire.Request) error {
	unchecked := *request
	unchecked.SkipSchema = true // It was checked for the first render.
	second, err := files.load(&unchecked)
	if err != nil {
		return err
	}
	stable.Begin()
	t := trace.New()
	marked, err := engine.Engine{Trace: t}.RenderWithContext(context.Background(), second.chart, second.values)
	if err != nil {
		marked = map[string]string{}
	}
	w.lines = map[string][]trace.Line{}
	for name, text := range w.rendered {
		lines, equal := t.Lines(text, marked[name])
		if equal {
			w.lines[name] = lines
		} else if strings.TrimSpace(text) != "" {
			w.answer.Untraced = append(w.answer.Untraced, w.templates[name].where.file)
		}
	}
	slices.Sort(w.answer.Untraced)
	return nil
}

func (w *writer) write(request *wire.Request, l *loaded, manifests []releaseutil.Manifest, hooks []*release.Hook) {
	if request.IncludeCRDs {
		for _, crd := range l.chart.CRDObjects() {
			w.definition(crd.Filename, string(crd.File.Data), request.Lines)
		}
	}
	for _, manifest := range manifests {
		w.document(manifest.Name, manifest.Content, "manifest")
	}
	for _, hook := range hooks {
		role := "hook"
		if slices.Contains(hook.Events, release.HookTest) {
			role = "test"
		}
		w.document(hook.Path, hook.Manifest, role)
	}
}

// definition is a file below crds/: no template, so that each line comes from itself.
func (w *writer) definition(name, content string, lines bool) {
	document := wire.Document{Source: name, Template: w.templates[name].where.file, Content: content, Role: "crd"}
	if lines {
		for i := range strings.Count(content, "\n") + 1 {
			document.Lines = append(document.Lines, w.line(name, trace.Line{Place: trace.Place{File: name, Line: i + 1}}))
		}
	}
	w.answer.Documents = append(w.answer.Documents, document)
}

func (w *writer) document(name, content, role string) {
	document := wire.Document{Source: name, Template: w.templates[name].where.file, Content: content, Role: role}
	for _, line := range w.slice(name, content) {
		document.Lines = append(document.Lines, w.line(name, line))
	}
	w.answer.Documents = append(w.answer.Documents, document)
}

// line is the number of an origin in the answer, plus one; zero stands for none. `name` is the file that is rendered: its
// chart is the one whose values are read.
func (w *writer) line(name string, line trace.Line) int {
	from, known := w.templates[line.File]
	if line.File == "" || !known {
		return 0
	}
	key := name + "\x00" + line.File + "\x00" + strconv.Itoa(line.Line)
	for _, place := range line.Through {
		key += "\x00" + place.File + "\x01" + strconv.Itoa(place.Line)
	}
	for _, keys := range line.Reads {
		key += "\x00" + strings.Join(keys, "\x01")
	}
	if at, again := w.known[key]; again {
		return at
	}
	origin := wire.Line{File: from.where.file, Packed: from.where.packed, Line: line.Line}
	for _, place := range line.Through {
		where := w.templates[place.File].where
		origin.Through = append(origin.Through, wire.Place{File: where.file, Packed: where.packed, Line: place.Line})
	}
	reader := w.templates[name]
	for _, keys := range line.Reads {
		origin.Values = append(origin.Values, reader.read(keys))
	}
	w.answer.Lines = append(w.answer.Lines, origin)
	if w.known == nil {
		w.known = map[string]int{}
	}
	w.known[key] = len(w.answer.Lines)
	return len(w.answer.Lines)
}

// read is a chain of keys below the values of the template's chart, seen from the top. What is global is the same in all.
func (t template) read(keys []string) wire.Read {
	if keys[0] == "global" {
		return wire.Read{Path: keys}
	}
	return wire.Read{Path: slices.Concat(t.prefix, keys), Chart: t.folder, Prefix: len(t.prefix)}
}

// Text is what `helm template` prints for the documents.
func Text(documents []wire.Document, hooks, tests bool) string {
	var text strings.Builder
	for _, document := range documents {
		if document.Role == "test" && !tests || (document.Role == "hook" || document.Role == "test") && !hooks {
			continue
		}
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", document.Source, document.Content)
	}
	return text.String()
}
