package imports_test

import (
	"net/http"
	"net/url"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/flatfile"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/webtest"
)

// TestOwnExportsComeBack: an export of the register, in every form of workbook and text, read again has every case of it, adds none, and contradicts none. Forms and sheets that tell
// of no case by name or number, and those that leave names out, bring no row either.
func TestOwnExportsComeBack(t *testing.T) {
	a := webtest.Demo(t)
	auditor := a.As(registry.RoleAuditor)
	cases, err := a.Service.Cases(t.Context(), a.Actor(registry.RoleOfficer), casework.CaseFilter{}, casework.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	full, ok := report.ProfileByName("内部台账")
	if !ok {
		t.Fatal("the internal ledger is no form")
	}
	for _, format := range []string{"xlsx", "csv"} {
		sheets := []string{""}
		if format == "csv" {
			sheets = flatfile.Sheets(&full, &report.LedgerOptions{})
		}
		for _, sheet := range sheets {
			t.Run(format+sheet, func(t *testing.T) {
				file := auditor.Get("/exports/file?narratives=1&format=" + format + "&sheet=" + url.QueryEscape(sheet)).Want(http.StatusOK)
				p, err := a.Service.PlanLedger(t.Context(), a.Actor(registry.RoleOfficer), casework.LedgerAsked{Filename: "台账" + sheet + "." + format, File: []byte(file.Body)})
				if err != nil {
					t.Fatal(err)
				}
				want := len(cases.Rows)
				if sheet != "" && sheet != "案件台账" {
					want = 0
				}
				if same := p.Count(casework.FateSame); same != want || len(p.Matches) != want || len(p.Rejected) != 0 {
					t.Errorf("%d of %d cases are the same, %d rows, rejected %+v", same, want, len(p.Matches), p.Rejected)
				}
				for i := range p.Matches {
					if x := &p.Matches[i]; x.Fate != casework.FateSame {
						t.Errorf("row %d is %s: %s%s", x.Row, x.Fate, x.Why, x.DifferenceWords())
					}
				}
			})
		}
	}
}
