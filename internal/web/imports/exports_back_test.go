package imports_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/flatfile"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/webtest"
)

// TestOwnExportsComeBack: an export of the register, in every form of workbook and text, read again has every case of it, adds none, and contradicts none. Sheets that tell of no
// case are refused.
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
				if sheet != "" && sheet != "案件台账" {
					refusedOurs(t, format, p, err)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				want := len(cases.Rows)
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

func refusedOurs(t *testing.T, format string, p casework.LedgerPlan, err error) {
	t.Helper()
	if format == "csv" && err == nil && len(p.Matches)+len(p.Rejected) == 0 && len(p.Ignored) > 0 {
		return // a table of totals alone: of each row it is said that no column names a case
	}
	if registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "本系统导出") || !strings.Contains(err.Error(), "内部台账") {
		t.Errorf("%v; want it refused as an export of our own, with the one to use", err)
	}
}

// TestWhichExportsComeBack: of our own forms two are ledgers of cases. The others list decisions, of which a case may have several, or totals, or parties by their public names: read as
// ledgers they would make cases that are there already, and are refused.
func TestWhichExportsComeBack(t *testing.T) {
	a := webtest.Demo(t)
	auditor := a.As(registry.RoleAuditor)
	for i := range report.Profiles {
		form := &report.Profiles[i]
		for _, format := range []string{"xlsx", "csv"} {
			sheets := []string{""}
			if format == "csv" {
				if form.Key == "ledger" {
					continue // TestOwnExportsComeBack reads each of its sheets
				}
				sheets = flatfile.Sheets(form, &report.LedgerOptions{})
			}
			for _, sheet := range sheets {
				t.Run(form.Name+format+sheet, func(t *testing.T) {
					file := auditor.Get("/exports/file?profile=" + url.QueryEscape(form.Name) + "&format=" + format + "&sheet=" + url.QueryEscape(sheet)).Want(http.StatusOK)
					p, err := a.Service.PlanLedger(t.Context(), a.Actor(registry.RoleOfficer), casework.LedgerAsked{Filename: form.Name + "." + format, File: []byte(file.Body)})
					if form.Key != "ledger" && form.Key != "credit" || sheet == "校验结果" {
						refusedOurs(t, format, p, err)
						return
					}
					if err != nil || p.Count(casework.FateSame) == 0 || p.Count(casework.FateSame) != len(p.Matches) || len(p.Rejected) > 0 {
						t.Errorf("%v; %d of %d rows are the same, rejected %+v", err, p.Count(casework.FateSame), len(p.Matches), p.Rejected)
					}
				})
			}
		}
	}
}
