package casefile

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// sheetRow is a kept sheet in the case's list.
type sheetRow struct {
	registry.DiscretionSheet
	At, Section, Violation string
	Replaced               bool // a later one of the same violation stands above it
}

func (s area) sheetRows(f *registry.CaseFile, list []registry.DiscretionSheet) []sheetRow {
	rows := make([]sheetRow, len(list))
	seen := map[registry.ViolationID]bool{}
	for i, x := range list {
		at, _ := kit.Instant(x.CreatedAt) // a time.Time never fails
		row := sheetRow{DiscretionSheet: x, At: at, Section: x.TableID, Replaced: seen[x.ViolationID]}
		seen[x.ViolationID] = true
		if t, ok := s.Service.Law().DiscretionTable(x.TableID); ok {
			row.Section = t.Section
		}
		for n, v := range f.Violations {
			if v.ID == x.ViolationID {
				row.Violation = fmt.Sprintf("%d. %s", n+1, view.TypeLabel(s.Server, v.TypeCode))
			}
		}
		rows[i] = row
	}
	return rows
}
