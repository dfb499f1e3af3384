package procedure

import (
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func TestNext(t *testing.T) {
	for _, tc := range []struct {
		name string
		docs []string
		want string
	}{
		{"nothing yet", nil, "责令改正 立案 不予立案"},
		{"ordered", []string{"责令改正 2024-05-20"}, "复查 立案 不予立案"},
		{"re-checked", []string{"责令改正 2024-05-20", "复查 2024-06-19"}, "立案 不予立案"},
		{"filed", []string{"责令改正 2024-05-20", "复查 2024-06-19", "立案 2024-06-20"}, "事先（听证）告知 法制审核 集体讨论 延长办案期限 移送行政拘留"},
		{"sealed", []string{"责令改正 2024-05-20", "复查 2024-06-19", "查封扣押 2024-06-20"}, "解除查封扣押 延长查封扣押 立案 不予立案"},
		{"production limited", []string{"责令改正 2024-05-20", "复查 2024-06-19", "责令限制生产 2024-06-20"}, "解除限产停产 立案 不予立案"},
		{"stopped after a limit", []string{"责令改正 2024-05-20", "复查 2024-06-19", "责令限制生产 2024-06-20", "责令停产整治 2024-07-20"}, "解除限产停产 立案 不予立案"},
		{"production free again", []string{"责令改正 2024-05-20", "复查 2024-06-19", "责令停产整治 2024-06-20", "解除限产停产 2024-07-20"}, "立案 不予立案"},
		{"a report", []string{"责令改正 2024-05-20", "复查 2024-06-19", "监测报告 2024-06-20"}, "立案 不予立案 告知监测结果"},
		{"notified", []string{"责令改正 2024-05-20", "复查 2024-06-19", "立案 2024-06-20", "事先（听证）告知 2024-07-01", "法制审核 2024-07-02"},
			"陈述申辩 听证 集体讨论 行政处罚决定 不予行政处罚 延长办案期限 移送行政拘留"},
		{"decided", []string{"立案 2024-06-20", "行政处罚决定 2024-07-20", "公示 2024-07-22"}, "双公示上报 催告 移送行政拘留 结案"},
		{"urged", []string{"立案 2024-06-20", "行政处罚决定 2024-07-20", "公示 2024-07-22", "双公示上报 2024-07-22", "移送行政拘留 2024-07-22", "催告 2025-02-01"}, "申请强制执行 结案"},
		{"annulled", []string{"立案 2024-06-20", "行政处罚决定 2024-07-20", "撤销处罚 2024-09-20"}, "行政处罚决定 不予行政处罚 结案"},
		{"closed", []string{"立案 2024-06-20", "行政处罚决定 2024-07-20", "结案 2024-09-20"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, s := range Next(facts("2024-06-28", tc.docs...).File) {
				got = append(got, string(s.Kind))
			}
			if s := strings.Join(got, " "); s != tc.want {
				t.Errorf("got  %s\nwant %s", s, tc.want)
			}
		})
	}
}

func TestStepsAreKnown(t *testing.T) {
	for _, s := range steps {
		if _, ok := registry.DocumentKindByName(s.kind); !ok {
			t.Errorf("no document kind %s", s.kind)
		}
		for _, m := range statute.Embedded().Citations(s.source, registry.Date{}) {
			if m.Holding != registry.Held {
				t.Errorf("%s: %s is %s", s.kind, m.Citation(), m.Holding)
			}
		}
	}
}
