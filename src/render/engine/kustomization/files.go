// Package kustomization builds a kustomization as `kustomize build --enable-helm` does, with the files in memory.
package kustomization

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sigs.k8s.io/kustomize/kyaml/errors"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// files is a filesys.FileSystem in memory. Unlike kustomize's own it takes any name that a file may have.
type files struct {
	content map[string][]byte
	// folders lists what lies in each folder.
	folders map[string]map[string]bool
}

func newFiles() *files {
	f := &files{content: map[string][]byte{}, folders: map[string]map[string]bool{}}
	f.folders["/"] = map[string]bool{}
	return f
}

func clean(name string) string { return path.Clean("/" + name) }

func absent(operation, name string) error {
	return &fs.PathError{Op: operation, Path: name, Err: fs.ErrNotExist}
}

func (f *files) WriteFile(name string, data []byte) error {
	name = clean(name)
	if f.IsDir(name) {
		return errors.Errorf("%s is a folder", name)
	}
	f.content[name] = data
	return f.enter(name)
}

// enter makes the folders above a file or a folder.
func (f *files) enter(name string) error {
	for name != "/" {
		folder := path.Dir(name)
		if _, file := f.content[folder]; file {
			return errors.Errorf("%s is a file", folder)
		}
		if f.folders[folder] == nil {
			f.folders[folder] = map[string]bool{}
		}
		f.folders[folder][path.Base(name)] = true
		name = folder
	}
	return nil
}

func (f *files) ReadFile(name string) ([]byte, error) {
	name = clean(name)
	data, there := f.content[name]
	if there {
		return slices.Clone(data), nil
	}
	if f.IsDir(name) {
		return nil, errors.Errorf("read %s: is a directory", name)
	}
	return nil, errors.Wrap(absent("open", name))
}

func (f *files) IsDir(name string) bool { return f.folders[clean(name)] != nil }

func (f *files) Exists(name string) bool {
	_, file := f.content[clean(name)]
	return file || f.IsDir(name)
}

func (f *files) ReadDir(name string) ([]string, error) {
	entries := f.folders[clean(name)]
	if entries == nil {
		return nil, absent("open", name)
	}
	names := make([]string, 0, len(entries))
	for entry := range entries {
		names = append(names, entry)
	}
	slices.Sort(names)
	return names, nil
}

func (f *files) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	name = clean(name)
	if f.IsDir(name) {
		return filesys.ConfirmedDir(name), "", nil
	}
	if !f.Exists(name) {
		return "", "", errors.Errorf("%s does not exist", strings.TrimPrefix(name, "/"))
	}
	return filesys.ConfirmedDir(path.Dir(name)), path.Base(name), nil
}

func (f *files) Glob(pattern string) ([]string, error) {
	if !strings.HasPrefix(pattern, "/") {
		pattern = "/" + pattern
	}
	var found []string
	for name := range f.content {
		matches, err := filepath.Match(pattern, name)
		if err != nil {
			return nil, err
		}
		if matches {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	if filesys.IsHiddenFilePath(pattern) {
		return found, nil
	}
	return filesys.RemoveHiddenFiles(found), nil
}

func (f *files) Mkdir(name string) error { return f.MkdirAll(name) }

func (f *files) MkdirAll(name string) error {
	name = clean(name)
	if f.folders[name] == nil {
		f.folders[name] = map[string]bool{}
	}
	return f.enter(name)
}

func (f *files) RemoveAll(name string) error {
	name = clean(name)
	for file := range f.content {
		if file == name || strings.HasPrefix(file, name+"/") {
			delete(f.content, file)
		}
	}
	for folder := range f.folders {
		if folder == name || strings.HasPrefix(folder, name+"/") {
			delete(f.folders, folder)
		}
	}
	delete(f.folders[path.Dir(name)], path.Base(name))
	return nil
}

func (f *files) Create(string) (filesys.File, error) {
	return nil, errors.Errorf("the files are read only")
}

func (f *files) Open(name string) (filesys.File, error) {
	data, err := f.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &file{Reader: bytes.NewReader(data), name: clean(name), size: int64(len(data))}, nil
}

func (f *files) Walk(name string, visit filepath.WalkFunc) error {
	name = clean(name)
	stat := info{name: name, folder: f.IsDir(name), size: int64(len(f.content[name]))}
	if err := visit(name, stat, nil); err != nil {
		if err == filepath.SkipDir && stat.folder {
			return nil
		}
		return err
	}
	entries, _ := f.ReadDir(name)
	for _, entry := range entries {
		if err := f.Walk(path.Join(name, entry), visit); err != nil {
			return err
		}
	}
	return nil
}

// file is one that was opened.
type file struct {
	*bytes.Reader
	name string
	size int64
}

func (f *file) Write([]byte) (int, error) { return 0, errors.Errorf("the files are read only") }
func (f *file) Close() error              { return nil }
func (f *file) Stat() (os.FileInfo, error) {
	return info{name: f.name, size: f.size}, nil
}

type info struct {
	name   string
	folder bool
	size   int64
}

func (i info) Name() string { return path.Base(i.name) }
func (i info) Size() int64  { return i.size }
func (i info) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.folder }
func (i info) Sys() any           { return nil }
