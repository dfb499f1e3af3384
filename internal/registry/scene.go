package registry

import (
	_ "embed"
	"encoding/json"
	"strings"

	"casebook/internal/lazyregexp"
)

//go:embed scenes.json
var sceneFile []byte

// Scene is a kind of finding that officers meet again and again: the sentences of its record with gaps, the path of the waste water, and what
// is photographed. It says what is seen, never which law it breaks.
type Scene struct {
	Code   string     `json:"code"`
	Name   string     `json:"name"`
	Result string     `json:"result"`
	Gaps   []SceneGap `json:"gaps"`
	Text   string     `json:"text"` // {pond} is a gap; [ … ] goes where a gap in it is empty
	Path   []PathNode `json:"path,omitempty"`
	Shots  []string   `json:"shots"` // what to photograph
}

// SceneGap is one thing that a scene asks.
type SceneGap struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Value   string   `json:"value,omitempty"` // what it usually is
	Choices []string `json:"choices,omitempty"`
	Number  bool     `json:"number,omitempty"` // typed on the keys of figures
}

// Scenes are the scenes in the order they are offered.
var Scenes = func() (list []Scene) {
	if err := json.Unmarshal(sceneFile, &list); err != nil {
		panic(err) // of a file compiled in
	}
	return list
}()

// SceneOf finds a scene.
func SceneOf(code string) (Scene, bool) {
	for _, s := range Scenes {
		if s.Code == code {
			return s, true
		}
	}
	return Scene{}, false
}

var (
	sceneGap  = lazyregexp.New(`\{[a-z]+\}`)
	scenePart = lazyregexp.New(`\[[^\]]*\]`)
)

// Say writes the scene's sentences with its gaps filled in. A gap that must be there and is empty stays as ＿＿, for the person to see.
func (s Scene) Say(typed map[string]string) string {
	fill := func(text string) (out string, whole bool) {
		whole = true
		out = sceneGap.ReplaceAllStringFunc(text, func(g string) string {
			if v := CleanText(typed[strings.Trim(g, "{}")]); v != "" {
				return v
			}
			whole = false
			return "＿＿"
		})
		return out, whole
	}
	text := scenePart.ReplaceAllStringFunc(s.Text, func(part string) string {
		if out, whole := fill(strings.Trim(part, "[]")); whole {
			return out
		}
		return ""
	})
	text, _ = fill(text)
	return text
}

// Places is the scene's path with the names that its gaps give.
func (s Scene) Places(typed map[string]string) []PathNode {
	list := make([]PathNode, len(s.Path))
	for i, n := range s.Path {
		list[i] = n
		list[i].Name = sceneGap.ReplaceAllStringFunc(n.Name, func(g string) string { return CleanText(typed[strings.Trim(g, "{}")]) })
		if list[i].Name == "" {
			list[i].Name = n.Kind
		}
	}
	return list
}
