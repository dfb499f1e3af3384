package casework_test

import (
	"strings"
	"testing"

	"casebook/internal/registry"
)

// One number is refused a second time in any spelling, with the case that has it and how it is written there; what was typed is kept.
func TestOneNumberInTwoSpellings(t *testing.T) {
	s := service(t)
	first := registry.Document{CaseID: aCase(t, s, registry.OriginField).ID, Kind: registry.DocDecision, NumberTyped: "江恩环罚〔2026〕7号"}
	if _, err := s.AddDocument(ctx, officer, &first); err != nil {
		t.Fatal(err)
	}
	other := aCase(t, s, registry.OriginField)
	for number, same := range map[string]bool{
		"江恩环罚〔2026〕07号": true, "江恩环罚〔2026〕第7号": true, "江恩环罚〔2026〕7": true, "江恩环罚〔2026〕7号。": true, "江恩环罚〔2026年〕7号": true, "江恩环罚〖2026〗7号": true,
		"江恩环罚［２０２６］７号": true, "江恩环罚〔二〇二六〕7号": true, "江恩环罚 〔2026〕 0007 号": true,
		"江恩环罚〔2026〕70号": false, "江恩环罚字〔2026〕7号": false, "江恩环罚〔2025〕7号": false, "江恩环罚〔2026〕7-1号": false, "江鹤环罚〔2026〕7号": false,
	} {
		x := registry.Document{CaseID: other.ID, Kind: registry.DocDecision, NumberTyped: number}
		_, err := s.AddDocument(ctx, officer, &x)
		if !same {
			if err != nil || x.NumberTyped != number {
				t.Errorf("%s: %v, kept as %s", number, err, x.NumberTyped)
			}
			continue
		}
		if registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "已被案件“绿源牧业案”的行政处罚决定使用；同一文号只能登记一次（那里写作 江恩环罚〔2026〕7号）") {
			t.Errorf("%s: %v, want a conflict that names the case", number, err)
		}
		if found, err := s.DocumentNumbered(ctx, officer, number); err != nil || found == nil || found.Document.ID != first.ID {
			t.Errorf("DocumentNumbered(%s) = %+v, %v", number, found, err)
		}
	}
	first.Content = "罚款二万元"
	if err := s.ChangeDocument(ctx, officer, &first); err != nil {
		t.Errorf("another change of the document with the number: %v", err)
	}
}
