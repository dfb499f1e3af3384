package registry

import (
	"fmt"
	"slices"
)

// VersionChoices are what a person may decide where an act meets two versions of the law (行政处罚法第三十七条).
var VersionChoices = Terms{"从旧", "从轻", "其他"}

// ElementAnswers are the answers to a type's element checklist.
var ElementAnswers = Terms{"具备", "不具备", "待查"}

// EndBases are what an act's end rests on, also where its day is not known: an act may go on past the inspection until an order's term
// runs out or a recheck still meets it.
var EndBases = Terms{"检查时仍在进行", "复查时仍在进行", "责令期限届满后仍在进行", "自行停止", "改正完成"}

// DamagedElements are what an act damaged, in the words of the rules on 生态环境损害; 水质 where the source does not say which water.
var DamagedElements = Terms{"水质", "地表水", "地下水", "土壤", "大气", "其他"}

// ElementAnswer answers one question of the violation type's checklist, and names what proves the answer.
type ElementAnswer struct {
	Key      string       `json:"key"`
	Answer   string       `json:"answer"`
	Note     string       `json:"note,omitempty"`
	Evidence []EvidenceID `json:"evidence,omitempty"` // of the case or its inspections, as a person chose them
}

// Says reports whether the answer says anything.
func (a *ElementAnswer) Says() bool { return a.Answer != "" || a.Note != "" || len(a.Evidence) > 0 }

// maxProofs is how many exhibits may prove one element.
const maxProofs = 200

// Violation is one 违法行为 of a case, with its own articles. The version of the law follows from the act's end.
type Violation struct {
	ID ViolationID `json:"id"`
	Meta
	CaseID        CaseID          `json:"case_id"`
	Seq           int64           `json:"seq"`
	TypeCode      string          `json:"type_code"` // statute.ViolationType; empty when none fits
	Facts         string          `json:"facts"`
	ActFrom       Date            `json:"act_from"`
	ActTo         Date            `json:"act_to"`    // blank: the day of the inspection stands in for it, and the page says so
	EndBasis      string          `json:"end_basis"` // what the end rests on, one of EndBases
	Continuing    Tri             `json:"continuing"`
	Damage        []string        `json:"damage"` // what the act damaged; empty: not told
	Place         string          `json:"place"`
	Checklist     []ElementAnswer `json:"checklist"`
	VersionChoice string          `json:"version_choice"` // where the offer needed a choice
	ChoiceReason  string          `json:"choice_reason"`
	Citations     []Citation      `json:"citations"` // breached and basis; published, confirmed, changed or review
	Note          string          `json:"note"`
}

// Proved lists the elements that an exhibit proves, in the order of the checklist.
func (x *Violation) Proved(e EvidenceID) (keys []string) {
	for i := range x.Checklist {
		if slices.Contains(x.Checklist[i].Evidence, e) {
			keys = append(keys, x.Checklist[i].Key)
		}
	}
	return keys
}

// Prove says which elements an exhibit proves, and takes it off all others; it reports whether that changed anything.
func (x *Violation) Prove(e EvidenceID, keys []string) (changed bool) {
	for _, k := range keys {
		if !slices.ContainsFunc(x.Checklist, func(a ElementAnswer) bool { return a.Key == k }) {
			x.Checklist = append(x.Checklist, ElementAnswer{Key: k})
		}
	}
	for i := range x.Checklist {
		a := &x.Checklist[i]
		at := slices.Index(a.Evidence, e)
		switch wanted := slices.Contains(keys, a.Key); {
		case wanted && at < 0:
			a.Evidence, changed = append(slices.Clone(a.Evidence), e), true
		case !wanted && at >= 0:
			a.Evidence, changed = slices.Delete(slices.Clone(a.Evidence), at, at+1), true
		}
	}
	x.Checklist = slices.DeleteFunc(x.Checklist, func(a ElementAnswer) bool { return !a.Says() })
	return changed
}

// Breached lists the breached articles of a standing, in order.
func (x *Violation) Breached(standings ...CitationStanding) []Citation {
	return x.cited(RoleBreached, standings)
}

// Basis lists the liability articles of a standing, in order.
func (x *Violation) Basis(standings ...CitationStanding) []Citation {
	return x.cited(RoleBasis, standings)
}

func (x *Violation) cited(role CitationRole, standings []CitationStanding) []Citation {
	var list []Citation
	for _, c := range x.Citations {
		if c.Role != role {
			continue
		}
		ok := len(standings) == 0 && c.Standing != StandingReview
		for _, s := range standings {
			ok = ok || s == c.Standing
		}
		if ok {
			list = append(list, c)
		}
	}
	return list
}

// Clean normalises what was typed.
func (x *Violation) Clean() {
	for _, s := range []*string{&x.TypeCode, &x.Facts, &x.Place, &x.ChoiceReason, &x.Note} {
		*s = CleanText(*s)
	}
	for i := range x.Checklist {
		slices.Sort(x.Checklist[i].Evidence)
		x.Checklist[i].Evidence = slices.Compact(x.Checklist[i].Evidence)
	}
	for i := range x.Citations {
		c := &x.Citations[i]
		c.Law, c.Text, c.Reason, c.Note = CleanText(c.Law), CleanText(c.Text), CleanText(c.Reason), CleanText(c.Note)
		if c.Standing == "" {
			c.Standing = StandingConfirmed
		}
	}
}

// Validate checks what no violation may have. Whether the articles fit is the officer's judgement, not a rule.
func (x *Violation) Validate() error {
	var p Problems
	p.text("type_code", x.TypeCode, 60)
	if x.TypeCode == "" && x.Facts == "" {
		p.Add("type_code", "请选择违法行为类型；没有合适类型的，请写明违法事实")
	}
	p.text("facts", x.Facts, maxText)
	p.text("place", x.Place, maxLine)
	p.text("choice_reason", x.ChoiceReason, 2000)
	p.text("note", x.Note, maxText)
	p.order("act_to", x.ActFrom, x.ActTo, "行为终了早于行为开始")
	p.term("end_basis", x.EndBasis, EndBases)
	for i, d := range x.Damage {
		p.term(fmt.Sprintf("damage.%d", i), d, DamagedElements)
	}
	if len(x.Damage) > len(DamagedElements) {
		p.Add("damage", "同一环境要素选了两次")
	}
	p.term("continuing", string(x.Continuing), Terms{string(Yes), string(No)})
	p.term("version_choice", x.VersionChoice, VersionChoices)
	if x.VersionChoice != "" && x.ChoiceReason == "" {
		p.Add("choice_reason", "选择了“%s”，请写明理由", x.VersionChoice)
	}
	if len(x.Checklist) > 30 {
		p.Add("checklist", "要件最多 30 项")
	}
	for i, e := range x.Checklist {
		p.term(fieldAt("checklist", i, "answer"), e.Answer, ElementAnswers)
		p.text(fieldAt("checklist", i, "note"), e.Note, maxLine)
		if len(e.Evidence) > maxProofs {
			p.Add(fieldAt("checklist", i, "evidence"), "一项要件最多关联 %d 件证据", maxProofs)
		}
	}
	if len(x.Citations) > 60 {
		p.Add("citations", "引用条款最多 60 条")
	}
	for i, c := range x.Citations {
		p.Merge(fieldAt("citations", i, ""), c.validate())
	}
	return p.Err()
}

func (c Citation) validate() error {
	var p Problems
	if c.Role != RoleBreached && c.Role != RoleBasis {
		p.Add("role", "引用条款应为违反条款或处罚依据")
	}
	switch c.Standing {
	case StandingPublished, StandingOffered, StandingConfirmed, StandingChanged, StandingReview:
	default:
		p.Add("standing", "不认识的引用来源“%s”", clip(string(c.Standing), 20))
	}
	p.required("law", c.Law, "法律名称")
	p.text("law", c.Law, maxName)
	if c.Article < 1 || c.Article > 2000 {
		p.Add("article", "条号应在 1 至 2000 之间")
	}
	if c.Sub < 0 || c.Sub > 50 || c.Paragraph < 0 || c.Paragraph > 99 || c.Item < 0 || c.Item > 99 || c.Subitem < 0 || c.Subitem > 99 {
		p.Add("article", "款、项、目的序号不合理")
	}
	if c.Holding == Absent && c.Standing != StandingPublished { // what was printed is recorded as it was printed
		p.Add("article", "《%s》该版本没有%s，请核对", c.Law, c.Provision)
	}
	if c.Standing == StandingChanged && c.Reason == "" {
		p.Add("reason", "与系统提供的条款不同，请写明理由")
	}
	p.text("text", c.Text, maxText)
	p.text("reason", c.Reason, 2000)
	p.text("note", c.Note, 2000)
	return p.Err()
}
