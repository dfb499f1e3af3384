package casefile

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"casebook/internal/casework"
	"casebook/internal/docx"
	"casebook/internal/paper"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

// paperFormats are the files of a paper of the case file.
var paperFormats = []paperFormat{
	{"pdf", "下载 PDF", "application/pdf", pdf.WritePaper},
	{"docx", "下载 Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.WritePaper},
}

type paperFormat struct {
	Format, Label, Media string
	Write                func(io.Writer, paper.Paper) error
}

// papersPage lists what can be printed of a case or an inspection, and what each still lacks.
type papersPage struct {
	kit.Layout
	paperHome
	Papers []paperRow
}

func (papersPage) Template() string { return "casefile/papers" }

type paperRow struct {
	casework.FilePaper
	Href string
}

// paperHome is the page of the case or inspection that a paper belongs to.
type paperHome struct{ Home, List, Noun, Name string }

func homeOf(p *casework.FilePaper) paperHome {
	if p.CaseID == 0 {
		return paperHome{fmt.Sprintf("/inspections/%d", p.InspectionID), "/inspections", "现场检查", p.Of}
	}
	return paperHome{fmt.Sprintf("/cases/%d", p.CaseID), "/cases", "案件", p.Of}
}

// paperPaths are the nouns that papers are printed from, by the first part of their address.
var paperPaths = map[string]string{"cases": "case", "documents": "document", "inspections": "inspection", "interrogations": "interrogation"}

// paperRoutes are the addresses of the papers of each of them.
func (s area) paperRoutes() (routes []kit.Route) {
	for _, path := range slices.Sorted(maps.Keys(paperPaths)) {
		entity := paperPaths[path]
		if entity == "case" || entity == "inspection" { // the papers of what is on them stand in their lists
			routes = append(routes, kit.Get("/"+path+"/:id/papers", registry.PermRecordRead, s.papersOf(entity)))
		}
		routes = append(routes, kit.Get("/"+path+"/:id/papers/:paper", registry.PermRecordRead, s.paperShow(entity)),
			kit.Get("/"+path+"/:id/papers/:paper/:format", registry.PermRecordRead, s.paperFile(entity)).Slow(time.Minute))
		if entity != "case" {
			routes = append(routes, kit.Post("/"+path+"/:id/papers/:paper/signed", registry.PermRecordWrite, s.paperSign(entity)).Upload(kit.UploadLimit))
		}
	}
	for _, path := range []string{"cases", "inspections"} {
		routes = append(routes, kit.Get("/"+path+"/:id/interrogations/new", registry.PermRecordWrite, s.interrogationNew),
			kit.Post("/"+path+"/:id/interrogations", registry.PermRecordWrite, kit.CreateHandler(s.newInterrogation)))
	}
	return append(routes,
		kit.Post("/signed-papers/:id/reopen", registry.PermRecordWrite, s.paperReopen),
		kit.Get("/interrogations/:id", registry.PermRecordRead, s.interrogationShow),
		kit.Get("/interrogations/:id/edit", registry.PermRecordWrite, kit.EditHandler(s.storedInterrogation)),
		kit.Post("/interrogations/:id", registry.PermRecordWrite, kit.UpdateHandler(s.storedInterrogation)),
		kit.Post("/interrogations/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(s.storedInterrogation)))
}

// papersOf lists the papers of the case or inspection of the path.
func (s area) papersOf(entity string) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[int64](r, "id")
		if err != nil {
			return err
		}
		list, err := s.Service.FilePapers(r.Ctx(), r.Actor, entity, id)
		if err != nil {
			return err
		}
		p := papersPage{Layout: r.Layout("打印文书"), paperHome: homeOf(&list[0])}
		for _, x := range list {
			p.Papers = append(p.Papers, paperRow{x, paperAddress(&x)})
		}
		return r.Page(p)
	}
}

func paperAddress(p *casework.FilePaper) string {
	for path, entity := range paperPaths {
		if entity == p.Entity {
			return fmt.Sprintf("/%s/%d/papers/%s", path, p.ID, p.Kind.Key)
		}
	}
	return ""
}

// paperPage shows a paper before it is printed: what it lacks with the fields where that belongs, what to look at, and its words.
type paperPage struct {
	kit.Layout
	paperHome
	casework.FilePaper
	Lacking []lacking
	Current *registry.SignedPaper // the original in force
	Changed bool                  // what would be printed now says something else than was signed
	ScanKey string
	Edit    string // where what the paper says is corrected
	Files   []paperLink
}

func (paperPage) Template() string { return "casefile/paper" }

type lacking struct{ Name, Asks, Href string }

type paperLink struct{ Label, Href string }

func (s area) paperShow(entity string) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[int64](r, "id")
		if err != nil {
			return err
		}
		p, err := s.Service.FilePaper(r.Ctx(), r.Actor, r.Param("paper"), entity, id)
		if err != nil {
			return err
		}
		r.ReadOnly = string(p.Foreign)
		page := paperPage{Layout: r.Layout(p.Title), paperHome: homeOf(&p), FilePaper: p}
		for _, m := range p.Missing {
			page.Lacking = append(page.Lacking, lacking{m.Name, m.Asks, fieldAddress(r, m.Field)})
		}
		for i := range p.Signed {
			if x := &p.Signed[i]; x.InForce() {
				page.Current = x
				page.Changed = r.Can(registry.PermPersonalRead) && x.Digest != p.Digest() // to others its numbers are masked
			}
		}
		page.ScanKey = kit.NewUUID()
		if entity == "interrogation" {
			page.Edit = fmt.Sprintf("/interrogations/%d/edit", id)
		}
		for _, f := range paperFormats {
			page.Files = append(page.Files, paperLink{f.Label, paperAddress(&p) + "/" + f.Format})
		}
		return r.Page(page)
	}
}

// paperFile sends a paper as a file.
func (s area) paperFile(entity string) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[int64](r, "id")
		if err != nil {
			return err
		}
		i := slices.IndexFunc(paperFormats, func(f paperFormat) bool { return f.Format == r.Param("format") })
		if i < 0 {
			return registry.NotFound("这种格式的文书", r.Param("format"))
		}
		p, err := s.Service.PrintFilePaper(r.Ctx(), r.Actor, r.Param("paper"), entity, id, paperFormats[i].Format)
		if err != nil {
			return err
		}
		done, err := s.Service.Paper(r.Ctx()) // after its photos were made, which need room of their own
		if err != nil {
			return err
		}
		defer done()
		var out bytes.Buffer
		if err := paperFormats[i].Write(&out, p.Paper); err != nil {
			return err // *pdf.MissingGlyphs is invalid input and names the characters
		}
		done() // sending it to a slow browser needs no room
		r.Response().Header().Set("Content-Disposition", kit.FileDisposition(report.FileName(p.Title+" "+p.Number, p.Title, paperFormats[i].Format)))
		return r.Blob(http.StatusOK, paperFormats[i].Media, out.Bytes())
	}
}

// fieldAddress leads to where a missing item is typed; empty for who may not type it there.
func fieldAddress(r *kit.Request, f paper.Field) string {
	paths := map[string]string{"inspection": "/inspections", "document": "/documents", "farm": "/farms", "party": "/parties", "case": "/cases", "interrogation": "/interrogations"}
	switch path, ok := paths[f.Entity]; {
	case f.Entity == "wording" && r.Can(registry.PermAdmin):
		return "/admin/wordings/" + f.Name
	case f.Entity == "bureau" && r.Can(registry.PermAdmin):
		return "/admin/bureau"
	case !r.Can(registry.PermRecordWrite) || f.ID == 0:
		return ""
	case f.Entity == "new":
		return fmt.Sprintf("/cases/%d/documents/new?kind=%s", f.ID, url.QueryEscape(f.Name))
	case !ok:
		return ""
	case f.Name != "" && f.Name[0] == '#':
		return fmt.Sprintf("%s/%d%s", path, f.ID, f.Name)
	default:
		return fmt.Sprintf("%s/%d/edit#f-%s", path, f.ID, f.Name)
	}
}

// Address is the page of the paper.
func (p paperPage) Address() string { return paperAddress(&p.FilePaper) }
