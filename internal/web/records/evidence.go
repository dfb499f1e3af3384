package records

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var evidenceLabels = kit.LabelsOf(registry.EvidenceFields, kit.Labels{"elements": "证明的要件"})

// evidenceRow is an exhibit with its file's name.
type evidenceRow struct {
	registry.Evidence
	File string
}

func evidenceRows(list []registry.Evidence, files []registry.Attachment) []evidenceRow {
	names := map[registry.AttachmentID]string{}
	for _, a := range files {
		names[a.ID] = a.Filename
	}
	out := make([]evidenceRow, len(list))
	for i, x := range list {
		out[i] = evidenceRow{x, names[x.AttachmentID]}
		if x.AttachmentID != 0 && out[i].File == "" {
			out[i].File = "附件 " + kit.Itoa(int64(x.AttachmentID))
		}
	}
	return out
}

type evidenceFormPage struct {
	kit.Layout
	Form     *kit.Form
	Evidence registry.Evidence
	Action   string
	Back     string
	Parent   string // the name of the case or inspection
	Noun     string
	Files    []kit.Option
	Offered  []evidenceOffer // of a new exhibit of a case: what its inspections hold
	Take     string          // where the chosen ones are posted to
	Elements []evidenceElements
}

// evidenceElements are the elements of one violation that an exhibit of its case may prove.
type evidenceElements struct {
	Label   string
	Options []kit.Option // the value is 7/discharge: the violation and the key of the element
}

// Proves reports whether an element is ticked.
func (p evidenceFormPage) Proves(value string) bool {
	return slices.Contains(p.Form.Values["elements"], value)
}

// evidenceOffer is a piece of an inspection that a case may take up: nobody types it a second time.
type evidenceOffer struct {
	Name, ID            string // of the checkbox
	Title, Kind, Source string
	File                bool
}

func (evidenceFormPage) Template() string { return "records/evidence-form" }

// evidenceHome is the page of the record the exhibit belongs to.
func evidenceHome(x registry.Evidence) string {
	if x.CaseID != 0 {
		return fmt.Sprintf("/cases/%d", x.CaseID)
	}
	return fmt.Sprintf("/inspections/%d", x.InspectionID)
}

// evidencePlace is where on that page its exhibits stand.
func evidencePlace(x registry.Evidence) string {
	if x.CaseID != 0 {
		return view.CasePlace(x.CaseID, "evidence")
	}
	return evidenceHome(x) + "#evidence"
}

func (s area) evidenceForm(r *kit.Request, f *kit.Form, x registry.Evidence) error {
	p := evidenceFormPage{Layout: r.Layout("登记证据"), Form: f, Evidence: x, Back: evidencePlace(x)}
	p.Action = evidenceHome(x) + "/evidence"
	if x.ID != 0 {
		p.Title, p.Action = "修改证据", fmt.Sprintf("/evidence/%d", x.ID)
	}
	var files []registry.Attachment
	if x.CaseID != 0 {
		c, err := s.Service.CaseRecord(r.Ctx(), r.Actor, x.CaseID)
		if err != nil {
			return err
		}
		p.Parent, p.Noun, files = c.Case.Title, "案件", append(c.Attachments, c.Files...)
		if x.ID == 0 {
			p.Take, p.Offered = p.Action+"/take", offersOf(&c.CaseFile)
		}
		p.Elements = s.elementsOf(&c.CaseFile)
	} else {
		d, err := s.Service.InspectionPage(r.Ctx(), r.Actor, x.InspectionID)
		if err != nil {
			return err
		}
		p.Parent, p.Noun, files = inspectionTitle(d), "现场检查", d.Attachments
	}
	for _, a := range files {
		p.Files = append(p.Files, kit.Option{Value: kit.Itoa(int64(a.ID)), Label: a.Filename})
	}
	return r.Form(f, p)
}

func (s area) elementsOf(f *registry.CaseFile) (list []evidenceElements) {
	for n, v := range f.Violations {
		t, ok := s.Service.Law().ViolationType(v.TypeCode)
		if !ok || len(t.Elements) == 0 {
			continue
		}
		x := evidenceElements{Label: fmt.Sprintf("%d. %s", n+1, t.Label)}
		for _, e := range t.Elements {
			x.Options = append(x.Options, kit.Option{Value: fmt.Sprintf("%d/%s", v.ID, e.Key), Label: strings.TrimSuffix(e.Text, "？")})
		}
		list = append(list, x)
	}
	return list
}

// bindProofs binds the elements that an exhibit proves; what names none is no input of the form.
func bindProofs(f *kit.Form, list *[]casework.Proof) {
	words := make([]string, len(*list))
	for i, p := range *list {
		words[i] = fmt.Sprintf("%d/%s", p.Violation, p.Key)
	}
	f.Words("elements", &words)
	*list = nil
	for _, w := range words {
		id, key, _ := strings.Cut(w, "/")
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			*list = append(*list, casework.Proof{Violation: registry.ViolationID(n), Key: key})
		}
	}
}

// provedBy are the elements that an exhibit proves now.
func (s area) provedBy(r *kit.Request, x registry.Evidence) (list []casework.Proof, err error) {
	if x.CaseID == 0 || x.ID == 0 {
		return nil, nil
	}
	f, err := s.Service.CaseFile(r.Ctx(), r.Actor, x.CaseID)
	if err != nil {
		return nil, err
	}
	for i := range f.Violations {
		for _, key := range f.Violations[i].Proved(x.ID) {
			list = append(list, casework.Proof{Violation: f.Violations[i].ID, Key: key})
		}
	}
	return list, nil
}

// offersOf are the exhibits and files of a case's inspections that it has not taken up.
func offersOf(f *registry.CaseFile) []evidenceOffer {
	var list []evidenceOffer
	for _, x := range f.Exhibits() {
		o := evidenceOffer{Name: "exhibit", ID: kit.Itoa(int64(x.ID)), Title: strings.TrimSpace(x.Title + " " + x.Number), Kind: x.Kind, Source: x.Source()}
		switch {
		case x.File != nil:
			o.Name, o.ID, o.File = "file", kit.Itoa(int64(x.AttachmentID)), true
		case x.Taken || x.CaseID != 0:
			continue
		}
		list = append(list, o)
	}
	return list
}

// evidenceTake makes chosen evidence of a case's inspections the case's own.
func (s area) evidenceTake(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(kit.Labels{})
	if err != nil {
		return err
	}
	home := view.CasePlace(id, "evidence")
	exhibits, files := chosen[registry.EvidenceID](f, "exhibit"), chosen[registry.AttachmentID](f, "file")
	if len(exhibits)+len(files) == 0 {
		r.Flash("warn", "没有列入：请先勾选检查中的证据或文件。")
		return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d/evidence/new#from-inspections", id))
	}
	taken, err := s.Service.TakeUp(r.Ctx(), r.Actor, id, exhibits, files)
	switch registry.KindOf(err) {
	case registry.KindInvalid, registry.KindConflict:
		r.Flash("warn", "没有列入："+kit.FirstProblem(err))
		return r.Redirect(http.StatusSeeOther, home)
	}
	if err != nil {
		return err
	}
	if taken == 0 {
		return r.DoneAt("所选的此前已列入本案。", home)
	}
	return r.DoneAt(fmt.Sprintf("已列入本案证据 %d 件，出处仍记为原来的检查。", taken), home)
}

// chosen are the ids of the ticked boxes of a name; what is no id is none of the form's.
func chosen[T ~int64](f *kit.Form, name string) (ids []T) {
	for _, v := range f.Values[name] {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			ids = append(ids, T(n))
		}
	}
	return ids
}

// evidenceParent is a new exhibit of the case or inspection of the path.
func evidenceParent(r *kit.Request) (x registry.Evidence, err error) {
	if strings.HasPrefix(r.Path(), "/cases/") {
		x.CaseID, err = kit.PathID[registry.CaseID](r, "id")
	} else {
		x.InspectionID, err = kit.PathID[registry.InspectionID](r, "id")
	}
	return x, err
}

// evidenceEditing is an exhibit on its form.
func (s area) evidenceEditing(r *kit.Request, stored registry.Evidence, proofs []casework.Proof) kit.Editing[registry.Evidence] {
	saved := "证据已登记。"
	if stored.ID != 0 {
		saved = "证据已保存。"
	}
	home := evidencePlace
	return kit.Editing[registry.Evidence]{
		Record: stored, Labels: evidenceLabels,
		Fields: func(f *kit.Form, x *registry.Evidence) {
			view.EvidenceFields(f, x)
			bindProofs(f, &proofs)
		},
		Page: func(f *kit.Form, _ registry.Evidence) error { return s.evidenceForm(r, f, stored) },
		Add: func(ctx context.Context, a registry.Actor, x *registry.Evidence) (bool, error) {
			if x.CaseID == 0 {
				return s.Service.AddEvidence(ctx, a, x)
			}
			return s.Service.AddProof(ctx, a, x, proofs)
		},
		Change: func(ctx context.Context, a registry.Actor, x *registry.Evidence) error {
			if x.CaseID == 0 {
				return s.Service.ChangeEvidence(ctx, a, x)
			}
			return s.Service.ChangeProof(ctx, a, x, proofs)
		},
		Remove: func(version int64) error { return s.Service.RemoveEvidence(r.Ctx(), r.Actor, stored.ID, version) },
		Saved:  func(x registry.Evidence) error { return r.DoneAt(saved, home(x)) },
		Title:  func(x registry.Evidence) string { return x.Title }, Home: home,
		Address: func(x registry.Evidence) string { return fmt.Sprintf("/evidence/%d", x.ID) },
		Given: func(typed *registry.Evidence, stored registry.Evidence) {
			if typed.Seq == 0 {
				typed.Seq = stored.Seq
			}
		},
	}
}

func (s area) evidenceNew(r *kit.Request) error {
	e, err := s.newEvidence(r)
	if err != nil {
		return err
	}
	return e.Show(r, e.Record)
}

func (s area) newEvidence(r *kit.Request) (kit.Editing[registry.Evidence], error) {
	x, err := evidenceParent(r)
	return s.evidenceEditing(r, x, nil), err
}

func (s area) storedEvidence(r *kit.Request) (e kit.Editing[registry.Evidence], err error) {
	x, err := s.evidenceByID(r)
	if err != nil {
		return e, err
	}
	proofs, err := s.provedBy(r, x)
	return s.evidenceEditing(r, x, proofs), err
}

// evidenceShow leads to the record the exhibit belongs to.
func (s area) evidenceShow(r *kit.Request) error {
	x, err := s.evidenceByID(r)
	if err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, evidencePlace(x))
}

func (s area) evidenceByID(r *kit.Request) (registry.Evidence, error) {
	id, err := kit.PathID[registry.EvidenceID](r, "id")
	if err != nil {
		return registry.Evidence{}, err
	}
	return s.Service.EvidenceItem(r.Ctx(), r.Actor, id)
}
