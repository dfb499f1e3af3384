package report

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/registry/registrytest"
)

// rowsOf are all rows of a ledger of one case, as text.
type rowsOf []string

func (r *rowsOf) Row(sheet SheetID, cells []Cell) error {
	*r = append(*r, fmt.Sprintf("%d %+v", sheet, cells))
	return nil
}

func ledgerOf(t *testing.T, f *registry.CaseFile) string {
	t.Helper()
	var rows rowsOf
	// The second case lacks what hides another field: the name at the act that of the party, a credit code an ID number, and so on.
	g := *f
	g.Case.Parties, g.Parties, g.Documents = slices.Clone(f.Case.Parties), slices.Clone(f.Parties), slices.Clone(f.Documents)
	for i := range g.Parties {
		g.Parties[i].CreditCode = ""
	}
	for i := range g.Case.Parties {
		g.Case.Parties[i].NameAtAct = ""
	}
	for i := range g.Documents {
		g.Documents[i].OrganName = ""
	}
	both := func(yield func(*registry.CaseFile, error) bool) { _ = yield(f, nil) && yield(&g, nil) }
	if _, err := Walk(both, LedgerOptions{FullCodes: true, Labels: Labels{Violation: func(code string) string { return code }, Version: func(c registry.Citation) string { return c.VersionID },
		Organ: func(id registry.OrganID) string { return fmt.Sprint(id) }}}, &rows); err != nil {
		t.Fatal(err)
	}
	return strings.Join(rows, "\n")
}

// fullCase is a case with something in every field: a document of each kind, a penalty of each kind, a herd of each basis.
func fullCase() *registry.CaseFile {
	f := &registry.CaseFile{}
	fill := registrytest.Filler{Bool: true}
	fill.Fill(f)
	f.Documents, f.Penalties = nil, nil
	for i, k := range registry.DocumentKinds {
		var d registry.Document
		fill.Fill(&d)
		d.Kind, d.Seq = k.Name, int64(i)
		f.Documents = append(f.Documents, d)
	}
	for _, k := range registry.PenaltyKinds {
		var p registry.Penalty
		fill.Fill(&p)
		p.Kind, p.DocumentID = k, 0
		f.Penalties = append(f.Penalties, p)
	}
	f.Case.Parties[0].Role = "单位"
	for i := range f.Inspections {
		for j, basis := range []string{"存栏", "猪当量"} {
			f.Inspections[i].Herds[j].Basis, f.Inspections[i].Herds[j].Species = basis, "生猪"
		}
	}
	for i := range f.Payments {
		f.Payments[i].PenaltyID, f.Payments[i].Kind = f.Penalties[2].ID, registry.PaidSurcharge
	}
	for i := range f.Violations {
		f.Violations[i].Citations[0].Role, f.Violations[i].Citations[1].Role = registry.RoleBreached, registry.RoleBasis
		for j := range f.Violations[i].Citations {
			f.Violations[i].Citations[j].Standing = registry.StandingConfirmed
		}
	}
	for i := range f.Samples {
		f.Samples[i].InspectionID = f.Inspections[0].ID
		for j := range f.Samples[i].Results {
			r := &f.Samples[i].Results[j]
			r.Kind, r.Value, r.Limit = "数值", "120", "100"
		}
	}
	return f
}

// A field changes some cell of the ledger, or says why none depends on it.
func TestLedgerTellsEveryField(t *testing.T) {
	places := map[string]func(*registry.CaseFile) []any{
		"farm":        func(f *registry.CaseFile) []any { return []any{f.Farm} },
		"campaign":    func(f *registry.CaseFile) []any { return []any{f.Campaign} },
		"organ":       func(f *registry.CaseFile) []any { return []any{f.DecidingOrgan, f.HandlingOrgan} },
		"case":        func(f *registry.CaseFile) []any { return []any{&f.Case} },
		"party":       func(f *registry.CaseFile) []any { return pointers(f.Parties) },
		"inspection":  func(f *registry.CaseFile) []any { return pointers(f.Inspections) },
		"sample":      func(f *registry.CaseFile) []any { return pointers(f.Samples) },
		"evidence":    func(f *registry.CaseFile) []any { return pointers(f.Evidence) },
		"violation":   func(f *registry.CaseFile) []any { return pointers(f.Violations) },
		"document":    func(f *registry.CaseFile) []any { return pointers(f.Documents) },
		"penalty":     func(f *registry.CaseFile) []any { return pointers(f.Penalties) },
		"payment":     func(f *registry.CaseFile) []any { return pointers(f.Payments) },
		"review_note": func(f *registry.CaseFile) []any { return pointers(f.ReviewNotes) },
	}
	before := ledgerOf(t, fullCase())
	for entity, at := range places {
		n, _ := registry.NounOf(entity)
		for _, info := range n.Fields {
			if info.Kind == registry.ValueMachine || info.Kind == registry.ValueInstant {
				continue
			}
			f := fullCase()
			for _, x := range at(f) {
				fieldNamed(reflect.ValueOf(x).Elem(), info.Name).SetZero()
			}
			told := ledgerOf(t, f) != before
			switch {
			case !told && info.NoLedger == "":
				t.Errorf("%s.%s changes no cell of the ledger: add a column in %s, or say in its FieldInfo why there is none", entity, info.Name,
					registrytest.FilesWith(t, "internal/report", ".go", "Columns = "))
			case told && info.NoLedger != "":
				t.Errorf("%s.%s is in the ledger, and its FieldInfo says that it is not: %q", entity, info.Name, info.NoLedger)
			}
		}
	}
}

func pointers[T any](list []T) []any {
	var out []any
	for i := range list {
		out = append(out, &list[i])
	}
	return out
}

// fieldNamed finds a field by its name in JSON.
func fieldNamed(v reflect.Value, name string) reflect.Value {
	i := slices.IndexFunc(reflect.VisibleFields(v.Type()), func(f reflect.StructField) bool {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return tag == name
	})
	return v.FieldByIndex(reflect.VisibleFields(v.Type())[i].Index)
}
