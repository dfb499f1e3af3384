package web_test

import (
	"strings"
	"testing"

	"casebook/internal/statute"
	"casebook/internal/web/webtest"
)

// In a browser: an administrator corrects a held text, then pastes an amended one, and marks it 已核对.
func TestJourneyLawTexts(t *testing.T) {
	for _, width := range []int{1280, 390} {
		a := webtest.New(t)
		b := a.Chrome(t, width, 900)
		b.SignIn("admin")
		v, _ := a.Service.Law().Version("livestock-regulation", "2013")
		text := statute.FormatArticles(v.Articles)
		corrected := strings.Replace(text, "第二十条　向环境排放", "第二十条　向周边环境排放", 1)
		b.Open("/admin/laws").Want("畜禽规模养殖污染防治条例").Open("/statutes/livestock-regulation/2013").Press("纠正文本").
			Fill("text", corrected).Fill("note", "按公报更正第二十条").Press("查看变更").Want("修改 1 条", "第二十条").Press("确认入库").Want("按公报更正第二十条", "随程序提供的文本")
		b.Open("/statutes/livestock-regulation/2013/revisions").Want("修改 1 条")

		amended := strings.Replace(strings.Replace(corrected, "可以处5万元以下的罚款", "可以处8万元以下的罚款", 1), "第四十四条　本条例自2014年1月1日起施行。", "第四十四条　本条例自2025年7月1日起施行。\n第四十五条　本条例由国务院解释。", 1)
		b.Press("畜禽规模养殖污染防治条例（2013年公布）").Press("录入新版本").Fill("text", amended).Fill("version", "2025年修订").Fill("from", "2025-07-01").Fill("holding", "节选").Fill("source", "公报").
			Press("查看变更").Want("新版本", "2013年公布", "修改 2 条").Press("返回修改").Press("查看变更").Fill("end_previous", "1").Press("确认入库").Want("2025年修订", "2025-06-30")
		b.Press("标记已核对").Fill("source", "国务院公报2025年第20号").Press("标记已核对").Want("国务院公报2025年第20号，2024-12-16")
		b.Open("/statutes/livestock-regulation").Want("2025年修订")
		b.Open("/admin/laws").Want("国务院公报2025年第20号")
	}
}
