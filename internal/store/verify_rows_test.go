package store

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every Table of the package is among the nouns that verify compares with their histories.
func TestKeptNounsAreAll(t *testing.T) {
	var have []string
	for _, k := range keptNouns {
		entity, words := k.noun()
		if entity == "" || words == "" {
			t.Errorf("%T has no name", k)
		}
		have = append(have, entity)
	}
	table := regexp.MustCompile(`&Table\[[^\]]+\]\{Entity: "(\w+)"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		for _, m := range table.FindAllStringSubmatch(string(source), -1) {
			n++
			if !slices.Contains(have, m[1]) {
				t.Errorf("%s of %s is not among keptNouns", m[1], f)
			}
		}
	}
	if n != len(keptNouns)-3 { // and the attachments, the records of exports, the signed heads
		t.Errorf("%d tables in the source, %d nouns", n, len(keptNouns))
	}
}

func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		was, is string
		want    []string
	}{
		{`{"a":1,"b":null,"list":[]}`, `{"a":1}`, nil},
		{`{"a":1}`, `{"a":2,"new":""}`, []string{"a"}},
		{`{"a":{"b":"x"},"list":[{"n":1},{"n":2}]}`, `{"a":{"b":"y"},"list":[{"n":1},{"n":3}]}`, []string{"a.b", "list.2.n"}},
		{`{"list":[1]}`, `{"list":[1,2]}`, []string{"list"}},
		{`{"a":"x"}`, `{}`, []string{"a"}},
		{`{"a":{"b":0,"c":[""]}}`, `{}`, []string{"a.c"}},
		{`{"a":"1"}`, `{"a":1}`, []string{"a"}},
		{`{"a":{}}`, `{"a":"x"}`, []string{"a"}},
		{`{"at":"2026-05-06T01:02:03.123456789Z"}`, `{"at":"2026-05-06T01:02:03.123Z"}`, nil},
		{`{"at":"2026-05-06T01:02:03Z"}`, `{"at":"2026-05-06T01:02:04Z"}`, []string{"at"}},
		{`{`, `{}`, []string{"整条记录"}},
		{`{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}`, `{}`, []string{"a", "b", "c", "d", "e", "等 6 处"}},
	} {
		if got := differences([]byte(c.was), []byte(c.is)); !slices.Equal(got, c.want) {
			t.Errorf("differences(%s, %s) = %q, want %q", c.was, c.is, got, c.want)
		}
	}
}

// placeIn tells what placeOf tells of the decoded body.
func TestPlaceIn(t *testing.T) {
	for _, body := range []string{
		`{}`, ``, `null`, `[{"case_id":3}]`, `{"id":1,"case_id":3}`, `{"case_id":3,"inspection_id":4}`, `{"inspection_id":4,"note":"甲"}`, `{"case_id":0}`, `{"case_id":null}`, `{"case_id":-3}`,
		`{"case_id":"3"}`, `{"case_id":3.5}`, `{"case_id":12345678901234567890}`, `{"case_id":123456789012345678}`, `{"cases":[{"case_id":3}],"note":""}`, `{"x":{"case_id":3},"case_id":4}`,
		`{"note":"\"case_id\":3","inspection_id":4}`, `{"note":"甲\\","case_id":3}`, `{"note":"甲\\\"","case_id":3,"list":["case_id",{"inspection_id":5}]}`, `{"note":"{[","case_id":3}`,
		`{"note":"\\\\","x":["]","}"],"inspection_id":7}`, `{"entity":"case","entity_id":3}`, `{"entity":"inspection","entity_id":3,"case_id":5}`, `{"case_id":3`,
	} {
		for _, entity := range []string{"case", "inspection", "document", "attachment", "export"} {
			if got, want := placeIn(entity, 9, []byte(body)), placeOf(entity, 9, nil, []byte(body)); got != want && json.Valid([]byte(body)) {
				t.Errorf("placeIn(%s, %s) = %v, want %v", entity, body, got, want)
			}
		}
	}
}
