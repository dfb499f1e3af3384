package bulletins_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// flow is a bulletin of one decided case, drafted by publisher, on its way.
type flow struct {
	*webtest.App
	t  testing.TB
	id registry.CaseID
}

func newFlow(t testing.TB) *flow {
	t.Helper()
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	f := &flow{a, t, id}
	f.As(registry.RolePublisher).JSON("POST", "/api/v1/bulletins", fmt.Sprintf(`{"title":"第一期","cases":[{"case_id":%d}]}`, id)).Want(http.StatusCreated)
	return f
}

func (f *flow) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *flow) actor(username string) registry.Actor {
	f.t.Helper()
	a, err := f.Service.ActorNamed(context.Background(), username)
	f.must(err)
	return a
}

func (f *flow) bulletin() registry.Bulletin { f.t.Helper(); return f.numbered(1) }

func (f *flow) numbered(id registry.BulletinID) registry.Bulletin {
	f.t.Helper()
	b, err := f.Service.Bulletin(context.Background(), f.Actor(registry.RolePublisher), id)
	f.must(err)
	return b
}

func (f *flow) submit(username string) {
	f.t.Helper()
	f.must(f.Service.SubmitBulletin(context.Background(), f.actor(username), 1, f.bulletin().Version, ""))
}

func (f *flow) approve(username string) error {
	return f.Service.ApproveBulletin(context.Background(), f.actor(username), 1, f.bulletin().Version, "")
}

func (f *flow) edit(username string, change func(x *registry.Bulletin)) {
	f.t.Helper()
	x := f.bulletin()
	change(&x)
	f.must(f.Service.ChangeBulletin(context.Background(), f.actor(username), &x))
}

// account adds an account; its sign-in is by the test's password.
func (f *flow) account(u registry.User) registry.User {
	f.t.Helper()
	_, err := f.Service.AddUser(context.Background(), registry.CommandLine, &u)
	f.must(err)
	f.must(f.Service.SetPassword(context.Background(), u.Username, webtest.Password))
	return u
}

func (f *flow) become(username string, role registry.Role) {
	f.t.Helper()
	ctx := context.Background()
	u, err := f.Service.GetUser(ctx, registry.CommandLine, f.actor(username).UserID)
	f.must(err)
	u.Role = role
	f.must(f.Service.UpdateUser(ctx, registry.CommandLine, &u))
}

func (f *flow) chain(steps ...registry.ApprovalStep) {
	f.t.Helper()
	ctx := context.Background()
	p, err := f.Service.BureauPage(ctx, registry.CommandLine)
	f.must(err)
	p.Bureau.Approval = steps
	f.must(f.Service.ChangeBureau(ctx, registry.CommandLine, &p.Bureau))
}

// Nobody approves what they wrote a word of, however they wrote it and whichever way they come.
func TestNobodyApprovesTheirOwnWords(t *testing.T) {
	retitle := func(title string) func(*registry.Bulletin) { return func(x *registry.Bulletin) { x.Title = title } }
	for name, x := range map[string]struct {
		as, says string
		before   func(f *flow) // up to the submission
	}{
		"created": {"publisher", "起草", func(f *flow) {
			f.submit("publisher2")
			f.account(registry.User{Username: "third", DisplayName: "丙", Role: registry.RolePublisher})
		}},
		"submitted": {"publisher2", "提交审核", func(f *flow) { f.submit("publisher2") }},
		"changed a word": {"publisher2", "改动标题", func(f *flow) {
			f.edit("publisher2", retitle("第二期"))
			f.submit("publisher")
		}},
		"changed a case's facts": {"publisher2", "改动案件一案情", func(f *flow) {
			f.edit("publisher2", func(x *registry.Bulletin) { x.Cases[0].Facts += "另查明其他情况。" })
			f.submit("publisher")
		}},
		"put an undone draft back": {"publisher2", "改动导语", func(f *flow) {
			f.edit("publisher", func(x *registry.Bulletin) { x.Lead = "导语一" })
			f.edit("publisher", func(x *registry.Bulletin) { x.Lead = "" })
			f.edit("publisher2", func(x *registry.Bulletin) { x.Lead = "导语一" })
			f.submit("publisher")
		}},
		"wrote it before a return": {"publisher2", "改动署名", func(f *flow) {
			f.edit("publisher2", func(x *registry.Bulletin) { x.Byline = "某某" })
			f.submit("publisher")
			f.must(f.Service.ReturnBulletin(context.Background(), f.actor("publisher"), 1, f.bulletin().Version, ""))
			f.edit("publisher", func(x *registry.Bulletin) { x.Byline = "" })
			f.submit("publisher")
		}},
		"wrote the party's public name, as an officer then": {"officer", "公开用名“恩平市某某养殖公司”", func(f *flow) {
			ctx := context.Background()
			file, err := f.Service.CaseFile(ctx, f.Actor(registry.RoleOfficer), f.id)
			f.must(err)
			p := file.Parties[0]
			p.PublicName = "恩平市某某养殖公司"
			f.must(f.Service.ChangeParty(ctx, f.actor("officer"), &p))
			f.submit("publisher")
			f.become("officer", registry.RolePublisher)
		}},
		"another role since": {"publisher", "起草", func(f *flow) {
			f.chain(registry.ApprovalStep{Name: "执法", Role: registry.RoleOfficer}, registry.ApprovalStep{Name: "签发", Role: registry.RolePublisher})
			f.submit("publisher")
			f.become("publisher", registry.RoleOfficer)
		}},
		"another account of the same officer": {"second", "起草", func(f *flow) {
			ctx := context.Background()
			o := registry.Officer{Name: "某甲", CertNo: "19070099", Active: true}
			_, err := f.Service.AddOfficer(ctx, registry.CommandLine, &o)
			f.must(err)
			u, err := f.Service.GetUser(ctx, registry.CommandLine, f.actor("publisher").UserID)
			f.must(err)
			u.OfficerID = o.ID
			f.must(f.Service.UpdateUser(ctx, registry.CommandLine, &u))
			f.account(registry.User{Username: "second", DisplayName: "又一个", Role: registry.RolePublisher, OfficerID: o.ID})
			f.submit("publisher")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFlow(t)
			x.before(f)
			version := fmt.Sprint(f.bulletin().Version)
			for route, try := range map[string]func() (said string){
				"page": func() string {
					return f.SignedIn(x.as).Post("/bulletins/1/approve", url.Values{"version": {version}, "opinion": {"同意"}}).Want(http.StatusForbidden).Text()
				},
				"the page's button": func() string {
					return f.SignedIn(x.as).Get("/bulletins/1").Want(http.StatusOK).WantNot(`action="/bulletins/1/approve"`).Check().Text()
				},
				"JSON": func() string {
					c := f.SignedIn(x.as)
					c.JSON("PATCH", "/api/v1/bulletins/1", `{"state":"已批准","approver_id":1,"writers":null,"opinions":[]}`, "If-Match", `"`+version+`"`)
					return ""
				},
				"--as": func() string {
					err := f.approve(x.as)
					if registry.KindOf(err) != registry.KindForbidden {
						t.Errorf("approving = %v, want it forbidden", err)
						return x.says
					}
					return err.Error()
				},
			} {
				said := try()
				if said != "" && !strings.Contains(said, x.says) {
					t.Errorf("%s does not say what was written (%s):\n%s", route, x.says, said)
				}
				if b := f.bulletin(); b.State != registry.BulletinSubmitted || b.ApproverID != 0 || len(b.Writers) == 0 {
					t.Fatalf("%s: the bulletin is %s, approved by %d, of %v", route, b.State, b.ApproverID, b.Writers)
				}
			}
			if err := f.Service.ApproveBulletin(context.Background(), registry.CommandLine, 1, f.bulletin().Version, ""); registry.KindOf(err) != registry.KindForbidden {
				t.Errorf("the command line without --as = %v, want it forbidden", err)
			}
		})
	}
}

// A chain of four steps: each by who may, nobody twice, in the order that was in force when it was handed in.
func TestApprovalChain(t *testing.T) {
	f := newFlow(t)
	ctx := context.Background()
	f.account(registry.User{Username: "law", DisplayName: "法规甲", Role: registry.RoleAdmin})
	f.chain(registry.ApprovalStep{Name: "执法", Role: registry.RoleOfficer, Days: 2}, registry.ApprovalStep{Name: "法规", Users: []string{"law", "publisher2"}},
		registry.ApprovalStep{Name: "签发", Role: registry.RolePublisher})
	f.submit("publisher")
	f.chain() // for the next one

	page := f.SignedIn("publisher2").Get("/bulletins/1").Want(http.StatusOK, "“执法”环节，由执法人员办理", "由law、publisher2办理", "2024-12-18").WantNot(`action="/bulletins/1/approve"`).Check()
	page.WantNot("已逾期")
	f.SignedIn("publisher2").Get("/").WantNot("待审核的通报")
	f.SignedIn("officer").Get("/").Want(http.StatusOK, "待审核的通报", "等您办理“执法”", "2024-12-18").Check()
	f.Advance(4 * 24 * time.Hour)
	f.SignedIn("officer").Get("/").Want(http.StatusOK, "等您办理“执法”", "最迟 2024-12-18，已逾期")
	f.SignedIn("officer").Get("/bulletins/1").Submit("/bulletins/1/approve", "opinion", "事实无误").Follow().Want(http.StatusOK, "意见已记录", "事实无误", "待审核").Check()
	if err := f.approve("officer"); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("an officer at 法规 = %v", err)
	}
	f.SignedIn("publisher2").Get("/bulletins/1").Submit("/bulletins/1/approve").Want(http.StatusSeeOther)
	if err := f.approve("publisher2"); registry.KindOf(err) != registry.KindForbidden || !strings.Contains(err.Error(), "一人一轮只办一个环节") {
		t.Errorf("a second step of one person = %v", err)
	}

	// Given back, the round begins anew; the chain is today's.
	if err := f.Service.ReturnBulletin(ctx, f.actor("officer"), 1, f.bulletin().Version, "再看"); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("a return by somebody whose step it is not = %v", err)
	}
	f.account(registry.User{Username: "third", DisplayName: "宣传丙", Role: registry.RolePublisher})
	f.SignedIn("third").Get("/bulletins/1").Submit("/bulletins/1/return", "return_reason", " ").Want(http.StatusUnprocessableEntity, "请写明为什么退回").Check()
	f.SignedIn("third").Get("/bulletins/1").Submit("/bulletins/1/return", "return_reason", "标题太长").Follow().Want(http.StatusOK, "草稿", "标题太长").Check()
	f.edit("publisher", func(x *registry.Bulletin) { x.Title = "一期" })
	f.submit("publisher")
	f.must(f.approve("publisher2"))
	b := f.bulletin()
	var verdicts []string
	for _, o := range b.Opinions {
		verdicts = append(verdicts, o.Step+o.Verdict)
	}
	if got := strings.Join(verdicts, " "); got != "起草提交 执法同意 法规同意 签发退回 起草提交 签发签发" || b.State != registry.BulletinApproved || len(b.Opinions[0].Chain) != 3 || len(b.Opinions[4].Chain) != 1 {
		t.Errorf("%s after %s", b.State, got)
	}
}

// The chain is kept by an administrator, with its history; a step that nobody could take is refused.
func TestApprovalChainIsKept(t *testing.T) {
	a := webtest.New(t)
	admin := a.As(registry.RoleAdmin)
	form := admin.Get("/admin/bureau").Want(http.StatusOK, "通报的审批环节").Check()
	values := form.Form("/admin/bureau")
	set := func(i int, name, role, users, days string) {
		at := fmt.Sprintf("approval.%d.", i)
		values.Set(at+"name", name)
		values.Set(at+"role", role)
		values.Set(at+"users", users)
		values.Set(at+"days", days)
	}
	set(0, "法规", "", "nobody、auditor", "3")
	set(1, "法规", "auditor", "", "900")
	set(2, "签发", "", "", "")
	admin.Post("/admin/bureau", values).Want(http.StatusUnprocessableEntity, "重复", "审计不能审批通报", "办理期限应在", "请选择由哪种角色办理").Check()
	set(1, "执法", "officer", "", "2")
	set(2, "签发", "publisher", "", "")
	admin.Post("/admin/bureau", values).Want(http.StatusUnprocessableEntity, "没有用户名为“nobody”的账号", "不能审批通报").Check()
	set(0, "法规", "", "admin", "3")
	admin.Post("/admin/bureau", values).Follow().Want(http.StatusOK, "本局设置已保存", "通报的审批环节").Check()
	chain := a.Service.Bureau().ApprovalChain()
	if len(chain) != 3 || chain[0].Name != "法规" || chain[0].Users[0] != "admin" || chain[0].Days != 3 || chain[2].Role != registry.RolePublisher {
		t.Errorf("the chain is %+v", chain)
	}
}

// What is approved is on the disk, by its hash, and stays as it is whatever happens to the law texts or to the bulletin.
func TestApprovedPaperIsFrozen(t *testing.T) {
	f := newFlow(t)
	ctx := context.Background()
	f.edit("publisher", func(x *registry.Bulletin) { x.Title = `第一期：“直排”/通报\?` })
	draft := f.As(registry.RolePublisher).Get("/bulletins/1/pdf").Want(http.StatusOK)
	if name, _ := url.PathUnescape(draft.Header.Get("Content-Disposition")); !strings.Contains(name, "典型案例通报-1.pdf") {
		t.Errorf("a draft's paper is called %s", name)
	}
	f.submit("publisher")
	f.must(f.approve("publisher2"))
	b := f.bulletin()
	if len(b.Papers) != 3 || b.Papers[0].Format != "pdf" || b.Papers[0].Size == 0 || b.Papers[0].AttachmentID == 0 {
		t.Fatalf("the papers are %+v", b.Papers)
	}
	look := func(when string) {
		t.Helper()
		p := f.As(registry.RoleAuditor).Get("/bulletins/1/pdf").Want(http.StatusOK)
		sum := sha256.Sum256([]byte(p.Body))
		if got := hex.EncodeToString(sum[:]); got != b.Papers[0].SHA256 {
			t.Errorf("%s the paper is %s, was approved as %s", when, got, b.Papers[0].SHA256)
		}
		if name, _ := url.PathUnescape(p.Header.Get("Content-Disposition")); !strings.Contains(name, "第一期：“直排” 通报.pdf") {
			t.Errorf("%s it is called %s", when, name)
		}
	}
	look("at once")
	f.As(registry.RoleOfficer).Get("/bulletins/1").Want(http.StatusOK, "定稿", b.Papers[0].SHA256).Check()

	q := b.Cases[0].Quotes[0]
	v, ok := f.Service.Law().Version(q.LawID, q.VersionID)
	if !ok {
		t.Fatalf("no version of %s", q.Key())
	}
	f.must(f.Service.MarkChecked(ctx, f.actor("admin"), casework.LawMark{LawID: q.LawID, VersionID: q.VersionID, Hash: v.Hash, Source: "国家法律法规数据库", On: registry.Day(2024, 12, 1)}))
	if f.Service.Law().CheckedText(q.LawID, q.VersionID, q.Provision, q.TextHash) == q.Checked {
		t.Fatalf("the mark of %s was not set", q.Key())
	}
	f.Advance(time.Hour)
	look("after a mark on the law's text")
	page, err := f.Service.BulletinPage(ctx, f.actor("publisher"), 1)
	f.must(err)
	if got := page.Bulletin.Cases[0].Quotes[0].Checked; got != q.Checked {
		t.Errorf("the page shows the quote as checked: %v; approved as %v", got, q.Checked)
	}
	f.must(f.Service.WithdrawBulletin(ctx, f.actor("publisher2"), 1, f.bulletin().Version, "误发"))
	look("after its withdrawal")
	w := f.bulletin()
	if w.WithdrawnAt == nil || w.WithdrawerID != f.actor("publisher2").UserID || w.WithdrawReason != "误发" {
		t.Errorf("withdrawn at %v by %d: %s", w.WithdrawnAt, w.WithdrawerID, w.WithdrawReason)
	}
	f.As(registry.RoleAuditor).Get("/bulletins/1").Want(http.StatusOK, "误发", "宣传发布乙").Check()
	f.As(registry.RoleAuditor).Get("/bulletins/1/exe").Want(http.StatusNotFound)
}

// One that was approved before papers were kept gets its own once, and then they stay.
func TestOldApprovalGetsItsPaper(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleAuditor)
	first := c.Get("/bulletins/1/pdf").Want(http.StatusOK)
	a.Advance(time.Hour)
	if again := a.As(registry.RoleAuditor).Get("/bulletins/1/pdf").Want(http.StatusOK); again.Body != first.Body {
		t.Error("the second reading has other bytes")
	}
	if b := bulletinOf(t, a); len(b.Papers) != 3 || b.State != registry.BulletinApproved {
		t.Errorf("after two readings: %s, %+v", b.State, b.Papers)
	}
}

// Two who publish at once: one does, the other is told.
func TestPublishingTwiceAtOnce(t *testing.T) {
	f := newFlow(t)
	ctx := context.Background()
	f.As(registry.RolePublisher).Post("/bulletins/1/publish", url.Values{"version": {"1"}}).Want(http.StatusConflict, "只有已批准的才能发布").Check()
	f.submit("publisher")
	f.must(f.approve("publisher2"))
	version := f.bulletin().Version
	errs := make([]error, 6)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			errs[i] = f.Service.PublishBulletin(ctx, f.Actor(registry.RolePublisher), 1, version)
		})
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		switch {
		case err == nil:
			done++
		case registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "没有再发布一次"):
			t.Errorf("a second publication = %v", err)
		}
	}
	if b := f.bulletin(); done != 1 || !b.Public() || len(b.Releases) != 1 || !b.Releases[0].Site || b.Version != version+1 {
		t.Errorf("%d published; %v, %+v", done, b.PublishedAt, b.Releases)
	}
	f.As(registry.RolePublisher).Post("/bulletins/1/publish", url.Values{"version": {fmt.Sprint(version)}}).Want(http.StatusConflict, "没有再发布一次").Check()
}

func TestReleases(t *testing.T) {
	f := newFlow(t)
	publisher := f.As(registry.RolePublisher)
	publisher.Post("/bulletins/1/releases", url.Values{"version": {"1"}, "release.on": {"2024-12-16"}}).Want(http.StatusConflict, "批准之后才登记发布")
	f.submit("publisher")
	f.must(f.approve("publisher2"))
	page := publisher.Get("/bulletins/1").Want(http.StatusOK, "还没有登记发布").Check()
	page.Submit("/bulletins/1/releases", "release.on", "2030-01-01", "release.medium", "", "release.url", "javascript:alert(1)").
		Want(http.StatusUnprocessableEntity, "还没有到", "请选择发布在哪种媒体", "网址应以").Check()
	page.Submit("/bulletins/1/releases", "release.on", "2月30日").Want(http.StatusUnprocessableEntity).Check()
	page.Submit("/bulletins/1/releases", "release.on", "2024-12-16", "release.medium", "报纸", "release.where", "江门日报 A04版").Follow().Want(http.StatusOK, "江门日报 A04版", "宣传发布甲").Check()
	publisher.Get("/bulletins/1").Submit("/bulletins/1/releases", "release.on", "2024-12-16", "release.medium", "报纸", "release.where", "江门日报 A04版").Want(http.StatusUnprocessableEntity, "已经登记过").Check()
	publisher.Get("/bulletins/1").Submit("/bulletins/1/releases", "release.on", "2024-12-16", "release.medium", "政府网站", "release.url", "https://example.gov.cn/1").Follow().Want(http.StatusOK, "https://example.gov.cn/1").Check()
	if b := f.bulletin(); len(b.Releases) != 2 || b.PublishedAt != nil || b.Releases[0].UserID == 0 {
		t.Errorf("releases %+v", b.Releases)
	}
}

// A correction is a bulletin of its own, linked both ways; the old one stays.
func TestCorrection(t *testing.T) {
	f := newFlow(t)
	f.submit("publisher")
	f.must(f.approve("publisher2"))
	publisher := f.As(registry.RolePublisher)
	page := publisher.Get("/bulletins/1").Want(http.StatusOK, "更正这期通报")
	page.Submit("/bulletins/1/correct", "correction_note", " ").Want(http.StatusUnprocessableEntity, "请写明更正了什么").Check()
	page.Submit("/bulletins/1/correct", "correction_note", "案件一的存栏数有误").Follow().Want(http.StatusOK, "编辑通报").Check()
	was, now := f.bulletin(), f.numbered(2)
	if now.CorrectsID != 1 || now.State != registry.BulletinDraft || now.Cases[0].Facts != was.Cases[0].Facts || len(now.Papers)+len(now.Releases)+len(now.Opinions) > 0 {
		t.Fatalf("the correction is %+v", now)
	}
	publisher.Get("/bulletins/1").Want(http.StatusOK, "本期的更正", "案件一的存栏数有误", "/bulletins/2").Check()
	publisher.Get("/bulletins/2").Want(http.StatusOK, "本期更正", "更正说明：案件一的存栏数有误", "/bulletins/1").Check()
	publisher.Get("/bulletins/1").Submit("/bulletins/1/correct", "correction_note", "又一处").Want(http.StatusConflict, "通报 2").Check()
	publisher.JSON("PATCH", "/api/v1/bulletins/2", `{"correction_note":""}`, "If-Match", `"1"`).Want(http.StatusOK)
	publisher.Get("/bulletins/2").Submit("/bulletins/2/submit").Want(http.StatusUnprocessableEntity, "请写明更正了什么").Check()
	publisher.JSON("PATCH", "/api/v1/bulletins/2", `{"correction_note":"存栏数有误"}`, "If-Match", `"2"`).Want(http.StatusOK)
	ctx := context.Background()
	f.must(f.Service.SubmitBulletin(ctx, f.actor("publisher"), 2, 3, ""))
	f.must(f.Service.ApproveBulletin(ctx, f.actor("publisher2"), 2, 4, ""))
	f.must(f.Service.PublishBulletin(ctx, f.actor("publisher2"), 2, 5))
	if got := f.bulletin(); got.State != registry.BulletinApproved {
		t.Errorf("the corrected one is %s", got.State)
	}
}
