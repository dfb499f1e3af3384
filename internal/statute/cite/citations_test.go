package cite_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// cites tells what was found, a record a line: law's short name, provision key, role; !holding where it is not held.
func cites(text string, on registry.Date) string {
	var out []string
	for _, m := range statute.Embedded().Citations(text, on) {
		law := m.Law
		if l, ok := statute.Embedded().Law(m.LawID); ok {
			law = l.ShortName
		}
		s := fmt.Sprintf("%s %s %s", law, m.Key(), m.Role)
		if m.Holding != registry.Held {
			s += " !" + string(m.Holding)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func lines(s ...string) string { return strings.Join(s, "\n") }

func TestCitationForms(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"one", "上述行为违反了《中华人民共和国水污染防治法》第三十九条的规定。", "水污染防治法 39 violated"},
		{"down to 目", "依据《行政处罚法》第三十九条第二款第（三）项第1目，决定处罚。", "行政处罚法 39.2.3.1 basis !not_held"},
		{"之n", "构成《刑法》第一百二十条之一第二款", "刑法 120-1.2 other !not_held"},
		{"之n条", "《刑法》第一百二十之一条", "刑法 120-1 other !not_held"},
		{"list", "违反了《水污染防治法》第十条、第三十九条的规定", lines("水污染防治法 10 violated", "水污染防治法 39 violated")},
		{"list with and", "违反《水污染防治法》第十条和第三十九条之规定", lines("水污染防治法 10 violated", "水污染防治法 39 violated")},
		{"list without 第", "违反《水污染防治法》第十、三十九条规定", lines("水污染防治法 10 violated", "水污染防治法 39 violated")},
		{"range", "《水污染防治法》第三十九条至第四十一条", lines("水污染防治法 39 other", "水污染防治法 40 other", "水污染防治法 41 other !not_held")},
		{"range of items", "依据《水污染防治法》第八十三条第（二）项至第（四）项处罚", lines("水污染防治法 83.0.2 basis", "水污染防治法 83.0.3 basis", "水污染防治法 83.0.4 basis")},
		{"short range", "《水污染防治法》第三十九至四十条", lines("水污染防治法 39 other", "水污染防治法 40 other")},
		{"items", "根据《水污染防治法》第八十三条第二、三项的规定，罚款十万元", lines("水污染防治法 83.0.2 basis", "水污染防治法 83.0.3 basis")},
		{"items in brackets", "根据《水污染防治法》第八十三条第（二）（三）项的规定，责令改正", lines("水污染防治法 83.0.2 basis", "水污染防治法 83.0.3 basis")},
		{"items with commas", "根据《水污染防治法》第八十三条第(二)、(三)项之规定，责令改正", lines("水污染防治法 83.0.2 basis", "水污染防治法 83.0.3 basis")},
		{"item alone", "《水污染防治法》第八十三条（三）的规定", "水污染防治法 83.0.3 other"},
		{"Arabic", "依据《水污染防治法》第83条第2项，处罚款", "水污染防治法 83.0.2 basis"},
		{"full-width digits", "《水污染防治法》第３９条", "水污染防治法 39 other"},
		{"no 第", "违反水污染防治法39条", "水污染防治法 39 violated"},
		{"paragraph without 第", "《广东省环境保护条例》第二十三条三款", "广东省环境保护条例 23.3 other"},
		{"several laws", "违反了《水污染防治法》第十条、第三十九条和《广东省环境保护条例》第二十三条第三款的规定，责令改正",
			lines("水污染防治法 10 violated", "水污染防治法 39 violated", "广东省环境保护条例 23.3 violated")},
		{"breach and basis", "违反了《畜禽规模养殖污染防治条例》第十三条第二款，依据该条例第三十九条，责令停止使用",
			lines("畜禽规模养殖污染防治条例 13.2 violated", "畜禽规模养殖污染防治条例 39 basis")},
		{"basis without a name", "违反了《水污染防治法》第三十九条的规定，依据第八十三条第三项，决定罚款二十万元",
			lines("水污染防治法 39 violated", "水污染防治法 83.0.3 basis")},
		{"abbreviation", "《中华人民共和国水污染防治法》（以下简称《水法》）第十条规定了标准。依据《水法》第八十三条，罚款。",
			lines("水污染防治法 10 other", "水污染防治法 83 basis")},
		{"abbreviation without brackets", "《中华人民共和国水污染防治法》，以下称“水法”。违反水法第三十九条", "水污染防治法 39 violated"},
		{"abbreviation redefined", "《环境保护法》（以下简称《办法》）第四十二条。《按日连续处罚办法》（以下简称《办法》）。《办法》第八条",
			lines("环境保护法 42 other", "按日连续处罚办法 8 other")},
		{"pointer back", "《环境保护法》第四十二条第四款规定了监管。该法第六十三条、同法第五十九条",
			lines("环境保护法 42.4 other", "环境保护法 63 other", "环境保护法 59 other")},
		{"pointer by ending", "《水污染防治法》和《畜禽规模养殖污染防治条例》都适用。该条例第十三条，该法第三十九条",
			lines("畜禽规模养殖污染防治条例 13 other", "水污染防治法 39 other")},
		{"《条例》", "《畜禽规模养殖污染防治条例》实施以来，依据《条例》第四十一条作出处罚", "畜禽规模养殖污染防治条例 41 basis"},
		{"catalogue short names", "新《固废法》第一百零七条；固废法第一百零七条", lines("固体废物污染环境防治法 107 other", "固体废物污染环境防治法 107 other")},
		{"《水法》 is another law", "违反《水法》第三十九条", "中华人民共和国水法 39 violated !unknown_law"},
		{"unknown law", "违反《湖南省大气污染防治条例》第二十条第一款", "湖南省大气污染防治条例 20.1 violated !unknown_law"},
		{"unknown law, bare", "该店违反食品安全法第三十四条", "食品安全法 34 violated !unknown_law"},
		{"version behind", "《水污染防治法》（2017年修正）第三十九条", "水污染防治法 39 other"},
		{"version inside", "《广东省环境保护条例（2022年修正）》第四十九条第二款", "广东省环境保护条例 49.2 other"},
		{"version not held", "《水污染防治法》（2008年修订）第二十二条", "水污染防治法 22 other !not_held"},
		{"other brackets behind", "《水污染防治法》（主席令第七十号）第三十九条", "水污染防治法 39 other"},
		{"square brackets behind", "《水污染防治法》[2017年修正]第三十九条、《环境保护法》〔2014年修订〕第四十二条、《固废法》【2020修订】第一百零七条",
			lines("水污染防治法 39 other", "环境保护法 42 other", "固体废物污染环境防治法 107 other")},
		{"Arabic range", "《水污染防治法》第39-40条、第82～83条", lines("水污染防治法 39 other", "水污染防治法 40 other", "水污染防治法 82 other", "水污染防治法 83 other")},
		{"paragraphs", "《行政处罚法》第七十二条第一、二款", lines("行政处罚法 72.1 other", "行政处罚法 72.2 other")},
		{"a range, then one more", "《水污染防治法》第三十九条至第四十条和第八十三条", lines("水污染防治法 39 other", "水污染防治法 40 other", "水污染防治法 83 other")},
		{"的 between", "《水污染防治法》的第三十九条", "水污染防治法 39 other"},
		{"broken lines", "《中华人民共和国水污染\n防治法》第三\n十九条", "水污染防治法 39 other"},
		{"broken by an empty line", "违反《水污染防治法》第三十九条的\n\n规定", "水污染防治法 39 violated"},
		{"OCR spaces", "《 水 污 染 防 治 法 》　第 三 十 九 条", "水污染防治法 39 other"},
		{"closing mark lost", "违反《水污染防治法第三十九条", "水污染防治法 39 violated"},
		{"title in a title", "《最高人民法院关于适用〈中华人民共和国行政处罚法〉的解释》第三条", "最高人民法院关于适用〈中华人民共和国行政处罚法〉的解释 3 other !unknown_law"},
		{"absent paragraph", "《畜禽规模养殖污染防治条例》第二十条第四款", "畜禽规模养殖污染防治条例 20.4 other !absent"},
		{"digit by digit", "《生态环境法典》第一一〇八条", "生态环境法典 1108 other"},
		{"a rule told, another behind it", "《排污许可管理条例》第二条规定应当取得许可证；第三十三条规定了罚款", lines("排污许可管理条例 2 other", "排污许可管理条例 33 other")},
		{"not done as it says", "未按照《固体废物污染环境防治法》第二十条的规定采取防渗措施", "固体废物污染环境防治法 20 violated"},
		{"a list with semicolons", "违反《水污染防治法》第三十九条规定；环境保护法第四十二条第四款规定。", lines("水污染防治法 39 violated", "环境保护法 42.4 violated")},
		{"surcharge", "逾期不缴纳的，将根据《行政处罚法》第七十二条第一款第一项每日按罚款数额的3%加处罚款", "行政处罚法 72.1.1 other"},
		{"version before", "2008年修订的《水污染防治法》第二十二条", "水污染防治法 22 other !not_held"},
		{"other marks", "违反“水污染防治法”第三十九条、<环境保护法>第四十二条", lines("水污染防治法 39 violated", "环境保护法 42 violated")},
		{"other shapes of numbers", "《水污染防治法》第八十三条第㈢项、《行政处罚法》第三十九条第—款、《大气污染防治法》第一百十七条",
			lines("水污染防治法 83.0.3 other", "行政处罚法 39.1 other !not_held", "大气污染防治法 117 other")},
		{"the latter", "《水污染防治法》与《环境保护法》，依据后者第四十二条处理", "环境保护法 42 basis"},
		{"going on behind a quotation", "违反了《畜禽规模养殖污染防治条例》第十三条第三款“……应当确保其正常运行。”和第二十条“不得直接向环境排放”的规定",
			lines("畜禽规模养殖污染防治条例 13.3 violated", "畜禽规模养殖污染防治条例 20 violated")},
		{"a wish for appeal", "如不服，可根据《行政复议法》第二十条申请行政复议", "行政复议法 20 other"},
		{"a warning", "养殖户不得违反《畜禽规模养殖污染防治条例》第二十条", "畜禽规模养殖污染防治条例 20 other"},
		{"quoted", "《水污染防治法》第十条规定：“排放水污染物，不得超过国家或者地方规定的水污染物排放标准和重点水污染物排放总量控制指标。”", "水污染防治法 10 quote"},
		{"heading", "以案说法\n《水污染防治法》第十条　排放水污染物，不得超过国家或者地方规定的水污染物排放标准和重点水污染物排放总量控制指标。", "水污染防治法 10 quote"},
		{"table", "违反条款：《水污染防治法》第十条\n处罚依据：《水污染防治法》第八十三条第（二）项", lines("水污染防治法 10 violated", "水污染防治法 83.0.2 basis")},
		{"largest", "《水污染防治法》第99999条", "水污染防治法 99999 other !not_held"},

		{"an article's own heading", "第三十九条　禁止利用渗井、渗坑排放水污染物。", ""},
		{"前款", "有前款规定的行为，依照前条第二款处理；本条第一款", ""},
		{"a plan", "《江门市畜禽养殖污染防治规划》第三章第二节、《工作方案》第三条", ""},
		{"a standard", "《畜禽养殖业污染物排放标准》（DB44/613-2009）表5，GB 18596-2001 第4.1条", ""},
		{"a contract", "《委托处理合同》第三条约定", ""},
		{"things", "第三条生产线、第二条河", ""},
		{"no article", "依据《水污染防治法》的规定，第三方机构、第二轮督察", ""},
		{"article zero", "《水污染防治法》第零条", ""},
		{"too large", "《水污染防治法》第123456789条", ""},
		{"law known, heading of another", "《水污染防治法》宣传栏。\n第十条　居民应当分类投放垃圾。", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := cites(tc.text, registry.Date{}); got != tc.want {
				t.Errorf("Citations(%q) =\n%s\nwant\n%s", tc.text, got, tc.want)
			}
		})
	}
}

func TestCitationSpans(t *testing.T) {
	text := "前文。违反《中华人民共和国水污染防治法》\n第十条、第 三十九 条和《广东省环境保护条例》第二十三条第三款的规定"
	var got []string
	r := []rune(text)
	for _, m := range statute.Embedded().Citations(text, registry.Day(2024, 6, 1)) {
		if s := string(r[m.Start:m.End]); s != m.Surface {
			t.Errorf("span of %s selects %q, surface is %q", m.Citation(), s, m.Surface)
		}
		got = append(got, fmt.Sprintf("%s %q %s", m.Citation(), m.Surface, m.Version))
	}
	want := []string{
		`《中华人民共和国水污染防治法》第十条 "《中华人民共和国水污染防治法》\n第十条、第 三十九 条" 2017年修正`,
		`《中华人民共和国水污染防治法》第三十九条 "《中华人民共和国水污染防治法》\n第十条、第 三十九 条" 2017年修正`,
		`《广东省环境保护条例》第二十三条第三款 "《广东省环境保护条例》第二十三条第三款" 2022年修正`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestQuotes(t *testing.T) {
	const misprint = "以案说法\n\n《中华人民共和国水污染防治法》第三十九条 禁止利用渗井、渗坑、裂隙、溶洞、私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等\n\n逃避监管的方式排放水污染物。\n\n案件二 某场"
	for _, tc := range []struct {
		name, text string
		matches    string // true, false, nil, none
		difference string
		quoted     string
	}{
		{"misprint over a column break", misprint, "false", "“溶洞”之后：引文为“、”，本库文本为“，”", "禁止利用渗井、渗坑、裂隙、溶洞、私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物。"},
		{"one sentence of it, in marks", "《畜禽规模养殖污染防治条例》第二十条规定：“畜禽养殖废弃物未经处理，不得直接向环境排放。”", "true", "", "畜禽养殖废弃物未经处理，不得直接向环境排放。"},
		{"without marks", "根据《畜禽规模养殖污染防治条例》第二十条规定，向环境排放经过处理的畜禽养殖废弃物，应当符合国家和地方规定的污染物排放标准和总量控制指标。该场没有做到。", "true", "",
			"向环境排放经过处理的畜禽养殖废弃物，应当符合国家和地方规定的污染物排放标准和总量控制指标。"},
		{"a word left out", "《畜禽规模养殖污染防治条例》第二十条：“畜禽养殖废弃物未经处理，不得向环境排放。”", "false", "“不得”之后：引文缺少“直接”", "畜禽养殖废弃物未经处理，不得向环境排放。"},
		{"another text altogether", "《畜禽规模养殖污染防治条例》第二十条规定：“养殖户应当按时缴纳水费并保持道路畅通。”", "false", "引文与本库的条文不同，未能逐字对上", "养殖户应当按时缴纳水费并保持道路畅通。"},
		{"lead and one item", "《水污染防治法》第八十三条：“违反本法规定，有下列行为之一的，由县级以上人民政府环境保护主管部门责令改正或者责令限制生产、停产整治，并处十万元以上一百万元以下的罚款；情节严重的，报经有批准权的人民政府批准，责令停业、关闭：（三）利用渗井、渗坑、裂隙、溶洞，私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物的；”", "true", "",
			"违反本法规定，有下列行为之一的，由县级以上人民政府环境保护主管部门责令改正或者责令限制生产、停产整治，并处十万元以上一百万元以下的罚款；情节严重的，报经有批准权的人民政府批准，责令停业、关闭：（三）利用渗井、渗坑、裂隙、溶洞，私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物的；"},
		{"an item quoted behind its lead, with an ellipsis", "《水污染防治法》第八十三条第（三）项：“违反本法规定，有下列行为之一的……（三）利用渗井、渗坑、裂隙、溶洞，私设暗管”", "true", "",
			"违反本法规定，有下列行为之一的……（三）利用渗井、渗坑、裂隙、溶洞，私设暗管"},
		{"law not held", "《湖南省大气污染防治条例》第二十条规定：“畜禽养殖场应当防止恶臭污染。”", "nil", "", "畜禽养殖场应当防止恶臭污染。"},
		{"no quotation", "违反了《畜禽规模养殖污染防治条例》第二十条规定，责令其立即改正违法行为。", "none", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			list := statute.Embedded().Citations(tc.text, registry.Date{})
			if len(list) != 1 {
				t.Fatalf("Citations(%q) finds %d, want 1", tc.text, len(list))
			}
			q := list[0].Quote
			if q == nil {
				if tc.matches != "none" {
					t.Fatalf("no quote found, want %q", tc.quoted)
				}
				return
			}
			matches := "nil"
			if q.Matches != nil {
				matches = fmt.Sprint(*q.Matches)
			}
			if matches != tc.matches || q.Difference != tc.difference || q.Text != tc.quoted {
				t.Errorf("quote %q matches %s, %s\nwant  %q matches %s, %s", q.Text, matches, q.Difference, tc.quoted, tc.matches, tc.difference)
			}
			if got := strings.Join(strings.Fields(string([]rune(tc.text)[q.Start:q.End])), ""); got != q.Text {
				t.Errorf("span selects %q, want %q", got, q.Text)
			}
		})
	}
}

func TestCitationProblems(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"违反《水法》第三十九条", "《中华人民共和国水法》是另一部法律，《水法》不是《水污染防治法》的简称；如指后者，请改正"},
		{"违反《畜禽养殖污染防治条例》第二十条", "本库没有《畜禽养殖污染防治条例》；是否为《畜禽规模养殖污染防治条例》？"},
		{"违反《水污染防治法》第八十三条第四款", "《水污染防治法》（2017年修正）第八十三条只有一款，没有第四款；是否为第（四）项？"},
		{"《水污染防治法》（2008年修订）第二十二条", "《水污染防治法》的2008年修订版本本库未收录"},
		{"依据该办法第三条，罚款", "“该办法第三条”所指的法律在文中没有出现"},
	} {
		list := statute.Embedded().Citations(tc.text, registry.Date{})
		if len(list) != 1 || strings.Join(list[0].Problems, "|") != tc.want {
			t.Errorf("Citations(%q) = %+v, want one with problem %s", tc.text, list, tc.want)
		}
	}
}

func TestMentionJSON(t *testing.T) {
	b, err := json.Marshal(statute.Embedded().Citations("违反《水污染防治法》第三十九条。依据该办法第三条之一第二款", registry.Day(2024, 1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"law":"中华人民共和国水污染防治法","article":39,"sub":null,"paragraph":null,"item":null,"subitem":null,"surface":"《水污染防治法》第三十九条","start":2,"end":15,"role":"violated","version":"2017年修正","held":"held","repealed":false},` +
		`{"law":null,"article":3,"sub":1,"paragraph":2,"item":null,"subitem":null,"surface":"该办法第三条之一第二款","start":18,"end":29,"role":"basis","version":null,"held":"unknown_law","repealed":false,"problems":["“该办法第三条之一第二款”所指的法律在文中没有出现"]}]`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
}

// TestRoundTrip: the formal form of every held provision is read back as that provision.
func TestRoundTrip(t *testing.T) {
	for _, law := range statute.Embedded().Laws() {
		for _, v := range law.Versions {
			for _, a := range v.Articles {
				for _, p := range []registry.Provision{a.Provision(), {Article: a.Article, Sub: a.Sub, Paragraph: 2, Item: 13},
					{Article: a.Article, Sub: a.Sub, Paragraph: 1, Item: 3, Subitem: 2}} {
					formal := "《" + law.Name + "》" + p.String()
					list := statute.Embedded().Citations("依照"+formal+"。", registry.Date{})
					if len(list) != 1 || list[0].Provision != p || list[0].Citation() != formal {
						t.Fatalf("Citations(%s) = %+v", formal, list)
					}
				}
			}
		}
	}
}

// TestHostileTexts: what nobody prints costs no more than its length.
func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("reads several MB")
	}
	for name, text := range map[string]string{
		"opening marks":        strings.Repeat("《", 200_000),
		"nested":               strings.Repeat("《", 10_000) + "水污染防治法" + strings.Repeat("》", 10_000) + "第三十九条",
		"brackets":             "《水污染防治法》" + strings.Repeat("（", 10_000) + strings.Repeat("）", 10_000) + "第三十九条",
		"ordinals":             strings.Repeat("第", 300_000),
		"a long list":          "《水污染防治法》" + strings.Repeat("第十条、", 100_000),
		"ranges":               strings.Repeat("《水污染防治法》第一条至第九千条", 10_000),
		"expanding ranges":     "《水污染防治法》" + strings.Repeat("第一条至第三百条、", 10_000),
		"introductions":        strings.Repeat("《水污染防治法》（以下简称《水》）违反水第三十九条。", 20_000),
		"headings":             strings.Repeat("《水污染防治法》第三十九条 禁止利用渗井、渗坑、裂隙，私设暗管甲乙丙丁戊己庚辛\n", 10_000),
		"unknown laws":         strings.Repeat("违反《某某省某某市大气污染防治条例》第三条", 30_000),
		"quotation never ends": strings.Repeat("《水污染防治法》第三十九条规定：“禁止", 30_000),
		"binary":               strings.Repeat("\x00\xff\xfe第条", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			list := statute.Embedded().Citations(text, registry.Date{})
			runtime.ReadMemStats(&after)
			// What is allocated tells the work, whatever else the machine does: it grows with the text and with the records, not with a square.
			got, most := after.TotalAlloc-before.TotalAlloc, uint64(1<<20+50*len(text)+1000*len(list))
			if got > most {
				t.Errorf("%d bytes with %d records allocated %d bytes, want at most %d", len(text), len(list), got, most)
			}
			if len(list) > 400_000 {
				t.Errorf("%d bytes gave %d records", len(text), len(list))
			}
		})
	}
}

func FuzzCitations(f *testing.F) {
	f.Add("违反了《中华人民共和国水污染防治法》（以下简称《水法》）第十条、第三十九条至第四十一条和《条例》第一百二十条之一第二款第（三）项第1目的规定")
	f.Add("依据该法第83条第(二)、(三)项；《水污染防治法》第三十九条 禁止利用渗井、渗坑、裂隙、溶洞、私设暗管")
	f.Add("《《〈》》）（第第条款项目之一至")
	f.Fuzz(func(t *testing.T, text string) {
		r := []rune(text)
		last := 0
		for _, m := range statute.Embedded().Citations(text, registry.Day(2024, 6, 1)) {
			if m.Start < last || m.End <= m.Start || m.End > len(r) {
				t.Fatalf("span [%d,%d) after %d of %d", m.Start, m.End, last, len(r))
			}
			last = m.Start
			if got := string(r[m.Start:m.End]); got != string([]rune(m.Surface)) {
				t.Fatalf("span selects %q, surface is %q", got, m.Surface)
			}
			if m.Article < 1 || m.Role == "" || m.Holding == "" {
				t.Fatalf("%+v", m)
			}
			if q := m.Quote; q != nil && (q.Start < m.Start || q.End > len(r) || q.End < q.Start) {
				t.Fatalf("quote %+v", q)
			}
			if m.Law != "" {
				again := statute.Embedded().Citations(m.Citation(), registry.Date{})
				if m.LawID != "" && (len(again) != 1 || again[0].Provision != m.Provision || again[0].LawID != m.LawID) {
					t.Fatalf("%s is read back as %+v", m.Citation(), again)
				}
			}
		}
	})
}

func BenchmarkCitations(b *testing.B) {
	page := strings.Repeat("江门市各地在促进社区服务中也进行了不少探索，让社区更有人气、和气和品质。通过完善阵地体系，推动党群服务中心成为居民的活动中心。\n", 12) +
		"2024年6月，执法人员对某养殖场进行现场检查时，发现该养殖场未建设污染防治配套设施，养殖废水经雨水管道排入附近河流。经监测，氨氮、总磷超过《畜禽养殖业污染物排放标准》（DB44/613-2009）的限值。\n" +
		"该场上述行为已违反《中华人民共和国水污染防治法》第十条、第三十九条和《广东省环境保护条例》第二十三条第三款的规定，依据《中华人民共和国水污染防治法》第八十三条第（三）项，责令立即改正，处罚款十万元。\n" +
		"《中华人民共和国水污染防治法》第三十九条　禁止利用渗井、渗坑、裂隙、溶洞、私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物。\n"
	alone := "违反了《中华人民共和国水污染防治法》第十条、第三十九条的规定，依据该法第八十三条第三项、第四项和第九十五条，责令改正。\n"
	for _, size := range []struct {
		name, text string
		times      int
	}{{"page", page, 1}, {"10MB", page, 10_000_000/len(page) + 1}, {"10MB of citations", alone, 10_000_000/len(alone) + 1}} {
		b.Run(size.name, func(b *testing.B) {
			text := strings.Repeat(size.text, size.times)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0 // one at a time, as the command prints them
				for range statute.Embedded().EachCitation(text, registry.Day(2024, 6, 1)) {
					n++
				}
				if n != 5*size.times {
					b.Fatalf("%d citations, want %d", n, 5*size.times)
				}
			}
		})
	}
}
