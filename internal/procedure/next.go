package procedure

import (
	"slices"

	"casebook/internal/registry"
)

// Step is a document that usually comes next, and why.
type Step struct {
	Kind   registry.DocKind
	Why    string // in Chinese
	Source string // the article, where one asks for it; empty where it is only usual
}

type step struct {
	kind        registry.DocKind
	why, source string
	when        func(f *registry.CaseFile) bool
}

// steps in the order of an ordinary case. Any other document may be registered too: what has happened is recorded as it happened.
var steps = []step{
	{registry.DocSeizureEnd, "查封扣押尚未解除", "行政强制法第二十五条第一款", open(registry.DocSeizure, registry.DocSeizureEnd)},
	{registry.DocSeizureExtended, "情况复杂的，可以延长一次", "行政强制法第二十五条第一款", both(open(registry.DocSeizure, registry.DocSeizureEnd), lacks(registry.DocSeizureExtended))},
	{registry.DocRestrictEnd, "限制生产尚未解除", "限制生产停产整治办法第十五条第一款", open(registry.DocRestrict, registry.DocRestrictEnd)},
	{registry.DocRestrictEnd, "停产整治尚未解除", "限制生产停产整治办法第十七条", both(open(registry.DocSuspend, registry.DocRestrictEnd), lacks(registry.DocRestrict))},
	{registry.DocRegistrationEnd, "先行登记保存后应及时处理", "行政处罚法第五十六条", open(registry.DocRegistration, registry.DocRegistrationEnd, registry.DocSeizure)},
	{registry.DocOrder, "责令当事人改正或者限期改正违法行为", "行政处罚法第二十八条第一款", both(undecided, lacks(registry.DocOrder))},
	{registry.DocRecheck, "核实是否已经改正", "", open(registry.DocOrder, registry.DocRecheck)},
	{registry.DocFiling, "符合立案条件的应当及时立案", "行政处罚法第五十四条第二款", at(registry.StageOpened, registry.StageOrdered)},
	{registry.DocNotFiled, "不符合立案条件的", "", at(registry.StageOpened, registry.StageOrdered)},
	{registry.DocMonitoringTold, "监测结果应告知当事人", review, untold},
	{registry.DocNotice, "作出处罚决定之前应当告知", "行政处罚法第四十四条", at(registry.StageFiled)},
	{registry.DocStatement, "当事人有权陈述和申辩", "行政处罚法第四十五条第一款", both(at(registry.StageNotified), lacks(registry.DocStatement))},
	{registry.DocHearing, "当事人要求听证的应当组织听证", "行政处罚法第六十四条", both(at(registry.StageNotified), lacks(registry.DocHearing))},
	{registry.DocLegalReview, "属于应当法制审核情形的，未经审核不得作出决定", "行政处罚法第五十八条第一款", both(at(registry.StageFiled, registry.StageNotified), lacks(registry.DocLegalReview))},
	{registry.DocDiscussion, "情节复杂或者重大违法行为应当集体讨论", "行政处罚法第五十七条第二款", both(at(registry.StageFiled, registry.StageNotified), lacks(registry.DocDiscussion))},
	{registry.DocDecision, "", "行政处罚法第五十七条第一款", at(registry.StageNotified, registry.StageAnnulled)},
	{registry.DocNoPenalty, "依法不予处罚的", "行政处罚法第三十三条", at(registry.StageNotified, registry.StageAnnulled)},
	{registry.DocDecisionExtended, "办案期限内不能作出决定的", "", at(registry.StageFiled, registry.StageNotified)},
	{registry.DocPublication, "处罚决定应当公开", "行政处罚法第四十八条第一款", both(at(registry.StageDecided), lacks(registry.DocPublication))},
	{registry.DocCreditReport, string(registry.DocCreditReport), "", both(at(registry.StageDecided), lacks(registry.DocCreditReport))},
	{registry.DocUrge, "逾期不履行的，申请强制执行前应当催告", "行政强制法第五十四条", unless(paidOff, both(at(registry.StageDecided), lacks(registry.DocUrge)))},
	{registry.DocEnforcement, "催告后仍不履行的", "行政强制法第五十三条", unless(paidOff, open(registry.DocUrge, registry.DocEnforcement))},
	{registry.DocDetention, "符合移送行政拘留条件的", "", both(at(registry.StageFiled, registry.StageNotified, registry.StageDecided), lacks(registry.DocDetention))},
	{registry.DocClosing, "处理完毕的", "", at(registry.StageNotFiled, registry.StageDecided, registry.StageNoPenalty, registry.StageAnnulled)},
}

// Next lists the documents that usually come next in a case, the most pressing first.
func Next(f *registry.CaseFile) []Step {
	if f.Case.Stage.Closed() {
		return nil
	}
	var list []Step
	for _, s := range steps {
		if s.when(f) {
			list = append(list, Step{s.kind, s.why, s.source})
		}
	}
	return list
}

func at(stages ...registry.Stage) func(*registry.CaseFile) bool {
	return func(f *registry.CaseFile) bool { return slices.Contains(stages, f.Case.Stage) }
}

func lacks(kind registry.DocKind) func(*registry.CaseFile) bool {
	return func(f *registry.CaseFile) bool {
		_, have := f.Document(kind)
		return !have
	}
}

// open reports whether a document of the first kind has none of the others behind it.
func open(kind registry.DocKind, ends ...registry.DocKind) func(*registry.CaseFile) bool {
	return func(f *registry.CaseFile) bool {
		for _, start := range made(kind)(f) {
			if _, ended := next(ends...)(f, start); !ended {
				return true
			}
		}
		return false
	}
}

func undecided(f *registry.CaseFile) bool { return f.Case.Stage.OnTheWay() }

func both(a, b func(*registry.CaseFile) bool) func(*registry.CaseFile) bool {
	return func(f *registry.CaseFile) bool { return a(f) && b(f) }
}
