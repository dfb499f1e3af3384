package records

import (
	"fmt"
	"net/http"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var evidenceLabels = kit.LabelsOf(registry.EvidenceFields, nil)

func evidenceFields(f *kit.Form, x *registry.Evidence) {
	f.Meta(&x.Meta)
	f.IntValue("seq", &x.Seq)
	f.Text("kind", &x.Kind)
	f.Text("title", &x.Title)
	f.Text("number", &x.Number)
	f.Text("maker", &x.Maker)
	f.Date("made_on", &x.MadeOn)
	f.Text("proves", &x.Proves)
	f.Int("pages", &x.Pages)
	kit.Ref(f, "attachment_id", &x.AttachmentID)
	f.Text("note", &x.Note)
}

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
}

func (evidenceFormPage) Template() string { return "records/evidence-form" }

// evidenceHome is the page of the record the exhibit belongs to.
func evidenceHome(x registry.Evidence) string {
	if x.CaseID != 0 {
		return fmt.Sprintf("/cases/%d", x.CaseID)
	}
	return fmt.Sprintf("/inspections/%d", x.InspectionID)
}

func (s area) evidenceForm(r *kit.Request, f *kit.Form, x registry.Evidence) error {
	p := evidenceFormPage{Layout: r.Layout("登记证据"), Form: f, Evidence: x, Back: evidenceHome(x)}
	p.Action = p.Back + "/evidence"
	if x.ID != 0 {
		p.Title, p.Action = "修改证据", fmt.Sprintf("/evidence/%d", x.ID)
	}
	var files []registry.Attachment
	if x.CaseID != 0 {
		c, err := s.Service.CaseRecord(r.Ctx(), r.Actor, x.CaseID)
		if err != nil {
			return err
		}
		p.Parent, p.Noun, files = c.Case.Title, "案件", c.Attachments
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
func (s area) evidenceEditing(r *kit.Request, stored registry.Evidence) kit.Editing[registry.Evidence] {
	saved := "证据已登记。"
	if stored.ID != 0 {
		saved = "证据已保存。"
	}
	home := func(x registry.Evidence) string { return evidenceHome(x) + "#evidence" }
	return kit.Editing[registry.Evidence]{
		Record: stored, Labels: evidenceLabels, Fields: evidenceFields,
		Page: func(f *kit.Form, _ registry.Evidence) error { return s.evidenceForm(r, f, stored) },
		Add:  s.Service.AddEvidence, Change: s.Service.ChangeEvidence,
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
	return s.evidenceEditing(r, x), err
}

func (s area) storedEvidence(r *kit.Request) (kit.Editing[registry.Evidence], error) {
	x, err := s.evidenceByID(r)
	return s.evidenceEditing(r, x), err
}

// evidenceShow leads to the record the exhibit belongs to.
func (s area) evidenceShow(r *kit.Request) error {
	x, err := s.evidenceByID(r)
	if err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, evidenceHome(x)+"#evidence")
}

func (s area) evidenceByID(r *kit.Request) (registry.Evidence, error) {
	id, err := kit.PathID[registry.EvidenceID](r, "id")
	if err != nil {
		return registry.Evidence{}, err
	}
	return s.Service.EvidenceItem(r.Ctx(), r.Actor, id)
}
