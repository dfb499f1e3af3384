package law

import (
	"errors"
	"io"
	"mime/multipart"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
)

// lawUpload is a text of the largest size with a form around it.
const lawUpload = casework.MaxLawText + 64<<10

var lawLabels = kit.Labels{"text": "文本", "file": "文件", "key": "法律代号", "as": "这份文本是", "note": "录入说明", "name": "法名", "short_name": "简称", "aliases": "别名", "version": "版本",
	"level": "层级", "issuer": "制定机关", "number": "文号", "from": "施行", "to": "失效", "total": "条文总数", "holding": "收录", "source": "文本来源", "confidence": "可信程度", "head_note": "备注",
	"end_previous": "同时记录前一版本失效"}

// lawFields lists the inputs beside the text.
func lawFields(f *kit.Form, x *casework.LawImport) {
	h := x.Head
	for _, b := range []struct {
		name string
		to   *string
	}{{"key", &x.Key}, {"as", &x.As}, {"note", &x.Note}, {"name", &h.Name}, {"short_name", &h.ShortName}, {"aliases", &h.Aliases}, {"version", &h.Version}, {"level", &h.Level},
		{"issuer", &h.Issuer}, {"number", &h.Number}, {"from", &h.From}, {"to", &h.To}, {"total", &h.Total}, {"holding", &h.Holding}, {"source", &h.Source},
		{"confidence", &h.Confidence}, {"head_note", &h.Note}} {
		f.Text(b.name, b.to)
	}
	f.Bool("end_previous", &x.EndPrevious)
}

type lawFormPage struct {
	kit.Layout
	Form        *kit.Form
	Law         *statute.Law // nil: of a law not chosen
	Version     *statute.Version
	Levels      []kit.Option
	Confidences []kit.Option
	Holdings    registry.Terms
}

func (lawFormPage) Template() string { return "law/admin-law-form" }

// lawNew is the import form: empty, for another version of ?law=, or for correcting its ?version=, whose text it then shows.
func (s area) lawNew(r *kit.Request) error {
	c := s.Service.Law()
	in := casework.LawImport{Head: &casework.LawHead{Holding: "全文", Confidence: "full_text"}, Key: s.Service.SuggestLawKey()}
	f := r.NewForm(lawLabels)
	if id := r.QueryParam("law"); id != "" {
		law, ok := c.Law(id)
		if !ok {
			return registry.NotFound("法规", id)
		}
		in.As, in.Key = casework.AsNewVersion, ""
		in.Head.Name, in.Head.ShortName, in.Head.Level, in.Head.Issuer = law.Name, law.ShortName, law.Level, law.Versions[len(law.Versions)-1].Issuer
		if id := r.QueryParam("version"); id != "" {
			v, ok := c.Version(law.ID, id)
			if !ok {
				return registry.NotFound("《"+law.ShortName+"》的这个版本", id)
			}
			head := casework.HeadOf(v)
			in.As, in.Head = v.ID, &head
			f.Values.Set("text", statute.FormatArticles(v.Articles))
		}
	}
	lawFields(f, &in)
	return s.lawForm(r, f)
}

func (s area) lawForm(r *kit.Request, f *kit.Form) error {
	p := lawFormPage{Layout: r.Layout("录入法规文本"), Form: f, Levels: levelOptions(), Confidences: confidenceOptions(), Holdings: holdingOptions}
	if law, ok := s.Service.Law().LawByName(f.Value("name")); ok {
		p.Law = law
		if v, ok := s.Service.Law().Version(law.ID, f.Value("as")); ok {
			p.Version, p.Title = v, "纠正《"+law.ShortName+"》（"+v.Name+"）"
		} else if f.Value("as") == casework.AsNewVersion {
			p.Title = "录入《" + law.ShortName + "》的新版本"
		}
	}
	return r.Form(f, p)
}

// readLaw reads the posted form; an uploaded file takes the place of the pasted text.
func readLaw(r *kit.Request) (*kit.Form, casework.LawImport, error) {
	in := casework.LawImport{Head: &casework.LawHead{}}
	f, err := r.ReadForm(lawLabels)
	if err != nil {
		return nil, in, err
	}
	lawFields(f, &in)
	if in.Key != "" && r.Server.Pages["/statutes/"+in.Key] {
		f.Add("key", "代号“%s”与本系统的页面同名，请换一个", in.Key)
	}
	b, uploaded, err := uploadedFile(r, "file")
	if err != nil {
		return nil, in, err
	}
	if uploaded {
		f.Values.Set("text", "")
		text, err := intake.Decode(b)
		if err != nil {
			f.Add("file", "%s", err)
			return f, in, nil
		}
		f.Values.Set("text", text)
	}
	in.Text = f.Value("text") // as typed: line numbers count from the first line
	if strings.TrimSpace(in.Text) == "" {
		f.Add("text", "请粘贴法规正文，或选择文件")
	}
	return f, in, nil
}

// uploadedFile reads a file input; ok is false where no file was chosen.
func uploadedFile(r *kit.Request, name string) (b []byte, ok bool, err error) {
	if r.Request().MultipartForm == nil {
		return nil, false, nil
	}
	files := r.Request().MultipartForm.File[name]
	if len(files) == 0 || files[0].Size == 0 {
		return nil, false, nil
	}
	var part multipart.File
	if part, err = files[0].Open(); err != nil {
		return nil, false, err
	}
	defer part.Close() //nolint:errcheck // only read
	b, err = io.ReadAll(io.LimitReader(part, lawUpload))
	return b, true, err
}

type lawPreviewPage struct {
	kit.Layout
	Form    *kit.Form
	Plan    *casework.LawPreview
	What    string // 纠正…, 录入…
	Against string // what it is compared with; empty for a law's first text
	Head    []headChangeView
	Changes lawChanges
	Choices []kit.Option // other ways to take the text
	Hidden  []hiddenField
	Facts   []hiddenField
}

// hiddenField carries what was typed from one step to the next.
type hiddenField struct{ Name, Value string }

func (lawPreviewPage) Template() string { return "law/admin-law-preview" }

// lawPreview shows what the import would change. Nothing is kept between this page and the confirmation but what the page itself holds.
func (s area) lawPreview(r *kit.Request) error {
	f, in, err := readLaw(r)
	if err != nil {
		return err
	}
	if f.Value("edit") != "" {
		f.Errors = nil
		return s.lawForm(r, f)
	}
	if !f.OK() {
		return s.lawForm(r, f)
	}
	plan, err := s.Service.PreviewLaw(r.Ctx(), r.Actor, in)
	if err != nil {
		return s.lawRefused(r, f, err)
	}
	return r.Page(viewPlan(r, f, plan))
}

// lawRefused shows the form again with what was wrong; a line that cannot be read is a problem of the text.
func (s area) lawRefused(r *kit.Request, f *kit.Form, err error) error {
	var text *statute.TextError
	if errors.As(err, &text) {
		f.Add("text", "%s", text.Error())
	} else if err := f.Refuse(err); err != nil {
		return err
	}
	return s.lawForm(r, f)
}

// lawCreate stores the text that the preview showed.
func (s area) lawCreate(r *kit.Request) error {
	f, in, err := readLaw(r)
	if err != nil {
		return err
	}
	if !f.OK() {
		return s.lawForm(r, f)
	}
	done, err := s.Service.ImportLaw(r.Ctx(), r.Actor, in, f.Value("state"))
	if err != nil {
		return s.lawRefused(r, f, err)
	}
	words := "已入库。此前的引用仍指向原来的文字。"
	if done.Ended != "" {
		words = "已入库，" + done.Ended + "的失效日已记录。此前的引用仍指向原来的文字。"
	}
	return r.Done(words, "/statutes/%s/%s", done.LawID, done.VersionID)
}

func viewPlan(r *kit.Request, f *kit.Form, plan *casework.LawPreview) lawPreviewPage {
	v := plan.New
	p := lawPreviewPage{Layout: r.Layout("查看变更"), Form: f, Plan: plan, Changes: viewChanges(plan.Articles)}
	for _, h := range plan.Head {
		p.Head = append(p.Head, headChangeView(h))
	}
	switch {
	case plan.Revision:
		p.What = "纠正《" + v.LawName + "》（" + plan.Base.Name + "）的文本"
		p.Against = "现用文本（" + revisionName(plan.Base) + "）"
	case plan.NewLaw:
		p.What = "录入新的法规《" + v.LawName + "》（" + v.Name + "）"
	default:
		p.What = "录入《" + v.LawName + "》的新版本（" + v.Name + "）"
		p.Against = plan.Base.Name
	}
	if !plan.NewLaw {
		p.Choices = append(p.Choices, kit.Option{Value: casework.AsNewVersion, Label: "一个新的版本"})
		for _, have := range plan.Law.Versions {
			p.Choices = append(p.Choices, kit.Option{Value: have.ID, Label: "对" + have.Name + "的纠正"})
		}
	}
	f.Values.Set("as", casework.AsNewVersion)
	if plan.Revision {
		f.Values.Set("as", plan.Base.ID)
	}
	for _, name := range []string{"key", "note", "name", "short_name", "aliases", "version", "level", "issuer", "number", "from", "to", "total", "holding", "source", "confidence", "head_note"} {
		p.Hidden = append(p.Hidden, hiddenField{name, f.Value(name)})
	}
	p.Facts = []hiddenField{{"层级", v.Level}, {"制定机关", v.Issuer}, {"文号", v.Number}, {"施行", orFirstWord(v.From.String(), "未核到")}, {"失效", orFirstWord(v.To.String(), "未见失效")},
		{"收录", holdingOf(v)}, {"来源", v.Source}}
	return p
}

func orFirstWord(s, word string) string {
	if s == "" {
		return word
	}
	return s
}
