package web

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
)

const (
	textLimit      = 10 << 20 // of a published text, in bytes
	textUpload     = textLimit + 1<<20
	acceptedUpload = 8 << 20   // of the form with the drafts: a short text in it three times as long as typed, and what was corrected
	carriedText    = 200 << 10 // a longer text does not travel through the page
	draftsAPage    = 20
)

type importsPage struct {
	Layout
	Rows []publicationLine
}

func (importsPage) Template() string { return "intake/index" }

// publicationLine is an import in the list of those that went before.
type publicationLine struct {
	registry.Publication
	Count int
}

// imports is the hub of what can be read into the register.
func (s *Server) imports(r *request) error {
	rows, err := s.service.Publications(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	p := importsPage{Layout: r.layout("导入")}
	for _, row := range rows {
		p.Rows = append(p.Rows, publicationLine{row.Publication, row.Count})
	}
	return r.page(p)
}

type bulletinImportPage struct {
	Layout
	Form *Form
	Held string // how much text is kept from a refused form; it need not be pasted again
}

func (bulletinImportPage) Template() string { return "intake/bulletin" }

// sourceFields say where a text was published.
func sourceFields(f *Form, p *registry.Publication) {
	f.meta(&p.Meta)
	f.text("name", &p.Name)
	f.text("url", &p.URL)
	f.date("published_on", &p.PublishedOn)
}

func (s *Server) bulletinImport(r *request) error {
	f := r.newForm(intakeLabels)
	sourceFields(f, &registry.Publication{})
	return r.form(f, bulletinImportPage{Layout: r.layout("导入通报文本"), Form: f})
}

// bulletinRead reads a text that was pasted or sent as a file and shows what it found.
func (s *Server) bulletinRead(r *request) error {
	f, err := r.readForm(intakeLabels)
	if err != nil {
		return err
	}
	var source registry.Publication
	sourceFields(f, &source)
	text := s.givenText(r, f)
	if e := new(registry.Error); errors.As(source.Validate(), &e) {
		f.problems = append(f.problems, e.Fields...)
	}
	if !f.ok() || f.Value("edit") != "" {
		return s.bulletinImportAgain(r, f, text)
	}
	reading, err := s.service.ReadBulletin(r.ctx(), r.actor, text)
	if err != nil {
		return err
	}
	from, _ := strconv.Atoi(f.Value("from"))
	return s.showReading(r, newIntakeForm(s, r, source, reading, from))
}

// bulletinImportAgain shows the form as it was filled in. A file cannot be put back into its input, so its text is.
func (s *Server) bulletinImportAgain(r *request, f *Form, text string) error {
	p := bulletinImportPage{Layout: r.layout("导入通报文本"), Form: f}
	if text != "" {
		short, held, err := s.carry(r, text)
		if err != nil {
			return err
		}
		f.values.Set("text", short)
		f.values.Set("held", held)
		if held != "" {
			p.Held = sizeText(int64(len(text)))
		}
	}
	return r.form(f, p)
}

// givenText is the text of a form: the file, or what was pasted, or what was kept from the form before. What is wrong with it goes to
// the form.
func (s *Server) givenText(r *request, f *Form) string {
	body, name := []byte(f.Value("text")), "text"
	file, err := r.FormFile("file")
	switch {
	case err == nil && file.Size > textLimit:
		f.status = http.StatusRequestEntityTooLarge
		f.add("file", "文件有 %s，最大 10 MB；请只取登有案例的部分", sizeText(file.Size))
		return f.Value("text")
	case err == nil && len(strings.TrimSpace(f.Value("text"))) > 0:
		f.add("file", "已粘贴了文本，又选了文件；请只用一种")
		return f.Value("text")
	case err == nil:
		name = "file"
		if body, err = readPart(file); err != nil {
			f.add("file", "文件没有读完整，请重新选择")
			return ""
		}
	case len(strings.TrimSpace(string(body))) == 0:
		return s.heldText(r, f)
	}
	text, err := intake.Decode(body)
	if err != nil {
		if len(body) > textLimit {
			f.status = http.StatusRequestEntityTooLarge
		}
		f.add(name, "%s", err)
		return ""
	}
	if text = registry.CleanText(text); text == "" {
		f.add(name, "里面没有文字")
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
func (s *Server) carry(r *request, text string) (short, held string, err error) {
	if len(text) <= carriedText {
		return text, "", nil
	}
	hash, err := s.service.HoldText(r.actor, text)
	if err != nil {
		return "", "", err
	}
	return "", hash + "." + fmt.Sprintf("%x", r.flashMAC("text|"+hash)), nil
}

// heldText reads what carry kept. The ticket is signed: a hash alone opens no file.
func (s *Server) heldText(r *request, f *Form) string {
	hash, mac, _ := strings.Cut(f.Value("held"), ".")
	if hash == "" {
		f.add("text", "请粘贴通报全文，或选择文本文件")
		return ""
	}
	if mac == fmt.Sprintf("%x", r.flashMAC("text|"+hash)) {
		if text, err := s.service.HeldText(r.actor, hash); err == nil {
			return text
		}
	}
	f.values.Del("held")
	f.add("text", "原文已不在服务器上（可能重新启动过），请再粘贴或选择一次")
	return ""
}

// bulletinAccept imports the drafts that were ticked, or shows the page again: with a row more, with the citations looked up anew,
// or with what is wrong.
func (s *Server) bulletinAccept(r *request) error {
	posted, err := r.readForm(intakeLabels)
	if err != nil {
		return err
	}
	var source registry.Publication
	sourceFields(posted, &source)
	text := s.givenText(r, posted)
	if text == "" {
		return s.bulletinImportAgain(r, posted, "")
	}
	reading, err := s.service.ReadBulletin(r.ctx(), r.actor, text)
	if err != nil {
		return err
	}
	x, err := readIntakeForm(s, posted, source, reading)
	if err != nil {
		return err
	}
	if x.Form.adding != "" || x.Form.Value("recheck") != "" {
		x.Form.problems = nil
		return s.showReading(r, x)
	}
	drafts, places := x.accepted()
	if len(drafts) == 0 {
		x.Form.add("drafts", "还没有勾选“采用此案”；请勾选要导入的案件")
	}
	if x.Form.ok() {
		err := s.service.ImportDrafts(r.ctx(), r.actor, &source, text, drafts)
		if err == nil {
			return r.done(fmt.Sprintf("已导入 %d 案。", len(source.Cases)), "/imports/bulletin/%d", source.ID)
		}
		if err := x.Form.refuse(err); err != nil {
			return err
		}
		x.Form.relocate(places)
	}
	return s.showReading(r, x)
}

type publicationPage struct {
	Layout
	registry.Publication
	Cases []importedCase
}

func (publicationPage) Template() string { return "intake/done" }

// importedCase is a case that an import made, and what is not known of it yet.
type importedCase struct {
	registry.Case
	Types   []string
	Unknown []string
}

// publicationShow lists the cases that came from a text.
func (s *Server) publicationShow(r *request) error {
	id, err := pathID[registry.PublicationID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.service.PublicationPage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	p := publicationPage{Layout: r.layout("导入的案件"), Publication: x.Publication}
	for _, f := range x.Files {
		c := importedCase{Case: f.Case, Unknown: casework.Unknowns(f)}
		for _, v := range f.Violations {
			c.Types = append(c.Types, s.typeLabel(v.TypeCode))
		}
		p.Cases = append(p.Cases, c)
	}
	return r.page(p)
}
