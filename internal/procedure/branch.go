package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Branch is a side track of a case: what began beside the way from filing to closing, and what became of it.
type Branch struct {
	Kind     string // in Chinese, a kind of document or a track: 查封扣押, 移送行政拘留, 生态环境损害赔偿 …
	Track    registry.Track
	Document registry.DocumentID // the document that opened it
	State    string              // in Chinese: what is known to have become of it, and never more than that
	Open     bool                // an act or somebody's answer is still to come, or was not recorded
	From, To registry.Date       // To is zero while it runs, or where its end is not known
	Days     *int                // held under seal, or counted for a daily penalty; nil: not known, or no days are counted
	Persons  *int64              // referred; nil: not known. Persons are never cases
	People   bool                // persons are referred with it
	Amount   *registry.Money     // of a daily penalty or an agreement on damages
	Steps    []BranchStep        // its documents, in their order
	Notes    []string            // in Chinese: what to look at
}

// BranchStep is one document of a side track.
type BranchStep struct {
	Document registry.DocumentID
	What     string
	Number   string
	On       registry.Date
	Result   string
	ResultOn registry.Date
}

// branches are the side tracks in the order of an ordinary case: which kinds open one, and how it is read.
var branches = []struct {
	track registry.Track
	opens []registry.DocKind // nil: whatever belongs to the track, and all of it is one branch
	read  func(f *registry.CaseFile, at int) Branch
}{
	{registry.TrackRegistration, []registry.DocKind{registry.DocRegistration}, registration},
	{registry.TrackSeizure, []registry.DocKind{registry.DocSeizure}, seizure},
	{registry.TrackDaily, []registry.DocKind{registry.DocDailyPenalty}, dailyPenalty},
	{registry.TrackDetention, []registry.DocKind{registry.DocDetention}, referral(detentionState)},
	{registry.TrackCrime, []registry.DocKind{registry.DocCrime}, referral(crimeState)},
	{registry.TrackReport, []registry.DocKind{registry.DocReport}, report},
	{registry.TrackDamage, nil, damages},
	{registry.TrackEnforcement, []registry.DocKind{registry.DocEnforcement}, enforcement},
	{registry.TrackContest, []registry.DocKind{registry.DocReconsideration, registry.DocSuit}, contest},
	{registry.TrackAnnulment, []registry.DocKind{registry.DocAnnulled}, annulment},
}

// Branches lists the side tracks of a case. What a document does not say reads as 未登记, or 未公布 where the case is known from a
// publication: a referral is never shown as carried out without its result.
func Branches(f *registry.CaseFile) []Branch {
	var list []Branch
	for _, b := range branches {
		first := len(list)
		for i := range f.Documents {
			kind := f.Documents[i].Kind
			if b.opens != nil && !slices.Contains(b.opens, kind) || b.opens == nil && f.Kind(kind).Track != b.track {
				continue
			}
			x := b.read(f, i)
			x.Track, x.Document = b.track, f.Documents[i].ID
			list = append(list, x)
			if b.opens == nil {
				break
			}
		}
		if b.opens != nil {
			list = append(list[:first], withAdded(f, b.track, list[first:])...)
		}
	}
	return list
}

// withAdded puts the documents of an administrator's kinds into the branches of their track: each into the one that was opened last
// before it. Where none was, it stands as a branch of its own.
func withAdded(f *registry.CaseFile, track registry.Track, list []Branch) []Branch {
	order := map[registry.DocumentID]int{}
	for i := range f.Documents {
		d := &f.Documents[i]
		order[d.ID] = i
		k := f.Kind(d.Kind)
		if _, program := registry.DocumentKindByName(d.Kind); program || k.Track != track {
			continue
		}
		opened := -1
		for j := range list {
			if at, ok := order[list[j].Document]; ok && at < i {
				opened = j
			}
		}
		if opened < 0 {
			list = append(list, added(f, d, &k))
			continue
		}
		b := &list[opened]
		b.Steps = append(b.Steps, stepOf(d))
	}
	for _, b := range list {
		slices.SortStableFunc(b.Steps, func(a, c BranchStep) int { return cmp.Compare(order[a.Document], order[c.Document]) })
	}
	return list
}

// added reads a document of an administrator's kind that opens a branch by itself.
func added(f *registry.CaseFile, d *registry.Document, k *registry.DocumentKind) Branch {
	b := Branch{Kind: string(d.Kind), Track: k.Track, Document: d.ID, From: d.MadeOn, To: d.ResultOn, People: k.Persons, Persons: d.Persons, Amount: d.Amount, Steps: []BranchStep{stepOf(d)}}
	switch {
	case d.Result != "":
		b.State = joinWords("，", d.Result, d.ResultNote)
	case k.HasResult():
		b.Open, b.State = true, "结果"+unsaid(f)
	default:
		b.State = "已登记"
	}
	if k.Persons && d.Persons == nil {
		b.Notes = append(b.Notes, "移送人数"+unsaid(f))
	}
	return b
}

func stepOf(d *registry.Document) BranchStep {
	return BranchStep{d.ID, string(d.Kind), d.Number, d.MadeOn, joinWords("，", d.Result, d.ResultNote), d.ResultOn}
}

func joinWords(sep string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), sep)
}

// unsaid is the word for what nobody recorded.
func unsaid(f *registry.CaseFile) string {
	if f.Case.Origin == registry.OriginPublished {
		return "未公布"
	}
	return "未登记"
}

// following are the documents of some kinds behind one, up to the next document of its own kind.
func following(f *registry.CaseFile, at int, kinds ...registry.DocKind) []*registry.Document {
	var list []*registry.Document
	for i := at + 1; i < len(f.Documents) && f.Documents[i].Kind != f.Documents[at].Kind; i++ {
		if slices.Contains(kinds, f.Documents[i].Kind) {
			list = append(list, &f.Documents[i])
		}
	}
	return list
}

func registration(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(d.Kind), From: d.MadeOn, Steps: []BranchStep{stepOf(d)}}
	ends := following(f, at, registry.DocRegistrationEnd, registry.DocSeizure)
	if len(ends) == 0 {
		b.Open, b.State = true, "处理决定"+unsaid(f)
		return b
	}
	end := ends[0]
	b.Steps, b.To, b.State = append(b.Steps, stepOf(end)), end.MadeOn, "已解除"
	if end.Kind == registry.DocSeizure {
		b.State = "转为查封扣押"
	}
	b.held()
	return b
}

func seizure(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(d.Kind), From: d.MadeOn, Steps: []BranchStep{stepOf(d)}}
	extended := 0
	for _, x := range following(f, at, registry.DocSeizureExtended, registry.DocSeizureEnd) {
		b.Steps = append(b.Steps, stepOf(x))
		if x.Kind == registry.DocSeizureEnd {
			b.To, b.State = x.MadeOn, "已解除"
			break
		}
		extended++
	}
	if b.State == "" {
		b.Open, b.State = true, "解除"+unsaid(f)
	}
	if extended > 0 {
		b.State = "经延长，" + b.State
	}
	if extended > 1 {
		b.Notes = append(b.Notes, fmt.Sprintf("登记了 %d 次延长；延长只有一次，最长三十日（行政强制法第二十五条第一款）", extended))
	}
	b.held()
	return b
}

// held counts the days from the day after the first to the last; an end whose day is not known leaves them unknown.
func (b *Branch) held() {
	if b.From.Precision() == registry.PrecisionDay && b.To.Precision() == registry.PrecisionDay {
		n := daysBetween(b.From, b.To)
		b.Days = &n
		b.State += fmt.Sprintf("，前后 %d 日", n)
	}
}

// dailyPenalty reads the counted days from the penalty of the decision, and counts them again from the order's service to the re-check
// (按日连续处罚办法第十七条): where the two differ, both are said.
func dailyPenalty(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(d.Kind), From: d.MadeOn, To: d.MadeOn, Amount: d.Amount}
	var order, check *registry.Document
	for i := range f.Documents[:at] {
		switch x := &f.Documents[i]; x.Kind {
		case registry.DocOrder:
			order, check = x, nil
		case registry.DocRecheck:
			if order != nil {
				check = x
			}
		}
	}
	if lone := f.LoneRechecks(); check == nil && order != nil && len(lone) > 0 {
		if told := lone[len(lone)-1].RecheckOf(); !told.MadeOn.Before(order.MadeOn) {
			check = &told
		}
	}
	counted, known := 0, false
	for _, x := range []*registry.Document{order, check} {
		if x != nil {
			b.Steps = append(b.Steps, stepOf(x))
		}
	}
	b.Steps = append(b.Steps, stepOf(d))
	if order != nil && check != nil && order.ServedOn.Precision() == registry.PrecisionDay && check.MadeOn.Precision() == registry.PrecisionDay {
		counted, known = daysBetween(order.ServedOn, check.MadeOn), true
	}
	var fine *registry.Money
	for i := range f.Penalties {
		if p := &f.Penalties[i]; p.Kind == registry.PenaltyDaily && (p.DocumentID == d.ID || p.DocumentID == 0) {
			b.Amount = cmp.Or(b.Amount, p.Amount)
			fine = p.DailyBase
			if p.DailyDays != nil {
				n := int(*p.DailyDays)
				b.Days = &n
			}
		}
	}
	switch {
	case b.Days != nil && known && *b.Days != counted:
		b.Notes = append(b.Notes, fmt.Sprintf("登记的计罚日数是 %d 日，自责令改正送达次日至复查日是 %d 日（按日连续处罚办法第十七条）", *b.Days, counted))
	case b.Days == nil && known:
		b.Days = &counted
	case b.Days == nil:
		b.Notes = append(b.Notes, "计罚日数"+unsaid(f)+"：责令改正送达日或复查日不知道")
	}
	if b.Days != nil && fine != nil && b.Amount != nil && *b.Amount != *fine*registry.Money(*b.Days) {
		b.Notes = append(b.Notes, fmt.Sprintf("原罚款 %s 元 × %d 日＝%s 元，登记的金额是 %s 元", fine, *b.Days, *fine*registry.Money(*b.Days), b.Amount))
	}
	b.State = "已决定"
	if b.Days != nil {
		b.State += fmt.Sprintf("，计罚 %d 日", *b.Days)
	}
	if b.Amount == nil {
		b.State += "，金额" + unsaid(f)
	}
	return b
}

// referral reads a case handed to others; state turns their answer into words.
func referral(state func(f *registry.CaseFile, d *registry.Document) (words string, open bool)) func(*registry.CaseFile, int) Branch {
	return func(f *registry.CaseFile, at int) Branch {
		d := &f.Documents[at]
		b := Branch{Kind: string(d.Kind), From: d.MadeOn, To: d.ResultOn, People: true, Persons: d.Persons, Steps: []BranchStep{stepOf(d)}}
		b.State, b.Open = state(f, d)
		if d.Persons == nil {
			b.Notes = append(b.Notes, "移送人数"+unsaid(f))
		}
		return b
	}
}

func detentionState(f *registry.CaseFile, d *registry.Document) (words string, open bool) {
	switch d.Result {
	case "":
		return "已移送，公安机关的决定" + unsaid(f), true
	case "已受理":
		return "公安机关已受理，是否拘留" + unsaid(f), true
	case "已决定拘留":
		return "公安机关已决定拘留", false
	case "不予拘留":
		return "公安机关决定不予拘留", false
	case "退回":
		return "公安机关退回", false
	}
	return "公安机关答复：" + joinWords("，", d.Result, d.ResultNote), false
}

func crimeState(f *registry.CaseFile, d *registry.Document) (words string, open bool) {
	switch d.Result {
	case "":
		return "已移送，是否立案侦查" + unsaid(f), true
	case "已受理":
		return "已受理，是否立案侦查" + unsaid(f), true
	case "退回":
		return "退回", false
	}
	return "答复：" + joinWords("，", d.Result, d.ResultNote), false
}

func report(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(d.Kind), From: d.MadeOn, To: d.ResultOn, Steps: []BranchStep{stepOf(d)}}
	who := cmp.Or(d.OrganName, "人民政府")
	switch d.Result {
	case "":
		b.Open, b.State = true, "已报请，"+who+"的决定"+unsaid(f)
	case "已受理":
		b.Open, b.State = true, who+"已受理，决定"+unsaid(f)
	default:
		b.State = who + "：" + joinWords("，", d.Result, d.ResultNote)
	}
	return b
}

func damages(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(registry.TrackDamage), From: d.MadeOn, Open: true, Notes: []string{"损害赔偿与行政处罚各自进行：不是处罚，不计入罚款"}}
	rounds, last, rank := 0, d, -1
	for i := at; i < len(f.Documents); i++ {
		x := &f.Documents[i]
		k := f.Kind(x.Kind)
		r := slices.IndexFunc(registry.DocumentKinds, func(k registry.DocumentKind) bool { return k.Name == x.Kind })
		switch {
		case x.Kind == registry.DocAppraisal: // belongs to the track where it stands among its documents
			r = -1
		case k.Track != registry.TrackDamage:
			continue
		case r < 0: // an administrator's kind stands where the track already is
			r = rank
		}
		b.Steps = append(b.Steps, stepOf(x))
		if x.Kind == registry.DocDamageTalks {
			rounds++
		}
		if x.Kind == registry.DocDamageAgreement && x.Amount != nil {
			b.Amount = x.Amount
		}
		if r >= rank {
			rank, last = r, x
		}
	}
	b.State = f.Kind(last.Kind).Reached
	if rounds > 0 {
		b.State += fmt.Sprintf("（磋商 %d 次）", rounds)
	}
	switch {
	case last.Kind == registry.DocRepairCheck:
		b.To, b.Open = last.MadeOn, false
		b.State += "：" + cmp.Or(last.Result, "结论"+unsaid(f))
	case last.Result != "":
		b.State += "：" + last.Result
	}
	if _, agreed := f.Document(registry.DocDamageAgreement); agreed && b.Amount == nil {
		b.Notes = append(b.Notes, "协议的金额"+unsaid(f))
	}
	return b
}

func enforcement(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(d.Kind), From: d.MadeOn, To: d.ResultOn}
	urged := false
	for i := range f.Documents[:at] {
		if x := &f.Documents[i]; x.Kind == registry.DocUrge {
			b.Steps, urged = append(b.Steps, stepOf(x)), true
		}
	}
	b.Steps = append(b.Steps, stepOf(d))
	if b.State = "法院：" + joinWords("，", d.Result, d.ResultNote); d.Result == "" {
		b.Open, b.State = true, "已申请，法院的裁定"+unsaid(f)
	}
	if !urged {
		b.Notes = append(b.Notes, "没有催告的登记；申请强制执行前应当催告（行政强制法第五十四条）")
	}
	return b
}

// contest reads a reconsideration or a suit with its outcome, and what the bureau did about it.
func contest(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(d.Kind), From: d.MadeOn, To: d.ResultOn, Steps: []BranchStep{stepOf(d)}}
	switch d.Result {
	case "":
		b.Open, b.State = true, "已申请，结果"+unsaid(f)
		if d.Kind == registry.DocSuit {
			b.State = "已起诉，结果" + unsaid(f)
		}
		return b
	case "已受理":
		b.Open, b.State = true, "已受理，结果"+unsaid(f)
		return b
	}
	b.State = joinWords("，", d.Result, d.ResultNote)
	for result, kind := range map[string]registry.DocKind{"撤销": registry.DocAnnulled, "变更": registry.DocChanged} {
		if d.Result != result {
			continue
		}
		after := following(f, at, kind)
		if len(after) == 0 {
			b.Notes = append(b.Notes, "结果是"+result+"，没有登记“"+string(kind)+"”")
			continue
		}
		b.Steps = append(b.Steps, stepOf(after[0]))
	}
	return b
}

// annulment looks for the decision that was made anew: it carries its own number.
func annulment(f *registry.CaseFile, at int) Branch {
	d := &f.Documents[at]
	b := Branch{Kind: string(registry.TrackAnnulment), From: d.MadeOn, Steps: []BranchStep{stepOf(d)}, State: "已撤销，没有登记重新作出的决定"}
	old := ""
	for i := range f.Documents[:at] {
		if f.Documents[i].Kind == registry.DocDecision {
			old = f.Documents[i].Number
		}
	}
	if again := following(f, at, registry.DocDecision, registry.DocNoPenalty); len(again) > 0 {
		x := again[0]
		b.Steps, b.To = append(b.Steps, stepOf(x)), x.MadeOn
		b.State = "已撤销，重新作出" + string(x.Kind) + "（文号" + unsaid(f) + "）"
		if x.Number != "" {
			b.State = "已撤销，以 " + x.Number + " 重新作出" + string(x.Kind)
		}
		if x.Number != "" && x.Number == old {
			b.Notes = append(b.Notes, "重新作出的决定与被撤销的决定文号相同，请核对")
		}
	}
	return b
}
