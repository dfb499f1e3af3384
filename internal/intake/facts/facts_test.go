package facts

import (
	"encoding/json"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	b, err := os.ReadFile("/tmp/page.json")
	if err != nil {
		t.Skip()
	}
	var d struct {
		Cases []struct{ Narrative, Handling, Party string }
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	for _, c := range d.Cases {
		f := Read(Case{Narrative: c.Narrative, Handling: c.Handling, Party: c.Party})
		f.Farm.ID = 0
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", " ")
		for _, x := range f.Told {
			t.Log(x)
		}
		t.Log(f.Farm.Facilities)
		for _, n := range f.Path.Nodes {
			t.Logf("  %+v", n)
		}
		for _, n := range f.Samples {
			t.Logf("  %+v %s %v", n.Point, n.StandardCited, n.Results)
		}
		t.Logf("%+v", f.Evidence)
		t.Log(f.Damage, f.Ongoing, f.Idle, f.Still, f.Farm.Zone, f.Farm.EIA, f.Farm.EIACarried, f.Farm.AreaM2)
	}
}
