// Package seam holds what patched kustomize asks of this module: the in-process Helm, the files, the origins.
package seam

import (
	"errors"
	"fmt"
	"runtime"
)

// ErrChartAbsent says that a chart of `helmCharts` would have to be fetched: it is left out and named.
var ErrChartAbsent = errors.New("the chart is not there")

// Set before each build; nothing runs beside it.
var (
	// Helm serves the command lines that kustomize would start helm with.
	Helm func(args []string) ([]byte, error)
	// WriteFile and IsDir reach the files in memory.
	WriteFile func(path string, data []byte) error
	IsDir     func(path string) bool
	// Origins makes kustomize keep track of where each object comes from.
	Origins bool
	// Built sees the finished resmap.ResMap before its origins are removed.
	Built func(result any)
)

// TempDir is where kustomize leaves the values that it merges for a chart.
const TempDir = "/.plimsoll-values"

// Remote refuses a base in another repository.
func Remote(url string) error {
	return fmt.Errorf("remote base %q is not in the files that were given", url)
}

// What may be allocated beyond one and a half times what the last collection left.
const slack = 24 << 20

var left uint64

// Collect frees memory between two steps. WebAssembly has one thread and Go no way to interrupt what runs there, so its
// collector falls behind: of a kustomization that needs 100 MiB it would let 700 MiB grow.
func Collect() {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	if stats.HeapAlloc < left+left/2+slack {
		return
	}
	runtime.GC()
	runtime.ReadMemStats(&stats)
	left = stats.HeapAlloc
}
