// Package chart renders a chart as `helm template` does, with the files in memory.
package chart

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/ignore"

	"plimsoll/engine/wire"
)

// place is where a file lies: inside the chart, and for what comes out of an archive inside that.
type place struct{ file, packed string }

// source is what a chart is loaded from.
type source struct {
	files []*archive.BufferedFile
	// places finds the place of a file by where its content begins, which the loader passes on untouched.
	places map[*byte]place
}

var bom = []byte{0xEF, 0xBB, 0xBF}

// Archives within archives: more are a bomb. Helm bounds the size of each one.
const (
	maxNesting  = 6
	maxUnpacked = 200 << 20
)

// collect does what Helm's loader of folders does, and unpacks the archives below charts/.
func collect(files []wire.File) (*source, error) {
	rules, err := ignoreRules(files)
	if err != nil {
		return nil, err
	}
	if len(files) == 1 && isArchive(files[0].Path) && !strings.Contains(files[0].Path, "/") {
		unpacked, err := archive.LoadArchiveFiles(bytes.NewReader(files[0].Data))
		if err != nil {
			return nil, fmt.Errorf("error unpacking %s: %w", files[0].Path, err)
		}
		s := &source{places: map[*byte]place{}}
		return s, s.add(unpacked, "", place{file: files[0].Path}, 0)
	}
	kept := []*archive.BufferedFile{}
	for _, file := range files {
		if !rules.ignores(file.Path) {
			kept = append(kept, &archive.BufferedFile{Name: file.Path, Data: bytes.TrimPrefix(file.Data, bom)})
		}
	}
	s := &source{places: map[*byte]place{}}
	return s, s.add(kept, "", place{}, 0)
}

// add takes files in below a folder; of an archive, `within` is its place.
func (s *source) add(files []*archive.BufferedFile, below string, within place, nesting int) error {
	for _, file := range files {
		where := within
		if within.file == "" {
			where.file = file.Name
		} else {
			where.packed = path.Join(within.packed, file.Name)
		}
		name := path.Join(below, file.Name)
		if isArchive(file.Name) && isSubchart(file.Name) {
			if err := s.unpack(file, name, where, nesting); err != nil {
				return err
			}
			continue
		}
		if len(file.Data) > 0 {
			s.places[&file.Data[0]] = where
		}
		s.files = append(s.files, &archive.BufferedFile{Name: name, Data: file.Data})
	}
	return nil
}

// unpack takes in an archive as a folder of the same name, with a sign that keeps the loader from unpacking it again.
func (s *source) unpack(file *archive.BufferedFile, name string, where place, nesting int) error {
	base := path.Base(name)
	if strings.IndexAny(base, "_.") == 0 {
		return nil
	}
	files, err := archive.LoadArchiveFiles(bytes.NewReader(file.Data))
	if err == nil && (nesting >= maxNesting || s.size()+size(files) > maxUnpacked) {
		err = fmt.Errorf("archives within archives are more than %d deep or %d MiB", maxNesting, maxUnpacked>>20)
	}
	if err != nil {
		return &wire.Failure{Message: fmt.Sprintf("error unpacking subchart %s: %v", base, err), File: where.file}
	}
	return s.add(files, name+unpackedSign, where, nesting+1)
}

const unpackedSign = "!"

func (s *source) size() int { return size(s.files) }

func size(files []*archive.BufferedFile) (sum int) {
	for _, file := range files {
		sum += len(file.Data)
	}
	return sum
}

// copies are what the loader may change.
func (s *source) copies() []*archive.BufferedFile {
	files := make([]*archive.BufferedFile, len(s.files))
	for i, file := range s.files {
		one := *file
		files[i] = &one
	}
	return files
}

func isArchive(name string) bool { return path.Ext(name) == ".tgz" }

// isSubchart says whether a file lies directly in the folder of sub-charts of a chart at any depth.
func isSubchart(name string) bool { return path.Base(path.Dir(name)) == "charts" }

// rules are those of .helmignore.
type rules struct {
	*ignore.Rules
	folders map[string]bool
}

func ignoreRules(files []wire.File) (rules, error) {
	found := ignore.Empty()
	at := slices.IndexFunc(files, func(file wire.File) bool { return file.Path == ignore.HelmIgnore })
	if at >= 0 {
		parsed, err := ignore.Parse(bytes.NewReader(files[at].Data))
		if err != nil {
			return rules{}, &wire.Failure{Message: err.Error(), File: ignore.HelmIgnore}
		}
		found = parsed
	}
	found.AddDefaults()
	return rules{found, map[string]bool{}}, nil
}

func (r rules) ignores(name string) bool {
	for at, letter := range name {
		if letter == '/' && r.ignoresFolder(name[:at]) {
			return true
		}
	}
	return r.Ignore(name, info{name, 0o644})
}

func (r rules) ignoresFolder(name string) bool {
	ignored, known := r.folders[name]
	if !known {
		ignored = r.Ignore(name, info{name, fs.ModeDir | 0o755})
		r.folders[name] = ignored
	}
	return ignored
}

// info is what the rules ask of a file.
type info struct {
	name string
	mode fs.FileMode
}

func (i info) Name() string       { return path.Base(i.name) }
func (i info) Size() int64        { return 0 }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }
