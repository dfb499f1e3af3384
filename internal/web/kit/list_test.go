package kit

import (
	"net/url"
	"testing"
)

// The pager goes forward and back through keyset pages, and every condition stays in the address.
func TestListAddresses(t *testing.T) {
	at := func(query string) List {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		return List{Path: "/cases", Query: q}
	}
	l := at("stage=已立案&q=&sort=-found_on")
	l.Paged(50, "B", 120, false)
	if l.Pager.Prev != "" || l.Pager.Count != "共 120 条" {
		t.Errorf("first page: %+v", l.Pager)
	}
	query := func(address string) string { return address[len("/cases?"):] }
	second := at(query(l.Pager.Next))
	second.Paged(50, "C", 1000, true)
	third := at(query(second.Pager.Next))
	third.Paged(20, "", 1000, true)
	if third.Cursor() != "C" || third.Get("stage") != "已立案" || third.Sort() != "-found_on" || third.Pager.Next != "" || third.Pager.Count != "共 1,000 条以上" {
		t.Errorf("third page: cursor %q, pager %+v", third.Cursor(), third.Pager)
	}
	back := at(query(third.Pager.Prev))
	back.Paged(50, "C", 1000, true)
	if back.Cursor() != "B" {
		t.Errorf("back from the third page: cursor %q, want B", back.Cursor())
	}
	if got := at(query(back.Pager.Prev)); got.Cursor() != "" || got.Get("stage") != "已立案" {
		t.Errorf("back from the second page: %s", back.Pager.Prev)
	}
	for from, want := range map[string]string{"": "?sort=-found_on", "sort=found_on": "?sort=-found_on", "sort=-found_on": "?sort=found_on", "sort=title&cursor=x": "?sort=-found_on"} {
		if got := at(from).SortURL("found_on"); got != "/cases"+want {
			t.Errorf("sorting at %q leads to %q, want %q", from, got, "/cases"+want)
		}
	}
	own := func(raw string) List { l := at(raw); l.Own = "-found_on"; return l }
	for from, want := range map[string]string{"": "?sort=found_on", "sort=found_on": "", "sort=-id": ""} { // its own order has no name
		if got := own(from).SortURL("found_on"); got != "/cases"+want {
			t.Errorf("sorting a list in its own order at %q leads to %q, want %q", from, got, "/cases"+want)
		}
	}
	if own("").Sorted("found_on") != "descending" || own("sort=found_on").Sorted("found_on") != "ascending" || own("sort=id").Sorted("found_on") != "" {
		t.Error("the header does not tell the order")
	}
	if got := at("stage=a&cursor=x&trail=y&empty=").With("stage", ""); got != "/cases" {
		t.Errorf("without its only condition the list is at %q", got)
	}
}
