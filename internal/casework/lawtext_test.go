package casework_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

var admin = registry.Actor{UserID: 9, Username: "admin", Role: registry.RoleAdmin}

const waterLaw = "water-pollution-law"

// water is the held text of 水污染防治法 with one passage replaced, as a page with its head.
func water(t testing.TB, s *casework.Service, old, new string) casework.LawImport {
	t.Helper()
	v, ok := s.Law().Version(waterLaw, "2017")
	if !ok {
		t.Fatal("no 水污染防治法")
	}
	text := statute.FormatArticles(v.Articles)
	if !strings.Contains(text, old) {
		t.Fatalf("the text has no %q", old)
	}
	head := casework.HeadOf(v)
	return casework.LawImport{Text: strings.Replace(text, old, new, 1), Head: &head}
}

func importLaw(t testing.TB, s *casework.Service, in casework.LawImport) (casework.LawImported, *casework.LawPreview) {
	t.Helper()
	p, err := s.PreviewLaw(ctx, admin, in)
	if err != nil {
		t.Fatal(err)
	}
	done, err := s.ImportLaw(ctx, admin, in, p.State)
	if err != nil {
		t.Fatal(err)
	}
	return done, p
}

func TestImportCorrection(t *testing.T) {
	s := service(t)
	before, _ := s.Law().Version(waterLaw, "2017")
	in := water(t, s, "溶洞，私设暗管", "溶洞、私设暗管")
	in.Note = "试改标点"
	done, p := importLaw(t, s, in)
	if !p.Revision || p.Edited != 1 || p.Added+p.Removed != 0 || len(p.Head) != 0 {
		t.Errorf("preview: revision %t, %s, head %v; want a correction of one article", p.Revision, p.Counts(), p.Head)
	}
	if done.VersionID != "2017" || done.Revision != 1 {
		t.Errorf("imported as %+v, want the first revision of 2017", done)
	}
	now, _ := s.Law().Version(waterLaw, "2017")
	if now == before || now.Revision != 1 || now.Import.Note != "试改标点" || now.Import.By != "admin" || len(now.Revisions) != 2 {
		t.Errorf("the catalogue has revision %d by %+v", now.Revision, now.Import)
	}
	// What was not touched keeps where it came from.
	old, _ := before.Article(10, 0)
	if same, _ := now.Article(10, 0); same.Confidence != old.Confidence || same.Source != old.Source {
		t.Errorf("article 10 is now %s from %s", same.Confidence, same.Source)
	}
	_, err := s.PreviewLaw(ctx, admin, in)
	if registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "完全相同") {
		t.Errorf("the same text again: %v, want a conflict that says nothing changed", err)
	}
	entries, err := s.Audit(ctx, auditor, store.AuditFilter{Entity: "law_text", Limit: 10})
	if err != nil || len(entries) != 1 || entries[0].Action != "纠正法规文本" || entries[0].Actor != "admin" || !strings.Contains(entries[0].Detail, "2017年修正") || entries[0].Digest == "" {
		t.Errorf("audit: %+v, %v", entries, err)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 || r.LawTexts != 1 {
		t.Errorf("Verify = %+v, %v", r, err)
	}
}

func TestImportAmendment(t *testing.T) {
	s := service(t)
	in := water(t, s, "溶洞，私设暗管", "溶洞，私设或者借用暗管")
	in.Head.Version, in.Head.From, in.Head.To, in.EndPrevious = "2027年修正", "2026-03-01", "", true
	done, p := importLaw(t, s, in)
	if p.Revision || p.Ends == nil || p.Ends.Version.ID != "2017" || p.Ends.To != registry.Day(2026, 2, 28) {
		t.Fatalf("preview: revision %t, ends %+v", p.Revision, p.Ends)
	}
	if done.VersionID != "2027" || done.Ended != "2017年修正" {
		t.Errorf("imported as %+v", done)
	}
	for day, want := range map[registry.Date]string{registry.Day(2026, 2, 28): "2017", registry.Day(2026, 3, 1): "2027"} {
		if in := s.Law().InForce(waterLaw, day); len(in) != 1 || in[0].ID != want {
			t.Errorf("in force on %s: %d versions, want only %s", day, len(in), want)
		}
	}
	o, err := s.Law().Offer("WATER_EVASION", registry.Date{}, registry.Day(2026, 5, 1), statute.Circumstances{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(o.Candidates[0].Breached, func(c statute.OfferedCitation) bool {
		return c.VersionID == "2027" && strings.Contains(c.Text, "私设或者借用暗管")
	}) {
		t.Errorf("an act of 2026-05-01 is not offered the imported version: %+v", o.Candidates[0].Breached)
	}
	// The same name again as a version of its own is refused; with another day and no word on it, it is a correction in doubt.
	in.Head.From, in.As = "2026-04-01", casework.AsNewVersion
	if _, err := s.PreviewLaw(ctx, admin, in); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a second version of one name: %v", err)
	}
	in.As = ""
	if p, err := s.PreviewLaw(ctx, admin, in); err != nil || !p.Revision || p.Doubt == "" {
		t.Errorf("same name, another day: %+v, %v; want a correction in doubt", p, err)
	}
}

func TestImportOverlapIsAWarning(t *testing.T) {
	s := service(t)
	in := water(t, s, "溶洞，", "溶洞，")
	in.Head.Version, in.Head.From, in.Head.To = "2008年修订", "2008-06-01", "2018-06-30" // a day of the test's own
	p, err := s.PreviewLaw(ctx, admin, in)
	if err != nil || p.Kept != len(p.Articles) || p.Ends != nil || !strings.Contains(strings.Join(p.Warnings, "\n"), "重叠") {
		t.Errorf("overlap: %v, %+v", err, p)
	}
	in.Head.From, in.Head.To = "", ""
	if p, err = s.PreviewLaw(ctx, admin, in); err != nil || !strings.Contains(strings.Join(p.Warnings, "\n"), "施行日未核到") || p.New.ID != "2008" {
		t.Errorf("undated: %v, warnings %v", err, p)
	}
	in.Text = strings.Replace(in.Text, "的方式排放水污染物。", "的方式\n排放水污染物。", 1)
	if p, err = s.PreviewLaw(ctx, admin, in); err != nil || !strings.Contains(strings.Join(p.Warnings, "\n"), "第三十九条第一款末尾没有句号") {
		t.Errorf("a broken line: %v, warnings %v", err, p.Warnings)
	}
}

func TestImportNewLawFromFile(t *testing.T) {
	s := service(t)
	in := casework.LawImport{Key: "monitoring-regulation", Text: "法名: 生态环境监测测试条例\n简称: 监测测试条例\n版本: 2025年公布\n层级: 行政法规\n施行: 2026-01-01\n失效: 现行\n条文总数: 1\n收录: 全文\n来源: 公报\n置信度: full_text\n核对: 已核对\n\n第一条　为了测试，制定本条例。\n"}
	done, p := importLaw(t, s, in)
	if done.LawID != "monitoring-regulation" || done.VersionID != "2025" || !p.NewLaw || p.Added != 1 {
		t.Errorf("imported as %+v, %s", done, p.Counts())
	}
	if !strings.Contains(strings.Join(p.Warnings, ""), "已核对") {
		t.Error("a file that calls itself 已核对 is not warned about")
	}
	law, ok := s.Law().LawByName("监测测试条例")
	if !ok || law.Versions[0].Checked {
		t.Error("the new law is not found by its short name, or is 已核对 by its own word")
	}
	in.Key = "!"
	in.Text = strings.ReplaceAll(in.Text, "测试条例", "另一条例")
	if _, err := s.PreviewLaw(ctx, admin, in); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a new law under the key %q: %v", in.Key, err)
	}
	in.Key = "law-x"
	in.Text = strings.ReplaceAll(in.Text, "简称: 监测另一条例", "简称: 水污染防治法")
	if _, err := s.PreviewLaw(ctx, admin, in); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "已经是") {
		t.Errorf("a new law with another's short name: %v", err)
	}
}

func TestImportRefusesWhatIsNoLaw(t *testing.T) {
	s := service(t)
	head := func() *casework.LawHead {
		return &casework.LawHead{Name: "某测试法", Version: "2025年公布", Level: "法律", Holding: "节选", Source: "公报"}
	}
	for name, tt := range map[string]struct {
		in    casework.LawImport
		line  int
		words string
	}{
		"news":            {casework.LawImport{Text: "本报讯\n昨日，执法人员检查了养殖场。", Head: head()}, 1, "没有找到任何条文"},
		"order":           {casework.LawImport{Text: "第一条　甲。\n第二条　乙。\n\n第二条　丙。", Head: head()}, 4, "第二条出现了两次"},
		"article zero":    {casework.LawImport{Text: "第一条　甲。\n第零条　乙。", Head: head()}, 2, "第零条"},
		"article 99999":   {casework.LawImport{Text: "第99999条　甲。", Head: head()}, 1, "看不懂条号"},
		"file":            {casework.LawImport{Text: "法名: 甲\n作者: 乙\n"}, 2, "看不懂"},
		"page for a file": {casework.LawImport{Text: "某某法\n第一条　甲。"}, 1, "文件头"},
		"binary":          {casework.LawImport{Text: "\x00\x01\xff\xfe\x00", Head: head()}, 1, ""},
		"broken UTF-8":    {casework.LawImport{Text: "第一条　甲\xe4\xb8。", Head: head()}, 1, ""},
		"brackets":        {casework.LawImport{Text: strings.Repeat("（", 10000), Head: head()}, 1, "没有找到任何条文"},
	} {
		_, err := s.PreviewLaw(ctx, admin, tt.in)
		var text *statute.TextError
		if !errors.As(err, &text) || text.Line != tt.line || !strings.Contains(text.Message, tt.words) {
			t.Errorf("%s: %v, want line %d with %q", name, err, tt.line, tt.words)
		}
	}
	gb := "\xb5\xda\xd2\xbb\xcc\xf5 \xbc\xd7\xa1\xa3" // 第一条 甲。 in GB 18030
	p, err := s.PreviewLaw(ctx, admin, casework.LawImport{Text: gb, Head: head(), Key: "gb-law"})
	if err != nil || p.Added != 1 || p.New.Articles[0].Text() != "甲。" {
		t.Errorf("GB 18030: %v", err)
	}
	big := casework.LawImport{Text: strings.Repeat("长", casework.MaxLawText/3+1), Head: head()}
	if _, err := s.PreviewLaw(ctx, admin, big); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "10 MB") {
		t.Errorf("more than 10 MB: %v", err)
	}
	full := head()
	full.Holding, full.Total = "全文", "5"
	if _, err := s.PreviewLaw(ctx, admin, casework.LawImport{Text: "第一条　甲。", Head: full, Key: "a-law"}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a full text of five articles with one: %v", err)
	}
}

func TestLawsAreTheAdministrators(t *testing.T) {
	s := service(t)
	in := water(t, s, "溶洞，", "溶洞、")
	for _, a := range []registry.Actor{officer, publisher, auditor, {}} {
		_, err := s.PreviewLaw(ctx, a, in)
		_, err2 := s.ImportLaw(ctx, a, in, "")
		_, err3 := s.LawTexts(ctx, a)
		err4 := s.MarkChecked(ctx, a, casework.LawMark{LawID: waterLaw, VersionID: "2017"})
		err5 := s.WithdrawCheck(ctx, a, waterLaw, "2017", "", "x")
		for _, err := range []error{err, err2, err3, err4, err5} {
			if k := registry.KindOf(err); k != registry.KindForbidden && k != registry.KindUnsigned {
				t.Errorf("%s: %v, want it forbidden", a.Username, err)
			}
		}
	}
}

// Two administrators confirm at the same moment: one wins, the other is told to look again, and nothing is half done.
func TestConcurrentImports(t *testing.T) {
	s := service(t)
	in := water(t, s, "溶洞，", "溶洞、")
	p, err := s.PreviewLaw(ctx, admin, in)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		wg.Go(func() { _, errs[i] = s.ImportLaw(ctx, admin, in, p.State) }) // one form for all: importing leaves it as typed
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case registry.KindOf(err) != registry.KindConflict:
			t.Errorf("a concurrent import: %v, want a conflict", err)
		}
	}
	if v, _ := s.Law().Version(waterLaw, "2017"); won != 1 || v.Revision != 1 {
		t.Errorf("%d imports succeeded, the text is revision %d; want one and 1", won, v.Revision)
	}
	other := water(t, s, "溶洞、", "溶洞；")
	if _, err := s.ImportLaw(ctx, admin, other, p.State); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a text that nobody has looked at: %v, want a conflict", err)
	}
}

// A command that runs beside the server adds a text: the server's service sees it within two seconds of its own clock.
func TestServerSeesAnImportBesideIt(t *testing.T) {
	dir := storetest.Dir(t)
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	make := func() *casework.Service {
		db, err := store.Open(ctx, dir, store.Options{Now: now, Database: enginetest.Database(t, dir)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return now }, Hasher: auth.NewHasher(auth.Cheap)})
	}
	server, command := make(), make()
	server.RefreshLaws(ctx)
	importLaw(t, command, water(t, command, "溶洞，", "溶洞、"))
	revision := func() int { v, _ := server.Law().Version(waterLaw, "2017"); return v.Revision }
	now = now.Add(time.Second)
	server.RefreshLaws(ctx)
	if revision() != 0 {
		t.Error("the database was asked again within two seconds")
	}
	now = now.Add(1500 * time.Millisecond)
	server.RefreshLaws(ctx)
	if revision() != 1 {
		t.Error("the server does not see the imported text")
	}
	same := server.Law()
	now = now.Add(time.Hour)
	server.RefreshLaws(ctx)
	if server.Law() != same {
		t.Error("the catalogue was built again though nothing changed")
	}
}

func TestMarkChecked(t *testing.T) {
	s := service(t)
	v, _ := s.Law().Version(waterLaw, "2017")
	mark := casework.LawMark{LawID: waterLaw, VersionID: "2017", Hash: v.Hash, Source: "国家法律法规数据库", On: registry.Day(2026, 11, 20)}
	for name, bad := range map[string]func(m *casework.LawMark){
		"source": func(m *casework.LawMark) { m.Source = " " },
		"on":     func(m *casework.LawMark) { m.On = registry.Date{} },
		"month":  func(m *casework.LawMark) { m.On = registry.Month(2026, 11) },
		"future": func(m *casework.LawMark) { m.On = registry.Day(2026, 11, 23) },
	} {
		m := mark
		bad(&m)
		if err := s.MarkChecked(ctx, admin, m); registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.MarkChecked(ctx, admin, mark); err != nil {
		t.Fatal(err)
	}
	if v, _ = s.Law().Version(waterLaw, "2017"); !v.Checked || v.CheckedSource != mark.Source || v.CheckedOn != mark.On || v.CheckedBy != "admin" {
		t.Errorf("marked: %t %q %s %q", v.Checked, v.CheckedSource, v.CheckedOn, v.CheckedBy)
	}
	if err := s.WithdrawCheck(ctx, admin, waterLaw, "2017", v.Hash, ""); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("withdrawn without a reason: %v", err)
	}
	if err := s.WithdrawCheck(ctx, admin, waterLaw, "2017", v.Hash, "与公报不符"); err != nil {
		t.Fatal(err)
	}
	if v, _ = s.Law().Version(waterLaw, "2017"); v.Checked {
		t.Error("the mark was withdrawn and still counts")
	}
	shelf, err := s.LawTexts(ctx, admin)
	if err != nil || len(shelf.Checks) != 2 || shelf.Checks[1].Reason != "与公报不符" {
		t.Errorf("LawTexts = %+v, %v; want both marks on record", shelf.Checks, err)
	}
	importLaw(t, s, water(t, s, "溶洞，", "溶洞、"))
	if err := s.MarkChecked(ctx, admin, mark); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a mark on a text that was corrected meanwhile: %v, want a conflict", err)
	}
}

// A citation keeps the words it was made with; exports say of those words whether they were checked.
func TestCitationsOutliveACorrection(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	x := registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", ActTo: registry.Day(2025, 3, 4), Citations: []registry.Citation{
		{Role: registry.RoleBreached, Standing: registry.StandingConfirmed, Law: "水污染防治法", Provision: registry.Provision{Article: 39}}}}
	if _, err := s.AddViolation(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	old := x.Citations[0].TextHash
	v, _ := s.Law().Version(waterLaw, "2017")
	mark := func(v *statute.Version) {
		t.Helper()
		if err := s.MarkChecked(ctx, admin, casework.LawMark{LawID: waterLaw, VersionID: "2017", Hash: v.Hash, Source: "公报", On: registry.Day(2026, 11, 20)}); err != nil {
			t.Fatal(err)
		}
	}
	if got := checkedCell(t, s, "39"); got != "未经官方文本核对" {
		t.Errorf("before the check the ledger says %q", got)
	}
	mark(v)
	if got := checkedCell(t, s, "39"); got != "已核对" {
		t.Errorf("after the check the ledger says %q", got)
	}
	importLaw(t, s, water(t, s, "溶洞，私设", "溶洞、私设"))
	x.Facts, x.Citations[0].TextHash = "改了事实", "" // a form does not send the hash
	if err := s.ChangeViolation(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	if got := x.Citations[0].TextHash; got != old {
		t.Errorf("editing the violation moved its citation to the corrected text (%s)", got)
	}
	if got := checkedCell(t, s, "39"); got != "已核对" {
		t.Errorf("the cited words were checked, and the ledger says %q", got)
	}
	y := registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", ActTo: registry.Day(2025, 3, 4), Citations: []registry.Citation{
		{Role: registry.RoleBreached, Standing: registry.StandingConfirmed, Law: "水污染防治法", Provision: registry.Provision{Article: 39, Paragraph: 1}}}}
	if _, err := s.AddViolation(ctx, officer, &y); err != nil {
		t.Fatal(err)
	}
	if y.Citations[0].TextHash == old {
		t.Error("a new citation points at the old words")
	}
}

// checkedCell is what the ledger's sheet of citations says of the first citation of an article.
func checkedCell(t *testing.T, s *casework.Service, article string) (got string) {
	t.Helper()
	err := readLedger(ctx, s, auditor, casework.LedgerFilter{}, func(l report.Ledger) error {
		for f, err := range l.Cases {
			if err != nil {
				return err
			}
			for _, v := range f.Violations {
				for _, c := range v.Citations {
					if c.Provision.Key() == article {
						got = "未经官方文本核对"
						if l.Options.Labels.Checked(c) {
							got = "已核对"
						}
						return nil
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// The page and paper of a bulletin say 未经官方文本核对 until the quoted words are checked, and again when the mark is withdrawn.
func TestBulletinSaysWhetherItsQuotesAreChecked(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	x := registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", ActTo: registry.Day(2025, 3, 4), Citations: []registry.Citation{
		{Role: registry.RoleBreached, Standing: registry.StandingConfirmed, Law: "水污染防治法", Provision: registry.Provision{Article: 39}}}}
	if _, err := s.AddViolation(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	b := registry.Bulletin{Title: "通报", Cases: []registry.BulletinCase{{CaseID: c.ID}}}
	if _, err := s.AddBulletin(ctx, publisher, &b); err != nil {
		t.Fatal(err)
	}
	v, _ := s.Law().Version(waterLaw, "2017")
	want := func(checked bool) {
		t.Helper()
		page, err := s.BulletinPage(ctx, publisher, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		paper, _, err := s.PrintBulletin(ctx, publisher, b.ID, "pdf", "")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []report.Bulletin{page.Print, paper} {
			if len(p.Cases[0].Quotes) == 0 || p.Cases[0].Quotes[0].Checked != checked || (len(p.Notes) == 0) != checked {
				t.Errorf("quotes %+v, notes %v; want checked %t", p.Cases[0].Quotes, p.Notes, checked)
			}
		}
	}
	want(false)
	if err := s.MarkChecked(ctx, admin, casework.LawMark{LawID: waterLaw, VersionID: "2017", Hash: v.Hash, Source: "公报", On: registry.Day(2026, 11, 20)}); err != nil {
		t.Fatal(err)
	}
	want(true)
	if err := s.WithdrawCheck(ctx, admin, waterLaw, "2017", v.Hash, "看错版本"); err != nil {
		t.Fatal(err)
	}
	want(false)
}
