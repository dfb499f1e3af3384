package bulletins

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// bulletinPreviewPage is the paper as the form would print it: a page of its own, of which the form's script takes the paper.
type bulletinPreviewPage struct {
	kit.Layout
	Print   report.Bulletin
	Cases   []bulletinCaseView
	Lead    []paperPicture
	Draft   bool
	Missing []registry.BulletinWords // characters that no paper can print
}

func (bulletinPreviewPage) Template() string { return "bulletins/preview" }

// casePart is a section of a case on a page, with its pictures.
type casePart struct {
	report.BulletinPart
	Figures []paperPicture
}

// paperCases are the cases of a bulletin as its paper shows them.
func paperCases(id registry.BulletinID, b *report.Bulletin) (list []bulletinCaseView) {
	for i := range b.Cases {
		c := &b.Cases[i]
		line := bulletinCaseView{BulletinCase: *c}
		for _, part := range b.Parts(c) {
			line.Parts = append(line.Parts, casePart{part, paperPictures(id, part.Pictures)})
		}
		if c.Path != nil {
			line.Figure = view.PublicPathFigure(fmt.Sprintf("paper-path-%d", i+1), *c.Path)
		}
		for _, q := range c.Quotes {
			line.Boxes = append(line.Boxes, view.StatuteBox{Law: q.Law, Provision: q.Provision, Text: q.Text, Version: q.Version, Checked: q.Checked, Holding: registry.Held})
		}
		list = append(list, line)
	}
	return list
}

// preview shows the form's bulletin as it would be printed; nothing is stored.
func (e *bulletinEdit) preview() error {
	f, err := e.r.ReadForm(bulletinLabels)
	if err != nil {
		return err
	}
	x := e.stored
	e.bind(f, &x)
	if x.ID == 0 {
		x.Sections = e.Service.Bureau().Begin(x.Dated).Sections
	}
	if err := e.load(); err != nil {
		return err
	}
	e.rows = staying(e.rows)
	x.Cases = e.cases()
	p := bulletinPreviewPage{Layout: e.r.Layout("预览"), Draft: true}
	if p.Print, err = e.Service.PreviewBulletin(e.r.Ctx(), e.r.Actor, &x); err != nil {
		return err
	}
	p.Cases, p.Missing = paperCases(x.ID, &p.Print), e.Service.Unsettable(&x)
	p.Lead = paperPictures(x.ID, p.Print.Pictures)
	return e.r.Page(p)
}

func (s area) bulletinPreview(r *kit.Request) error {
	e, err := s.storedEdit(r)
	if err != nil {
		return err
	}
	return e.preview()
}

func (s area) bulletinPreviewNew(r *kit.Request) error { return s.newEdit(r).preview() }
