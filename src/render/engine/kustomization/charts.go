package kustomization

import (
	"fmt"
	"path"
	"strings"

	"plimsoll/engine/chart"
	"plimsoll/engine/seam"
	"plimsoll/engine/wire"
)

// charts serves the command lines of helm that the generator of `helmCharts` would run.
type charts struct {
	request *wire.Request
	tree    *files
	gaps    []wire.Gap
}

func (c *charts) run(args []string) ([]byte, error) {
	switch args[0] {
	case "version":
		return []byte("v4.3.1"), nil
	case "pull":
		return nil, c.missing(args[1:])
	case "template":
		return c.template(args[1:])
	}
	return nil, fmt.Errorf("helm %s is not served here", args[0])
}

// missing notes a chart that would have to be fetched.
func (c *charts) missing(args []string) error {
	gap := wire.Gap{}
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--untar" || args[i] == "--devel":
		case strings.HasPrefix(args[i], "--") && i+1 < len(args):
			i++
			gap = noted(gap, args[i-1], args[i])
		default:
			gap.Name = path.Base(args[i])
			if strings.HasPrefix(args[i], "oci://") {
				gap.Repository = path.Dir(args[i])
			}
		}
	}
	c.gaps = append(c.gaps, gap)
	return seam.ErrChartAbsent
}

func noted(gap wire.Gap, flag, value string) wire.Gap {
	switch flag {
	case "--untardir":
		gap.Chart = strings.TrimPrefix(value, "/")
	case "--repo":
		gap.Repository = value
	case "--version":
		gap.Version = value
	}
	return gap
}

// invocation is a command line of `helm template`, read.
type invocation struct {
	request *wire.Request
	folder  string
	values  []string
	hooks   bool
	tests   bool
}

func (c *charts) template(args []string) ([]byte, error) {
	call, err := c.read(args)
	if err != nil {
		return nil, err
	}
	for _, name := range call.values {
		text, err := c.tree.ReadFile(name)
		if err != nil {
			return nil, err
		}
		call.request.Values = append(call.request.Values, string(text))
	}
	for _, file := range c.request.Files {
		if inside, below := strings.CutPrefix(clean(file.Path), call.folder+"/"); below {
			call.request.Files = append(call.request.Files, wire.File{Path: inside, Data: file.Data})
		}
	}
	answer, err := chart.Render(call.request)
	if err != nil {
		return nil, relocated(err, call.folder)
	}
	for _, gap := range answer.Gaps {
		gap.Chart = path.Join(strings.TrimPrefix(call.folder, "/"), gap.Chart)
		c.gaps = append(c.gaps, gap)
	}
	return []byte(chart.Text(answer.Documents, call.hooks, call.tests)), nil
}

func (c *charts) read(args []string) (*invocation, error) {
	call := &invocation{hooks: true, tests: true}
	call.request = &wire.Request{Release: "release-name", Namespace: "default", KubeVersion: c.request.KubeVersion}
	var plain []string
	for i := 0; i < len(args); i++ {
		flag := args[i]
		if !strings.HasPrefix(flag, "-") {
			plain = append(plain, flag)
			continue
		}
		if call.toggle(flag) {
			continue
		}
		if i++; i >= len(args) || !call.set(flag, args[i]) {
			return nil, fmt.Errorf("the flag %s of helm is not served here", flag)
		}
	}
	if len(plain) == 0 {
		return nil, fmt.Errorf("no chart is named")
	}
	call.folder = clean(plain[len(plain)-1])
	if len(plain) == 2 {
		call.request.Release = plain[0]
	}
	return call, nil
}

func (call *invocation) toggle(flag string) bool {
	switch flag {
	case "--include-crds":
		call.request.IncludeCRDs = true
	case "--skip-tests":
		call.tests = false
	case "--no-hooks":
		call.hooks = false
	case "--generate-name", "--debug", "--devel":
	default:
		return false
	}
	return true
}

func (call *invocation) set(flag, value string) bool {
	switch flag {
	case "--namespace":
		call.request.Namespace = value
	case "-f", "--values":
		call.values = append(call.values, value)
	case "--kube-version":
		call.request.KubeVersion = value
	case "--api-versions":
		call.request.APIVersions = append(call.request.APIVersions, value)
	case "--name-template":
		call.request.Release = value
	default:
		return false
	}
	return true
}

// relocated puts the place of a failure inside a chart below the chart's folder.
func relocated(err error, folder string) error {
	failure, ok := err.(*wire.Failure)
	if !ok || failure.File == "" {
		return err
	}
	moved := *failure
	moved.File = path.Join(strings.TrimPrefix(folder, "/"), failure.File)
	return &moved
}
