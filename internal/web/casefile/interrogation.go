package casefile

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var interrogationLabels = kit.LabelsOf(registry.InterrogationFields, nil)

func interrogationFields(f *kit.Form, x *registry.Interrogation) {
	f.Meta(&x.Meta)
	f.Text("number", &x.Number)
	f.Date("asked_on", &x.AskedOn)
	f.Text("start_time", &x.StartTime)
	f.Text("end_time", &x.EndTime)
	f.Text("place", &x.Place)
	f.Text("name", &x.Name)
	f.Text("gender", &x.Gender)
	f.Int("age", &x.Age)
	f.Text("id_kind", &x.IDKind)
	f.Text("id_number", &x.IDNumber)
	f.Text("employer", &x.Employer)
	f.Text("title", &x.Title)
	f.Text("phone", &x.Phone)
	f.Text("address", &x.Address)
	f.Text("service_address", &x.ServiceAddress)
	f.Text("relation", &x.Relation)
	f.Text("guardian", &x.Guardian)
	kit.Rows(f, "officers", &x.Officers, func(f *kit.Form, x *registry.OfficerRef) {
		kit.Ref(f, "officer_id", &x.OfficerID)
		f.Text("name", &x.Name)
		f.Text("cert_no", &x.CertNo)
	})
	f.Text("recorder", &x.Recorder)
	kit.Word(f, "certificate_shown", &x.CertificateShown)
	kit.Word(f, "rights_told", &x.RightsTold)
	kit.Word(f, "recusal", &x.Recusal)
	f.Text("recusal_reason", &x.RecusalReason)
	kit.Rows(f, "answers", &x.Answers, func(f *kit.Form, x *registry.Answer) {
		f.Text("question", &x.Question)
		f.Text("answer", &x.Answer)
	})
	f.Text("opinion", &x.Opinion)
	f.Text("refusal", &x.Refusal)
	f.Text("witness", &x.Witness)
	f.Text("note", &x.Note)
}

type interrogationFormPage struct {
	kit.Layout
	Form          *kit.Form
	Interrogation registry.Interrogation
	Action, Back  string
	Today         registry.Date
	Officers      []kit.Option
}

func (interrogationFormPage) Template() string { return "casefile/interrogation-form" }

// interrogationHome is the page of the record that it belongs to.
func interrogationHome(x registry.Interrogation) string {
	if x.CaseID != 0 {
		return fmt.Sprintf("/cases/%d", x.CaseID)
	}
	return fmt.Sprintf("/inspections/%d", x.InspectionID)
}

func interrogationPaper(x registry.Interrogation) string {
	return fmt.Sprintf("/interrogations/%d/papers/interrogation", x.ID)
}

func (s area) interrogationEditing(r *kit.Request, stored registry.Interrogation) kit.Editing[registry.Interrogation] {
	return kit.Editing[registry.Interrogation]{
		Record: stored, Labels: interrogationLabels, Fields: interrogationFields,
		Page: func(f *kit.Form, _ registry.Interrogation) (err error) {
			p := interrogationFormPage{Layout: r.Layout("登记询问笔录"), Form: f, Interrogation: stored, Today: r.Today(), Back: interrogationHome(stored) + "/papers"}
			p.Action = interrogationHome(stored) + "/interrogations"
			if stored.ID != 0 {
				p.Title, p.Action, p.Back = "修改询问笔录", fmt.Sprintf("/interrogations/%d", stored.ID), interrogationPaper(stored)
			}
			if p.Officers, err = view.OfficerOptions(s.Server, r, r.Today()); err != nil {
				return err
			}
			return r.Form(f, p)
		},
		Check: func(f *kit.Form, x *registry.Interrogation) error {
			if !f.OK() {
				return nil
			}
			if err := s.Service.NameOfficers(r.Ctx(), r.Actor, x.Officers, stored.Officers); err != nil {
				return f.Refuse(err)
			}
			return nil
		},
		Add: s.Service.AddInterrogation, Change: s.Service.ChangeInterrogation,
		Remove: func(version int64) error {
			return s.Service.RemoveInterrogation(r.Ctx(), r.Actor, stored.ID, version)
		},
		Saved: func(x registry.Interrogation) error {
			return r.DoneAt("询问笔录已保存。", interrogationPaper(x))
		},
		Title:   func(x registry.Interrogation) string { return "对" + x.Name + "的询问" },
		Home:    func(x registry.Interrogation) string { return interrogationHome(x) + "/papers" },
		Address: func(x registry.Interrogation) string { return fmt.Sprintf("/interrogations/%d", x.ID) },
	}
}

// newOn is a new one of the case or inspection of the path.
func (s area) newInterrogation(r *kit.Request) (kit.Editing[registry.Interrogation], error) {
	var x registry.Interrogation
	var err error
	if strings.HasPrefix(r.Path(), "/cases/") {
		x.CaseID, err = kit.PathID[registry.CaseID](r, "id")
	} else {
		x.InspectionID, err = kit.PathID[registry.InspectionID](r, "id")
	}
	return s.interrogationEditing(r, x), err
}

// interrogationNew begins with what is known: today, who asks, and of an inspection whom it met.
func (s area) interrogationNew(r *kit.Request) error {
	e, err := s.newInterrogation(r)
	if err != nil {
		return err
	}
	x := e.Record
	x.AskedOn, x.IDKind = r.Today(), registry.IDResident
	if x.InspectionID != 0 {
		visit, err := s.Service.Inspection(r.Ctx(), r.Actor, x.InspectionID)
		if err != nil {
			return err
		}
		x.AskedOn, x.Place, x.Name, x.Title, x.Phone = visit.StartedOn, visit.Place, visit.PresentName, visit.PresentTitle, visit.PresentPhone
		x.Officers, x.Recorder = visit.Officers, visit.Recorder
	} else if _, err := s.Service.CaseFile(r.Ctx(), r.Actor, x.CaseID); err != nil {
		return err
	}
	if len(x.Officers) == 0 {
		crew, err := s.Service.Crew(r.Ctx(), r.Actor, x.AskedOn)
		if err != nil {
			return err
		}
		x.Officers = []registry.OfficerRef{{}}
		if crew.Own != nil {
			x.Officers[0] = registry.OfficerRef{OfficerID: crew.Own.ID, Name: crew.Own.Name, CertNo: crew.Own.CertNo}
		}
	}
	return e.Show(r, x)
}

func (s area) storedInterrogation(r *kit.Request) (kit.Editing[registry.Interrogation], error) {
	id, err := kit.PathID[registry.InterrogationID](r, "id")
	if err != nil {
		return kit.Editing[registry.Interrogation]{}, err
	}
	x, err := s.Service.Interrogation(r.Ctx(), r.Actor, id)
	return s.interrogationEditing(r, x), err
}

// interrogationShow leads to its paper, which has all that it says.
func (s area) interrogationShow(r *kit.Request) error {
	e, err := s.storedInterrogation(r)
	if err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, interrogationPaper(e.Record))
}

// paperSign keeps the scan of a signed paper with its case or inspection, and locks what the paper says.
func (s area) paperSign(entity string) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[int64](r, "id")
		if err != nil {
			return err
		}
		p, err := s.Service.FilePaper(r.Ctx(), r.Actor, r.Param("paper"), entity, id)
		if err != nil {
			return err
		}
		on, home := "case", int64(p.CaseID)
		if p.CaseID == 0 {
			on, home = "inspection", int64(p.InspectionID)
		}
		back := paperAddress(&p)
		receive := func() (registry.Attachment, bool, error) { return s.Receive(r, on, home, r.QueryParam("key")) }
		if p.Document != nil && entity == "document" {
			receive = func() (registry.Attachment, bool, error) { return s.ReceiveSigned(r, p.Document, r.QueryParam("key")) }
		}
		scan, _, err := receive()
		if err == nil {
			_, err = s.Service.SignPaper(r.Ctx(), r.Actor, p.Kind.Key, entity, id, scan.ID)
		}
		switch registry.KindOf(err) {
		case registry.KindInvalid, registry.KindConflict:
			r.Flash("danger", "没有登记签名原件："+kit.FirstProblem(err))
			return r.Redirect(http.StatusSeeOther, back)
		}
		if err != nil {
			return err
		}
		return r.DoneAt("已登记签名原件，文书所载内容已锁定。", back)
	}
}

// paperReopen takes a signed original out of force.
func (s area) paperReopen(r *kit.Request) error {
	id, err := kit.PathID[registry.SignedPaperID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.SignedPaper(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	var back string
	for path, entity := range paperPaths {
		if entity == x.Entity {
			back = fmt.Sprintf("/%s/%d/papers/%s", path, x.EntityID, x.Paper)
		}
	}
	f, err := r.ReadForm(kit.Labels{"reason": "更正的理由"})
	if err != nil {
		return err
	}
	version, reason := x.Version, ""
	f.IntValue("version", &version)
	f.Text("reason", &reason)
	err = s.Service.ReopenPaper(r.Ctx(), r.Actor, id, version, reason)
	switch registry.KindOf(err) {
	case registry.KindInvalid, registry.KindConflict, registry.KindStale:
		r.Flash("danger", "没有更正："+cmp.Or(kit.FirstProblem(err), err.Error()))
		return r.Redirect(http.StatusSeeOther, back)
	}
	if err != nil {
		return err
	}
	return r.DoneAt("原来的签名原件已注明更正，现在可以修改；改好后重新打印签名。", back)
}
