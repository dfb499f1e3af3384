package cite_test

import (
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Kinds of printing that citations come in, each with several examples. An empty want: nothing is cited.
func TestCitationKinds(t *testing.T) {
	for _, kind := range []struct {
		name     string
		examples []struct{ text, want string }
	}{
		{"an article spoken of at the beginning of a line", []struct{ text, want string }{
			{"水污染防治法第十条规定：“排放水污染物，不得超过标准。”\n　　第八十三条规定：“有下列行为之一的……”。", lines("水污染防治法 10 quote", "水污染防治法 83 quote")},
			{"《固体废物污染环境防治法》第一百零七条规定了罚款。\n第二十条明确：产生者应当采取措施。\n第一百零二条的规定是兜底。",
				lines("固体废物污染环境防治法 107 other", "固体废物污染环境防治法 20 other", "固体废物污染环境防治法 102 other")},
			{"第四十条所称无防渗漏措施，是指没有防渗层。\n违反水污染防治法第四十条第三款的，依法处罚。", lines(" 40 other !unknown_law", "水污染防治法 40.3 violated")},
			{"　　第九十九条规定的罚款，由主管部门决定。", " 99 other !unknown_law"},
			{"一、说明\n第十条、第三十九条均未规定罚款。", lines(" 10 other !unknown_law", " 39 other !unknown_law")},
			{"第三条之一第二款所列情形", " 3-1.2 other !unknown_law"},
			{"第 九 十 九 条 规 定 的 罚 款", " 99 other !unknown_law"},
			{"第五条　明确责任分工。", ""},
			{"水污染防治法第十条规定：“不得超标。”第八十三条规定：“处以罚款。”", lines("水污染防治法 10 quote", "水污染防治法 83 quote")},
			{"第四十条　禁止利用渗井排放水污染物。\n第四十一条 县级以上人民政府应当公布。", ""},
			{"第四十条禁止利用渗井排放水污染物。", ""},
			{"《养殖污染治理工作方案》已印发。\n第三条规定：企业应当整改。", ""},
			{"第三条生产线的规定产能为五吨。", ""},
		}},
		{"a heading above a law's name", []struct{ text, want string }{
			{"二、 法律适用意见\n\n　　环境监理工作办法第九条规定：“当事人……”。", "环境监理工作办法 9 quote !unknown_law"},
			{"处理意见汇总\n环境监理工作办法第九条规定，当事人应当到场。", "环境监理工作办法 9 other !unknown_law"},
			{"（三）关于适用问题的若干意见和说明\n环境监理工作办法第九条", "环境监理工作办法 9 other !unknown_law"},
			{"第二章 监督检查\n　　湖南省大气污染防治条例第二十条", "湖南省大气污染防治条例 20 other !unknown_law"},
			{"该局依据湖南省环境监\n理工作办法第九条，责令改正。", "湖南省环境监理工作办法 9 basis !unknown_law"},
			{"当事人在现场检查以后又违反了湖南省大气污染\n防治条例第二十条，情节较轻。", "湖南省大气污染防治条例 20 violated !unknown_law"},
			{"湖南省大气污染防治\n条例第二十条规定了扬尘。", "湖南省大气污染防治条例 20 other !unknown_law"},
		}},
		{"a document's title, and its own articles", []struct{ text, want string }{
			{"环境保护主管部门实施查封、扣押办法\n（2014年12月19日公布　自2015年1月1日起施行）\n　　第一条　为规范实施查封、扣押，制定本办法。", ""},
			{"畜禽规模养殖污染防治条例（节选）\n第三十九条 违反本条例规定，未建设配套设施的，责令停止使用。", ""},
			{"《环境保护主管部门实施限制生产、停产整治办法》\n\n第一条　为规范限制生产，制定本办法。", ""},
			{"水污染防治法\n第一条为了保护环境，制定本法。", ""},
			{"广东省环境保护条例\n第一章　总则\n第一条　为了保护环境，制定本条例。\n第二条　本条例适用于本省。", ""},
			{"附件：环境保护主管部门实施查封、扣押办法\n第一条　为规范实施查封、扣押，制定本办法。", ""},
			{"该场违反了\n水污染防治法\n第三十九条，处罚款。", "水污染防治法 39 violated"},
			{"处罚依据\n水污染防治法\n第八十三条第三项\n处罚结果\n罚款", "水污染防治法 83.0.3 basis"},
			{"处罚依据\n水污染防治法\n第八十三条\n处罚结果\n罚款", "水污染防治法 83 basis"},
			{"违反水污染防治法\n第三十九条的规定", "水污染防治法 39 violated"},
			{"该场的行为违反水污染防治法\n第三十九条 责令改正", "水污染防治法 39 violated"},
			{"违反水污染防治法第三十九条，依据\n第八十三条 责令改正", lines("水污染防治法 39 violated", "水污染防治法 83 basis")},
			{"《水污染防治法》\n第三十九条 禁止利用渗井、渗坑、裂隙、溶洞，私设暗管", "水污染防治法 39 quote"},
		}},
		{"a list whose unit is written once", []struct{ text, want string }{
			{"依据《环境影响评价法》第三十一条第一、第三款处罚。", lines("环境影响评价法 31.1 basis", "环境影响评价法 31.3 basis")},
			{"根据《行政处罚法》第三十二条第一、第三项从轻。", lines("行政处罚法 32.0.1 basis", "行政处罚法 32.0.3 basis")},
			{"依据《环境影响评价法》第三十一条第一款、第三款处罚。", lines("环境影响评价法 31.1 basis", "环境影响评价法 31.3 basis")},
			{"依据《水污染防治法》第八十三条第一、第二和第四项，责令改正。", lines("水污染防治法 83.0.1 basis", "水污染防治法 83.0.2 basis", "水污染防治法 83.0.4 basis")},
			{"依据《水污染防治法》第八十三条第一至第三项，责令改正。", lines("水污染防治法 83.0.1 basis", "水污染防治法 83.0.2 basis", "水污染防治法 83.0.3 basis")},
			{"依据《水污染防治法》第八十三条第（一）、第三项，责令改正。", lines("水污染防治法 83.0.1 basis", "水污染防治法 83.0.3 basis")},
			{"违反《水污染防治法》第十、第三十九条的规定", lines("水污染防治法 10 violated", "水污染防治法 39 violated")},
			{"违反《水污染防治法》第三十九条。第一、第二次检查时，第三方机构在场。", "水污染防治法 39 violated"},
		}},
		{"之n without its article, and at the end of a line", []struct{ text, want string }{
			{"依照《刑法》第一百三十三条之一至之三。", lines("刑法 133-1 basis !not_held", "刑法 133-2 basis !not_held", "刑法 133-3 basis !not_held")},
			{"《刑法》第二百八十七条之一、之二", lines("刑法 287-1 other !not_held", "刑法 287-2 other !not_held")},
			{"《刑法》第二百八十七条之一和之二第一款", lines("刑法 287-1 other !not_held", "刑法 287-2.1 other !not_held")},
			{"《刑法》第一百二十条之一至第一百二十条之三", lines("刑法 120-1 other !not_held", "刑法 120-2 other !not_held", "刑法 120-3 other !not_held")},
			{"1　《刑法》第二百八十六条之一\n2　附则", "刑法 286-1 other !not_held"},
			{"一、《刑法》第二百八十六条之一\n二、附则", "刑法 286-1 other !not_held"},
			{"《刑法》第二百八十六条之一\n目录", "刑法 286-1 other !not_held"},
			{"《刑法》第二百八十六条之一\t3", "刑法 286-1 other !not_held"},
			{"依据《水污染防治法》第八十三条\n（二）项目名称：养殖场", "水污染防治法 83 basis"},
			{"《刑法》第二百八十六条之\n一", "刑法 286-1 other !not_held"},
		}},
		{"odd-shaped brackets and marks", []struct{ text, want string }{
			{"违反「中华人民共和国水污染防治法」第十条，依据《水污染防治法》第十条﹑第八十三条第﹙二﹚项。", lines("水污染防治法 10 violated", "水污染防治法 10 basis", "水污染防治法 83.0.2 basis")},
			{"违反≪水污染防治法≫第十条﹑第三十九条､第四十条﹐罚款。", lines("水污染防治法 10 violated", "水污染防治法 39 violated", "水污染防治法 40 violated")},
			{"违反『湖南省大气污染防治条例』第二十条", "湖南省大气污染防治条例 20 violated !unknown_law"},
			{"违反｢畜禽规模养殖污染防治条例｣第十三条", "畜禽规模养殖污染防治条例 13 violated"},
			{"依据﹁水污染防治法﹂第八十三条第❨二❩项、第〖三〗项", lines("水污染防治法 83.0.2 basis", "水污染防治法 83.0.3 basis")},
			{"《水污染防治法》﹝2017年修正﹞第三十九条﹔《环境保护法》❲2014年修订❳第四十二条", lines("水污染防治法 39 other", "环境保护法 42 other")},
			{"《水污染防治法》第八十三条第㊂项、《环境保护法》第四十二条第㈣款、第⒍条、第㊴条", lines("水污染防治法 83.0.3 other", "环境保护法 42.4 other", "环境保护法 6 other", "环境保护法 39 other !not_held")},
			{"违反［水污染防治法］第三十九条，依据‘水污染防治法’第八十三条、｛环境保护法｝第六十条", lines("水污染防治法 39 violated", "水污染防治法 83 basis", "环境保护法 60 basis")},
			{"违反(水污染防治法)第三十九条、〘环境保护法〙第四十二条，依据⦅固体废物污染环境防治法⦆第一百零七条", lines("水污染防治法 39 violated", "环境保护法 42 violated", "固体废物污染环境防治法 107 basis")},
			{"《水污染防治法》（参照固体废物污染环境防治法）第三十九条", "水污染防治法 39 other"},
			{"违反〈环境保护法〉第四十二条、〖水污染防治法〗第三十九条", lines("环境保护法 42 violated", "水污染防治法 39 violated")},
		}},
		{"look-alikes and what cannot be seen", []struct{ text, want string }{
			{"违反了《中华⼈民共和国⽔污染防治法》第三⼗九条的规定，依据《中华⼈民共和国⽔污染防治法》第⼋⼗三条第三项，责令改正。", lines("水污染防治法 39 violated", "水污染防治法 83.0.3 basis")},
			{"违反了《固体废物污染环境防治法》第⼀百零⼆条。", "固体废物污染环境防治法 102 violated"},
			{"违反《中华人⺠共和国环境保护法》第四⼗⼆条", "环境保护法 42 violated"},
			{"违反⾷品安全法第三⼗四条", "食品安全法 34 violated !unknown_law"},
			{"违反《水\u200b污染\u2060防治法》第三\u00ad十\ufe0f九条的规定", "水污染防治法 39 violated"},
			{"违反《水污染防治法》第\u2060３\u200d９\u2060条第\ufeff１款", "水污染防治法 39.1 violated"},
			{"该场违反固⽴法第三条，违反固\u200b废法第\u200b一百零七条", lines("固立法 3 violated !unknown_law", "固体废物污染环境防治法 107 violated")},
			{"违反《水污染防治法》笫三十九條", "水污染防治法 39 violated"},
		}},
	} {
		for _, x := range kind.examples {
			if got := cites(x.text, registry.Date{}); got != x.want {
				t.Errorf("%s: Citations(%q) =\n%s\nwant\n%s", kind.name, x.text, got, x.want)
			}
			r := []rune(x.text)
			for _, m := range statute.Embedded().Citations(x.text, registry.Date{}) {
				if s := string(r[m.Start:m.End]); s != m.Surface {
					t.Errorf("%s: span of %s selects %q, surface is %q", kind.name, m.Citation(), s, m.Surface)
				}
			}
		}
	}
}

// A heading governs nothing: 二、法律适用 above a paragraph is not 适用《…》.
func TestHeadingGovernsNothing(t *testing.T) {
	for text, want := range map[string]string{
		"二、法律适用\n\n　　《水污染防治法》第三十九条与此无关。": "水污染防治法 39 other",
		"适用《水污染防治法》第八十三条，罚款十万元。":         "水污染防治法 83 basis",
	} {
		if got := cites(text, registry.Date{}); got != want {
			t.Errorf("Citations(%q) = %s, want %s", text, got, want)
		}
	}
}
