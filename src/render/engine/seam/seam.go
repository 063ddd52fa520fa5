// Package seam holds what patched kustomize asks of this module: the in-process Helm, the files, the origins.
package seam

import (
	"errors"
	"fmt"
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
