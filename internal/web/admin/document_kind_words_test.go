package admin

import (
	"strings"
	"testing"

	"casebook/internal/registry"
)

func TestKindWords(t *testing.T) {
	within := func(from registry.KindDate, working bool) registry.KindProperties {
		return registry.KindProperties{DueLabel: "整改期限", Delivery: registry.DeliverySent, ResultWords: registry.Terms{"已整改"},
			Deadline: registry.KindDeadline{Label: "报送材料", Days: 5, Working: working, From: from, Source: "内部规定"}}
	}
	last := func(k registry.DocumentKind) string { list := kindWords(&k); return list[len(list)-1] }
	for _, tc := range []struct{ got, want string }{
		{strings.Join(kindWords(&registry.DocumentKind{Name: "约谈"}), "；"), ""},
		{strings.Join(kindWords(kindNamed(registry.DocOrder)), "；"), "编有文号；送达当事人；定有改正期限；责令限期办理；写明当事人；引用条款；计入统计"},
		{strings.Join(kindWords(kindNamed(registry.DocAppraisal)), "；"), "由外部送来；日期叫“出具日期”；所用时间不计入办案期限；损害赔偿已鉴定"},
		{last(registry.DocumentKind{KindProperties: within(registry.DateMade, true)}), "自作出日期起 5 个工作日内报送材料（内部规定）"},
		{last(registry.DocumentKind{KindProperties: within(registry.DateServed, true)}), "自送交日期起 5 个工作日内报送材料（内部规定）"},
		{last(registry.DocumentKind{KindProperties: within(registry.DateDue, false)}), "自整改期限届满日起 5 日内报送材料（内部规定）"},
		{last(registry.DocumentKind{KindProperties: within(registry.DateResult, false)}), "自结果日期起 5 日内报送材料（内部规定）"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s\nwant %s", tc.got, tc.want)
		}
	}
}

func kindNamed(name registry.DocKind) *registry.DocumentKind {
	k, _ := registry.DocumentKindByName(name)
	return &k
}
