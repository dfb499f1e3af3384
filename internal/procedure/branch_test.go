package procedure

import (
	"fmt"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func TestBranches(t *testing.T) {
	published := func(x *Facts) *Facts { x.File.Case.Origin = registry.OriginPublished; return x }
	persons := func(x *Facts, doc int, n int64) *Facts { x.File.Documents[doc-1].Persons = &n; return x }
	amount := func(x *Facts, doc int, yuan int64) *Facts {
		m := registry.Yuan(yuan)
		x.File.Documents[doc-1].Amount = &m
		return x
	}
	number := func(x *Facts, doc int, s string) *Facts { x.File.Documents[doc-1].Number = s; return x }
	daily := func(x *Facts, doc registry.DocumentID, times, base, fine int64) *Facts {
		b, m := registry.Yuan(base), registry.Yuan(fine)
		x.File.Penalties = []registry.Penalty{{DocumentID: doc, Kind: registry.PenaltyDaily, Amount: &m, DailyBase: &b, DailyDays: &times}}
		return x
	}
	now := func(docs ...string) *Facts { return facts("2025-06-01", docs...) }
	for _, tc := range []struct {
		name string
		x    *Facts
		want string
	}{
		{"nothing beside the way", now("立案 2025-01-02", "行政处罚决定 2025-02-02"), ""},
		{"registered things released", now("先行登记保存 2025-03-03", "解除先行登记保存 2025-03-07"), "先行登记保存 closed 4d: 已解除，前后 4 日"},
		{"registered things seized", now("先行登记保存 2025-03-03", "查封扣押 2025-03-07"),
			"先行登记保存 closed 4d: 转为查封扣押，前后 4 日 | 查封扣押 open: 解除未登记"},
		{"seal running", now("查封扣押 2025-03-03"), "查封扣押 open: 解除未登记"},
		{"seal extended, ended", now("查封扣押 2025-03-03", "延长查封扣押 2025-04-01", "解除查封扣押 2025-04-20"), "查封扣押 closed 48d: 经延长，已解除，前后 48 日"},
		{"seal extended twice", now("查封扣押 2025-03-03", "延长查封扣押 2025-04-01", "延长查封扣押 2025-05-01"),
			"查封扣押 open: 经延长，解除未登记 ! 登记了 2 次延长；延长只有一次，最长三十日（行政强制法第二十五条第一款）"},
		{"two seals", now("查封扣押 2025-03-03", "解除查封扣押 2025-03-13", "查封扣押 2025-04-03"), "查封扣押 closed 10d: 已解除，前后 10 日 | 查封扣押 open: 解除未登记"},
		{"seal with a month only", now("查封扣押 2025-03", "解除查封扣押 2025-04-20"), "查封扣押 closed: 已解除"},
		{"referral without an answer", persons(now("移送行政拘留 2025-03-03"), 1, 2), "移送行政拘留 open 2p: 已移送，公安机关的决定未登记"},
		{"referral as published", published(now("移送行政拘留")), "移送行政拘留 open: 已移送，公安机关的决定未公布 ! 移送人数未公布"},
		{"referral accepted", persons(now("移送行政拘留 2025-03-03 =已受理@2025-03-04"), 1, 1), "移送行政拘留 open 1p: 公安机关已受理，是否拘留未登记"},
		{"detained", persons(now("移送行政拘留 2025-03-03 =已决定拘留@2025-03-09"), 1, 1), "移送行政拘留 closed 1p: 公安机关已决定拘留"},
		{"refused", persons(now("移送行政拘留 2025-03-03 =不予拘留@2025-03-09"), 1, 1), "移送行政拘留 closed 1p: 公安机关决定不予拘留"},
		{"returned, referred again", persons(persons(now("移送行政拘留 2025-03-03 =退回@2025-03-09", "移送行政拘留 2025-03-20"), 1, 1), 2, 1),
			"移送行政拘留 closed 1p: 公安机关退回 | 移送行政拘留 open 1p: 已移送，公安机关的决定未登记"},
		{"crime", persons(now("移送涉嫌犯罪 2025-03-03"), 1, 3), "移送涉嫌犯罪 open 3p: 已移送，是否立案侦查未登记"},
		{"government silent", published(now("报政府责令拆除或关闭")), "报政府责令拆除或关闭 open: 已报请，人民政府的决定未公布"},
		{"government answered", now("报政府责令拆除或关闭 2025-03-03 =已完成@2025-05-03"), "报政府责令拆除或关闭 closed: 人民政府：已完成"},
		{"damages, talks", now("损害赔偿线索 2025-01-02", "鉴定意见 2025-02-02", "损害赔偿磋商 2025-03-03", "损害赔偿磋商 2025-04-03 =已开展@"),
			"生态环境损害赔偿 open: 磋商中（磋商 2 次）：已开展 ! 损害赔偿与行政处罚各自进行：不是处罚，不计入罚款"},
		{"damages, repaired", amount(now("损害赔偿线索 2025-01-02", "损害赔偿磋商 2025-03-03", "损害赔偿协议 2025-03-20", "修复实施 2025-04-01", "修复验收 2025-05-20 =已完成@2025-05-20"), 3, 48000),
			"生态环境损害赔偿 closed ¥48,000: 修复已验收（磋商 1 次）：已完成 ! 损害赔偿与行政处罚各自进行：不是处罚，不计入罚款"},
		{"agreement without its amount", now("损害赔偿协议 2025-03-20"),
			"生态环境损害赔偿 open: 已达成协议 ! 损害赔偿与行政处罚各自进行：不是处罚，不计入罚款 ! 协议的金额未登记"},
		{"an appraisal alone is evidence, not a track", now("鉴定意见 2025-02-02"), ""},
		{"daily penalty", daily(now("责令改正 2025-03-03 >2025-03-04", "复查 2025-03-14", "按日连续处罚 2025-04-01"), 3, 10, 20000, 200000), "按日连续处罚 closed 10d ¥200,000: 已决定，计罚 10 日"},
		{"daily penalty that does not add up", daily(now("责令改正 2025-03-03 >2025-03-04", "复查 2025-03-14", "按日连续处罚 2025-04-01"), 3, 3, 20000, 200000),
			"按日连续处罚 closed 3d ¥200,000: 已决定，计罚 3 日 ! 登记的计罚日数是 3 日，自责令改正送达次日至复查日是 10 日（按日连续处罚办法第十七条）" +
				" ! 原罚款 20,000 元 × 3 日＝60,000 元，登记的金额是 200,000 元"},
		{"enforcement", now("催告 2025-03-03", "申请强制执行 2025-04-03"), "申请强制执行 open: 已申请，法院的裁定未登记"},
		{"enforcement without urging", now("申请强制执行 2025-04-03 =其他@2025-04-20"),
			"申请强制执行 closed: 法院：其他 ! 没有催告的登记；申请强制执行前应当催告（行政强制法第五十四条）"},
		{"reconsideration upheld", now("行政处罚决定 2025-02-02", "行政复议 2025-03-03 =维持@2025-05-03"), "行政复议 closed: 维持"},
		{"suit running", now("行政诉讼 2025-03-03"), "行政诉讼 open: 已起诉，结果未登记"},
		{"annulled on review, nothing done", now("行政复议 2025-03-03 =撤销@2025-05-03"), "行政复议 closed: 撤销 ! 结果是撤销，没有登记“撤销处罚”"},
		{"annulled, decided anew", number(number(now("行政处罚决定 2025-02-02", "行政复议 2025-03-03 =撤销@2025-05-03", "撤销处罚 2025-05-05", "行政处罚决定 2025-05-20"), 1, "甲〔2025〕1号"), 4, "甲〔2025〕9号"),
			"行政复议 closed: 撤销 | 撤销处罚与重新决定 closed: 已撤销，以 甲〔2025〕9号 重新作出行政处罚决定"},
		{"decided anew under the old number", number(number(now("行政处罚决定 2025-02-02", "撤销处罚 2025-05-05", "行政处罚决定 2025-05-20"), 1, "甲〔2025〕1号"), 3, "甲〔2025〕1号"),
			"撤销处罚与重新决定 closed: 已撤销，以 甲〔2025〕1号 重新作出行政处罚决定 ! 重新作出的决定与被撤销的决定文号相同，请核对"},
		{"annulled for good", now("行政处罚决定 2025-02-02", "撤销处罚 2025-05-05"), "撤销处罚与重新决定 closed: 已撤销，没有登记重新作出的决定"},
	} {
		if got := branchWords(Branches(tc.x.File)); got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

func TestDailyPenaltyDays(t *testing.T) {
	x := facts("2025-06-01", "责令改正 2025-03-03 >2025-03-04", "复查 2025-03-14", "按日连续处罚 2025-04-01")
	if got, want := branchWords(Branches(x.File)), "按日连续处罚 closed 10d: 已决定，计罚 10 日，金额未登记"; got != want {
		t.Errorf("days counted from the documents:\n got %s\nwant %s", got, want)
	}
	x = facts("2025-06-01", "责令改正 2025-03", "复查", "按日连续处罚")
	if got, want := branchWords(Branches(x.File)), "按日连续处罚 closed: 已决定，金额未登记 ! 计罚日数未登记：责令改正送达日或复查日不知道"; got != want {
		t.Errorf("days that cannot be told:\n got %s\nwant %s", got, want)
	}
	if steps := Branches(x.File)[0].Steps; len(steps) != 3 {
		t.Errorf("steps %+v, want the order, the re-check and the decision", steps)
	}
}

func branchWords(list []Branch) string {
	var out []string
	for _, b := range list {
		s := b.Kind + " closed"
		if b.Open {
			s = b.Kind + " open"
		}
		if b.Days != nil {
			s += fmt.Sprintf(" %dd", *b.Days)
		}
		if b.Persons != nil {
			s += fmt.Sprintf(" %dp", *b.Persons)
		}
		if b.Amount != nil {
			s += " ¥" + b.Amount.String()
		}
		s += ": " + b.State
		for _, n := range b.Notes {
			s += " ! " + n
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}
