package casefile_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// grow puts n of each child on a case that has an inspection, a party and a decision.
func (f *caseFixture) grow(t *testing.T, n int) {
	t.Helper()
	kinds := []registry.DocKind{registry.DocOrder, registry.DocRecheck, registry.DocOther, registry.DocMonitoring}
	err := f.Service.Bulk(context.Background(), f.Actor(registry.RoleOfficer), func(b *casework.Bulk) error {
		for i := range n {
			day := registry.Day(2024, 1+i%12, 1+i%28)
			fine, paid := registry.Yuan(int64(1000+i)), registry.Yuan(int64(1+i))
			p := registry.Penalty{CaseID: 1, Kind: "罚款", Amount: &fine, PartyID: f.Party.ID}
			if err := b.Penalty(&p); err != nil {
				return err
			}
			for _, err := range []error{
				b.Document(&registry.Document{CaseID: 1, Seq: int64(i + 2), Kind: kinds[i%len(kinds)], MadeOn: day, Content: fmt.Sprintf("文书内容%d号", i), DueOn: day}),
				b.Sample(&registry.Sample{InspectionID: 1, Point: fmt.Sprintf("点位%d号", i), SampledOn: day, Results: []registry.SampleResult{
					{Pollutant: "氨氮", Kind: registry.ResultValue, Value: "282", Limit: "80", LimitFrom: "报告所印", Verdict: "超标"}}}),
				b.Evidence(&registry.Evidence{CaseID: 1, Kind: "书证", Title: fmt.Sprintf("证据%d号", i)}),
				b.Payment(&registry.Payment{CaseID: 1, PenaltyID: p.ID, Kind: registry.PaidFine, Amount: paid, PaidOn: day, Receipt: fmt.Sprintf("票据%d号", i)}),
				b.ReviewNote(&registry.ReviewNote{CaseID: 1, About: fmt.Sprintf("意见%d号", i), Note: "说明"}),
			} {
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var nextPage = regexp.MustCompile(`href="([^"]+)" rel="next"`)

// A case of hundreds of children stays a page of bounded size; every child is reached by following its links.
func TestLongCaseIsPaged(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	const many = 130 // more than two pages of every list
	f.grow(t, many)
	f.Officer.GetCase("/cases/1").Want(http.StatusOK, "余下", "/cases/1/parts/documents").Check()
	for part, mark := range map[string]string{"documents": "文书内容%d号", "samples": "点位%d号", "evidence": "证据%d号", "payments": "票据%d号", "reviews": "意见%d号"} {
		f.follow(t, "/cases/1/parts/"+part, mark, many)
	}
	for _, x := range caseParts {
		f.Officer.Get("/cases/1/parts/" + x).Want(http.StatusOK).Check()
		f.Officer.Get("/cases/1/parts/"+x+"?cursor=nothing").Want(http.StatusUnprocessableEntity, "翻页位置无效")
	}
	f.Officer.Get("/cases/1/parts/nothing").Want(http.StatusNotFound)
	f.Officer.Get("/cases/1/sheet").Want(http.StatusOK, "文书内容0号", fmt.Sprintf("文书内容%d号", many-1), fmt.Sprintf("证据%d号", many-1))
}

// follow reads a list page by page, by the links of its pages, and misses none of its rows.
func (f *caseFixture) follow(t *testing.T, at, mark string, many int) {
	t.Helper()
	first, seen, pages := at, map[string]bool{}, 0
	for at != "" {
		p := f.Officer.Get(at).Want(http.StatusOK)
		if size := len(p.Body); size > 300<<10 {
			t.Errorf("%s has %d kB", at, size>>10)
		}
		for i := range many {
			if m := fmt.Sprintf(mark, i); strings.Contains(p.Body, m) {
				seen[m] = true
			}
		}
		at = ""
		if m := nextPage.FindStringSubmatch(p.Body); m != nil {
			at = strings.ReplaceAll(m[1], "&amp;", "&")
		}
		pages++
	}
	if len(seen) != many || pages < 3 {
		t.Errorf("%s: %d of %d found on %d pages", first, len(seen), many, pages)
	}
}

// The page of a case of 700 of each child is hardly larger than that of a case of 130.
func TestLongCaseIsBounded(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	f.grow(t, 130)
	short := len(f.Officer.GetCase("/cases/1").Want(http.StatusOK).Body)
	f.grow(t, 570)
	page := f.Officer.GetCase("/cases/1").Want(http.StatusOK, "余下 650 条").Check()
	if size := len(page.Body); size > 400<<10 || size > short+short/4 {
		t.Errorf("the page of a case of 700 documents has %d kB, that of one of 130 has %d kB", size>>10, short>>10)
	}
}

// caseParts are the lists that have pages of their own.
var caseParts = []string{"clocks", "clocks-unclear", "clocks-done", "findings", "violations", "discretion", "samples", "evidence", "documents", "branches",
	"penalties", "payments", "timeline", "reviews", "attachments", "history"}

// A short case shows all it has, and links nowhere else.
func TestShortCaseIsWhole(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	f.grow(t, 3)
	f.Officer.GetCase("/cases/1").Want(http.StatusOK, "文书内容2号").WantNot("/parts/").Check()
}
