package ledgerread

import (
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// complete fills in what other columns, the section or the sheet tell: the district, the farm of a list of farms, an amount that is only written out.
func (t *tableRead) complete(rec *Record, cells []Cell) (warnings []string) {
	if col := t.head.column("capital"); col != nil && col.N <= len(cells) && rec.Fine == nil {
		if m, err := registry.ParseYuan(cells[col.N-1].Text); err == nil {
			rec.Fine = &m
			warnings = append(warnings, "“"+clip(col.Title)+"”用作罚款金额")
		}
	}
	if m := personIn.FindStringSubmatch(registry.HalfWidth(rec.Party)); m != nil && registry.CheckPersonID(m[2]) == nil && rec.Person == "" {
		rec.Party, rec.Person = m[1], m[2]
	}
	if rec.Farms {
		if rec.Farm == "" {
			rec.Farm = rec.Party
		}
	} else if rec.Party == "" {
		rec.Party = rec.Farm
	}
	if rec.Visits && rec.Farm == "" { // who is inspected is where
		rec.Farm = rec.Party
	}
	if rec.DistrictCode == "" {
		for _, d := range []registry.District{t.r.places.of(rec.Town), t.r.places.within(rec.Address), t.r.places.named(rec.Farm), t.r.places.named(rec.Party),
			t.r.places.of(rec.HandlingOrgan), t.section, t.district, t.given()} {
			if d.Code != "" {
				rec.District, rec.DistrictCode = d.Name, d.Code
				break
			}
		}
	}
	if rec.FoundOn.IsZero() {
		rec.FoundOn = cmp.Or(rec.InspectedOn, rec.SampledOn)
	}
	if len(rec.Herds) > 1 && rec.Heads != nil && rec.Herds[0].Count == nil {
		warnings = append(warnings, fmt.Sprintf("几种畜禽合写一个数 %d，没有分到各种，存栏没有采用", *rec.Heads))
		rec.Heads, rec.Qualifier = nil, ""
	}
	t.cause(rec)
	if rec.Visits {
		rec.Title = rec.FoundOn.String() + " " + rec.Farm + "检查"
		rec.Result = resultOf(rec)
	}
	if rec.Title == "" && !rec.Farms {
		rec.Title = cmp.Or(rec.Party, rec.DecisionNumber, rec.Number)
		what, _, _ := strings.Cut(cmp.Or(rec.Type, rec.Facts), "《") // 未批先建，《…》第三十一条
		switch what = strings.TrimRight(what, "，,。；; "); {
		case rec.Title == "":
		case what != "" && len([]rune(what)) <= 30 && !strings.ContainsAny(what, "：:；。"):
			rec.Title += what + "案"
		default:
			rec.Title += "环境违法案"
		}
	}
	return warnings
}

// cause takes 案由 for what it is: 未验先投 names no case, it says what the party did.
func (t *tableRead) cause(rec *Record) {
	if rec.Title == "" || rec.OwnID != "" || rec.Party == "" || strings.HasSuffix(rec.Title, "案") || strings.Contains(rec.Title, rec.Party) || len([]rune(rec.Title)) > 30 {
		return
	}
	if rec.Type == "" {
		rec.Type = rec.Title
	} else if rec.Facts == "" {
		rec.Facts = rec.Title
	}
	rec.Title = ""
}

var (
	foundNothing = lazyregexp.New(`^(否|无|正常|良好|合格|达标|符合)|(未|没有|暂未)发现|未见|无(违法|异常|问题|环境)|^未违法`)
	foundSome    = lazyregexp.New(`责令|责改|立案|查处|处罚|移送|查封|整改|发现违法|存在违法|^是$|^违法`)
	but          = lazyregexp.New(`但|不过|除.{0,10}外|另|其中`)
)

// resultOf is what an inspection came to, where the row says so: nothing was found, or something that was ordered, filed or punished. Else nobody has decided.
func resultOf(rec *Record) string {
	told := strings.Join([]string{rec.Result, rec.Facts}, "；")
	switch {
	case but.MatchString(told):
	case foundNothing.MatchString(rec.Result) || rec.Result == "" && foundNothing.MatchString(rec.Facts):
		return registry.NoViolationFound
	case foundSome.MatchString(rec.Result + "；" + rec.Handling):
		return registry.ViolationFound
	}
	return registry.Undecided
}

// personIn is a name with the number of the person behind it, which is no part of a name that is shown to anybody.
var personIn = lazyregexp.New(`^(.+?)\(?(\d{17}[\dXx])\)?$`)

func (t *tableRead) given() registry.District {
	d, _ := t.r.places.bureau.District(t.r.o.District)
	return d
}

// impossible says why a row as a whole cannot be brought in; empty: it can.
func (t *tableRead) impossible(rec *Record, cells []Cell) string {
	switch {
	case rec.Farms && rec.Farm == "":
		return "没有养殖场名称"
	case rec.Visits && rec.Party == "":
		return "没有被检查的单位，不知道检查了谁"
	case rec.Visits && rec.FoundOn.IsZero():
		return "没有检查日期"
	case !rec.Farms && rec.Title == "":
		return "没有当事人、案件名称和文号，不知道是哪一案"
	}
	if col := t.head.column("capital"); col != nil && col.N <= len(cells) && rec.Fine != nil {
		if text := cells[col.N-1].Text; text != "" {
			if m, err := registry.ParseYuan(text); err == nil && m != *rec.Fine {
				return fmt.Sprintf("罚款的大小写不一致：大写“%s”是 %s 元，小写是 %s 元", clip(text), m, *rec.Fine)
			}
		}
	}
	return ""
}

// doubts are what a person should look at.
func (t *tableRead) doubts(rec *Record, row int) (list []string) {
	if rec.DistrictCode == "" {
		list = append(list, "没有写明辖区，导入前请选择")
	}
	if rec.Code == "" && rec.Person == "" && (rec.Party != "" && !rec.Farms && !rec.Visits || t.head.column("credit_code") != nil) && rec.PartyKind != "自然人" {
		list = append(list, "缺少统一社会信用代码")
	}
	for _, o := range []struct {
		first, second registry.Date
		words         string
	}{{rec.FiledOn, rec.DecidedOn, "决定日期早于立案日期"}, {rec.DecidedOn, rec.ServedOn, "送达日期早于决定日期"}, {rec.DecidedOn, rec.ClosedOn, "结案日期早于决定日期"}, {rec.FoundOn, rec.FiledOn, "立案日期早于发现日期"}} {
		if o.second.Before(o.first) {
			list = append(list, o.words)
		}
	}
	if key := registry.DocNumberKey(rec.DecisionNumber); key != "" {
		if before, twice := t.seen[key]; twice {
			list = append(list, fmt.Sprintf("与第 %d 行文号相同", before))
		} else {
			t.seen[key] = row
		}
	}
	return list
}
