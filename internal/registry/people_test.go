package registry

import (
	"fmt"
	"slices"
	"testing"
)

func TestOrgan(t *testing.T) {
	checkClean(t, Organ{Name: " 恩平分局 ", ShortName: " 恩平", Kind: "分局 ", DistrictCode: " 440785", CreditCode: " 91440704304226404t", Abbr: "恩 ", Active: true},
		Organ{Name: "恩平分局", ShortName: "恩平", Kind: "分局", DistrictCode: "440785", CreditCode: "91440704304226404T", Abbr: "恩", Active: true})
	checkRules(t, func() Organ {
		return Organ{Name: "恩平分局", Kind: "分局", DistrictCode: "440785", CreditCode: "91440704304226404T"}
	}, []limit[Organ]{
		{"name", 200, func(x *Organ) *string { return &x.Name }},
		{"short_name", 50, func(x *Organ) *string { return &x.ShortName }},
		{"abbr", 10, func(x *Organ) *string { return &x.Abbr }},
	}, []rule[Organ]{
		{"least", func(x *Organ) { *x = Organ{Name: "站", Kind: "监测站"} }, nil},
		{"nothing", func(x *Organ) { *x = Organ{} }, []string{"name: 请填写机构名称", "kind: 请填写机构类别"}},
		{"of an unknown kind", func(x *Organ) { x.Kind = "所" }, []string{"kind: " + outside("所", OrganKinds)}},
		{"of the whole city", func(x *Organ) { x.DistrictCode = "440700" }, nil},
		{"of no code", func(x *Organ) { x.DistrictCode = "4401" }, []string{"district_code: 辖区代码“4401”应为六位数字"}},
		{"with a code cut short", func(x *Organ) { x.CreditCode = "9144" }, []string{"credit_code: 统一社会信用代码应为 18 位，现在是 4 位"}},
	})
}

func TestOfficer(t *testing.T) {
	checkClean(t, Officer{Name: " 甲 ", CertNo: " ａ 1"}, Officer{Name: "甲", CertNo: "A1"})
	checkRules(t, func() Officer { return Officer{Name: "甲", CertNo: "A1"} }, []limit[Officer]{
		{"name", 200, func(x *Officer) *string { return &x.Name }},
		{"cert_no", 50, func(x *Officer) *string { return &x.CertNo }},
	}, []rule[Officer]{
		{"nothing", func(x *Officer) { *x = Officer{} }, []string{"name: 请填写姓名", "cert_no: 请填写执法证号"}},
		{"certificate that ended before it began", func(x *Officer) { x.ValidFrom, x.ValidTo = Year(2025), Year(2024) }, []string{"valid_to: 有效期止早于有效期起"}},
	})
}

func TestOfficerValidOn(t *testing.T) {
	from, to := Day(2024, 1, 1), Day(2025, 12, 31)
	for _, c := range []struct {
		from, to, on Date
		want         string // valid, known
	}{
		{from, to, Day(2024, 1, 1), "true true"}, {from, to, Day(2025, 12, 31), "true true"}, {from, to, Day(2023, 12, 31), "false true"}, {from, to, Day(2026, 1, 1), "false true"},
		{from, Date{}, Day(2030, 1, 1), "true true"}, {Date{}, to, Day(2020, 1, 1), "true true"}, {Date{}, Date{}, Day(2024, 1, 1), "false false"}, {from, to, Date{}, "false false"},
		{from, Month(2025, 6), Day(2025, 6, 30), "true true"}, {from, Month(2025, 6), Day(2025, 7, 1), "false true"},
	} {
		x := Officer{ValidFrom: c.from, ValidTo: c.to}
		if got := fmt.Sprint(x.ValidOn(c.on)); got != c.want {
			t.Errorf("%s to %s on %s: %s, want %s", c.from, c.to, c.on, got, c.want)
		}
	}
}

func TestCampaign(t *testing.T) {
	checkClean(t, Campaign{Name: " 清源 ", Aim: "甲\r\n乙", Note: " 注"}, Campaign{Name: "清源", Aim: "甲\n乙", Note: "注", Origin: OriginField})
	checkClean(t, Campaign{Origin: OriginSample}, Campaign{Origin: OriginSample})
	checkRules(t, func() Campaign { return Campaign{Origin: OriginField, Name: "清源", Year: 2024} }, []limit[Campaign]{
		{"name", 200, func(x *Campaign) *string { return &x.Name }},
		{"aim", 500, func(x *Campaign) *string { return &x.Aim }},
		{"note", 20000, func(x *Campaign) *string { return &x.Note }},
	}, []rule[Campaign]{
		{"without a name", func(x *Campaign) { x.Name = "" }, []string{"name: 请填写专项行动名称"}},
		{"of no year", func(x *Campaign) { x.Year = 0 }, nil},
		{"before environmental law", func(x *Campaign) { x.Year = 1979 }, []string{"year: 年份不合理"}},
		{"far ahead", func(x *Campaign) { x.Year = 2201 }, []string{"year: 年份不合理"}},
		{"of an unknown origin", func(x *Campaign) { x.Origin = "甲" }, []string{"origin: " + outside("甲", Origins)}},
	})
}

func TestUser(t *testing.T) {
	checkClean(t, User{Username: " ｌｉｕ ", DisplayName: " 刘\u200b"}, User{Username: "liu", DisplayName: "刘"})
	checkRules(t, func() User { return User{Username: "liu", DisplayName: "刘", Role: RoleOfficer} }, []limit[User]{
		{"display_name", 50, func(x *User) *string { return &x.DisplayName }},
	}, []rule[User]{
		{"nothing", func(x *User) { *x = User{} }, []string{"username: 请填写用户名", "display_name: 请填写姓名", "role: 请选择角色"}},
		{"too long a name", func(x *User) { x.Username = "abcdefghijabcdefghijabcdefghijabcdefghij1" }, []string{"username: 用户名太长：41 字，最多 40 字"}},
		{"two words", func(x *User) { x.Username = "liu yi" }, []string{"username: 用户名不能含空格、冒号和斜线"}},
		{"a path", func(x *User) { x.Username = "a/b/c" }, []string{"username: 用户名不能含空格、冒号和斜线"}},
		{"of the command line", func(x *User) { x.Username = "系统:命令行" }, []string{"username: 用户名不能含空格、冒号和斜线"}},
		{"with the command line's role", func(x *User) { x.Role = RoleSystem }, []string{"role: 请选择角色"}},
	})
}

func TestRoles(t *testing.T) {
	for r, want := range map[Role]string{RoleOfficer: "执法人员", RolePublisher: "宣传发布", RoleAuditor: "审计", RoleAdmin: "管理员", RoleSystem: "系统", "other": "other"} {
		if got := r.Chinese(); got != want {
			t.Errorf("%q is %s, want %s", string(r), got, want)
		}
	}
	all := append(slices.Clone(Roles), RoleSystem, "")
	for p, want := range map[Permission][]Role{
		PermPublic:          all,
		PermSelf:            {RoleOfficer, RolePublisher, RoleAuditor, RoleAdmin, RoleSystem},
		PermRecordRead:      {RoleOfficer, RolePublisher, RoleAuditor, RoleAdmin, RoleSystem},
		PermRecordWrite:     {RoleOfficer, RoleSystem},
		PermPersonalRead:    {RoleOfficer, RoleAuditor, RoleSystem},
		PermBulletinApprove: {RolePublisher, RoleSystem},
		PermExport:          {RoleOfficer, RolePublisher, RoleAuditor, RoleSystem},
		PermAuditRead:       {RoleAuditor, RoleAdmin, RoleSystem},
		PermAdmin:           {RoleAdmin, RoleSystem},
		"no.such":           nil,
	} {
		var got []Role
		for _, r := range all {
			if r.Can(p) {
				got = append(got, r)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", p, got, want)
		}
	}
}

func TestMay(t *testing.T) {
	for _, c := range []struct {
		actor Actor
		want  error
	}{
		{Actor{Role: RoleOfficer}, nil},
		{CommandLine, nil},
		{Actor{Role: RoleAuditor}, &Error{Kind: KindForbidden, Message: "您的角色（审计）不能进行这项操作。"}},
		{Actor{}, &Error{Kind: KindUnsigned, Message: "请先登录。"}},
	} {
		if got := c.actor.May(PermRecordWrite); KindOf(got) != KindOf(c.want) || fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%+v: %v, want %v", c.actor, got, c.want)
		}
	}
}
