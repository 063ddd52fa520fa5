package trace

import (
	"strconv"
	"text/template/parse"
)

// call is an `include` or a `template` with what it is given.
type call struct {
	name string
	arg  Value
}

// scope is what the names in an expression stand for.
type scope struct {
	dot       Value
	variables map[string]Value
	noted     *noted
}

// noted is what an expression does besides having a value: whom it calls, and what it reads to choose a key.
type noted struct {
	calls []call
	keys  [][]string
}

func (s scope) with(dot Value) scope { return scope{dot, s.variables, s.noted} }

// value follows an expression; the calls in it are noted apart.
func (s scope) value(node parse.Node) Value {
	switch node := node.(type) {
	case *parse.PipeNode:
		return s.pipe(node)
	case *parse.CommandNode:
		return s.command(node, nil)
	case *parse.ChainNode:
		return s.value(node.Node).field(node.Field...)
	case *parse.FieldNode:
		return s.dot.field(node.Ident...)
	case *parse.VariableNode:
		return s.variables[node.Ident[0]].field(node.Ident[1:]...)
	case *parse.DotNode:
		return s.dot
	}
	return Value{}
}

func (s scope) pipe(node *parse.PipeNode) Value {
	if node == nil {
		return Value{}
	}
	var piped *Value
	for _, command := range node.Cmds {
		result := s.command(command, piped)
		piped = &result
	}
	for _, variable := range node.Decl {
		s.assign(variable.Ident[0], *piped, node.IsAssign)
	}
	return *piped
}

func (s scope) assign(name string, value Value, again bool) {
	if again {
		value = union(s.variables[name], value)
	}
	s.variables[name] = value
}

func (s scope) command(node *parse.CommandNode, piped *Value) Value {
	name, isFunction := node.Args[0].(*parse.IdentifierNode)
	if !isFunction {
		return s.value(node.Args[0])
	}
	var args []Value
	for _, arg := range node.Args[1:] {
		args = append(args, s.value(arg))
	}
	if piped != nil {
		args = append(args, *piped)
	}
	return s.function(name.Ident, node.Args[1:], args)
}

// function is what a function may return; of one that is not named here, whatever it is given.
func (s scope) function(name string, nodes []parse.Node, args []Value) Value {
	switch {
	case name == "include" && len(args) == 2 && constant(nodes, 0) != "":
		s.noted.calls = append(s.noted.calls, call{constant(nodes, 0), args[1]})
		return Value{}
	case (name == "index" || name == "get") && len(args) > 0:
		return s.below(args[0], nodes[1:], args[1:])
	case name == "dig" && len(args) > 2:
		last := len(args) - 1
		return union(s.below(args[last], nodes, args[:last-1]), args[last-1])
	case name == "first" && len(args) == 1:
		return args[0].field(itemKey(args[0], "0"))
	case name == "default" && len(args) == 2:
		return union(args[1], args[0])
	case name == "dict":
		return dictionary(nodes, args)
	case name == "list" || name == "tuple":
		return list(args)
	case name == "tpl" && len(args) == 2:
		return args[0]
	}
	result := Value{}
	for _, arg := range args {
		result = union(result, arg)
	}
	return result
}

// below is the value under the keys; what a key is read from is noted.
func (s scope) below(value Value, nodes []parse.Node, keys []Value) Value {
	for i := range keys {
		key := constant(nodes, i)
		if key == "" {
			key = Any
			s.noted.keys = joined(s.noted.keys, keys[i].all())
		}
		value = value.field(itemKey(value, key))
	}
	return value
}

// itemKey is the key for a list that is written in the template, and any item of one that is not.
func itemKey(value Value, key string) string {
	if _, known := value.Parts[key]; known {
		return key
	}
	if _, err := strconv.Atoi(key); err == nil {
		return Any
	}
	return key
}

func dictionary(nodes []parse.Node, args []Value) Value {
	parts := map[string]Value{}
	for i := 0; i+1 < len(args); i += 2 {
		if key := constant(nodes, i); key != "" {
			parts[key] = args[i+1]
		}
	}
	return Value{Parts: parts}
}

func list(args []Value) Value {
	parts := map[string]Value{}
	for i, arg := range args {
		parts[strconv.Itoa(i)] = arg
	}
	return Value{Parts: parts}
}

func constant(nodes []parse.Node, at int) string {
	if at >= len(nodes) {
		return ""
	}
	switch node := nodes[at].(type) {
	case *parse.StringNode:
		return node.Text
	case *parse.NumberNode:
		return node.Text
	}
	return ""
}
