package trace

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
)

// A mark is a number between two code points that Unicode sets apart for such use: no text means them.
const (
	markOpen  = '\uFDD0'
	markClose = '\uFDD1'
	runeSize  = 3
)

// Trace collects what is known of one marked render.
type Trace struct {
	marks  []mark
	bodies map[string]*body
}

// mark is a place in a template that writes.
type mark struct {
	file  string
	line  int
	body  string
	reads [][]string
	calls []call
	kept  bool // the marks of what it includes are kept
}

// body is all that one template reads, and whom it calls.
type body struct {
	reads [][]string
	calls []call
}

// New is a trace for one render.
func New() *Trace { return &Trace{bodies: map[string]*body{}} }

// Parse does what t.New(name).Parse(text) does, and marks what was parsed; without a trace nothing is marked.
func (t *Trace) Parse(set *template.Template, name, text string) (*template.Template, error) {
	parsed, err := set.New(name).Parse(text)
	if err != nil || t == nil {
		return parsed, err
	}
	breaks := lineBreaks(text)
	for _, one := range parsed.Templates() {
		if one.Tree != nil && one.Tree.Root != nil && one.Tree.ParseName == name {
			t.walk(one.Tree, one.Name(), name, breaks)
		}
	}
	return parsed, nil
}

// Functions adds what marked templates call, and keeps marks out of the sight of all others.
func (t *Trace) Functions(functions template.FuncMap) {
	if t == nil {
		return
	}
	functions["plimsollMark"] = printed
	for _, name := range []string{"include", "tpl"} {
		inner, ok := functions[name].(func(string, any) (string, error))
		if !ok {
			panic("the patched engine has another " + name)
		}
		if name == "include" {
			functions["plimsollInclude"] = inner
		}
		functions[name] = Plain(inner)
	}
}

// Plain makes a function return its text without marks.
func Plain(inner func(string, any) (string, error)) func(string, any) (string, error) {
	return func(name string, data any) (string, error) {
		text, err := inner(name, data)
		return strip(text), err
	}
}

// printed writes a value as a template does, with the mark on each line.
func printed(id string, every bool, value any) string {
	switch value := value.(type) {
	case nil:
		return "<no value>"
	case string:
		return marked(value, id, every)
	}
	return marked(fmt.Sprint(value), id, every)
}

// marked puts the mark before the first letter of each line; of one that has a mark there already only if `every` says so.
func marked(text, id string, every bool) string {
	sign := string(markOpen) + id + string(markClose)
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, " \t\r\n")
		if rest == "" || !every && strings.HasPrefix(rest, string(markOpen)) {
			continue
		}
		lines[i] = line[:len(line)-len(rest)] + sign + rest
	}
	return strings.Join(lines, "")
}

func strip(text string) string {
	if !strings.ContainsRune(text, markOpen) {
		return text
	}
	var plain strings.Builder
	for {
		start := strings.IndexRune(text, markOpen)
		if start < 0 {
			plain.WriteString(text)
			return plain.String()
		}
		plain.WriteString(text[:start])
		end := strings.IndexRune(text[start:], markClose)
		if end < 0 {
			return plain.String()
		}
		text = text[start+end+runeSize:]
	}
}

func lineBreaks(text string) []int {
	var breaks []int
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			breaks = append(breaks, i)
		}
	}
	return breaks
}

func lineAt(breaks []int, position int) int { return 1 + sort.SearchInts(breaks, position) }

func (t *Trace) add(m mark) string {
	t.marks = append(t.marks, m)
	return strconv.Itoa(len(t.marks) - 1)
}

func textNode(value string, at parse.Pos) *parse.StringNode {
	return &parse.StringNode{NodeType: parse.NodeString, Pos: at, Quoted: strconv.Quote(value), Text: value}
}
