package casefile

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
)

var violationLabels = kit.LabelsOf(registry.ViolationFields, kit.Labels{"candidate": "适用依据", "cite": "系统提供的条款", "confirm": "确认条款",
	"citations": "另行引用的条款", "citations.*.version": "版本"})

// violationEdit is one violation on a form, with the case it belongs to and what the catalogue offers for what is typed now.
type violationEdit struct {
	s        area
	file     *registry.CaseFile
	offer    casework.ViolationOffer
	leftover []string          // checklist rows of another type, kept until the form is saved
	fields   map[string]string // where a use case's field is on the form: checklist.0 → checklist.2, citations.1 → citations.0
	changed  bool              // the offer is not the one the officer saw
}

// bind lists the fields of a violation, both ways. What the catalogue offers depends on the type and the dates, so it is asked
// in the middle, after those were read.
func (e *violationEdit) bind(f *kit.Form, x *registry.Violation) {
	e.fields = map[string]string{}
	f.Meta(&x.Meta)
	f.Text("type_code", &x.TypeCode)
	f.Text("facts", &x.Facts)
	f.Date("act_from", &x.ActFrom)
	f.Date("act_to", &x.ActTo)
	f.Text("end_basis", &x.EndBasis)
	kit.Word(f, "continuing", &x.Continuing)
	f.Words("damage", &x.Damage)
	f.Text("place", &x.Place)
	f.Text("version_choice", &x.VersionChoice)
	f.Text("choice_reason", &x.ChoiceReason)
	f.Text("note", &x.Note)
	e.bindChecklist(f, x)
	e.offer = e.s.Service.OfferIn(e.file, x)
	e.bindCitations(f, x)
}

func checklistFields(f *kit.Form, a *registry.ElementAnswer) {
	f.Text("key", &a.Key)
	f.Text("answer", &a.Answer)
	f.Text("note", &a.Note)
	bindExhibits(f, &a.Evidence)
}

// bindChecklist shows a row for each question of the type. Answers to questions that the type does not ask stay on the form,
// hidden, in case the type is changed back; they are not saved.
func (e *violationEdit) bindChecklist(f *kit.Form, x *registry.Violation) {
	if !f.Filling {
		kit.Rows(f, "checklist", &x.Checklist, checklistFields)
	}
	var elements []statute.Element
	if t, ok := e.s.Service.Law().ViolationType(x.TypeCode); ok {
		elements = t.Elements
	}
	shown := make([]registry.ElementAnswer, len(elements))
	for i, el := range elements {
		shown[i].Key = el.Key
	}
	for _, a := range x.Checklist {
		if i := slices.IndexFunc(shown, func(s registry.ElementAnswer) bool { return s.Key == a.Key }); i >= 0 {
			shown[i] = a
		} else if a.Key != "" && a.Says() {
			shown = append(shown, a)
		}
	}
	refill(f, func() { kit.Rows(f, "checklist", &shown, checklistFields) }, "checklist.")
	e.leftover = nil
	for i := len(elements); i < len(shown); i++ {
		e.leftover = append(e.leftover, fmt.Sprintf("checklist.%d", i))
	}
	x.Checklist = nil
	for i, a := range shown[:len(elements)] {
		if a.Note = strings.TrimSpace(a.Note); a.Says() {
			e.fields[fmt.Sprintf("checklist.%d", len(x.Checklist))] = fmt.Sprintf("checklist.%d", i)
			x.Checklist = append(x.Checklist, a)
		}
	}
}

// refill writes a list into the inputs of a form that was posted, in place of what was there.
func refill(f *kit.Form, fill func(), prefix string) {
	was := f.Filling
	for k := range f.Values {
		if !was && strings.HasPrefix(k, prefix) {
			delete(f.Values, k)
		}
	}
	f.Filling = true
	fill()
	f.Filling = was
}

// Offered is one citation of the offer on the form: Key is what its checkbox sends.
type Offered struct {
	statute.OfferedCitation
	Key      string
	Versions bool // stands there in several versions, of which a person takes one
}

// offeredIn lists a candidate's citations, breached first.
func offeredIn(o statute.Offer, n int) []Offered {
	var list []Offered
	c := o.Candidates[n]
	for _, x := range slices.Concat(c.Breached, c.Liability) {
		list = append(list, Offered{OfferedCitation: x, Key: citationKey(n, x.Citation)})
	}
	for i := range list {
		for j := range list {
			a, b := list[i], list[j]
			list[i].Versions = list[i].Versions || i != j && a.Role == b.Role && a.LawID == b.LawID && a.Provision == b.Provision
		}
	}
	return list
}

func citationKey(candidate int, c registry.Citation) string {
	return fmt.Sprintf("%d/%s/%s/%s/%s", candidate, c.Role, c.LawID, c.VersionID, c.Provision.Key())
}

// offerKey names what was on offer, so that a form that was filled in under another offer is not saved unseen.
func offerKey(o statute.Offer) string {
	h := fnv.New64a()
	for n := range o.Candidates {
		for _, c := range offeredIn(o, n) {
			_, _ = h.Write([]byte(c.Key + "\n")) // a hash never fails
		}
	}
	return fmt.Sprintf("%x", h.Sum64())
}

// ticks are the keys ticked at first: every citation that does not stand against another one. On a published case nothing is:
// what the source cited is typed, and the offer stands beside it.
func (e *violationEdit) ticks() []string {
	var list []string
	if e.file.Case.Origin == registry.OriginPublished {
		return nil
	}
	for n := range e.offer.Offer.Candidates {
		for _, c := range offeredIn(e.offer.Offer, n) {
			if !c.Competing && !c.Versions {
				list = append(list, c.Key)
			}
		}
	}
	return list
}
