package admin

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
)

// kindWords are the main properties of a kind as short phrases: what is recorded of its documents first, then what follows from them.
func kindWords(k *registry.DocumentKind) []string {
	var list []string
	for _, phrase := range []struct {
		says  bool
		words string
	}{
		{k.Numbers, "编有文号"},
		{k.Delivery != "", string(k.Delivery)},
		{k.MadeLabel != "", "日期叫“" + k.MadeLabel + "”"},
		{k.DueLabel != "", "定有" + k.DueLabel},
		{k.Orders, "责令限期办理"},
		{k.AmountLabel != "", "登记" + k.AmountLabel},
		{k.Persons, "登记移送人数"},
		{k.NamesParty, "写明当事人"},
		{k.Cites, "引用条款"},
		{k.HasResult(), "结果：" + strings.Join(k.ResultWords, "、")},
		{k.Decider != "", "由" + string(k.Decider) + "决定结果"},
		{len(k.Parts) > 0, "参加人员：" + strings.Join(k.Parts, "、")},
		{k.AfterFiling, "在立案之后"},
		{k.Imposes, "据以处罚"},
		{k.Stops, "所用时间不计入办案期限"},
		{k.Track != "", "支线：" + string(k.Track)},
		{k.Reached != "", "损害赔偿" + k.Reached},
		{k.Deadline != registry.KindDeadline{}, deadlineWords(k)},
		{k.Counted, "计入统计"},
	} {
		if phrase.says {
			list = append(list, phrase.words)
		}
	}
	return list
}

// deadlineWords say a kind's deadline as a sentence would: 自送达日期起 10 个工作日内报送整改报告（内部规定）.
func deadlineWords(k *registry.DocumentKind) string {
	d, unit, labels := &k.Deadline, "日", k.Labels()
	if d.Working {
		unit = "个工作日"
	}
	from := map[registry.KindDate]string{registry.DateMade: labels["made_on"], registry.DateServed: labels["served_on"], registry.DateDue: k.DueLabel + "届满日",
		registry.DateResult: "结果日期"}[d.From]
	return fmt.Sprintf("自%s起 %d %s内%s%s（%s）", from, d.Days, unit, d.Actor, d.Label, d.Source)
}
