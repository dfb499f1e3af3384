package procedure

import (
	"slices"
	"testing"

	"casebook/internal/registry"
)

// The excerpt is a sheet that can be saved as it is, and each item stands once.
func TestReviewExcerpt(t *testing.T) {
	x := ReviewExcerpt()
	x.Clean()
	if err := x.Validate(); err != nil {
		t.Fatal(err)
	}
	if registry.ItemsText(x.Items) != reviewItems {
		t.Error("the items are not as the form shows them")
	}
	vetoes := 0
	for i, item := range x.Items {
		if slices.Contains(x.Items[:i], item) {
			t.Errorf("%s stands twice", item.Text)
		}
		if item.Veto {
			vetoes++
		}
	}
	if vetoes == 0 || vetoes > 25 { // the rules have 25
		t.Errorf("%d vetoes", vetoes)
	}
}
