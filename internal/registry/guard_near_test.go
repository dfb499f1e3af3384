package registry

import "testing"

// A masked surname before an ordinary word is no name, though somebody is called so.
func TestGuardOrdinaryGivenNames(t *testing.T) {
	b := DefaultBureau()
	g := b.Guard(b.SecretsOf(&CaseFile{Parties: []Party{{Kind: "自然人", Name: "李建设"}}}), nil)
	for text, want := range map[string]bool{"某建设单位未批先建。": false, "生产建设过程": false, "李某设签字": true, "建设李": true, "李总到场": true, "李老板建设": true} {
		if got := len(g.Find(text)) > 0; got != want {
			t.Errorf("%q is found: %t, want %t", text, got, want)
		}
	}
}

// An amount is no day of a case, whatever its figures.
func TestGuardAmountsThatLookLikeDays(t *testing.T) {
	b := DefaultBureau()
	g := b.Guard(b.SecretsOf(&CaseFile{Case: Case{FoundOn: Day(2026, 4, 1)}}), nil)
	for text, want := range map[string]bool{"化学需氧量超标4.01倍": false, "总磷为4.01mg/L": false, "占地4.01公顷": false, "（4.01）现场": true, "4.01检查": true} {
		if got := len(g.Find(text)) > 0; got != want {
			t.Errorf("%q is found: %t, want %t", text, got, want)
		}
	}
}
