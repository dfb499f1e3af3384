package records

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var evidenceLabels = kit.LabelsOf(registry.EvidenceFields, nil)

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
		p.Parent, p.Noun, files = c.Case.Title, "案件", append(c.Attachments, c.Files...)
		if x.ID == 0 {
			p.Take, p.Offered = p.Action+"/take", offersOf(&c.CaseFile)
		}
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
	home := fmt.Sprintf("/cases/%d#evidence", id)
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
func (s area) evidenceEditing(r *kit.Request, stored registry.Evidence) kit.Editing[registry.Evidence] {
	saved := "证据已登记。"
	if stored.ID != 0 {
		saved = "证据已保存。"
	}
	home := func(x registry.Evidence) string { return evidenceHome(x) + "#evidence" }
	return kit.Editing[registry.Evidence]{
		Record: stored, Labels: evidenceLabels, Fields: view.EvidenceFields,
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
