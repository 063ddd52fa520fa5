// Package trace finds out which line of a template wrote a line of the result, and what that line reads: it marks the
// parsed templates, so that the marks travel through the render, and follows the chains of fields in the source.
package trace

import "slices"

// Bounds of what is followed: a chart that needs more gets fewer reads, never a wrong one.
const (
	maxPaths = 24
	maxKeys  = 32
	maxDepth = 8
)

// Any stands for a key or an item that is only known when the template runs.
const Any = "*"

// Value is what an expression may be made of: places below the argument of the template it stands in (the whole
// context for a file), and, for a dictionary or a list written in the template, its parts.
type Value struct {
	Paths [][]string
	Parts map[string]Value
}

var argument = Value{Paths: [][]string{{}}}

// field is the value below the keys.
func (v Value) field(keys ...string) Value {
	for _, key := range keys {
		next := Value{}
		for _, path := range v.Paths {
			if len(path) < maxKeys {
				next.Paths = append(next.Paths, append(slices.Clone(path), key))
			}
		}
		if key == Any && len(v.Parts) > 0 {
			next = union(Value{Paths: Value{Parts: v.Parts}.all()}, next)
		} else if part, known := v.Parts[key]; known {
			next = union(part, next)
		}
		v = next
	}
	return v
}

// all lists the places of a value and of its parts.
func (v Value) all() [][]string {
	paths := v.Paths
	for _, key := range sortedKeys(v.Parts) {
		paths = joined(paths, v.Parts[key].all())
	}
	return paths
}

// through is the value seen from the caller, where the argument of the template is `arg`.
func (v Value) through(arg Value) Value {
	seen := Value{}
	for _, path := range v.Paths {
		seen = union(seen, arg.field(path...))
	}
	for key, part := range v.Parts {
		if seen.Parts == nil {
			seen.Parts = map[string]Value{}
		}
		seen.Parts[key] = part.through(arg)
	}
	return seen
}

func union(a, b Value) Value {
	if len(a.Parts) == 0 && len(b.Parts) == 0 {
		return Value{Paths: joined(a.Paths, b.Paths)}
	}
	parts := map[string]Value{}
	for key, part := range a.Parts {
		parts[key] = part
	}
	for key, part := range b.Parts {
		parts[key] = union(parts[key], part)
	}
	return Value{Paths: joined(a.Paths, b.Paths), Parts: parts}
}

func joined(a, b [][]string) [][]string {
	all := slices.Clone(a)
	for _, path := range b {
		known := slices.ContainsFunc(all, func(other []string) bool { return slices.Equal(other, path) })
		if !known && len(all) < maxPaths {
			all = append(all, path)
		}
	}
	return all
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
