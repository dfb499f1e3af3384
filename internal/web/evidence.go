package web

import (
	"fmt"
	"net/http"
	"strings"

	"casebook/internal/registry"
)

var evidenceLabels = labelsOf(registry.EvidenceFields, nil)

var evidenceEditing = editing[registry.Evidence, *registry.Evidence]{evidenceLabels, evidenceFields}

func evidenceFields(f *Form, x *registry.Evidence) {
	f.meta(&x.Meta)
	f.intValue("seq", &x.Seq)
	f.text("kind", &x.Kind)
	f.text("title", &x.Title)
	f.text("number", &x.Number)
	f.text("maker", &x.Maker)
	f.date("made_on", &x.MadeOn)
	f.text("proves", &x.Proves)
	f.int("pages", &x.Pages)
	ref(f, "attachment_id", &x.AttachmentID)
	f.text("note", &x.Note)
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
			out[i].File = "附件 " + itoa(int64(x.AttachmentID))
		}
	}
	return out
}

type evidenceFormPage struct {
	Layout
	Form     *Form
	Evidence registry.Evidence
	Action   string
	Back     string
	Parent   string // the name of the case or inspection
	Noun     string
	Files    []Option
}

func (evidenceFormPage) Template() string { return "evidence/form" }

// evidenceHome is the page of the record the exhibit belongs to.
func evidenceHome(x registry.Evidence) string {
	if x.CaseID != 0 {
		return fmt.Sprintf("/cases/%d", x.CaseID)
	}
	return fmt.Sprintf("/inspections/%d", x.InspectionID)
}

func (s *Server) evidenceForm(r *request, f *Form, x registry.Evidence) error {
	p := evidenceFormPage{Layout: r.layout("登记证据"), Form: f, Evidence: x, Back: evidenceHome(x)}
	p.Action = p.Back + "/evidence"
	if x.ID != 0 {
		p.Title, p.Action = "修改证据", fmt.Sprintf("/evidence/%d", x.ID)
	}
	var files []registry.Attachment
	if x.CaseID != 0 {
		c, err := s.service.CaseRecord(r.ctx(), r.actor, x.CaseID)
		if err != nil {
			return err
		}
		p.Parent, p.Noun, files = c.Case.Title, "案件", c.Attachments
	} else {
		d, err := s.service.InspectionPage(r.ctx(), r.actor, x.InspectionID)
		if err != nil {
			return err
		}
		p.Parent, p.Noun, files = inspectionTitle(d), "现场检查", d.Attachments
	}
	for _, a := range files {
		p.Files = append(p.Files, Option{itoa(int64(a.ID)), a.Filename})
	}
	return r.form(f, p)
}

// evidenceParent is a new exhibit of the case or inspection of the path.
func evidenceParent(r *request) (x registry.Evidence, err error) {
	if strings.HasPrefix(r.Path(), "/cases/") {
		x.CaseID, err = pathID[registry.CaseID](r, "id")
	} else {
		x.InspectionID, err = pathID[registry.InspectionID](r, "id")
	}
	return x, err
}

func (s *Server) evidenceNew(r *request) error {
	x, err := evidenceParent(r)
	if err != nil {
		return err
	}
	return s.evidenceForm(r, evidenceEditing.fill(r, &x), x)
}

func (s *Server) evidenceCreate(r *request) error {
	parent, err := evidenceParent(r)
	if err != nil {
		return err
	}
	x := parent
	f, err := evidenceEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		typed := x
		repeated, err := s.service.AddEvidence(r.ctx(), r.actor, &x)
		repeated, err = evidenceEditing.before(&x, repeated, err)
		switch {
		case err == nil && repeated:
			if typed.Seq == 0 {
				typed.Seq = x.Seq // given by the use case
			}
			return evidenceEditing.again(r, &typed, &x, about{What: "证据 " + x.Title, Href: fmt.Sprintf("/evidence/%d", x.ID)}, "证据已登记。")
		case err == nil:
			return r.doneAt("证据已登记。", evidenceHome(x)+"#evidence")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.evidenceForm(r, f, parent)
}

// evidenceShow leads to the record the exhibit belongs to.
func (s *Server) evidenceShow(r *request) error {
	x, err := s.evidenceByID(r)
	if err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, evidenceHome(x)+"#evidence")
}

func (s *Server) evidenceEdit(r *request) error {
	x, err := s.evidenceByID(r)
	if err != nil {
		return err
	}
	return s.evidenceForm(r, evidenceEditing.fill(r, &x), x)
}

func (s *Server) evidenceUpdate(r *request) error {
	current, err := s.evidenceByID(r)
	if err != nil {
		return err
	}
	x := current
	f, err := evidenceEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		err := s.service.ChangeEvidence(r.ctx(), r.actor, &x)
		if err == nil {
			return r.doneAt("证据已保存。", evidenceHome(current)+"#evidence")
		}
		if registry.KindOf(err) == registry.KindStale {
			return evidenceEditing.stale(r, err, f.Version, &x, &current, about{What: "证据 " + current.Title, Href: evidenceHome(current)})
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.evidenceForm(r, f, current)
}

func (s *Server) evidenceDelete(r *request) error {
	x, err := s.evidenceByID(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(evidenceLabels)
	if err != nil {
		return err
	}
	err = s.service.RemoveEvidence(r.ctx(), r.actor, x.ID, f.Version)
	return r.deleted(err, "证据", evidenceHome(x)+"#evidence")
}

func (s *Server) evidenceByID(r *request) (registry.Evidence, error) {
	id, err := pathID[registry.EvidenceID](r, "id")
	if err != nil {
		return registry.Evidence{}, err
	}
	return s.service.EvidenceItem(r.ctx(), r.actor, id)
}
