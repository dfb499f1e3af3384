package casework

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// Unfit is a reason why a case should not be in a bulletin. Refused: it cannot be handed in. Unsigned: it can be handed in and read, and is not
// signed before the record is complete. Asked: it can, if whoever hands it in says why. Otherwise it is to be looked at.
type Unfit struct {
	Reason                   string
	Refused, Unsigned, Asked bool
}

// weight is what a condition means for a case.
type weight int

const (
	look    weight = iota // to be looked at
	asked                 // a person says why all the same
	unready               // not signed until the record is complete: the paper that proves it may be on its way
	refuse                // not handed in
)

// fitness is one condition that a case of a bulletin must meet.
type fitness struct {
	own, published weight // for a case of our own, and for one taken from a publication: what is unknown there was public already
	// unmet says in Chinese why the case does not meet it; empty where it does. A condition is one of cases, or one of pictures.
	unmet   func(f *registry.CaseFile) string
	picture func(p *registry.BulletinPicture) string
}

// fitnesses are the conditions, the gravest first.
var fitnesses = []fitness{
	{refuse, refuse, voided, nil},
	{refuse, refuse, annulled, nil},
	{refuse, refuse, bare, nil},
	{refuse, look, undecided, nil},
	{unready, look, unserved, nil},
	{refuse, refuse, suspended, nil},
	{refuse, asked, turnedByOthers, nil},
	{asked, asked, contested, nil},
	{unready, look, factless, nil},
	{look, look, changed, nil},
	{refuse, refuse, nil, unseen},
}

// BulletinFitness says why a case is not, or not without more, fit for a bulletin; empty where it is. The first reasons are the gravest.
func BulletinFitness(f *registry.CaseFile) []Unfit {
	var list []Unfit
	for _, c := range fitnesses {
		if c.unmet == nil {
			continue
		}
		w := c.own
		if f.Case.Origin == registry.OriginPublished {
			w = c.published
		}
		if words := c.unmet(f); words != "" {
			list = append(list, Unfit{Reason: words, Refused: w == refuse, Unsigned: w == unready, Asked: w == asked})
			if w == refuse && len(list) == 1 && (f.Case.IsVoid() || annulled(f) != "") {
				break // nothing more is asked of what does not stand
			}
		}
	}
	return list
}

// PictureFitness says why a picture is not fit for a bulletin; empty where it is. Whose case it is of makes no difference.
func PictureFitness(p *registry.BulletinPicture) (list []Unfit) {
	for _, c := range fitnesses {
		if c.picture == nil {
			continue
		}
		if words := c.picture(p); words != "" {
			list = append(list, Unfit{Reason: words, Refused: c.own == refuse, Unsigned: c.own == unready, Asked: c.own == asked})
		}
	}
	return list
}

func unseen(p *registry.BulletinPicture) string {
	if p.Checked() {
		return ""
	}
	return "还没有人看过成品，勾选“人脸、车牌等都已遮盖”"
}

func voided(f *registry.CaseFile) string {
	if !f.Case.IsVoid() {
		return ""
	}
	return "案件已作废，不能收入通报"
}

// decision is the last document by which the case was decided, as the table of kinds says: a penalty, what changed it, or that there is none.
func decision(f *registry.CaseFile) (d *registry.Document, ok bool) {
	for i := len(f.Documents) - 1; i >= 0; i-- {
		if d := &f.Documents[i]; f.Kind(d.Kind).Decides() {
			return d, true
		}
	}
	return nil, false
}

func annulled(f *registry.CaseFile) string {
	if procedure.TakenBack(f) {
		return "处罚决定已撤销，没有重新作出决定"
	}
	return ""
}

func bare(f *registry.CaseFile) string {
	if _, decided := decision(f); decided || hasFacts(f) {
		return ""
	}
	return "案件还是空的：没有违法事实，也没有决定"
}

func hasFacts(f *registry.CaseFile) bool {
	return len(f.Violations) > 0 || f.Case.Summary != "" || slices.ContainsFunc(f.Inspections, func(x registry.Inspection) bool { return x.Findings != "" })
}

func undecided(f *registry.CaseFile) string {
	if _, decided := decision(f); decided {
		return ""
	}
	if len(f.Documents) == 0 && !hasFacts(f) {
		return "" // bare said it
	}
	return "还没有作出处罚决定（或不予处罚决定）"
}

func unserved(f *registry.CaseFile) string {
	d, ok := decision(f)
	if !ok || !d.ServedOn.IsZero() {
		return ""
	}
	if k := f.Kind(d.Kind); k.Delivery != registry.DeliveryParty {
		return ""
	}
	return fmt.Sprintf("%s没有登记送达日期", d.Kind)
}

// The words by which a document says that a decision is not carried out for now. There is no kind of its own for it: courts and
// reconsideration organs write it into theirs.
var (
	stops   = []string{"停止执行", "中止执行", "暂缓执行"}
	notStop = []string{"不停止执行", "不中止执行", "不予停止执行", "恢复执行", "不予暂缓执行"}
)

// suspended: the last document that speaks of it says that the decision is not carried out.
func suspended(f *registry.CaseFile) string {
	d, ok := decision(f)
	if !ok {
		return ""
	}
	for i := len(f.Documents) - 1; i >= 0 && &f.Documents[i] != d; i-- {
		x := &f.Documents[i]
		text := strings.Join([]string{string(x.Kind), x.Content, x.ResultNote, x.Note}, "\n")
		for _, w := range notStop {
			if strings.Contains(text, w) {
				return ""
			}
		}
		for _, w := range stops {
			if strings.Contains(text, w) {
				return fmt.Sprintf("%s里写明%s：决定停止执行期间不公布", x.Kind, w)
			}
		}
	}
	return ""
}

// contests are the 行政复议 and 行政诉讼 behind the decision.
func contests(f *registry.CaseFile) (list []*registry.Document) {
	d, decided := decision(f)
	behind := !decided
	for i := range f.Documents {
		x := &f.Documents[i]
		if behind && (x.Kind == registry.DocReconsideration || x.Kind == registry.DocSuit) {
			list = append(list, x)
		}
		behind = behind || x == d
	}
	return list
}

// turnedByOthers: who decided about the contest changed or annulled the decision, and no document of ours follows it.
func turnedByOthers(f *registry.CaseFile) string {
	for _, x := range contests(f) {
		if procedure.TurnedBy(x) {
			return fmt.Sprintf("%s的结果是%s，还没有登记据此作出的文书", x.Kind, x.Result)
		}
	}
	return ""
}

func contested(f *registry.CaseFile) string {
	for _, x := range contests(f) {
		switch x.Result {
		case "", "已受理":
			return fmt.Sprintf("%s还没有结果", x.Kind)
		case "维持", "撤销", "变更", "确认违法", "确认无效":
		default:
			return fmt.Sprintf("%s的结果是“%s”，请核实决定是否有效", x.Kind, x.Result)
		}
	}
	return ""
}

func factless(f *registry.CaseFile) string {
	switch {
	case bare(f) != "":
		return ""
	case !hasFacts(f):
		return "没有登记违法事实"
	case len(f.Violations) == 0:
		return "没有登记违法行为，引不出所违反的条款"
	}
	return ""
}

func changed(f *registry.CaseFile) string {
	if d, ok := decision(f); ok && d.Kind == registry.DocChanged {
		return "处罚决定变更过，请核对写的是变更后的内容"
	}
	return ""
}

// contestState says in Chinese what is on record of 行政复议 and 行政诉讼.
func contestState(f *registry.CaseFile) string {
	list := contests(f)
	if len(list) == 0 {
		return "没有登记行政复议、行政诉讼"
	}
	var words []string
	for _, x := range list {
		result := x.Result
		if result == "" {
			result = "没有结果"
		}
		words = append(words, string(x.Kind)+"："+result)
	}
	return strings.Join(words, "；")
}

// contestTerms says in Chinese until when the decision may be contested: 复议期限至 2026-07-07，还有 12 天; open: one of the terms runs. Unknown where its
// service is not recorded.
func contestTerms(clocks []procedure.Clock, f *registry.CaseFile) (words string, open bool) {
	d, ok := decision(f)
	if !ok || len(contests(f)) > 0 {
		return "", false // none runs, or what became of it is told
	}
	if d.ServedOn.IsZero() {
		return "没有登记送达，复议、诉讼期限无法判断", false
	}
	var said []string
	for _, t := range []struct{ code, what string }{{"RECON_APPLY", "复议期限"}, {"SUIT_DIRECT", "起诉期限"}} {
		i := slices.IndexFunc(clocks, func(c procedure.Clock) bool { return c.Rule.Code == t.code && c.Start.Document == d.ID })
		if i < 0 {
			continue
		}
		switch c := &clocks[i]; {
		case !c.Term.Known():
			said = append(said, t.what+"无法判断（"+c.Term.Why+"）")
		case c.State == procedure.Running:
			open = true
			said = append(said, fmt.Sprintf("%s至 %s，还有 %d 天", t.what, c.Term.Latest, c.Days))
		default:
			said = append(said, fmt.Sprintf("%s至 %s，已届满", t.what, c.Term.Latest))
		}
	}
	return strings.Join(said, "；"), open
}

func joinSaid(said ...string) string {
	return strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == "" }), "；")
}
