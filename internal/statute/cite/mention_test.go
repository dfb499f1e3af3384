package cite

import (
	"encoding/json"
	"testing"

	"casebook/internal/registry"
)

// FuzzAppendJSON compares the record written by hand with what encoding/json makes of the same fields.
func FuzzAppendJSON(f *testing.F) {
	f.Add("中华人民共和国水污染防治法", "《水污染防治法》\n第三十九条", "2017年修正", "本库没有《水法》；是否为《水污染防治法》？", 39, 0, 2, 3)
	f.Add("", "<第三十九条> & “甲”\u2028\u2029\\", "", "", 1, 1, 0, 0)
	f.Add("a\xffb", "\x00\x7f\u00e2\u20ac", "\t\r", "\"", -1, 1, 1, 1)
	f.Fuzz(func(t *testing.T, law, surface, version, problem string, article, sub, paragraph, item int) {
		m := Mention{
			Law: law, Provision: registry.Provision{Article: article, Sub: sub, Paragraph: paragraph, Item: item}, Surface: surface, Start: article, End: item,
			Role: registry.RoleBasis, Version: version, Holding: registry.Held, Repealed: sub > 0,
		}
		if problem != "" {
			m.Problems = []string{problem, "再看一看"}
		}
		type record struct {
			Law       *string               `json:"law"`
			Article   int                   `json:"article"`
			Sub       *int                  `json:"sub"`
			Paragraph *int                  `json:"paragraph"`
			Item      *int                  `json:"item"`
			Subitem   *int                  `json:"subitem"`
			Surface   string                `json:"surface"`
			Start     int                   `json:"start"`
			End       int                   `json:"end"`
			Role      registry.CitationRole `json:"role"`
			Version   *string               `json:"version"`
			Held      registry.Holding      `json:"held"`
			Repealed  bool                  `json:"repealed"`
			Problems  []string              `json:"problems,omitempty"`
		}
		name := func(s string) *string {
			if s == "" {
				return nil
			}
			return &s
		}
		number := func(n int) *int {
			if n == 0 {
				return nil
			}
			return &n
		}
		want, err := json.Marshal(record{
			name(law), article, number(sub), number(paragraph), number(item), nil, surface, m.Start, m.End, m.Role, name(version), m.Holding, m.Repealed, m.Problems,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := m.AppendJSON(nil); string(got) != string(want) {
			t.Errorf("AppendJSON\n got  %s\n want %s", got, want)
		}
		if got, err := json.Marshal(m); err != nil || string(got) != string(want) {
			t.Errorf("json.Marshal = %s, %v; want %s", got, err, want)
		}
	})
}
