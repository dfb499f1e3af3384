package imports

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

const (
	textLimit      = 10 << 20 // of a published text, in bytes
	textUpload     = textLimit + 1<<20
	acceptedUpload = 8 << 20   // of the form with the drafts: a short text in it three times as long as typed, and what was corrected
	carriedText    = 200 << 10 // a longer text does not travel through the page
	draftsAPage    = 20
)

type importsPage struct {
	kit.Layout
	Rows []publicationLine
}

func (importsPage) Template() string { return "imports/intake-index" }

// publicationLine is an import in the list of those that went before.
type publicationLine struct {
	registry.Publication
	Count int
}

// imports is the hub of what can be read into the register.
func (s area) imports(r *kit.Request) error {
	rows, err := s.Service.Publications(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := importsPage{Layout: r.Layout("导入")}
	for _, row := range rows {
		p.Rows = append(p.Rows, publicationLine{row.Publication, row.Count})
	}
	return r.Page(p)
}

type bulletinImportPage struct {
	kit.Layout
	Form *kit.Form
	Held string // how much text is kept from a refused form; it need not be pasted again
}

func (bulletinImportPage) Template() string { return "imports/intake-bulletin" }

// sourceFields say where a text was published.
func sourceFields(f *kit.Form, p *registry.Publication) {
	f.Meta(&p.Meta)
	f.Text("name", &p.Name)
	f.Text("medium", &p.Medium)
	f.Text("page", &p.Page)
	f.Text("url", &p.URL)
	f.Date("published_on", &p.PublishedOn)
}

func (s area) bulletinImport(r *kit.Request) error {
	f := r.NewForm(intakeLabels)
	sourceFields(f, &registry.Publication{})
	return r.Form(f, bulletinImportPage{Layout: r.Layout("导入通报文本"), Form: f})
}

// bulletinRead reads a text that was pasted or sent as a file and shows what it found.
func (s area) bulletinRead(r *kit.Request) error {
	f, err := r.ReadForm(intakeLabels)
	if err != nil {
		return err
	}
	var source registry.Publication
	sourceFields(f, &source)
	text := s.givenText(r, f)
	if e := new(registry.Error); errors.As(source.Validate(), &e) {
		f.Errors = append(f.Errors, e.Fields...)
	}
	if !f.OK() || f.Value("edit") != "" {
		return s.bulletinImportAgain(r, f, text)
	}
	reading, err := s.Service.ReadBulletin(r.Ctx(), r.Actor, text)
	if err != nil {
		return err
	}
	from, _ := strconv.Atoi(f.Value("from"))
	return s.showReading(r, newIntakeForm(s, r, source, reading, from))
}

// bulletinImportAgain shows the form as it was filled in. A file cannot be put back into its input, so its text is.
func (s area) bulletinImportAgain(r *kit.Request, f *kit.Form, text string) error {
	p := bulletinImportPage{Layout: r.Layout("导入通报文本"), Form: f}
	if text != "" {
		short, held, err := s.carry(r, text)
		if err != nil {
			return err
		}
		f.Values.Set("text", short)
		f.Values.Set("held", held)
		if held != "" {
			p.Held = view.SizeText(int64(len(text)))
		}
	}
	return r.Form(f, p)
}

// givenText is the text of a form: the file, or what was pasted, or what was kept from the form before. What is wrong with it goes to
// the form.
func (s area) givenText(r *kit.Request, f *kit.Form) string {
	body, name := []byte(f.Value("text")), "text"
	file, err := r.FormFile("file")
	switch {
	case err == nil && file.Size > textLimit:
		f.Status = http.StatusRequestEntityTooLarge
		f.Add("file", "文件有 %s，最大 10 MB；请只取登有案例的部分", view.SizeText(file.Size))
		return f.Value("text")
	case err == nil && len(strings.TrimSpace(f.Value("text"))) > 0:
		f.Add("file", "已粘贴了文本，又选了文件；请只用一种")
		return f.Value("text")
	case err == nil:
		name = "file"
		if body, err = readPart(file); err != nil {
			f.Add("file", "文件没有读完整，请重新选择")
			return ""
		}
	case len(strings.TrimSpace(string(body))) == 0:
		return s.heldText(r, f)
	}
	text, err := intake.Decode(body)
	if err != nil {
		if len(body) > textLimit {
			f.Status = http.StatusRequestEntityTooLarge
		}
		f.Add(name, "%s", err)
		return ""
	}
	if text = registry.CleanText(text); text == "" {
		f.Add(name, "里面没有文字")
	}
	return text
}

func readPart(file *multipart.FileHeader) ([]byte, error) {
	in, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // opened for reading
	return io.ReadAll(in)
}

// carry prepares a text for its way through the page: itself, or, where it is long, the ticket of the copy that the server keeps.
func (s area) carry(r *kit.Request, text string) (short, held string, err error) {
	if len(text) <= carriedText {
		return text, "", nil
	}
	hash, err := s.Service.HoldText(r.Actor, text)
	if err != nil {
		return "", "", err
	}
	return "", hash + "." + fmt.Sprintf("%x", r.Sign("text|"+hash)), nil
}

// heldText reads what carry kept. The ticket is signed: a hash alone opens no file.
func (s area) heldText(r *kit.Request, f *kit.Form) string {
	hash, mac, _ := strings.Cut(f.Value("held"), ".")
	if hash == "" {
		f.Add("text", "请粘贴通报全文，或选择文本文件")
		return ""
	}
	if mac == fmt.Sprintf("%x", r.Sign("text|"+hash)) {
		if text, err := s.Service.HeldText(r.Actor, hash); err == nil {
			return text
		}
	}
	f.Values.Del("held")
	f.Add("text", "原文已不在服务器上（可能重新启动过），请再粘贴或选择一次")
	return ""
}

// bulletinAccept imports the drafts that were ticked, or shows the page again: with a row more, with the citations looked up anew,
// or with what is wrong.
func (s area) bulletinAccept(r *kit.Request) error {
	posted, err := r.ReadForm(intakeLabels)
	if err != nil {
		return err
	}
	var source registry.Publication
	sourceFields(posted, &source)
	text := s.givenText(r, posted)
	if text == "" {
		return s.bulletinImportAgain(r, posted, "")
	}
	reading, err := s.Service.ReadBulletin(r.Ctx(), r.Actor, text)
	if err != nil {
		return err
	}
	x, err := readIntakeForm(s, posted, source, reading)
	if err != nil {
		return err
	}
	if x.Form.Adding != "" || x.Form.Value("recheck") != "" {
		x.Form.Errors = nil
		return s.showReading(r, x)
	}
	drafts, places := x.accepted()
	if len(drafts) == 0 {
		x.Form.Add("drafts", "还没有勾选“采用此案”；请勾选要导入的案件")
	}
	if x.Form.OK() {
		err := s.Service.ImportDrafts(r.Ctx(), r.Actor, &source, text, x.notice(), drafts)
		if err == nil {
			return r.Done(fmt.Sprintf("已导入 %d 案。", len(source.Cases)), "/imports/bulletin/%d", source.ID)
		}
		if err := x.Form.Refuse(err); err != nil {
			return err
		}
		x.Form.Relocate(places)
	}
	return s.showReading(r, x)
}

type publicationPage struct {
	kit.Layout
	registry.Publication
	Cases []importedCase
}

func (publicationPage) Template() string { return "imports/intake-done" }

// importedCase is a case that an import made, and what is not known of it yet.
type importedCase struct {
	registry.Case
	Printed string // its title there, where it is another
	Types   []string
	Unknown []string
}

// publicationShow lists the cases that came from a text.
func (s area) publicationShow(r *kit.Request) error {
	id, err := kit.PathID[registry.PublicationID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.PublicationPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	p := publicationPage{Layout: r.Layout("导入的案件"), Publication: x.Publication}
	for _, f := range x.Files {
		c := importedCase{Case: f.Case, Unknown: casework.Unknowns(f)}
		if told := x.Of(f.Case.ID); told.Title != f.Case.Title {
			c.Printed = told.Title
		}
		for _, v := range f.Violations {
			c.Types = append(c.Types, view.TypeLabel(s.Server, v.TypeCode))
		}
		p.Cases = append(p.Cases, c)
	}
	return r.Page(p)
}
