package registry

import "time"

// OrganKinds: the city bureau decides, branches handle.
var OrganKinds = Terms{"市局", "分局", "监测站", "其他"}

// Organ is a unit of the bureau, or one it works with.
type Organ struct {
	ID OrganID `json:"id"`
	Meta
	Name         string `json:"name"`
	ShortName    string `json:"short_name"`
	Kind         string `json:"kind"`
	DistrictCode string `json:"district_code"`
	CreditCode   string `json:"credit_code"`
	Abbr         string `json:"abbr"` // character in document numbers
	Active       bool   `json:"active"`
}

// Clean normalises what was typed.
func (x *Organ) Clean() {
	for _, s := range []*string{&x.Name, &x.ShortName, &x.Kind, &x.DistrictCode, &x.Abbr} {
		*s = CleanText(*s)
	}
	x.CreditCode = NormalizeCode(x.CreditCode)
}

// Validate checks the organ.
func (x *Organ) Validate() error {
	var p Problems
	p.required("name", x.Name, "机构名称")
	p.required("kind", x.Kind, "机构类别")
	p.term("kind", x.Kind, OrganKinds)
	p.text("name", x.Name, maxName)
	p.text("short_name", x.ShortName, 50)
	p.text("abbr", x.Abbr, 10)
	if x.DistrictCode != "" {
		p.district("district_code", x.DistrictCode)
	}
	if x.CreditCode != "" {
		if err := CheckCreditCode(x.CreditCode); err != nil {
			p.Add("credit_code", "%s", err)
		}
	}
	return p.Err()
}

// Officer is a 执法人员 with a certificate. Formats of certificate numbers differ between issuers: none is enforced.
type Officer struct {
	ID OfficerID `json:"id"`
	Meta
	Name      string  `json:"name"`
	OrganID   OrganID `json:"organ_id,omitempty"`
	CertNo    string  `json:"cert_no"`
	ValidFrom Date    `json:"valid_from"`
	ValidTo   Date    `json:"valid_to"`
	Active    bool    `json:"active"`
}

// Clean normalises what was typed.
func (x *Officer) Clean() { x.Name, x.CertNo = CleanText(x.Name), NormalizeCode(x.CertNo) }

// Validate checks the officer.
func (x *Officer) Validate() error {
	var p Problems
	p.required("name", x.Name, "姓名")
	p.required("cert_no", x.CertNo, "执法证号")
	p.text("name", x.Name, maxName)
	p.text("cert_no", x.CertNo, 50)
	p.order("valid_to", x.ValidFrom, x.ValidTo, "有效期止早于有效期起")
	return p.Err()
}

// ValidOn reports whether the certificate certainly is, or is not, valid on a day; known is false where it cannot be told.
func (x *Officer) ValidOn(d Date) (valid, known bool) {
	if d.IsZero() || (x.ValidFrom.IsZero() && x.ValidTo.IsZero()) {
		return false, false
	}
	return !d.Before(x.ValidFrom) && !x.ValidTo.Before(d), true
}

// Campaign is a 专项行动.
type Campaign struct {
	ID CampaignID `json:"id"`
	Meta
	Origin  Origin  `json:"origin"`
	Name    string  `json:"name"`
	Year    int64   `json:"year"`
	Aim     string  `json:"aim"`
	OrganID OrganID `json:"organ_id,omitempty"`
	Note    string  `json:"note"`
}

// Clean normalises what was typed.
func (x *Campaign) Clean() {
	x.Name, x.Aim, x.Note = CleanText(x.Name), CleanText(x.Aim), CleanText(x.Note)
	if x.Origin == "" {
		x.Origin = OriginField
	}
}

// Validate checks the campaign.
func (x *Campaign) Validate() error {
	var p Problems
	p.required("name", x.Name, "专项行动名称")
	p.text("name", x.Name, maxName)
	p.text("aim", x.Aim, maxLine)
	p.text("note", x.Note, maxText)
	if x.Year != 0 && (x.Year < 1980 || x.Year > 2200) {
		p.Add("year", "年份不合理")
	}
	p.term("origin", string(x.Origin), Origins)
	return p.Err()
}

// User is an account. The password hash never leaves store and casework.
type User struct {
	ID UserID `json:"id"`
	Meta
	Username     string     `json:"username"`
	DisplayName  string     `json:"display_name"`
	Role         Role       `json:"role"`
	OrganID      OrganID    `json:"organ_id,omitempty"`
	OfficerID    OfficerID  `json:"officer_id,omitempty"`
	Disabled     bool       `json:"disabled"`
	MustChange   bool       `json:"must_change"` // a one-time password was set
	PasswordHash string     `json:"-"`
	LastSignIn   *time.Time `json:"last_sign_in"`
}

// Clean normalises what was typed.
func (x *User) Clean() {
	x.Username, x.DisplayName = CleanText(HalfWidth(x.Username)), CleanText(x.DisplayName)
}

// Validate checks the account.
func (x *User) Validate() error {
	var p Problems
	p.required("username", x.Username, "用户名")
	p.required("display_name", x.DisplayName, "姓名")
	p.text("display_name", x.DisplayName, 50)
	if n := RuneLen(x.Username); n > 40 {
		p.Add("username", "用户名太长：%d 字，最多 40 字", n)
	}
	for _, r := range x.Username {
		if r <= ' ' || r == '/' || r == ':' {
			p.Add("username", "用户名不能含空格、冒号和斜线")
			break
		}
	}
	ok := false
	for _, r := range Roles {
		ok = ok || r == x.Role
	}
	if !ok {
		p.Add("role", "请选择角色")
	}
	return p.Err()
}

// AuditEntry is one link of the audit chain. Bodies are in revisions; the chain holds only their salted digest, so that
// erasing personal data from a revision never breaks it.
type AuditEntry struct {
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"`
	Actor    string    `json:"actor"`
	Role     string    `json:"role"`
	RemoteIP string    `json:"remote_ip"`
	Action   string    `json:"action"` // 新建, 修改, 提交, 批准, 导出, 登录 …
	Entity   string    `json:"entity"`
	EntityID int64     `json:"entity_id"`
	Version  int64     `json:"version"`
	Detail   string    `json:"detail"` // what, in words without personal data
	Digest   string    `json:"digest"` // salted SHA-256 of the revision body
	PrevHash string    `json:"prev_hash"`
	Hash     string    `json:"hash"`
}

// Revision is the full after-image of one change.
type Revision struct {
	Entity   string    `json:"entity"`
	EntityID int64     `json:"entity_id"`
	Version  int64     `json:"version"`
	AuditSeq int64     `json:"audit_seq"`
	At       time.Time `json:"at"`
	Actor    string    `json:"actor"`
	Action   string    `json:"action"`
	Body     []byte    `json:"body"` // JSON of the record
}
