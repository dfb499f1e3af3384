package procedure

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for _, tc := range []struct{ code, today, docs, want string }{
		{"CASE_DECISION", "2024-09-10", "立案 2024-06-12", "今天到期|2024年9月10日（星期二）||90 日（日历日），起算日不计|"},
		{"CASE_DECISION", "2024-09-13", "立案 2024-06-12", "已逾期 3 天|2024年9月10日（星期二）||90 日（日历日），起算日不计|"},
		{"CASE_DECISION", "2024-09-13", "立案 2024-06-12;延长办案期限 2024-09-01", "还剩 27 天|2024年10月10日（星期四）||90 日（日历日），延长 30 日，起算日不计|"},
		{"CASE_DECISION", "2024-09-13", "立案 2024-06-12;听证 2024-08-01 -2024-08-01..2024-08-20", "还剩 17 天|2024年9月30日（星期一）||90 日（日历日），起算日不计|2024-08-01 至 2024-08-20"},
		{"CASE_DECISION", "2024-09-13", "立案 2024-06-12;听证 2024-08-01 -2024-08-01..", "无法判断|||90 日（日历日），起算日不计|2024-08-01 起，尚未结束"},
		{"CASE_DECISION", "2024-12-13", "立案 2024-06-12;行政处罚决定 2024-09-12", "逾期 2 天完成|2024年9月10日（星期二）||90 日（日历日），起算日不计|"},
		{"CASE_DECISION", "2024-09-13", "立案 2024-06", "还剩 15 天|2024年8月30日至2024年9月28日之间||90 日（日历日），起算日不计|"},
		{"SERVICE", "2024-10-10", "行政处罚决定 2024-09-29", "还剩 4 天|2024年10月14日（星期一）||7 个工作日，起算日不计|"},
		{"HEARING_NOTICE", "2024-06-10", "听证 2024-06-03 !2024-06-25", "还剩 4 天|2024年6月14日（星期五）||倒数 7 个工作日，起算日不计|"},
	} {
		var docs []string
		for s := range strings.SplitSeq(tc.docs, ";") {
			docs = append(docs, s)
		}
		list := Clocks(facts(tc.today, docs...))
		i := slices.IndexFunc(list, func(c Clock) bool { return c.Rule.Code == tc.code })
		c := &list[i]
		if got := strings.Join([]string{c.Words(), c.End(), c.Moved(), c.Counted(), strings.Join(c.Excluded(), "；")}, "|"); got != tc.want {
			t.Errorf("%s of %s on %s:\n got %s\nwant %s", tc.code, tc.docs, tc.today, got, tc.want)
		}
	}
	for _, tc := range []struct{ docs, code, want string }{
		{"查封扣押 2024-06-06", "SEALING", "届满日为休息日，不顺延：对行政机关权力的限制，没有顺延的规定，早一日为稳妥"}, // 30 days end on Saturday 6 July
		{"立案 2024-06-09", "CASE_DECISION", "届满日为休息日，没有规定是否顺延，早一日为稳妥"},           // 90 days end on Saturday 7 September
	} {
		list := Clocks(facts("2024-10-10", tc.docs))
		i := slices.IndexFunc(list, func(c Clock) bool { return c.Rule.Code == tc.code })
		if got := list[i].Moved(); got != tc.want {
			t.Errorf("%s of %s ends on %s: Moved() = %q, want %q", tc.code, tc.docs, list[i].Term.On, got, tc.want)
		}
	}
}
