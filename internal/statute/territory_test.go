package statute

import (
	"encoding/json"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func TestCatalogueForACity(t *testing.T) {
	c := Embedded()
	if c.For("440700") != c {
		t.Error("For(440700) leaves something out")
	}
	for _, tc := range []struct {
		city          string
		tables, local bool
		provincial    bool
	}{{"440100", true, false, true}, {"329900", false, false, false}} {
		n := c.For(tc.city)
		for _, law := range n.Laws() {
			if strings.HasPrefix(law.ID, "tanjiang") || strings.HasPrefix(law.ID, "guangdong") && !tc.provincial {
				t.Errorf("For(%s) lists %s", tc.city, law.Name)
			}
		}
		if got := len(n.Discretion().Tables) > 0; got != tc.tables {
			t.Errorf("For(%s) has tables: %v, want %v", tc.city, got, tc.tables)
		}
		if got := n.Discretion().Local.Name != ""; got != tc.local {
			t.Errorf("For(%s) has a local rule: %v, want %v", tc.city, got, tc.local)
		}
		if len(n.ViolationTypes()) < 20 || len(n.Standards()) == 0 || len(n.deadlines) < 40 {
			t.Errorf("For(%s) has %d types, %d standards, %d deadlines", tc.city, len(n.ViolationTypes()), len(n.Standards()), len(n.deadlines))
		}
		for _, v := range n.ViolationTypes() {
			o, err := n.Offer(v.Code, registry.Date{}, registry.Day(2024, 10, 1), Circumstances{DistrictCode: tc.city[:4] + "21"})
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal([]any{o.Candidates, o.Notes, o.Why, v.Notes})
			if err != nil {
				t.Fatal(err)
			}
			if said := string(b); strings.Contains(said, "江门") || strings.Contains(said, "潭江") || !tc.provincial && strings.Contains(said, "广东") {
				t.Errorf("For(%s) offers for %s: %s", tc.city, v.Code, said)
			}
		}
		if _, ok := n.Law("tanjiang-regulation"); !ok {
			t.Errorf("For(%s) cannot read a citation of a law that it does not list", tc.city)
		}
	}
	for code, want := range map[string]string{"": "全国", "44": "广东省", "99": "99"} {
		if got := c.TerritoryName(code); got != want {
			t.Errorf("TerritoryName(%q) = %s, want %s", code, got, want)
		}
	}
}
