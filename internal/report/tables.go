package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/registry"
)

func textColumn(key, title string, width float64) Column {
	return Column{Key: key, Title: title, Kind: KindText, Width: width, Wrap: true}
}
func integerColumn(key, title string) Column {
	return Column{Key: key, Title: title, Kind: KindInteger, Width: 12}
}
func moneyColumn(key, title string) Column {
	return Column{Key: key, Title: title, Kind: KindMoney, Width: 14}
}

const totalWord = "合计"

func (k *counter) at(month, district string) tally {
	if t := k.months[month][district]; t != nil {
		return *t
	}
	return tally{}
}

func (k *counter) caseMatrix(months, districts []string, b Basis) Table {
	t := Table{Key: "months", Title: "案件数（件）：月份 × 辖区", Note: "统计口径：" + b.Words(), Columns: []Column{textColumn("month", "月份", 12)},
		Total: []Cell{Text(totalWord)}, Detail: []Query{{}}}
	for _, d := range districts {
		n := 0
		for _, m := range months {
			n += k.at(m, d).cases
		}
		t.Columns = append(t.Columns, integerColumn(d, d))
		t.Total = append(t.Total, Integer(n))
		t.Detail = append(t.Detail, askDistrict(d))
	}
	t.Columns = append(t.Columns, integerColumn("total", totalWord))
	t.Total = append(t.Total, Integer(k.cases))
	t.Detail = append(t.Detail, askCases)
	for _, m := range months {
		row, sum := []Cell{Text(m)}, 0
		for _, d := range districts {
			n := k.at(m, d).cases
			sum += n
			row = append(row, Integer(n))
		}
		t.Rows = append(t.Rows, Row{append(row, Integer(sum)), askMonth(m)})
	}
	return t
}

func (k *counter) fineMatrix(months, districts []string, b Basis) Table {
	rule := "已知金额之和，随案件计入其月份：" + b.Words() + "。"
	if b == BasisDecided {
		rule = "已知金额之和，每份决定按自己的日期计入月份；合计是所列案件的全部，含期间以外的决定。"
	}
	t := Table{Key: "fines", Title: "罚款（元）：月份 × 辖区", Note: rule + "金额未知的另列项数，不作 0 计入。",
		Columns: []Column{textColumn("month", "月份", 12)}, Total: []Cell{Text(totalWord)}, Detail: []Query{{}}}
	for _, d := range districts {
		var sum registry.Money
		for _, m := range months {
			sum += k.at(m, d).fines.Total
		}
		t.Columns = append(t.Columns, moneyColumn(d, d))
		t.Total = append(t.Total, Money(sum))
		t.Detail = append(t.Detail, askDistrictFines(d))
	}
	t.Columns = append(t.Columns, moneyColumn("total", totalWord), integerColumn("unknown", "金额未知（项）"))
	t.Total = append(t.Total, Money(k.total.fines.Total), Integer(k.total.fines.Unknown))
	t.Detail = append(t.Detail, askFinesByCase, askFinesUnknown)
	for _, m := range months {
		row, sum, unsaid := []Cell{Text(m)}, registry.Money(0), 0
		for _, d := range districts {
			f := k.at(m, d).fines
			sum += f.Total
			unsaid += f.Unknown
			row = append(row, Money(f.Total))
		}
		ask := askMonthFines(m)
		if b == BasisDecided { // the sheets have the month of the case alone
			ask = Query{}
		}
		t.Rows = append(t.Rows, Row{append(row, Money(sum), Integer(unsaid)), ask})
	}
	return t
}

func (k *counter) byType() Table {
	t := Table{Key: "types", Title: "按违法行为类型", Note: "一案可有多项违法行为：各类型的案件数相加会大于案件总数，不列合计。",
		Columns: []Column{textColumn("type", "违法行为类型", 40), integerColumn("cases", "案件（件）"), integerColumn("total", "违法行为（项）")},
		Total:   []Cell{Text(totalWord), {}, Integer(items(k.types))}, Detail: []Query{{}, {}, askViolations}}
	for _, key := range byCases(k.types) {
		g := k.types[key]
		t.Rows = append(t.Rows, Row{Cells: []Cell{Text(key), Integer(g.cases), Integer(g.items)}})
	}
	return t
}

// byCases lists the keys, most cases first, then by name.
func byCases(g groups) []string {
	return slices.SortedFunc(maps.Keys(g), func(a, b string) int {
		return cmp.Or(cmp.Compare(g[b].cases, g[a].cases), strings.Compare(a, b))
	})
}

func (k *counter) byArticle() Table {
	t := Table{Key: "articles", Title: "按法律条文", Note: "到条为止，款、项、目并入本条；一案多次引用同条按一件计。复核意见是登记库的意见，不计入引用。",
		Columns: []Column{textColumn("article", "法律条文", 40), integerColumn("breached", "违反（件）"), integerColumn("basis", "作依据（件）"),
			integerColumn("total", "引用（处）"), integerColumn("reviews", "复核意见（处）")},
		Total:  []Cell{Text(totalWord), {}, {}, Integer(k.citations), Integer(k.reviews)},
		Detail: []Query{{}, {}, {}, askCitations, askReviews}}
	keys := slices.SortedFunc(maps.Keys(k.articles), func(a, b articleKey) int {
		return cmp.Or(cmp.Compare(k.articles[b].all.cases, k.articles[a].all.cases), strings.Compare(a.law, b.law),
			cmp.Compare(a.article, b.article), cmp.Compare(a.sub, b.sub))
	})
	for _, key := range keys {
		a := k.articles[key]
		name := registry.Citation{Law: key.law, Provision: registry.Provision{Article: key.article, Sub: key.sub}}.String()
		t.Rows = append(t.Rows, Row{Cells: []Cell{Text(name), Integer(a.breached.cases), Integer(a.basis.cases), Integer(a.all.items), Integer(a.reviews)}})
	}
	return t
}

func (k *counter) byPenalty() Table {
	t := Table{Key: "penalties", Title: "按处罚种类", Columns: []Column{textColumn("kind", "处罚种类", 40), integerColumn("cases", "案件（件）"),
		integerColumn("total", "处罚（项）"), moneyColumn("amount", "金额（元）"), integerColumn("unknown", "金额未知（项）")},
		Total:  []Cell{Text(totalWord), {}, Integer(k.penalties), Money(k.total.fines.Total + k.taken.Total), Integer(k.total.fines.Unknown + k.taken.Unknown)},
		Detail: []Query{{}, {}, askPenalties, {}, {}},
		Note:   "责令改正、移送不是处罚种类，见下表。金额合计为罚款与没收之和。"}
	if n := k.annulled.Known + k.annulled.Unknown; n > 0 {
		t.Note += fmt.Sprintf("另有已撤销或变更的 %d 项（金额 %s 元）不计入。", n, k.annulled.Total)
	}
	for _, key := range inOrder(k.kinds, registry.PenaltyKinds) {
		g := k.kinds[key]
		row := []Cell{Text(key), Integer(g.cases), Integer(g.items), {}, {}}
		if class(key) != classOther {
			row[3], row[4] = Money(g.money.Total), Integer(g.money.Unknown)
		}
		t.Rows = append(t.Rows, Row{Cells: row})
	}
	return t
}

// inOrder lists the keys of g as the dictionary does, then what the dictionary does not know.
func inOrder(g groups, dictionary []string) []string {
	var list []string
	for _, key := range dictionary {
		if g[key] != nil {
			list = append(list, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(g)) {
		if !slices.Contains(dictionary, key) {
			list = append(list, key)
		}
	}
	return list
}

func (k *counter) byMeasure() Table {
	t := Table{Key: "measures", Title: "按文书与措施", Note: "移送分别计件数和人数；人数未知的另列件数。没有发生的五类案件措施以 0 列出。",
		Columns: []Column{textColumn("kind", "文书或措施", 40), integerColumn("cases", "案件（件）"), integerColumn("total", "文书（份）"),
			integerColumn("persons", "移送人数（人）"), integerColumn("unknown", "人数未知（件）")},
		Total: []Cell{Text(totalWord), {}, Integer(k.documents), {}, {}}, Detail: []Query{{}, {}, askDocuments, {}, {}}}
	var order []string
	all := maps.Clone(k.measures)
	for _, row := range slices.Concat(registry.DocumentKinds, k.added) {
		key := string(row.Name)
		order = append(order, key)
		if row.Counted && all[key] == nil { // of the program's: the state's 五类案件 that are documents, and 责令改正
			all[key] = &group{}
		}
	}
	for _, key := range inOrder(all, order) {
		g := all[key]
		cells := []Cell{Text(key), Integer(g.cases), Integer(g.items), {}, {}}
		if row, _ := k.added.Find(registry.DocKind(key)); row.Persons {
			cells[3], cells[4] = Integer(int(g.persons)), Integer(g.unsaid)
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

// byGroup is a table over a property of the case: every case is in exactly one line.
func (k *counter) byGroup(key, title, head string, g groups, dictionary []string) Table {
	t := Table{Key: key, Title: title, Columns: []Column{textColumn(key, head, 40), integerColumn("total", "案件（件）"), moneyColumn("fines", "罚款（元）"),
		integerColumn("unknown", "金额未知（项）")},
		Total:  []Cell{Text(totalWord), Integer(k.cases), Money(k.total.fines.Total), Integer(k.total.fines.Unknown)},
		Detail: []Query{{}, askCases, askFinesByCase, askFinesUnknown}}
	for _, name := range inOrder(g, dictionary) {
		x := g[name]
		t.Rows = append(t.Rows, Row{Cells: []Cell{TextOr(name, "未知"), Integer(x.cases), Money(x.money.Total), Integer(x.money.Unknown)}})
	}
	return t
}

func (k *counter) byPollutant() Table {
	t := Table{Key: "pollutants", Title: "按监测项目", Columns: []Column{textColumn("pollutant", "监测项目", 40), integerColumn("cases", "案件（件）"),
		integerColumn("total", "结果（行）"), integerColumn("over", "超标（项）"), integerColumn("unknown", "数值未公布（项）")},
		Total: []Cell{Text(totalWord), {}, Integer(k.results), Integer(k.exceeding), {}}, Detail: []Query{{}, {}, askResults, askExceeding, {}}}
	unsaid := 0
	for _, key := range byCases(k.pollutants) {
		g := k.pollutants[key]
		unsaid += g.unsaid
		t.Rows = append(t.Rows, Row{Cells: []Cell{TextOr(key, "尚无结果"), Integer(g.cases), Integer(g.items), Integer(g.over), Integer(g.unsaid)}})
	}
	t.Total[4] = Integer(unsaid)
	return t
}
