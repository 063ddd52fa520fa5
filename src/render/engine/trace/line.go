package trace

import (
	"slices"
	"strconv"
	"strings"
)

// Line is where a line of the result comes from: the template as the engine names it, and the chains of keys below
// `.Values` that are read for it, as the rendered file sees them.
type Line struct {
	Place
	// Through are the calls that lead there, from the rendered file inwards.
	Through []Place
	Reads   [][]string
}

// Place is a line of a template.
type Place struct {
	File string
	Line int
}

// Lines says for each line of the clean text where it comes from, and false where the marked text without its marks is
// another one, so that nothing can be said.
func (t *Trace) Lines(clean, markedText string) ([]Line, bool) {
	var plain strings.Builder
	lines := []Line{}
	for _, line := range strings.Split(markedText, "\n") {
		ids, rest := t.read(line)
		if len(lines) > 0 {
			plain.WriteByte('\n')
		}
		plain.WriteString(rest)
		lines = append(lines, t.origin(ids))
	}
	return lines, plain.String() == clean
}

// read parts a line into its marks and its text.
func (t *Trace) read(line string) (ids []int, plain string) {
	var text strings.Builder
	for {
		start := strings.IndexRune(line, markOpen)
		if start < 0 {
			text.WriteString(line)
			return ids, text.String()
		}
		end := strings.IndexRune(line[start:], markClose)
		if end < 0 {
			text.WriteString(line)
			return ids, text.String()
		}
		id, err := strconv.Atoi(line[start+runeSize : start+end])
		if err == nil && id >= 0 && id < len(t.marks) {
			ids = append(ids, id)
		}
		text.WriteString(line[:start])
		line = line[start+end+runeSize:]
	}
}

// origin puts the marks of a line together: the first place that writes, and all that is read.
func (t *Trace) origin(ids []int) Line {
	origin := Line{}
	for i, id := range ids {
		m := t.marks[id]
		inner := i+1 < len(ids) && m.includes(t.marks[ids[i+1]])
		if origin.File == "" && inner {
			origin.Through = append(origin.Through, Place{m.file, m.line})
		} else if origin.File == "" {
			origin.Place = Place{m.file, m.line}
		}
		origin.Reads = joined(origin.Reads, t.seen(ids[:i], Value{Paths: m.reads}, m.body))
		for _, c := range m.calls {
			if m.kept && inner {
				continue // What it includes has marks of its own here.
			}
			origin.Reads = joined(origin.Reads, t.seen(ids[:i], Value{Paths: t.closure(c, 0)}, m.body))
		}
	}
	origin.Reads = values(origin.Reads)
	return origin
}

func (m mark) includes(other mark) bool {
	return slices.ContainsFunc(m.calls, func(c call) bool { return c.name == other.body })
}

// seen turns places below the argument of a template into those of the file that is rendered: outwards, from each
// template to the mark before it that includes it.
func (t *Trace) seen(before []int, value Value, body string) [][]string {
	for i := len(before) - 1; i >= 0; i-- {
		m := t.marks[before[i]]
		for _, c := range m.calls {
			if c.name == body {
				value, body = value.through(c.arg), m.body
				break
			}
		}
	}
	return value.all()
}

// closure is all that a call reads, seen from its caller.
func (t *Trace) closure(c call, depth int) [][]string {
	callee, known := t.bodies[c.name]
	if !known || depth > maxDepth {
		return c.arg.all()
	}
	paths := callee.reads
	for _, inner := range callee.calls {
		if len(paths) >= maxPaths {
			break
		}
		paths = joined(paths, t.closure(inner, depth+1))
	}
	return Value{Paths: paths}.through(c.arg).all()
}

// values keeps what lies below `.Values`.
func values(paths [][]string) [][]string {
	var kept [][]string
	for _, path := range paths {
		if len(path) > 1 && path[0] == "Values" {
			kept = append(kept, path[1:])
		}
	}
	return kept
}
