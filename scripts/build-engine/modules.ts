// What the build changes in the pinned modules: each place must be there once, so that an upgrade that moves one fails loudly.

/** A place that is replaced: the text `from`, or all from there through the next `through`. */
export type Edit = { readonly from: string; readonly through?: string; readonly to: string }

/** What is changed in one file of a module; `text` replaces all of it. */
export type Patch = { readonly file: string } & ({ readonly edits: readonly Edit[] } | { readonly text: string })

export type PatchedModule = { readonly path: string; readonly version: string; readonly patches: readonly Patch[] }

/** What a cluster serves by itself: Helm reads it from client-go, which is left out. */
const apiVersions = [
  'v1',
  'admissionregistration.k8s.io/v1',
  'admissionregistration.k8s.io/v1alpha1',
  'admissionregistration.k8s.io/v1beta1',
  'internal.apiserver.k8s.io/v1alpha1',
  'apps/v1',
  'apps/v1beta1',
  'apps/v1beta2',
  'authentication.k8s.io/v1',
  'authentication.k8s.io/v1alpha1',
  'authentication.k8s.io/v1beta1',
  'authorization.k8s.io/v1',
  'authorization.k8s.io/v1beta1',
  'autoscaling/v1',
  'autoscaling/v2',
  'batch/v1',
  'batch/v1beta1',
  'certificates.k8s.io/v1',
  'certificates.k8s.io/v1beta1',
  'certificates.k8s.io/v1alpha1',
  'coordination.k8s.io/v1alpha2',
  'coordination.k8s.io/v1beta1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'discovery.k8s.io/v1beta1',
  'events.k8s.io/v1',
  'events.k8s.io/v1beta1',
  'extensions/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1beta2',
  'flowcontrol.apiserver.k8s.io/v1beta3',
  'lifecycle.k8s.io/v1alpha1',
  'networking.k8s.io/v1',
  'networking.k8s.io/v1beta1',
  'node.k8s.io/v1',
  'node.k8s.io/v1alpha1',
  'node.k8s.io/v1beta1',
  'policy/v1',
  'policy/v1beta1',
  'rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1',
  'rbac.authorization.k8s.io/v1alpha1',
  'resource.k8s.io/v1',
  'resource.k8s.io/v1beta2',
  'resource.k8s.io/v1beta1',
  'resource.k8s.io/v1alpha3',
  'scheduling.k8s.io/v1alpha3',
  'scheduling.k8s.io/v1beta1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1beta1',
  'storage.k8s.io/v1',
  'storage.k8s.io/v1alpha1',
  'storagemigration.k8s.io/v1',
  'storagemigration.k8s.io/v1beta1',
  'apiextensions.k8s.io/v1beta1',
  'apiextensions.k8s.io/v1',
]

const withoutNetwork = { from: '\t"net/http"\n', to: '\thttp "plimsoll/engine/absent/http"\n' }

const helmEngine: Patch = {
  file: 'pkg/engine/engine.go',
  edits: [
    { from: '\t"k8s.io/client-go/rest"\n', to: '\t"plimsoll/engine/stable"\n\t"plimsoll/engine/trace"\n' },
    { from: 'func New(config *rest.Config) Engine {', through: '\n}\n', to: '' },
    { from: 'func RenderWithClient(', through: '\n}\n', to: '' },
    {
      from: '\tCustomTemplateFuncs template.FuncMap\n}',
      to: '\tCustomTemplateFuncs template.FuncMap\n\t// Trace marks the templates, to say which line wrote what.\n\tTrace *trace.Trace\n}',
    },
    { from: 'if _, err := t.New(filename).Parse(r.tpl); err != nil {', to: 'if _, err := e.Trace.Parse(t, filename, r.tpl); err != nil {' },
    {
      from: '\t\tt, err := parent.Clone()\n',
      to: '\t\tif err := stable.EnterTpl(); err != nil {\n\t\t\treturn "", err\n\t\t}\n\t\tdefer stable.LeaveTpl()\n\t\tt, err := parent.Clone()\n',
    },
    {
      from: '\t\t\t"include": includeFun(t, includedNames),\n',
      to: '\t\t\t"include": trace.Plain(includeFun(t, includedNames)),\n\t\t\t"plimsollInclude": includeFun(t, includedNames),\n',
    },
    { from: '\tt.Funcs(funcMap)\n}', to: '\tstable.Replace(funcMap)\n\te.Trace.Functions(funcMap)\n\tt.Funcs(funcMap)\n}' },
  ],
}

const lookup = `package engine

import "context"

// There is no cluster: lookup finds nothing, as with \`helm template\`.
type ClientProvider interface{}

func newLookupFunction(context.Context, ClientProvider) func(string, string, string, string) (map[string]any, error) {
	return func(string, string, string, string) (map[string]any, error) { return map[string]any{}, nil }
}
`

const helmSchema: Patch = {
  file: 'pkg/chart/common/util/jsonschema.go',
  edits: [
    ...['context', 'crypto/tls', 'net/http', 'time'].map((name) => ({ from: `\t"${name}"\n`, to: '' })),
    { from: '\t"helm.sh/helm/v4/internal/version"\n\n', to: '' },
    { from: '// HTTPURLLoader implements', through: '\treturn &httpLoader\n}\n', to: refusing() },
    { from: '"file":  jsonschema.FileLoader{},', to: '"file":  refusing{},' },
    { from: '"http":  newHTTPURLLoader(),', to: '"http":  refusing{},' },
    { from: '"https": newHTTPURLLoader(),', to: '"https": refusing{},' },
  ],
}

function refusing(): string {
  return `// refusing loads no schema from elsewhere: neither files nor the network are there.
type refusing struct{}

func (refusing) Load(url string) (any, error) {
	return nil, fmt.Errorf("the schema refers to %s, which is not loaded", url)
}
`
}

const kustomizeCharts: Patch = {
  file: 'internal/builtins/HelmChartInflationGenerator.go',
  edits: [
    { from: '\t"os"\n\t"os/exec"\n', to: '' },
    { from: '\t"slices"\n', to: '' },
    { from: '\t"sigs.k8s.io/kustomize/api/konfig"\n', to: '\t"plimsoll/engine/seam"\n\n\t"sigs.k8s.io/kustomize/api/konfig"\n' },
    { from: '\tp.tmpDir, err = os.MkdirTemp("", "kustomize-helm-")\n\treturn err', to: '\tp.tmpDir = seam.TempDir\n\treturn nil' },
    { from: '\tstdout := new(bytes.Buffer)', through: '\treturn stdout.Bytes(), err\n', to: '\treturn seam.Helm(args)\n' },
    { from: 'os.WriteFile(path, b, 0644)', to: 'seam.WriteFile(path, b)' },
    { from: '\tif p.tmpDir != "" {\n\t\tos.RemoveAll(p.tmpDir)\n\t}\n', to: '' },
    {
      from: '\ts, err := os.Stat(path)\n\tif err != nil {\n\t\treturn "", false\n\t}\n\treturn path, s.IsDir()',
      to: '\treturn path, seam.IsDir(path)',
    },
    {
      from: 'if _, err := p.runHelmCommand(p.pullCommand()); err != nil {\n',
      to: 'if _, err := p.runHelmCommand(p.pullCommand()); err == seam.ErrChartAbsent {\n\t\t\treturn resmap.New(), nil\n\t\t} else if err != nil {\n',
    },
  ],
}

const kustomizeLoader: Patch = {
  file: 'internal/loader/fileloader.go',
  edits: [
    { from: '\t"io"\n', to: '' },
    { from: '\t"net/http"\n', to: '' },
    { from: '\t"sigs.k8s.io/kustomize/api/ifc"\n', to: '\t"plimsoll/engine/seam"\n\n\t"sigs.k8s.io/kustomize/api/ifc"\n' },
    { from: '\t// Used to load from HTTP\n\thttp *http.Client\n', to: '' },
    {
      from: '\tvar hc *http.Client\n',
      through: '\treturn content, errors.Wrap(err)\n',
      to: '\treturn nil, fmt.Errorf("%w: %w", ErrHTTP, seam.Remote(path))\n',
    },
    { from: '\terr := cloner(repoSpec)\n', to: '\terr := seam.Remote(repoSpec.Raw())\n' },
  ],
}

export const patchedModules: readonly PatchedModule[] = [
  {
    path: 'helm.sh/helm/v4',
    version: 'v4.3.1',
    patches: [
      helmEngine,
      { file: 'pkg/engine/lookup_func.go', text: lookup },
      helmSchema,
      {
        file: 'pkg/chart/common/capabilities.go',
        edits: [
          { from: '\t"k8s.io/client-go/kubernetes/scheme"\n\n', to: '' },
          { from: '\tapiextensionsv1 "', through: '\tk8sversion', to: '\tk8sversion' },
          {
            from: '\t// We should register',
            through: '\treturn vs\n',
            to: `\treturn VersionSet{${apiVersions.map((one) => `"${one}"`).join(', ')}}\n`,
          },
        ],
      },
      {
        file: 'pkg/chart/loader/archive/archive.go',
        edits: [
          { from: '\t"net/http"\n', to: '' },
          {
            from: 'if contentType := http.DetectContentType(buffer); contentType != "application/x-gzip" && !isGZipApplication(buffer) {',
            to: 'if contentType := "another type"; !isGZipApplication(buffer) {',
          },
        ],
      },
      {
        file: 'internal/version/clientgo.go',
        text: 'package version\n\n// K8sIOClientGoModVersion is that of the pinned modules: client-go itself is left out.\nfunc K8sIOClientGoModVersion() (string, error) { return "v0.37.1", nil }\n',
      },
    ],
  },
  {
    path: 'sigs.k8s.io/kustomize/api',
    version: 'v0.21.2',
    patches: [
      kustomizeCharts,
      kustomizeLoader,
      {
        file: 'internal/target/kusttarget.go',
        edits: [
          {
            from: '\tif len(kt.kustomization.BuildMetadata) != 0 {',
            to: '\tif seam.Origins || len(kt.kustomization.BuildMetadata) != 0 {',
          },
          { from: '\t"sigs.k8s.io/kustomize/api/ifc"\n', to: '\t"plimsoll/engine/seam"\n\n\t"sigs.k8s.io/kustomize/api/ifc"\n' },
          // JSON is YAML too, and need not be read and written once more for it.
          { from: '\t"sigs.k8s.io/yaml"\n', to: '' },
          { from: '\t\ty, err = yaml.Marshal(c)\n', to: '\t\ty, err = json.Marshal(c)\n' },
        ],
      },
      {
        file: 'internal/target/multitransformer.go',
        edits: [
          { from: '\t"sigs.k8s.io/kustomize/api/resmap"\n', to: '\t"plimsoll/engine/seam"\n\n\t"sigs.k8s.io/kustomize/api/resmap"\n' },
          { from: '\t\tm.DropEmpties()\n', to: '\t\tm.DropEmpties()\n\t\tseam.Collect()\n' },
        ],
      },
      {
        // Which transformers touched an object is not asked for; to note it for each of them takes two thirds of a build.
        file: 'resmap/reswrangler.go',
        edits: [
          {
            from: 'AddTransformerAnnotation(origin *resource.Origin) error {\n\tfor _, res := range m.rList {\n\t\tor, err := res.GetOrigin()\n',
            to: 'AddTransformerAnnotation(origin *resource.Origin) error {\n\tfor _, res := range m.rList {\n\t\tif res.GetAnnotations(utils.OriginAnnotationKey)[utils.OriginAnnotationKey] != "" {\n\t\t\tcontinue\n\t\t}\n\t\tor, err := res.GetOrigin()\n',
          },
          {
            from: '\t"sigs.k8s.io/kustomize/api/resource"\n',
            to: '\t"sigs.k8s.io/kustomize/api/internal/utils"\n\t"sigs.k8s.io/kustomize/api/resource"\n',
          },
        ],
      },
      {
        file: 'krusty/kustomizer.go',
        edits: [
          {
            from: '\tm.RemoveBuildAnnotations()\n',
            to: '\tm.RemoveBuildAnnotations()\n\tif seam.Built != nil {\n\t\tseam.Built(m)\n\t}\n',
          },
          { from: '\t"sigs.k8s.io/kustomize/api/konfig"\n', to: '\t"plimsoll/engine/seam"\n\n\t"sigs.k8s.io/kustomize/api/konfig"\n' },
        ],
      },
    ],
  },
  {
    path: 'sigs.k8s.io/kustomize/kyaml',
    version: 'v0.21.2',
    patches: [
      {
        file: 'kio/byteio_reader.go',
        edits: [
          { from: '\t"sigs.k8s.io/kustomize/kyaml/errors"\n', to: '\t"plimsoll/engine/seam"\n\n\t"sigs.k8s.io/kustomize/kyaml/errors"\n' },
          {
            from: '\t\tnode, err := r.decode(values[i], index, decoder)\n',
            to: '\t\tseam.Collect()\n\t\tnode, err := r.decode(values[i], index, decoder)\n',
          },
        ],
      },
    ],
  },
  {
    path: 'github.com/go-openapi/swag/loading',
    version: 'v0.27.1',
    patches: ['loading.go', 'options.go'].map((file) => ({ file, edits: [withoutNetwork] })),
  },
  { path: 'github.com/google/gnostic-models', version: 'v0.7.1', patches: [{ file: 'compiler/reader.go', edits: [withoutNetwork] }] },
  { path: 'k8s.io/apimachinery', version: 'v0.37.1', patches: [{ file: 'pkg/util/runtime/runtime.go', edits: [withoutNetwork] }] },
]
