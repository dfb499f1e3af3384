package ledgerread

import (
	"fmt"
	"reflect"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func readFile(t testing.TB, b []byte, name string) *Ledger {
	t.Helper()
	book, err := Open(b, name)
	if err != nil {
		t.Fatalf("Open(%s): %v", name, err)
	}
	l, err := ReadBook(t.Context(), book, testOptions())
	if err != nil {
		t.Fatalf("ReadBook(%s): %v", name, err)
	}
	return l
}

func testOptions() Options {
	return Options{Bureau: registry.DefaultBureau(), Towns: registry.DefaultTowns(), Law: statute.Embedded()}
}

// TestMadeLedgers reads two hundred ledgers of many forms: each row in the list that it was made for, with its values, and each total as it is.
func TestMadeLedgers(t *testing.T) {
	rows, wrong := 0, 0
	for n := range 200 {
		m := newMade(n)
		l := readFile(t, m.file(t, n), "台账")
		problem := func(format string, args ...any) {
			if wrong++; wrong <= 20 {
				t.Errorf("ledger %d: %s", n, fmt.Sprintf(format, args...))
			}
		}
		got := map[int]string{}
		take := func(row int, list, more string) {
			if got[row] != "" {
				problem("row %d is in two lists", row)
			}
			got[row] = list
			if want := m.want[row]; want != list {
				problem("row %d %v is %s (%s), want %s", row, m.rows[row-1], list, more, want)
			}
		}
		for _, x := range l.Accepted {
			take(x.Row, "accepted", "")
			values := x.Record.Values()
			for field, want := range m.values[x.Row] {
				if field != "bad" && !reflect.DeepEqual(values[field], want) {
					problem("row %d %s = %v, want %v (%v)", x.Row, field, values[field], want, m.rows[x.Row-1])
				}
			}
			if m.hidden[x.Row] && len(x.Warnings) == 0 {
				problem("hidden row %d has no warning", x.Row)
			}
		}
		for _, x := range l.Rejected {
			take(x.Row, "rejected", x.Reason)
			if bad := m.values[x.Row]["bad"]; bad == nil || !m.bare && (titleOf[titleKey(lastOf(x.Column))] == nil || titleOf[titleKey(lastOf(x.Column))].Name != bad && bad != "decided_on") {
				problem("row %d is rejected for “%s” (%s), want %v", x.Row, x.Column, x.Reason, bad)
			}
		}
		for _, x := range l.Ignored {
			take(x.Row, "ignored", x.Why)
		}
		for row, want := range m.want {
			if rows++; got[row] == "" {
				problem("row %d %v is in no list, want %s", row, m.rows[row-1], want)
			}
		}
		agree := 0
		for _, x := range l.Totals {
			if x.Agrees {
				agree++
			}
		}
		if agree != m.totals || len(l.Totals) != m.totals {
			problem("%d of %d totals agree, want %d: %+v", agree, len(l.Totals), m.totals, l.Totals)
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d rows and values are wrong", wrong, rows)
	}
}

func lastOf(title string) string { return (&Column{Title: title}).leaf() }
