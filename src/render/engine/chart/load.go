package chart

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	v2 "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"

	"plimsoll/engine/wire"
)

// loaded is a chart with all that its templates see. A render changes the values: each has its own.
type loaded struct {
	chart  *v2.Chart
	values common.Values
	gaps   []wire.Gap
}

func (s *source) load(request *wire.Request) (*loaded, error) {
	c, err := loader.LoadFiles(s.copies())
	if err != nil {
		return nil, blameLoading(err)
	}
	if kind := c.Metadata.Type; kind != "" && kind != "application" {
		return nil, &wire.Failure{Message: kind + " charts are not installable", File: "Chart.yaml"}
	}
	values, err := userValues(request)
	if err != nil {
		return nil, err
	}
	names := dependencyNames(c)
	if err := chartutil.ProcessDependencies(c, values); err != nil {
		return nil, err
	}
	l := &loaded{chart: c, gaps: gapsOf(c, names, "")}
	capabilities, err := capabilitiesFor(c, request)
	if err != nil {
		return l, err
	}
	options := common.ReleaseOptions{Name: request.Release, Namespace: request.Namespace, Revision: 1, IsInstall: true}
	l.values, err = util.ToRenderValuesWithSchemaValidation(c, values, options, capabilities, request.SkipSchema)
	return l, err
}

func capabilitiesFor(c *v2.Chart, request *wire.Request) (*common.Capabilities, error) {
	version, err := common.ParseKubeVersion(request.KubeVersion)
	if err != nil {
		return nil, fmt.Errorf("invalid kube version '%s': %w", request.KubeVersion, err)
	}
	capabilities := common.DefaultCapabilities.Copy()
	capabilities.KubeVersion = *version
	capabilities.APIVersions = append(slices.Clone(capabilities.APIVersions), request.APIVersions...)
	if wanted := c.Metadata.KubeVersion; wanted != "" && !chartutil.IsCompatibleRange(wanted, version.String()) {
		message := fmt.Sprintf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, version.Version)
		return nil, &wire.Failure{Message: message, File: "Chart.yaml"}
	}
	return capabilities, nil
}

// dependencyNames remembers the names that Helm overwrites by their aliases.
func dependencyNames(c *v2.Chart) map[*v2.Dependency]string {
	names := map[*v2.Dependency]string{}
	for _, dependency := range c.Metadata.Dependencies {
		if dependency != nil {
			names[dependency] = dependency.Name
		}
	}
	return names
}

// gapsOf lists the dependencies that are switched on and not there, of a chart and of its sub-charts. Helm has taken out
// those that are switched off.
func gapsOf(c *v2.Chart, names map[*v2.Dependency]string, folder string) []wire.Gap {
	var gaps []wire.Gap
	for _, dependency := range c.Metadata.Dependencies {
		there := slices.ContainsFunc(c.Dependencies(), func(sub *v2.Chart) bool { return sub.Name() == dependency.Name })
		if there {
			continue
		}
		name := dependency.Name
		if known, ok := names[dependency]; ok {
			name = known
		}
		gaps = append(gaps, wire.Gap{Name: name, Version: dependency.Version, Repository: dependency.Repository, Chart: folder})
	}
	for _, sub := range c.Dependencies() {
		gaps = append(gaps, gapsOf(sub, names, path.Join(folder, "charts", sub.Name()))...)
	}
	return gaps
}

func blameLoading(err error) error {
	message := strings.ReplaceAll(err.Error(), unpackedSign, "")
	for _, file := range []string{"Chart.yaml", "Chart.lock", "values.yaml", "requirements.yaml"} {
		if strings.HasPrefix(message, "cannot load "+file) || strings.HasPrefix(message, file+" file is missing") {
			return &wire.Failure{Message: message, File: file, Line: yamlLine(err)}
		}
	}
	if strings.HasPrefix(message, "validation: chart.metadata") {
		return &wire.Failure{Message: message, File: "Chart.yaml"}
	}
	return &wire.Failure{Message: message}
}
