package casework_test

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/report"
)

// account makes an account of a branch's officer and returns its actor.
func account(t *testing.T, s *casework.Service, username string, u registry.User) registry.Actor {
	t.Helper()
	u.Username, u.DisplayName = username, username
	if u.Role == "" {
		u.Role = registry.RoleOfficer
	}
	if _, err := s.AddUser(ctx, registry.CommandLine, &u); err != nil {
		t.Fatal(err)
	}
	a, err := s.ActorNamed(ctx, username)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func organCalled(t *testing.T, s *casework.Service, name string) registry.OrganID {
	t.Helper()
	id, err := s.OrganCalled(ctx, registry.CommandLine, name)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func roster(t *testing.T, s *casework.Service, name, cert, unit string, to registry.Date) registry.Officer {
	t.Helper()
	x := registry.Officer{Name: name, CertNo: cert, OrganID: organCalled(t, s, unit), ValidFrom: registry.Day(2020, 1, 1), ValidTo: to, Active: true}
	if _, err := s.AddOfficer(ctx, registry.CommandLine, &x); err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAnAccountIsBoundToItsUnit(t *testing.T) {
	s := service(t)
	shen := roster(t, s, "沈一", "A1", "恩平分局", registry.Day(2030, 1, 1))
	station := registry.Organ{Name: "恩平监测站", Kind: "监测站", DistrictCode: "440785", Active: true}
	team := registry.Organ{Name: "执法支队", Kind: "其他", Active: true}
	gone := registry.Organ{Name: "旧分局", Kind: "分局", Active: true}
	for _, o := range []*registry.Organ{&station, &team, &gone} {
		if _, err := s.AddOrgan(ctx, registry.CommandLine, o); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		user registry.User
		want string // the district; * is the whole city
	}{
		{"unset", registry.User{}, "*"},
		{"tied", registry.User{OfficerID: shen.ID}, "440785"},
		{"lent", registry.User{OfficerID: shen.ID, OrganID: organCalled(t, s, "开平分局")}, "440783"},
		{"city", registry.User{OrganID: organCalled(t, s, "市局")}, "*"},
		{"team", registry.User{OrganID: team.ID}, "*"},
		{"station", registry.User{OrganID: station.ID}, "440785"},
		{"gone", registry.User{OrganID: gone.ID}, ""},
		{"audits", registry.User{OrganID: organCalled(t, s, "开平分局"), Role: registry.RoleAuditor}, "*"},
	} {
		got := "*"
		if a := account(t, s, c.name, c.user); a.Branch != nil {
			got = a.Branch.DistrictCode
		}
		if got != c.want {
			t.Errorf("%s is bound to %q, want %q", c.name, got, c.want)
		}
	}
	t.Run("a change is in the audit log", func(t *testing.T) {
		list, err := s.ListUsers(ctx, registry.CommandLine)
		if err != nil {
			t.Fatal(err)
		}
		u := list[slices.IndexFunc(list, func(u registry.User) bool { return u.Username == "unset" })]
		u.OfficerID = shen.ID
		if err := s.UpdateUser(ctx, registry.CommandLine, &u); err != nil || u.OrganID != shen.OrganID {
			t.Fatalf("UpdateUser = %v, unit %d; want the officer's, %d", err, u.OrganID, shen.OrganID)
		}
		entries, err := s.Audit(ctx, auditor, casework.AuditFilter{Limit: 1})
		if err != nil || len(entries) != 1 || entries[0].Action != "修改账号" || !strings.Contains(entries[0].Detail, "由“未设置（全市）”改为“江门市生态环境局恩平分局”") {
			t.Errorf("the audit log says %+v, %v", entries, err)
		}
	})
	t.Run("what is not there is refused", func(t *testing.T) {
		for _, u := range []registry.User{{OfficerID: 99}, {OrganID: 99}} {
			u.Username, u.DisplayName, u.Role = "nobody", "无", registry.RoleOfficer
			if _, err := s.AddUser(ctx, registry.CommandLine, &u); registry.KindOf(err) != registry.KindInvalid {
				t.Errorf("AddUser(%+v) = %v, want invalid", u, err)
			}
		}
	})
}

// forbidden asks for a refusal that names both units.
func forbidden(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	if registry.KindOf(err) != registry.KindForbidden || err == nil {
		t.Errorf("%s: %v, want forbidden", what, err)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%s: %v; it does not say %s", what, err, w)
		}
	}
}

func TestACaseIsHandedOverByTheCity(t *testing.T) {
	s := service(t)
	enping := account(t, s, "enping", registry.User{OrganID: organCalled(t, s, "恩平分局")})
	kaiping := account(t, s, "kaiping", registry.User{OrganID: organCalled(t, s, "开平分局")})
	c := aCase(t, s, registry.OriginField) // in 恩平
	change := func(a registry.Actor, edit func(*registry.Case)) error {
		x, err := s.Case(ctx, officer, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		edit(&x)
		return s.ChangeCase(ctx, a, &x)
	}
	note := func(x *registry.Case) { x.Note += "补" }
	handOver := func(x *registry.Case) { x.HandlingOrganID = kaiping.OrganID }
	if err := change(enping, note); err != nil {
		t.Fatal(err)
	}
	forbidden(t, "another branch's case", change(kaiping, note), "由恩平分局办理", "属于开平分局", "请联系恩平分局", "请市局人员变更承办单位")
	forbidden(t, "giving one's own away", change(enping, handOver), "由开平分局办理")
	forbidden(t, "taking another's", change(kaiping, handOver))
	forbidden(t, "moving it to another district", change(enping, func(x *registry.Case) { x.DistrictCode = "440783" }))
	if err := change(officer, handOver); err != nil {
		t.Fatal(err)
	}
	forbidden(t, "after it was handed over", change(enping, note), "由开平分局办理")
	if err := change(kaiping, note); err != nil {
		t.Errorf("the new branch writes its case, whose farm and inspection lie in the other district: %v", err)
	}
	if _, err := s.AddDocument(ctx, kaiping, &registry.Document{CaseID: c.ID, Kind: registry.DocFiling}); err != nil {
		t.Error(err)
	}
	p, err := s.CasePage(ctx, enping, c.ID)
	if err != nil || p.Foreign != "本案由开平分局办理，您只能查看。" {
		t.Errorf("the page of the case says %q, %v", p.Foreign, err)
	}
	for _, a := range []registry.Actor{kaiping, officer, auditor} {
		if p, err := s.CasePage(ctx, a, c.ID); err != nil || p.Foreign != "" {
			t.Errorf("%s: the page of the case says %q, %v", a.Username, p.Foreign, err)
		}
	}
}

// What a new record of a branch rests on must be the branch's, also where the record says that it lies in the own district.
func TestNewRecordsRestOnTheOwnBranch(t *testing.T) {
	s := service(t)
	kaiping := account(t, s, "kaiping", registry.User{OrganID: organCalled(t, s, "开平分局")})
	c := aCase(t, s, registry.OriginField) // in 恩平, with a farm and an inspection
	for name, x := range map[string]registry.Case{
		"another district, handled by oneself": {DistrictCode: "440785", HandlingOrganID: kaiping.OrganID},
		"another's farm":                       {DistrictCode: "440783", FarmID: c.FarmID},
		"another's inspection":                 {DistrictCode: "440783", Inspections: c.Inspections},
	} {
		x.Title, x.Origin = "案", registry.OriginField
		_, err := s.AddCase(ctx, kaiping, &x)
		forbidden(t, name, err, "由恩平分局办理")
	}
	_, err := s.AddInspection(ctx, kaiping, &registry.Inspection{FarmID: c.FarmID, DistrictCode: "440783", Origin: registry.OriginField, StartedOn: registry.Day(2026, 11, 1)})
	forbidden(t, "an inspection of another's farm", err, "由恩平分局办理")

	drafts := twoDrafts()
	drafts[0].DistrictCode, drafts[1].DistrictCode = "440783", "440785"
	err = s.ImportDrafts(ctx, kaiping, &registry.Publication{Name: "报"}, "文", intake.Notice{}, drafts)
	forbidden(t, "an import with another branch's case", err)
	if l, err := s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 10}); err != nil || len(l.Rows) != 1 {
		t.Errorf("after a refused import there are %d cases, %v; want none of it", len(l.Rows), err)
	}
	err = s.Bulk(ctx, kaiping, func(b *casework.Bulk) error { return b.Farm(&registry.Farm{Name: "场", DistrictCode: "440785"}) })
	forbidden(t, "a bulk load", err)

	own := registry.Party{Name: "开平某公司", Kind: "公司"}
	if _, err := s.AddParty(ctx, kaiping, &own); err != nil {
		t.Fatal(err)
	}
	theirs := c.Parties[0].PartyID
	forbidden(t, "a merge that moves another's records", s.MergeParties(ctx, kaiping, &registry.PartyMerge{PartyID: theirs, IntoID: own.ID, Merging: registry.Merging{Reason: "同一家"}}))
}

func TestCrew(t *testing.T) {
	s := service(t)
	today := s.Today()
	own := roster(t, s, "沈一", "A1", "恩平分局", registry.Day(2030, 1, 1))
	often := roster(t, s, "韩二", "A2", "恩平分局", registry.Day(2030, 1, 1))
	once := roster(t, s, "朱三", "A3", "恩平分局", registry.Day(2030, 1, 1))
	expired := roster(t, s, "秦四", "A4", "恩平分局", registry.Day(2025, 1, 1))
	shen := account(t, s, "shen", registry.User{OfficerID: own.ID})
	crew := func(a registry.Actor, on registry.Date) casework.Crew {
		t.Helper()
		c, err := s.Crew(ctx, a, on)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := crew(shen, today); c.Own == nil || c.Own.ID != own.ID || c.Partner != nil || c.Doubt != "" {
		t.Errorf("before any inspection: %+v", c)
	}
	if c := crew(officer, today); c.Own != nil || c.Partner != nil {
		t.Errorf("an account that is tied to nobody: %+v", c)
	}
	farm := registry.Farm{Name: "场", DistrictCode: "440785"}
	if _, err := s.AddFarm(ctx, shen, &farm); err != nil {
		t.Fatal(err)
	}
	inspect := func(day int, who ...registry.Officer) {
		t.Helper()
		x := registry.Inspection{FarmID: farm.ID, Origin: registry.OriginField, StartedOn: registry.Day(2026, 10, day)}
		for _, o := range who {
			x.Officers = append(x.Officers, registry.OfficerRef{OfficerID: o.ID, Name: o.Name, CertNo: o.CertNo})
		}
		if _, err := s.AddInspection(ctx, shen, &x); err != nil {
			t.Fatal(err)
		}
	}
	for day := 1; day <= 3; day++ {
		inspect(day, own, expired)
		inspect(day, often, once) // without the officer: does not count
	}
	inspect(4, own, often)
	inspect(5, own, often)
	inspect(6, own, once)
	if c := crew(shen, today); c.Partner == nil || c.Partner.ID != often.ID || c.Times != 2 || c.Sheets != 6 {
		t.Errorf("the usual partner: %+v", c)
	}
	if c := crew(shen, registry.Day(2024, 6, 1)); c.Partner == nil || c.Partner.ID != expired.ID || c.Times != 3 {
		t.Errorf("on a day when the certificate was valid: %+v", c)
	}
	if c := crew(shen, registry.Day(2031, 1, 1)); c.Own != nil || !strings.Contains(c.Doubt, "不在有效期内") {
		t.Errorf("after the own certificate ended: %+v", c)
	}
	if _, err := s.Crew(ctx, auditor, today); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("Crew of an auditor = %v", err)
	}
}

// A ledger holds what its reader may read, also from the command line, and says so.
func TestALedgerOfABranch(t *testing.T) {
	s := service(t)
	kaiping := account(t, s, "kaiping", registry.User{OrganID: organCalled(t, s, "开平分局")})
	aCase(t, s, registry.OriginField) // in 恩平
	own := registry.Case{Title: "开平的案", Origin: registry.OriginField, DistrictCode: "440783"}
	if _, err := s.AddCase(ctx, kaiping, &own); err != nil {
		t.Fatal(err)
	}
	ledger := func() (titles, filters []string) {
		t.Helper()
		err := readLedger(ctx, s, kaiping, casework.LedgerFilter{}, func(l report.Ledger) error {
			filters = l.Info.Filters
			for f, err := range l.Cases {
				if err != nil {
					return err
				}
				titles = append(titles, f.Case.Title)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return titles, filters
	}
	if titles, filters := ledger(); len(titles) != 2 || len(filters) != 0 {
		t.Errorf("the ledger holds %v of %v, want both cases", titles, filters)
	}
	narrowTo(t, s)
	if titles, filters := ledger(); !slices.Equal(titles, []string{"开平的案"}) || !slices.Equal(filters, []string{"范围：开平分局"}) {
		t.Errorf("the narrowed ledger holds %v of %v", titles, filters)
	}
	if sum, err := s.Summary(ctx, kaiping, casework.Export{}); err != nil || sum.Cases != 1 {
		t.Errorf("the summary counts %+v, %v", sum, err)
	}
}

// The form puts the signed-in officer into the first row. Who types somebody else's name there means somebody else.
func TestATypedNameIsNotTheOfficerOfTheForm(t *testing.T) {
	s := service(t)
	shen := roster(t, s, "沈一", "A1", "恩平分局", registry.Day(2030, 1, 1))
	roster(t, s, "韩二", "A2", "恩平分局", registry.Day(2030, 1, 1))
	for _, c := range []struct {
		name, typed, cert string
		want              registry.OfficerRef
		refused           bool
	}{
		{"left as it was", "沈一", "A1", registry.OfficerRef{OfficerID: shen.ID, Name: "沈一", CertNo: "A1"}, false},
		{"only chosen", "", "", registry.OfficerRef{OfficerID: shen.ID, Name: "沈一", CertNo: "A1"}, false},
		{"what another choice left", "韩二", "A2", registry.OfficerRef{OfficerID: shen.ID, Name: "沈一", CertNo: "A1"}, false},
		{"somebody else", "梁某", "19070001", registry.OfficerRef{Name: "梁某", CertNo: "19070001"}, false},
		{"somebody else, whose number is not known yet", "梁某", "", registry.OfficerRef{Name: "梁某"}, false},
		{"another name on the same certificate", "梁某", "A1", registry.OfficerRef{OfficerID: shen.ID, Name: "梁某", CertNo: "A1"}, true},
	} {
		refs := []registry.OfficerRef{{OfficerID: shen.ID, Name: c.typed, CertNo: c.cert}}
		err := s.NameOfficers(ctx, officer, refs, nil)
		if refused := registry.KindOf(err) == registry.KindInvalid && err != nil; refused != c.refused || refs[0] != c.want {
			t.Errorf("%s: %+v, %v; want %+v, refused %v", c.name, refs[0], err, c.want, c.refused)
		}
	}
}

// Where reading is narrowed, what another branch has is neither told by a question nor had by naming its number.
func TestWhatIsNotReadIsNotNamed(t *testing.T) {
	s := service(t)
	kaiping := account(t, s, "kaiping", registry.User{OrganID: organCalled(t, s, "开平分局")})
	c := aCase(t, s, registry.OriginField) // in 恩平
	theirs, err := s.Party(ctx, officer, c.Parties[0].PartyID)
	if err != nil {
		t.Fatal(err)
	}
	theirs.CreditCode = "91440704304226404T"
	if err := s.ChangeParty(ctx, officer, &theirs); err != nil {
		t.Fatal(err)
	}
	own := registry.Farm{Name: "开平的场", DistrictCode: "440783"}
	if _, err := s.AddFarm(ctx, officer, &own); err != nil {
		t.Fatal(err)
	}
	secret := registry.Case{Title: "恩平办理的案", Origin: registry.OriginField, DistrictCode: "440785", FarmID: own.ID}
	if _, err := s.AddCase(ctx, officer, &secret); err != nil {
		t.Fatal(err)
	}
	narrowTo(t, s)
	if v, err := s.Voidable(ctx, kaiping, "farm", int64(own.ID)); err != nil || len(v.Resting) != 1 || v.Resting[0].Title != "由其他单位登记" {
		t.Errorf("what rests on the farm: %+v, %v; want another unit's case without its title", v.Resting, err)
	}
	_, asked := s.AddPartyAnyway(ctx, kaiping, &registry.Party{Name: "另一家公司", Kind: "公司", CreditCode: theirs.CreditCode}, "")
	x := registry.Case{Title: "开平的案", Origin: registry.OriginField, DistrictCode: "440783", Parties: []registry.CaseParty{{PartyID: theirs.ID, Role: registry.PartyRoles[0]}}}
	_, hung := s.AddCase(ctx, kaiping, &x)
	if registry.KindOf(hung) != registry.KindInvalid || !strings.Contains(hung.Error(), "没有找到所选的当事人") {
		t.Errorf("a case against another branch's party = %v, want the party not found", hung)
	}
	if registry.KindOf(asked) != registry.KindConflict || strings.Contains(asked.Error(), theirs.Name) || !strings.Contains(asked.Error(), "由其他单位登记") {
		t.Errorf("asked of another branch's party: %v, want it asked without its name", asked)
	}
}

// narrowTo has officers of branches read their own branch alone.
func narrowTo(t *testing.T, s *casework.Service) {
	t.Helper()
	p, err := s.BureauPage(ctx, registry.CommandLine)
	if err != nil {
		t.Fatal(err)
	}
	p.Bureau.OwnBranchOnly = true
	if err := s.ChangeBureau(ctx, registry.CommandLine, &p.Bureau); err != nil {
		t.Fatal(err)
	}
}
