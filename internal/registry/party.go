package registry

import "cmp"

// PartyKinds are the forms a party takes. A farm run by a person without any registration is common.
var PartyKinds = Terms{"公司", "农民专业合作社", "个体工商户", "家庭农场", "自然人", "其他组织", "未知"}

// Party is a 当事人: a company, cooperative, individual business, family farm or person, perhaps without registration,
// perhaps known only by its published name (恩平某畜牧有限公司).
type Party struct {
	ID PartyID `json:"id"`
	Meta
	Origin           Origin `json:"origin"`
	Kind             string `json:"kind"`                 // one of PartyKinds
	Name             string `json:"name"`                 // as on the licence or ID card, not the signboard
	PublicName       string `json:"public_name"`          // 县+某+行业+形式, the only name that may be published
	CreditCode       string `json:"credit_code"`          // GB 32100; may be absent
	CodeOverride     string `json:"credit_code_override"` // why a code that fails its check is kept
	IDKind           string `json:"id_kind"`              // one of IDKinds; empty where there is no number, or from before it was asked
	IDNumber         string `json:"id_number"`            // of that document; persons
	LegalPerson      string `json:"legal_person"`         // 法定代表人、负责人或经营者
	LegalPersonTitle string `json:"legal_person_title"`   // 职务
	Phone            string `json:"phone"`
	Address          string `json:"address"`
	Note             string `json:"note"`
	// MergedInto is the entry that a person found to be the same party: this one is hidden and read-only until the merge is undone.
	MergedInto PartyID `json:"merged_into,omitempty"`
	Voidable
}

// Clean normalises what was typed.
func (x *Party) Clean() {
	for _, s := range []*string{&x.Kind, &x.IDKind, &x.Name, &x.PublicName, &x.CodeOverride, &x.LegalPerson, &x.LegalPersonTitle, &x.Phone, &x.Address, &x.Note} {
		*s = CleanText(*s)
	}
	x.CreditCode, x.IDNumber = normalizeSubjectCode(x.CreditCode), normalizeSubjectCode(x.IDNumber)
	switch {
	case x.IDNumber == "":
		x.IDKind = ""
	case x.IDKind == "":
		x.IDKind = IDResident
	}
	if x.Origin == "" {
		x.Origin = OriginField
	}
}

// IDDocument names the document that IDNumber is of; empty where there is no number.
func (x *Party) IDDocument() string {
	if x.IDNumber == "" {
		return ""
	}
	return cmp.Or(x.IDKind, IDResident)
}

// Validate checks what no party may have; missing facts are no error.
func (x *Party) Validate() error {
	var p Problems
	p.required("name", x.Name, "当事人名称")
	p.required("kind", x.Kind, "当事人类别")
	p.term("kind", x.Kind, PartyKinds)
	p.term("origin", string(x.Origin), Origins)
	p.text("name", x.Name, maxName)
	p.text("public_name", x.PublicName, maxName)
	p.text("legal_person", x.LegalPerson, maxName)
	p.text("legal_person_title", x.LegalPersonTitle, maxName)
	p.text("phone", x.Phone, 50)
	p.text("address", x.Address, maxLine)
	p.text("credit_code_override", x.CodeOverride, maxLine)
	p.text("note", x.Note, maxText)
	p.text("credit_code", x.CreditCode, 50)
	p.term("id_kind", x.IDKind, IDKinds)
	p.text("id_number", x.IDNumber, 50)
	if x.CreditCode != "" && x.CodeOverride == "" {
		if err := CheckCreditCode(x.CreditCode); err != nil {
			p.Add("credit_code", "%s；执照确实如此的，请填写保留理由", err)
		}
	}
	if x.IDNumber != "" {
		if err := CheckIDNumber(x.IDDocument(), x.IDNumber); err != nil {
			p.Add("id_number", "%s", err)
		}
	}
	return p.Err()
}
