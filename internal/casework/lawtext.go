package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// MaxLawText bounds one law text, in bytes: the longest code has a tenth of it.
const MaxLawText = 10 << 20

// AsNewVersion is LawImport.As for a text that is a version of its own.
const AsNewVersion = "new"

// LawImport is what an administrator hands in.
type LawImport struct {
	Text string   // a law text file with its front matter, or the page a law was published on; UTF-8 or GB 18030
	Head *LawHead // goes with a page; a file has its own
	Key  string   // of a law that the catalogue does not have: water-pollution-law
	// As says what the text is: AsNewVersion, or the key of the version that it corrects. Empty: by name and beginning.
	As          string
	EndPrevious bool   // also end the version before on the day before this one begins
	Note        string // why
}

// LawPreview is what an import would change.
type LawPreview struct {
	Text                         string // as it was read
	Law                          *statute.Law
	NewLaw                       bool
	New                          *statute.Version
	Base                         *statute.Version // the text it replaces, or the version before; nil for the first of a law
	Revision                     bool             // a correction of Base; else a version of its own
	Doubt                        string           // why a person should look at Revision; empty where name and beginning agree
	Head                         []LawHeadChange  // what differs in the front matter of a correction
	Articles                     []statute.ArticleChange
	Added, Edited, Removed, Kept int
	Ends                         *LawEnd // what EndPrevious would do; nil where nothing is to be ended
	Warnings                     []string
	State                        string // names all of this: an import of something else is refused
}

// LawHeadChange is one field of the front matter.
type LawHeadChange struct{ Label, Old, New string }

// LawEnd proposes that a version ended on the day before the new one began.
type LawEnd struct {
	Version *statute.Version
	To      registry.Date
}

// Counts is the first line of a preview.
func (p *LawPreview) Counts() string {
	return fmt.Sprintf("新增 %d 条，修改 %d 条，删除 %d 条，未变 %d 条", p.Added, p.Edited, p.Removed, p.Kept)
}

// LawImported names what was stored.
type LawImported struct {
	LawID, VersionID string
	Revision         int
	Ended            string // name of the version that was ended; empty where none was
}

// PreviewLaw says what an import would change. A text that is no law is a *statute.TextError with its line; nothing is written.
func (s *Service) PreviewLaw(ctx context.Context, a registry.Actor, in LawImport) (*LawPreview, error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return nil, err
	}
	if err := s.LoadLaws(ctx); err != nil {
		return nil, err
	}
	return planLaw(s.Law(), in)
}

// ImportLaw stores a text as a new revision or version, with the audit entry in the same transaction. expected is the State of the
// preview that a person confirmed; where the text or the catalogue has changed since, nothing is written.
func (s *Service) ImportLaw(ctx context.Context, a registry.Actor, in LawImport, expected string) (done LawImported, err error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return done, err
	}
	if err := s.LoadLaws(ctx); err != nil {
		return done, err
	}
	from := s.law.Load()
	p, err := planLaw(from.catalogue, in)
	if err != nil {
		return done, err
	}
	moved := registry.Conflict("查看变更之后，法规库或所录文本又有改动，没有写入。请重新查看变更再确认。")
	if p.State != expected {
		return done, moved
	}
	err = s.writeAlone(ctx, a, func(tx *store.Tx) error {
		g, err := tx.LawGeneration()
		if err != nil {
			return err
		}
		if g.Texts != from.generation.Texts {
			return moved
		}
		action := "录入法规版本"
		if p.Revision {
			action = "纠正法规文本"
		}
		kept, err := s.keepLaw(tx, a, action, p.New, in.Note)
		if err != nil {
			return err
		}
		done = LawImported{LawID: kept.LawID, VersionID: kept.VersionID, Revision: kept.Revision}
		if p.Ends == nil || !in.EndPrevious {
			return nil
		}
		ended := *p.Ends.Version
		ended.To, ended.EndUnknown, done.Ended = p.Ends.To, false, ended.Name
		_, err = s.keepLaw(tx, a, "记录版本失效", &ended, "由"+p.New.Name+"代替")
		return err
	})
	if err != nil {
		return LawImported{}, err
	}
	return done, s.LoadLaws(ctx)
}

// keepLaw stores one text. Its revision in the history holds the hash and not the text, which is kept in a table of its own.
func (s *Service) keepLaw(tx *store.Tx, a registry.Actor, action string, v *statute.Version, note string) (*store.LawText, error) {
	x := &store.LawText{StoredText: statute.StoredText{LawID: v.LawID, VersionID: v.ID, Body: v.Format(),
		Import: statute.Import{By: a.Username, At: s.now(), Source: v.Source, Note: registry.CleanText(note)}}}
	if err := tx.AddLawText(x); err != nil {
		return nil, err
	}
	return x, tx.Record(store.Event{Actor: a, At: x.At, Action: action, Entity: "law_text", EntityID: x.ID, Version: int64(x.Revision),
		Detail: fmt.Sprintf("《%s》%s，第 %d 次录入", v.LawName, v.Name, x.Revision)},
		struct {
			LawID     string `json:"law_id"`
			VersionID string `json:"version_id"`
			Revision  int    `json:"revision"`
			SHA256    string `json:"sha256"`
			TextHash  string `json:"text_hash"`
		}{x.LawID, x.VersionID, x.Revision, x.SHA256, statute.HashArticles(v.Articles)})
}

// planLaw reads the text and finds out what it is to the catalogue.
func planLaw(c *statute.Catalogue, in LawImport) (*LawPreview, error) {
	if len(in.Text) > MaxLawText {
		return nil, registry.Invalid("text", "文本有 %.1f MB，超过 %d MB", float64(len(in.Text))/(1<<20), MaxLawText>>20)
	}
	text, err := intake.Decode([]byte(in.Text))
	if err != nil {
		return nil, &statute.TextError{Line: 1, Message: err.Error()}
	}
	p := &LawPreview{Text: text}
	if p.New, err = readLaw(text, in.Head); err != nil {
		return nil, err
	}
	if p.New.Checked {
		p.Warnings = append(p.Warnings, "文件头写着“已核对”：核对由管理员在入库后标记，写明核对来源和日期；入库时一律为未核对")
		p.New.Checked = false
	}
	if err := p.findLaw(c, in.Key); err != nil {
		return nil, err
	}
	if err := p.findVersion(in.As); err != nil {
		return nil, err
	}
	if in.Head != nil && p.Revision && p.New.Source == p.Base.Source {
		keepProvenance(p.New.Articles, p.Base)
	}
	if err := p.compare(c); err != nil {
		return nil, err
	}
	p.proposeEnd()
	p.warn()
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%t\n%s", p.New.LawID, p.New.ID, p.Revision, p.New.Format())
	if p.Base != nil {
		fmt.Fprintf(sum, "\n%s", p.Base.Format())
	}
	if p.Ends != nil {
		fmt.Fprintf(sum, "\n%s %s", p.Ends.Version.ID, p.Ends.To)
	}
	p.State = hex.EncodeToString(sum.Sum(nil))
	return p, nil
}

// readLaw reads a file with front matter, or a page with the head beside it.
func readLaw(text string, head *LawHead) (*statute.Version, error) {
	if head == nil || hasFrontMatter(text) {
		return statute.ParseText([]byte(text))
	}
	articles, err := statute.ParseArticles(text)
	if err != nil {
		return nil, err
	}
	return head.version(articles)
}

// hasFrontMatter: a law text file begins with its 法名.
func hasFrontMatter(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(registry.HalfWidth(text[:min(len(text), 200)])), "\n")
	return strings.HasPrefix(first, "法名:")
}

// findLaw finds the law that the text is a version of, or makes a new one under the key.
func (p *LawPreview) findLaw(c *statute.Catalogue, key string) error {
	v := p.New
	law, known := c.LawByName(v.LawName)
	if !known {
		switch _, taken := c.Law(key); {
		case !lawKey.MatchString(key):
			return registry.Invalid("key", "本库没有《%s》，录入新的法律须给它一个代号：2 至 60 个小写字母、数字或“-”，如 water-pollution-law", v.LawName)
		case taken:
			return registry.Invalid("key", "代号“%s”已被使用，请换一个", key)
		}
		v.LawID = key
		p.NewLaw, p.Law = true, &statute.Law{ID: key, Name: v.LawName, ShortName: v.ShortName, Level: v.Level}
		return nil
	}
	if v.ShortName == v.LawName {
		v.ShortName = law.ShortName
	}
	v.LawName, v.LawID, p.Law = law.Name, law.ID, law
	switch {
	case v.ShortName != law.ShortName:
		return registry.Invalid("short_name", "《%s》在本库的简称是“%s”，不能改成“%s”；其他叫法请写进别名", law.Name, law.ShortName, v.ShortName)
	case v.Level != law.Level:
		return registry.Invalid("level", "《%s》在本库的层级是“%s”", law.Name, law.Level)
	}
	return nil
}

// findVersion decides whether the text corrects a version or is a new one, as far as name and beginning tell; as overrides.
func (p *LawPreview) findVersion(as string) error {
	v := p.New
	var byName, byDay *statute.Version
	for _, have := range p.Law.Versions {
		if have.Name == v.Name {
			byName = have
		}
		if !v.From.IsZero() && have.From == v.From {
			byDay = have
		}
	}
	switch {
	case as == AsNewVersion && byName != nil:
		return registry.Invalid("version", "本库已有《%s》的“%s”。是另一个版本的，请改写版本名称；是同一版本的，请选“纠正文本”", p.Law.ShortName, v.Name)
	case as == AsNewVersion:
	case as != "":
		for _, have := range p.Law.Versions {
			if have.ID == as {
				p.Base = have
			}
		}
		if p.Base == nil {
			return registry.Invalid("as", "《%s》没有代号为“%s”的版本", p.Law.ShortName, as)
		}
		if byName != nil && byName != p.Base {
			return registry.Invalid("version", "“%s”是另一个版本的名称", v.Name)
		}
	case byName != nil:
		p.Base = byName
	case byDay != nil:
		p.Base = byDay
	}
	if p.Base == nil {
		v.ID = versionKey(p.Law, v)
		p.Base = versionBefore(p.Law, v)
		return nil
	}
	p.Revision, v.ID = true, p.Base.ID
	switch {
	case as != "":
	case byDay == p.Base && byName == nil:
		p.Doubt = fmt.Sprintf("施行日与%s相同而版本名称不同，暂按纠正该版本处理", p.Base.Name)
	case v.From != p.Base.From:
		p.Doubt = fmt.Sprintf("版本名称与%s相同而施行日不同，暂按纠正该版本处理", p.Base.Name)
	}
	return nil
}

// versionBefore is the version that a new one is compared with: the last that began before it, else the first of all.
func versionBefore(law *statute.Law, v *statute.Version) *statute.Version {
	var before *statute.Version
	for _, have := range law.Versions {
		if before == nil || v.From.IsZero() || have.From.Before(v.From) {
			before = have
		}
	}
	return before
}

// keepProvenance: a typing slip was corrected from the same source; what was not touched keeps where it came from and how sure it is.
func keepProvenance(articles []statute.Article, base *statute.Version) {
	for i := range articles {
		a := &articles[i]
		if old, ok := base.Article(a.Article, a.Sub); ok && old.Text() == a.Text() {
			a.Confidence, a.Source, a.Unsettled = old.Confidence, old.Source, old.Unsettled
		}
	}
}

// compare fills in what changes. It also lays the text over the catalogue as the next start would: what breaks there is refused here.
func (p *LawPreview) compare(c *statute.Catalogue) error {
	v := p.New
	body := v.Format()
	again, err := statute.ParseText([]byte(body))
	if err != nil {
		return fmt.Errorf("a law text that was read cannot be read again: %w", err)
	}
	if statute.HashArticles(again.Articles) != statute.HashArticles(v.Articles) {
		return registry.Invalid("text", "这份文本的排版无法原样保存，请检查条、款、项的换行")
	}
	if _, broken := c.With([]statute.StoredText{{LawID: v.LawID, VersionID: v.ID, Revision: 1 << 30, Body: body}}, nil); len(broken) > 0 {
		return registry.Invalid("name", "%s", broken[0].Why)
	}
	var before []statute.Article
	if p.Base != nil {
		before = p.Base.Articles
	}
	p.Articles = statute.Changes(before, v.Articles)
	for _, x := range p.Articles {
		switch x.Kind {
		case statute.ChangeNew:
			p.Added++
		case statute.ChangeEdited:
			p.Edited++
		case statute.ChangeRemoved:
			p.Removed++
		default:
			p.Kept++
		}
	}
	if !p.Revision {
		return nil
	}
	if base := unmarked(p.Base); base.Format() == body {
		return registry.Conflict("与本库现有的《%s》（%s）完全相同，没有需要录入的变化。", p.Law.Name, p.Base.Name)
	}
	p.Head = HeadChanges(p.Base, v)
	return nil
}

// unmarked is the version without its 核对, which is not part of the text.
func unmarked(v *statute.Version) *statute.Version {
	n := *v
	n.Checked = false
	return &n
}

// HeadChanges lists what differs in the front matter of two texts of a version.
func HeadChanges(a, b *statute.Version) (list []LawHeadChange) {
	before, after := HeadOf(a), HeadOf(b)
	for _, f := range []struct{ label, old, new string }{
		{"别名", before.Aliases, after.Aliases}, {"版本", before.Version, after.Version}, {"制定机关", before.Issuer, after.Issuer}, {"文号", before.Number, after.Number},
		{"施行", before.From, after.From}, {"失效", before.To, after.To}, {"条文总数", before.Total, after.Total}, {"收录", before.Holding, after.Holding},
		{"来源", before.Source, after.Source}, {"可信程度", statute.ConfidenceLabel(before.Confidence), statute.ConfidenceLabel(after.Confidence)}, {"备注", before.Note, after.Note},
	} {
		if f.old != f.new {
			list = append(list, LawHeadChange{f.label, f.old, f.new})
		}
	}
	return list
}

// proposeEnd: a version that begins ends the one before it.
func (p *LawPreview) proposeEnd() {
	v := p.New
	if p.Revision || v.From.Precision() != registry.PrecisionDay {
		return
	}
	var before *statute.Version
	for _, have := range p.Law.Versions {
		if have.From.Before(v.From) {
			before = have
		}
	}
	if to := v.From.AddDays(-1); before != nil && (before.To.IsZero() || to.Before(before.To)) {
		p.Ends = &LawEnd{before, to}
	}
}

// warn lists what a person should look at; none of it is refused.
func (p *LawPreview) warn() {
	v := p.New
	add := func(format string, args ...any) { p.Warnings = append(p.Warnings, fmt.Sprintf(format, args...)) }
	if v.From.IsZero() {
		add("施行日未核到：任何日期的行为都会把这个版本列为可能适用，由承办人判断")
	}
	for _, have := range p.Law.Versions {
		if have.ID == v.ID || v.From.IsZero() || have.From.IsZero() || p.Ends != nil && have == p.Ends.Version {
			continue // the version that is to be ended has a question of its own
		}
		if !v.To.Before(have.From) && !have.To.Before(v.From) {
			add("与%s（%s 起%s）的施行时间重叠：重叠期间的行为会列出两个版本供选择", have.Name, have.From, until(have.To))
		}
	}
	if p.Removed > 0 && !v.Complete && v.ArticlesTotal == 0 {
		add("新文本是节选：列为“删除”的 %d 条也可能只是没有收录", p.Removed)
	}
	broken := 0
	for i := range v.Articles {
		a := &v.Articles[i]
		for k := range a.Paragraphs {
			text := []rune(a.Paragraphs[k].FullText())
			if len(text) == 0 || strings.ContainsRune("。；：！？”）…", text[len(text)-1]) {
				continue
			}
			if broken++; broken <= 5 {
				provision := a.Provision()
				provision.Paragraph = k + 1
				add("%s末尾没有句号（“…%s”）：可能是网页或 PDF 换行拆开的同一款，请检查", provision, string(text[max(0, len(text)-12):]))
			}
		}
	}
	if broken > 5 {
		add("另有 %d 款末尾没有句号", broken-5)
	}
}

func until(d registry.Date) string {
	if d.IsZero() {
		return ""
	}
	return "至 " + d.String()
}
