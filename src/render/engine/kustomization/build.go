package kustomization

import (
	"path"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"

	"plimsoll/engine/seam"
	"plimsoll/engine/stable"
	"plimsoll/engine/wire"
)

// Build answers a request as `kustomize build --enable-helm` would, and says where each object comes from.
func Build(request *wire.Request) (*wire.Answer, error) {
	stable.Begin()
	tree := newFiles()
	for _, one := range request.Files {
		if err := tree.WriteFile(one.Path, one.Data); err != nil {
			return nil, err
		}
	}
	charts := &charts{request: request, tree: tree}
	answer := &wire.Answer{}
	var origins []*wire.Origin
	seam.Helm, seam.WriteFile, seam.IsDir = charts.run, tree.WriteFile, tree.IsDir
	seam.Origins = true
	seam.Built = func(result any) { origins = originsOf(result.(resmap.ResMap), request.Folder) }
	built, err := krusty.MakeKustomizer(options(request)).Run(tree, clean(request.Folder))
	if err != nil {
		return nil, tree.blame(err, request.Folder, charts.gaps)
	}
	for i, one := range built.Resources() {
		seam.Collect()
		text, err := textOf(one)
		if err != nil {
			return nil, err
		}
		document := wire.Document{Content: text}
		if i < len(origins) {
			document.Origin = origins[i]
		}
		answer.Documents = append(answer.Documents, document)
	}
	answer.Gaps = charts.gaps
	return answer, nil
}

func options(request *wire.Request) *krusty.Options {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified
	options.PluginConfig = types.DisabledPluginConfig()
	options.PluginConfig.HelmConfig = types.HelmConfig{Enabled: true, Command: "helm"}
	return options
}

// originsOf reads what kustomize noted of all objects before the notes are taken away, with paths from the root of the repository.
func originsOf(result resmap.ResMap, folder string) []*wire.Origin {
	list := make([]*wire.Origin, 0, result.Size())
	for _, one := range result.Resources() {
		list = append(list, originOf(one, folder))
	}
	return list
}

func originOf(one *resource.Resource, folder string) *wire.Origin {
	origin, err := one.GetOrigin()
	if err != nil || origin == nil {
		return nil
	}
	if origin.ConfiguredIn != "" {
		return &wire.Origin{Path: path.Join(folder, origin.ConfiguredIn), Generator: origin.ConfiguredBy.Kind}
	}
	return &wire.Origin{Path: path.Join(folder, origin.Path)}
}
