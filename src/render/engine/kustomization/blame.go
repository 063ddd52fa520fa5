package kustomization

import (
	"errors"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"

	"plimsoll/engine/wire"
)

var (
	// Kustomize names each kustomization on its way down to the one that fails; what is merged is not it.
	way    = regexp.MustCompile(`(?:recursed accumulation of path|couldn't make target for path) '([^']*)': `)
	merged = regexp.MustCompile(`recursed merging from path '([^']*)': `)
	// A message about a file outside the folder is followed by one about the folder that it is no folder.
	outside = regexp.MustCompile(`security; (file '[^']*' is not in or below '[^']*')`)
	// It tries each entry as a file and then as a folder, and reports both.
	tried    = regexp.MustCompile(`accumulation err='accumulating resources from '[^']*': (?:security; )?[^']*(?:'[^']*'[^']*)*?': `)
	chatter  = regexp.MustCompile(`accumulating (?:resources|components|resources from '[^']*'): |must build at directory: |not a valid directory: |loader\.New |MalformedYAMLError: |HTTP Error: `)
	rooted   = regexp.MustCompile(`(^|['" (:=\[])/([^\s'":)]+)`)
	badYAML  = regexp.MustCompile(`line (\d+): .* in File: (.+)`)
	lineOf   = regexp.MustCompile(`\bline (\d+)`)
	entries  = regexp.MustCompile(`accumulating resources from '([^']+)'|path\(([^)]+)\)|path: "?([^\s"\]]+)|file sources: \[([^\]]+)\]|([^\s'":]+) does not exist|unknown field "([^"]+)"|remote base "([^"]+)"|file '/([^']+)' is not in|merging from path '/([^']+)'`)
	embedded = regexp.MustCompile("(?s) with config: `.*?`")
)

// blame makes a failure of an error of kustomize: what went wrong without the way there, the kustomization that says so
// and the line of its entry; or the file and the line that are no YAML.
func (f *files) blame(err error, folder string, gaps []wire.Gap) error {
	if inside := (&wire.Failure{}); errors.As(err, &inside) {
		return inside // A chart that says where by itself.
	}
	message := err.Error()
	if found := way.FindAllStringSubmatchIndex(message, -1); found != nil {
		last := found[len(found)-1]
		folder, message = strings.TrimPrefix(message[last[2]:last[3]], "/"), message[last[1]:]
	}
	if found := outside.FindStringSubmatch(message); found != nil {
		message = found[1]
	}
	failure := &wire.Failure{Message: f.readable(message), Gaps: gaps, File: f.kustomizationIn(folder)}
	if failure.File == "" {
		failure.File = folder
		return failure
	}
	if found := badYAML.FindStringSubmatch(message); found != nil && f.Exists(path.Join(folder, found[2])) {
		failure.File = path.Join(folder, found[2])
		failure.Line, _ = strconv.Atoi(found[1])
		return failure
	}
	if strings.HasPrefix(message, "invalid Kustomization: yaml") {
		failure.Line = number(lineOf.FindStringSubmatch(message))
		return failure
	}
	failure.Line = f.lineWith(failure.File, candidates(message, folder))
	return failure
}

func (f *files) kustomizationIn(folder string) string {
	names := konfig.RecognizedKustomizationFileNames()
	at := slices.IndexFunc(names, func(name string) bool {
		_, file := f.content[clean(path.Join(folder, name))]
		return file
	})
	if at < 0 {
		return ""
	}
	return path.Join(folder, names[at])
}

// candidates are the entries that a message may speak of, as the kustomization in the folder would write them.
func candidates(message, folder string) []string {
	var list []string
	for _, found := range entries.FindAllStringSubmatch(message, -1) {
		for i, entry := range found[1:] {
			if entry == "" {
				continue
			}
			if absolute := i == 4 || i >= 7; absolute {
				list = append(list, path.Base(entry))
				entry = relative(folder, entry)
			}
			list = append(list, entry)
		}
	}
	return list
}

func relative(folder, entry string) string {
	found, err := filepath.Rel(clean(folder), clean(entry))
	if err != nil {
		return entry
	}
	return found
}

// lineWith is the first line of a file with the last of these texts that stands in it by itself, or zero.
func (f *files) lineWith(name string, texts []string) int {
	lines := strings.Split(string(f.content[clean(name)]), "\n")
	for _, text := range slices.Backward(texts) {
		word := regexp.MustCompile(`(^|[\s"'\[:=/])` + regexp.QuoteMeta(text) + `/?($|[\s"'\],:?])`)
		if at := slices.IndexFunc(lines, word.MatchString); at >= 0 {
			return at + 1
		}
	}
	return 0
}

func number(found []string) int {
	if found == nil {
		return 0
	}
	line, _ := strconv.Atoi(found[1])
	return line
}

// readable leaves the way to the cause out, and the slash before what lies among the files.
func (f *files) readable(message string) string {
	for _, noise := range []*regexp.Regexp{tried, merged, chatter, embedded} {
		message = noise.ReplaceAllString(message, "")
	}
	message = strings.TrimSpace(rooted.ReplaceAllStringFunc(message, func(found string) string {
		parts := rooted.FindStringSubmatch(found)
		first, _, _ := strings.Cut(parts[2], "/")
		if !f.folders["/"][first] {
			return found
		}
		return parts[1] + parts[2]
	}))
	if strings.Count(message, `"`) == 2 {
		return strings.TrimSuffix(strings.TrimPrefix(message, `"`), `"`)
	}
	return message
}
