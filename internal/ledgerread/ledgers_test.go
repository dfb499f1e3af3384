package ledgerread

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"casebook/internal/registry"
)

// A made ledger: what stands in its rows, and what the reader must say of each. Rows are numbered as they are added.
type made struct {
	rng      *rand.Rand
	columns  []madeColumn
	rows     [][]any
	hidden   map[int]bool
	merges   [][4]int // row, column, to row, to column, from 1
	want     map[int]string
	values   map[int]map[string]any
	formulas map[[2]int]string
	totals   int // that are right
	group    float64
	at       int // how many head rows
	text     bool
	from04   bool
	wan      bool // the fine's column counts in 万元
	inCells  bool // and says so in each cell
	bare     bool // no header: the values alone tell the columns
	species  bool // several in one cell
}

type madeColumn struct{ field, title, above string }

// titles are ways to call a column, with one above it where the header has two rows.
var titles = map[string][]madeColumn{
	"seq":             {{"seq", "序号", ""}, {"seq", "编号", ""}},
	"party":           {{"party", "当事人名称", "当事人"}, {"party", "被处罚单位", ""}, {"party", "行政相对人名称", ""}, {"party", "违法企业", ""}, {"party", "单位名称", ""}},
	"credit_code":     {{"credit_code", "统一社会信用代码", "当事人"}, {"credit_code", "信用代码", ""}, {"credit_code", "行政相对人代码_1（统一社会信用代码）", ""}},
	"district":        {{"district", "县区", ""}, {"district", "所属辖区", ""}, {"district", "县（市、区）", ""}, {"district", "行政区划", ""}},
	"head_count":      {{"head_count", "存栏量（头）", ""}, {"head_count", "养殖规模", ""}, {"head_count", "存栏", ""}},
	"species":         {{"species", "畜种", ""}, {"species", "养殖品种", ""}},
	"decision_number": {{"decision_number", "文号", "处罚决定"}, {"decision_number", "行政处罚决定书文号", ""}, {"decision_number", "处罚文号", ""}},
	"decided_on":      {{"decided_on", "日期", "处罚决定"}, {"decided_on", "处罚决定日期", ""}, {"decided_on", "处罚时间", ""}},
	"fine_yuan":       {{"fine_yuan", "罚款金额", "处罚决定"}, {"fine_yuan", "罚款", ""}, {"fine_yuan", "处罚金额", ""}},
	"violated":        {{"violated", "违反条款", ""}, {"violated", "违反的法律条款", ""}},
	"narrative":       {{"narrative", "主要违法事实", ""}, {"narrative", "案情简介", ""}},
	"note":            {{"note", "备注", ""}},
}

var madeOrders = [][]string{
	{"seq", "party", "credit_code", "district", "head_count", "species", "narrative", "violated", "decision_number", "decided_on", "fine_yuan", "note"},
	{"seq", "district", "party", "credit_code", "narrative", "decision_number", "decided_on", "fine_yuan"},
	{"party", "decision_number", "decided_on", "fine_yuan", "district", "species", "head_count", "credit_code"},
}

// bareColumns are those that values tell.
var bareColumns = []madeColumn{{"party", "", ""}, {"decision_number", "", ""}, {"decided_on", "", ""}, {"district", "", ""}, {"credit_code", "", ""}}

func pick[T any](rng *rand.Rand, list ...T) T { return list[rng.IntN(len(list))] }

func (m *made) add(want string, cells ...any) int {
	m.rows = append(m.rows, cells)
	if want != "" {
		m.want[len(m.rows)] = want
	}
	return len(m.rows)
}

// newMade makes a ledger of a form that follows from its number.
func newMade(n int) *made {
	m := &made{rng: rand.New(rand.NewPCG(uint64(n), 14)), hidden: map[int]bool{}, want: map[int]string{}, values: map[int]map[string]any{}, formulas: map[[2]int]string{}}
	m.text, m.from04, m.wan, m.inCells = n%5 == 4, n%7 == 3, n%3 == 1, n%3 == 2
	two := n%4 == 1
	for _, f := range madeOrders[n%len(madeOrders)] {
		c := pick(m.rng, titles[f]...)
		if two {
			c = titles[f][0]
		}
		if f == "fine_yuan" && m.wan {
			c.title += "（万元）"
		}
		m.columns = append(m.columns, c)
		if n%11 == 6 && f == "district" {
			m.columns = append(m.columns, madeColumn{}) // a column with nothing in it
		}
	}
	m.bare, m.species = n%19 == 7, n%8 == 6
	if m.bare {
		m.columns = bareColumns
	} else {
		m.top(n, two)
	}
	for i := range 6 + n%20 {
		m.between(n, i)
		m.record(n, i)
	}
	m.bottom(n)
	return m
}

func (m *made) top(n int, two bool) {
	if n%3 != 0 {
		m.add("ignored", fmt.Sprintf("%d年环境违法案件登记台账", 2020+n%5))
		m.merges = append(m.merges, [4]int{1, 1, 1, len(m.columns)})
	}
	for range n % 6 {
		m.add("")
	}
	if n%6 == 2 {
		m.add("ignored", "填报单位：某科", "", "填报日期：2024年12月")
	}
	first, second := make([]any, len(m.columns)), make([]any, len(m.columns))
	r := len(m.rows) + 1
	for i, c := range m.columns {
		first[i], second[i] = c.title, ""
		if two && c.above != "" {
			first[i], second[i] = c.above, c.title
			if i > 0 && m.columns[i-1].above == c.above {
				first[i] = ""
			}
		} else if two && !m.text {
			m.merges = append(m.merges, [4]int{r, i + 1, r + 1, i + 1})
		}
	}
	m.add("ignored", first...)
	if two {
		for i := 0; i < len(m.columns); i++ {
			j := i
			for m.columns[i].above != "" && j+1 < len(m.columns) && m.columns[j+1].above == m.columns[i].above {
				j++
			}
			if j > i {
				m.merges = append(m.merges, [4]int{r, i + 1, r, j + 1})
				i = j
			}
		}
		m.add("ignored", second...)
	}
	m.at = len(m.rows)
	if n%13 == 5 {
		numbers := make([]any, len(m.columns))
		for i := range numbers {
			numbers[i] = i + 1
		}
		m.add("ignored", numbers...)
	}
}

// between puts rows that are none of the table's before a record.
func (m *made) between(n, i int) {
	switch {
	case m.bare && i%7 != 3:
	case i > 0 && i%9 == 0 && m.at < len(m.rows) && m.columns[0].above == "" && n%4 != 1:
		m.add("ignored", m.rows[m.at-1]...)
	case n%3 == 2 && i%5 == 0:
		m.add("ignored", pick(m.rng, "一、恩平市", "恩平市（3件）", "二、罚款案件", "2024年", "三月"))
	case i%7 == 3:
		m.add("")
	case i%8 == 5:
		m.subtotal("小计")
	case n%10 == 7 && i == 2 && m.columns[0].field == "seq":
		m.add("ignored", 99)
	}
}

func (m *made) subtotal(word string) {
	row := make([]any, len(m.columns))
	row[0] = word
	for i, c := range m.columns {
		if c.field == "fine_yuan" {
			row[i] = m.group
			if m.wan {
				row[i] = fmt.Sprint(m.group / 10000)
			}
		}
	}
	m.group = 0
	m.add("ignored", row...)
	m.totals++
}

// days are ways to write one.
func (m *made) day(y, mon, d int) (written any, want string) {
	want = fmt.Sprintf("%d-%02d-%02d", y, mon, d)
	forms := 8
	if m.bare {
		forms = 5 // a number that nothing calls a date is none
	}
	switch m.rng.IntN(forms) {
	case 5:
		return chineseNumerals.Replace(fmt.Sprint(y)) + "年" + chineseTen(mon) + "月" + chineseTen(d) + "日", want
	case 6:
		return fmt.Sprintf("%d年%d月%d日（星期三）", y, mon, d), want
	case 0:
		return fmt.Sprintf("%d年%d月%d日", y, mon, d), want
	case 1:
		return fmt.Sprintf("%d.%d.%d", y, mon, d), want
	case 2:
		return fmt.Sprintf("%d%02d%02d", y, mon, d), want
	case 3:
		return fmt.Sprintf("%d/%d/%d 0:00", y, mon, d), want
	case 4:
		return fmt.Sprintf("%d年%d月", y, mon), want[:7]
	}
	t := registry.Day(y, mon, d).Start().AddDate(0, 0, 0)
	serial := int(t.Unix()+8*3600)/86400 + 25569
	if m.from04 && !m.text {
		serial -= days1904
	}
	return serial, want
}

var chineseNumerals = strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")

// chineseTen is a number below a hundred as it is spoken.
func chineseTen(n int) string {
	ten, one := chineseNumerals.Replace(fmt.Sprint(n/10)), chineseNumerals.Replace(fmt.Sprint(n%10))
	switch {
	case n < 10:
		return one
	case n < 20:
		ten = ""
	}
	return ten + "十" + strings.TrimSuffix(one, "〇")
}

func (m *made) fine() (written any, yuan float64) {
	wan := 1 + m.rng.IntN(30)
	yuan = float64(wan) * 10000
	switch {
	case m.inCells:
		return pick(m.rng, fmt.Sprintf("%d万元", wan), fmt.Sprintf("%d万", wan), registry.Yuan(int64(yuan)).Capital()), yuan
	case m.wan:
		return pick[any](m.rng, wan, fmt.Sprint(wan), float64(wan)), yuan
	}
	return pick[any](m.rng, yuan, registry.Yuan(int64(yuan)).String(), fmt.Sprintf("%d元", wan*10000), fmt.Sprintf("¥%d", wan*10000)), yuan
}

// record adds a row of the table: one of four is rejected.
func (m *made) record(n, i int) {
	row, values := make([]any, len(m.columns)), map[string]any{}
	bad := ""
	if i%4 == 2 && m.bare {
		bad = pick(m.rng, "decided_on", "credit_code")
	} else if i%4 == 2 {
		bad = pick(m.rng, "decided_on", "credit_code", "fine_yuan", "district")
	}
	number := fmt.Sprintf("江恩环罚[%d]%d号", 2020+n%5, i+1)
	code := creditCode(n*100 + i)
	for k, c := range m.columns {
		switch c.field {
		case "seq":
			row[k] = i + 1
		case "party":
			row[k] = fmt.Sprintf("%s%d号畜牧有限公司", pick(m.rng, "恩平市", "", "  "), n*100+i)
			values["party"] = strings.TrimSpace(row[k].(string))
		case "credit_code":
			row[k], values["credit_code"] = code, code
			if bad == c.field {
				row[k] = code[:17] + string(rune("0123456789"[(int(code[17])+1)%10]))
				if registry.CheckCreditCode(row[k].(string)) == nil {
					row[k] = "911111111111111111"
				}
			} else if m.rng.IntN(4) == 0 {
				row[k] = strings.ToLower(code[:8] + " " + code[8:])
			}
		case "district":
			row[k], values["district"] = pick(m.rng, "恩平市", "恩平", "恩平市沙湖镇", "沙湖镇", "恩平分局"), "恩平市"
			if bad == c.field {
				row[k] = pick(m.rng, "长沙市", "火星区")
			}
		case "species":
			row[k], values["species"] = pick(m.rng, "生猪", "猪", "商品猪"), "生猪"
		case "head_count":
			h := 100 + m.rng.IntN(9000)
			if m.species && i%3 == 1 {
				row[k], values["head_count"], values["herds"] = fmt.Sprintf("生猪%d头、肉鸡%d羽", h, 2*h), int64(h), []string{fmt.Sprintf("生猪%d头", h), fmt.Sprintf("肉鸡%d只", 2*h)}
				continue
			}
			row[k], values["head_count"] = pick[any](m.rng, h, fmt.Sprintf("%d头", h), fmt.Sprintf("约%d", h), fmt.Sprintf("%d余头", h), registry.Yuan(int64(h)).String()), int64(h)
		case "decision_number":
			row[k], values["decision_number"] = number, registry.NormalizeDocNumber(number)
		case "decided_on":
			row[k], values["decided_on"] = m.day(2020+n%5, 1+m.rng.IntN(12), 1+m.rng.IntN(28))
			if bad == c.field {
				row[k] = pick(m.rng, "6月3日", "2024年2月30日", "6.3", "去年")
			}
		case "fine_yuan":
			written, yuan := m.fine()
			row[k], values["fine_yuan"] = written, yuan
			if bad == c.field {
				row[k] = pick(m.rng, "-5", "20,00", "若干")
			} else {
				m.group += yuan
			}
		case "violated":
			row[k] = "《中华人民共和国水污染防治法》第三十九条"
		case "narrative":
			row[k] = "养殖废水未经处理直接排入外环境"
		}
	}
	want := "accepted"
	if bad != "" {
		want = "rejected"
	}
	at := m.add(want, row...)
	if m.values[at] = values; bad != "" {
		m.values[at] = map[string]any{"bad": bad}
	}
	if i%6 == 4 && !m.text {
		m.hidden[at] = true
	}
}

func (m *made) bottom(n int) {
	if m.bare {
		return
	}
	m.subtotal("小计")
	if n%2 == 0 {
		m.add("")
	}
	m.add("ignored", "注：罚款金额以决定书为准。")
	if n%3 == 0 {
		m.add("ignored", "填表人：张三", "", "审核人：李四")
	}
	if n%5 == 1 {
		m.add("ignored", fmt.Sprintf("共%d宗", 6+n%20))
		m.add("ignored", "分管领导：", "", "科室负责人：")
	}
	if n%9 == 4 { // a list of farms below
		m.add("")
		m.add("ignored", "二、规模养殖场名录")
		m.add("ignored", "养殖场名称", "所在镇街", "畜种", "存栏量")
		for i := range 3 {
			at := m.add("accepted", fmt.Sprintf("第%d号猪场", i), "沙湖镇", "生猪", 100+i)
			m.values[at] = map[string]any{"farm": fmt.Sprintf("第%d号猪场", i), "head_count": int64(100 + i), "district": "恩平市"}
		}
		m.add("ignored", "共3家")
	}
}

// creditCode is a code with its check character.
func creditCode(n int) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	weights := []int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}
	body := fmt.Sprintf("91440785MA%07d", n)
	sum := 0
	for i := range body {
		sum += strings.IndexByte(letters, body[i]) * weights[i]
	}
	return body + string(letters[(31-sum%31)%31])
}

// file writes the ledger as a workbook, or as text in one of two encodings.
func (m *made) file(t testing.TB, n int) []byte {
	if m.text {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		for _, row := range m.rows {
			if len(row) == 0 {
				w.Flush()
				b.WriteString("\n")
				continue
			}
			cells := make([]string, len(row))
			for i, v := range row {
				cells[i] = strings.TrimPrefix(fmt.Sprint(v), "<nil>")
			}
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		if n%2 == 0 {
			return b.Bytes()
		}
		out, err := simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // in memory
	if m.from04 {
		on := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}); err != nil {
			t.Fatal(err)
		}
	}
	const sheet = "Sheet1"
	for i, row := range m.rows {
		for k, v := range row {
			if v == nil || v == "" {
				continue
			}
			cell, _ := excelize.CoordinatesToCellName(k+1, i+1)
			if err := f.SetCellValue(sheet, cell, v); err != nil {
				t.Fatal(err)
			}
		}
		if m.hidden[i+1] {
			_ = f.SetRowVisible(sheet, i+1, false)
		}
	}
	for _, x := range m.merges {
		from, _ := excelize.CoordinatesToCellName(x[1], x[0])
		to, _ := excelize.CoordinatesToCellName(x[3], x[2])
		if err := f.MergeCell(sheet, from, to); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
