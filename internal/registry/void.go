package registry

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Voiding says why a record that was entered by mistake no longer counts, and who said so. The zero Voiding: the record counts.
type Voiding struct {
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	By     string    `json:"by"` // user name
}

// Voidable is part of the nouns that can be voided (作废). A voided record keeps its number and its history and can be read, struck
// through; it is in no list, total, clock or search, its number is free for another, and what is on it is read-only.
type Voidable struct {
	Voided       Voiding `json:"voided,omitzero"`
	UnvoidReason string  `json:"unvoid_reason,omitempty"` // why it was restored last
}

// IsVoid reports whether the record was voided and not restored.
func (v Voidable) IsVoid() bool { return v.Voided != Voiding{} }

// Voids gives generic code the part of a noun that says so.
func (v *Voidable) Voids() *Voidable { return v }

// Rest is a kind of record that may rest on another.
type Rest struct {
	Entity string // of what rests
	Why    string // how, in Chinese
}

// RestsOn tells, for each noun that can be voided or deleted, what keeps it: while one of these records counts, taking it away would
// take the ground from under that record. What may be deleted or voided itself goes first. internal/store/void.go finds the records.
var RestsOn = map[string][]Rest{
	"farm": {
		{"inspection", "对它的检查"},
		{"case", "涉及它的案件"},
		{"farm", "并入它的养殖场"},
	},
	"party": {
		{"case", "以它为当事人的案件"},
		{"penalty", "对它的处罚"},
		{"farm", "它经营的养殖场"},
		{"inspection", "以它为被检查人的检查"},
		{"party", "并入它的当事人"},
	},
	"inspection": {
		{"case", "以它为依据的案件"},
		{"sample", "已编号、送检或出具报告的样品"},
	},
	"case": {
		{"document", "已登记的文书"},
		{"penalty", "已登记的处罚"},
		{"payment", "已登记的缴款"},
		{"bulletin", "收入本案的通报"},
	},
	"document": {{"penalty", "以这份文书为依据的处罚"}},
	"penalty":  {{"payment", "这项处罚的缴款"}},
}

// RestsOnPart tells what keeps a party or an inspection on a case: it cannot be taken off while these records of the case rest on it.
var RestsOnPart = map[string][]Rest{
	"party": {{"penalty", "对这个当事人的处罚"}},
	"inspection": {
		{"evidence", "在这次检查中取得的证据"},
		{"violation", "没有填行为终了日、以检查日期为准的违法行为"},
		{"sample", "已作处罚，样品数据是本案的依据"},
	},
}

// Reference names a record beside an error: what stands against an act, or what is there already.
type Reference struct {
	Entity string `json:"noun"`
	ID     int64  `json:"id"`
	Title  string `json:"title"`
	Why    string `json:"why"` // in Chinese
}

// Resting refuses an act on a record because of what rests on it; list is never empty.
func Resting(what string, list []Reference) error {
	return &Error{Kind: KindConflict, Message: fmt.Sprintf("%s（%s），没有作废。请先处理这些记录；整件事都是误登的，逐一删除或作废它们之后再作废这一条。", what, named(list)), References: list}
}

// named names records by what they are: 已登记的文书：立案、责令改正 等 3 项；已登记的处罚：罚款.
func named(list []Reference) string {
	const most = 3
	var parts []string
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Why == list[0].Why {
			n++
		}
		words := make([]string, 0, most)
		for _, r := range list[:min(n, most)] {
			words = append(words, cmp.Or(r.Title, fmt.Sprintf("编号 %d", r.ID)))
		}
		part := list[0].Why + "：" + strings.Join(words, "、")
		if n > most {
			part += fmt.Sprintf(" 等 %d 项", n)
		}
		parts, list = append(parts, part), list[n:]
	}
	return strings.Join(parts, "；")
}

// Kept refuses to delete a record, or to take one off another, because of what rests on it; list is never empty.
func Kept(message string, field string, list []Reference) error {
	e := &Error{Kind: KindConflict, Message: message, References: list}
	for _, r := range list {
		e.Fields = append(e.Fields, FieldError{field, fmt.Sprintf("%s：%s（编号 %d）", r.Why, r.Title, r.ID)})
	}
	return e
}

// VoidReason checks the reason that voiding and restoring ask for.
func VoidReason(reason string) (string, error) {
	var p Problems
	reason = CleanText(reason)
	p.required("reason", reason, "理由")
	p.text("reason", reason, 2000)
	return reason, p.Err()
}

// voidFields are the FieldInfos of Voidable.
var voidFields = FieldList{{Name: "voided", Label: "作废", Kind: ValueGroup, ReadOnly: true, NoInput: onVoidPage, NoLedger: voidedCounted, Fields: FieldList{
	{Name: "reason", Label: "作废理由", Kind: ValueText, ReadOnly: true, NoInput: onVoidPage, NoLedger: voidedCounted},
	{Name: "at", Label: "作废时间", Kind: ValueInstant, ReadOnly: true, NoInput: onVoidPage, NoHistory: inEntry, NoLedger: voidedCounted},
	{Name: "by", Label: "作废人", Kind: ValueText, ReadOnly: true, NoInput: onVoidPage, NoHistory: inEntry, NoLedger: voidedCounted},
}}, {Name: "unvoid_reason", Label: "恢复理由", Kind: ValueText, ReadOnly: true, NoInput: onVoidPage, NoPage: inHistory, NoLedger: inHistory}}

const (
	onVoidPage    = "作废 and 恢复 set it, on a page of their own"
	voidedCounted = "a voided record is no row of the ledger, which says how many cases were voided"
)
