package trace

import (
	"strings"
	"text/template/parse"
)

// walker marks the nodes of one template.
type walker struct {
	trace  *Trace
	tree   *parse.Tree
	name   string
	file   string
	breaks []int
	body   *body
}

func (t *Trace) walk(tree *parse.Tree, name, file string, breaks []int) {
	w := walker{t, tree, name, file, breaks, &body{}}
	w.list(tree.Root, scope{dot: argument, variables: map[string]Value{"$": argument}})
	t.bodies[name] = w.body
}

func (w walker) list(list *parse.ListNode, s scope) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		w.node(node, s)
	}
}

func (w walker) node(node parse.Node, s scope) {
	switch node := node.(type) {
	case *parse.TextNode:
		w.text(node)
	case *parse.ActionNode:
		w.action(node, s)
	case *parse.TemplateNode:
		w.body.calls = append(w.body.calls, call{node.Name, w.read(node.Pipe, s)})
	case *parse.IfNode:
		w.read(node.Pipe, s)
		w.list(node.List, s)
		w.list(node.ElseList, s)
	case *parse.WithNode:
		w.list(node.List, s.with(w.read(node.Pipe, s)))
		w.list(node.ElseList, s)
	case *parse.RangeNode:
		w.list(node.List, s.with(w.items(node.Pipe, s)))
		w.list(node.ElseList, s)
	}
}

// items is what `.` stands for within a range; its variables are the last one the item, one before it the key.
func (w walker) items(pipe *parse.PipeNode, s scope) Value {
	item := w.read(pipe, s).field(Any)
	for i, variable := range pipe.Decl {
		value := Value{}
		if i == len(pipe.Decl)-1 {
			value = item
		}
		s.assign(variable.Ident[0], value, false)
	}
	return item
}

// read follows a pipeline that decides or passes on, without writing.
func (w walker) read(pipe *parse.PipeNode, s scope) Value {
	s.noted = &noted{}
	return s.pipe(pipe)
}

func (w walker) text(node *parse.TextNode) {
	var text strings.Builder
	at := int(node.Pos)
	for _, line := range strings.SplitAfter(string(node.Text), "\n") {
		if blank := len(line) - len(strings.TrimLeft(line, " \t\r\n")); blank < len(line) {
			id := w.trace.add(mark{file: w.file, line: lineAt(w.breaks, at+blank), body: w.name})
			text.WriteString(marked(line, id, true))
		} else {
			text.WriteString(line)
		}
		at += len(line)
	}
	node.Text = []byte(text.String())
}

// What passes the marks inside a text on unharmed.
var keeping = map[string]bool{"nindent": true, "indent": true, "trim": true}

func (w walker) action(node *parse.ActionNode, s scope) {
	s.noted = &noted{}
	reads := s.pipe(node.Pipe).all()
	reads = joined(reads, s.noted.keys)
	w.body.reads = joined(w.body.reads, reads)
	w.body.calls = append(w.body.calls, s.noted.calls...)
	if len(node.Pipe.Decl) > 0 {
		return
	}
	m := mark{file: w.file, line: lineAt(w.breaks, int(node.Pos)), body: w.name, reads: reads, calls: s.noted.calls}
	if first, ok := node.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode); ok && first.Ident == "include" && keepsMarks(node.Pipe.Cmds[1:]) {
		first.Ident = "plimsollInclude"
		m.kept = true
	}
	w.sign(node, w.trace.add(m), m.kept)
}

// sign lets the mark be the last function of the pipeline.
func (w walker) sign(node *parse.ActionNode, id string, every bool) {
	function := parse.NewIdentifier("plimsollMark").SetPos(node.Pos).SetTree(w.tree)
	flag := &parse.BoolNode{NodeType: parse.NodeBool, Pos: node.Pos, True: every}
	command := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: node.Pos, Args: []parse.Node{function, textNode(id, node.Pos), flag}}
	node.Pipe.Cmds = append(node.Pipe.Cmds, command)
}

func keepsMarks(commands []*parse.CommandNode) bool {
	for _, command := range commands {
		if name, ok := command.Args[0].(*parse.IdentifierNode); !ok || !keeping[name.Ident] {
			return false
		}
	}
	return true
}
