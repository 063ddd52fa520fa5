// Package wire is the form in which requests and answers cross the border of the module.
package wire

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
)

// File is one of the files of a request; its content follows the header, in the order of the list.
type File struct {
	Path string `json:"path"`
	Size int    `json:"size"`
	Data []byte `json:"-"`
}

// Request is what a render needs; each kind reads its own fields.
type Request struct {
	Kind  string `json:"kind"`
	Files []File `json:"files"`

	Values      []string `json:"values"`
	Sets        []Set    `json:"sets"`
	Release     string   `json:"release"`
	Namespace   string   `json:"namespace"`
	KubeVersion string   `json:"kubernetesVersion"`
	APIVersions []string `json:"apiVersions"`
	IncludeCRDs bool     `json:"includeCrds"`
	SkipSchema  bool     `json:"skipSchema"`
	Lines       bool     `json:"lines"`

	Folder string `json:"folder"`
}

// Set is one value in the grammar of `helm template --set`.
type Set struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	As    string `json:"as"`
}

// Answer is what came out; a Failure alone, or all of the rest.
type Answer struct {
	Failure   *Failure   `json:"failure,omitempty"`
	Documents []Document `json:"documents"`
	Lines     []Line     `json:"lines,omitempty"`
	Gaps      []Gap      `json:"gaps,omitempty"`
	Untraced  []string   `json:"untraced,omitempty"`
}

// Document is one rendered text.
type Document struct {
	Content  string `json:"content"`
	Template string `json:"template,omitempty"`
	Source   string `json:"source,omitempty"`
	Role     string `json:"role,omitempty"`
	// Lines holds for each line of Content the position in Answer.Lines plus one, or zero.
	Lines  []int   `json:"lines,omitempty"`
	Origin *Origin `json:"origin,omitempty"`
}

// Line is the place in a template that wrote a line, and what it reads.
type Line struct {
	File   string `json:"file"`
	Packed string `json:"packed,omitempty"`
	Line   int    `json:"line"`
	// Through are the calls that lead there, from the rendered file inwards.
	Through []Place `json:"through,omitempty"`
	Values  []Read  `json:"values,omitempty"`
}

// Place is a line of a file.
type Place struct {
	File   string `json:"file"`
	Packed string `json:"packed,omitempty"`
	Line   int    `json:"line"`
}

// Read is a chain of keys that a template reads from the values.
type Read struct {
	Path   []string `json:"path"`
	Chart  string   `json:"chart"`
	Prefix int      `json:"prefix"`
}

// Gap is a dependency that is named and not there.
type Gap struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	Repository string `json:"repository"`
	Chart      string `json:"chart"`
}

// Origin is the file of an object, or the kustomization whose generator made it.
type Origin struct {
	Path      string `json:"path"`
	Generator string `json:"generator,omitempty"`
}

// Failure says why there are no documents, and whom the engine blames.
type Failure struct {
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	// Values is the position, from 1, of the values text that cannot be read.
	Values int   `json:"values,omitempty"`
	Gaps   []Gap `json:"gaps,omitempty"`
}

func (f *Failure) Error() string { return f.Message }

// Renderer renders the requests of one kind.
type Renderer func(*Request) (*Answer, error)

// Handle decodes a request (length of the header, header, contents of the files), has it rendered and encodes the answer.
func Handle(input []byte, renderers map[string]Renderer) (output []byte) {
	defer func() {
		if thrown := recover(); thrown != nil {
			output = encode(failed(fmt.Errorf("the engine broke: %v", thrown)))
		}
	}()
	request, err := decode(input)
	if err != nil {
		return encode(failed(err))
	}
	render, known := renderers[request.Kind]
	if !known {
		return encode(failed(fmt.Errorf("unknown kind of request %q", request.Kind)))
	}
	answer, err := render(request)
	if err != nil {
		return encode(failed(err))
	}
	return encode(answer)
}

func decode(input []byte) (*Request, error) {
	size := binary.LittleEndian.Uint32(input)
	request := &Request{}
	if err := json.Unmarshal(input[4:4+size], request); err != nil {
		return nil, err
	}
	at := int(4 + size)
	for i := range request.Files {
		file := &request.Files[i]
		file.Data = input[at : at+file.Size : at+file.Size]
		at += file.Size
	}
	return request, nil
}

func failed(err error) *Answer {
	failure, ok := err.(*Failure)
	if !ok {
		failure = &Failure{Message: err.Error()}
	}
	return &Answer{Failure: failure}
}

func encode(answer *Answer) []byte {
	output, err := json.Marshal(answer)
	if err != nil {
		output, _ = json.Marshal(failed(err))
	}
	return output
}
