package report

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/report/reporttest"
)

// sheetRows are the rows of each sheet of a profile.
type sheetRows [][][]Cell

func (r *sheetRows) Row(sheet SheetID, row []Cell) error {
	for len(*r) <= int(sheet) {
		*r = append(*r, nil)
	}
	(*r)[sheet] = append((*r)[sheet], slices.Clone(row))
	return nil
}

func walkOf(t *testing.T, p Profile, cases iter.Seq2[*registry.CaseFile, error], o LedgerOptions) (sheetRows, *Summary, []View) {
	t.Helper()
	rows := make(sheetRows, len(p.Sheets))
	l := Ledger{Profile: &p, Options: o, Cases: cases, TempDir: t.TempDir()}
	sum, err := l.Walk(&rows)
	if err != nil {
		t.Fatal(err)
	}
	return rows, sum, p.Views(&o)
}

func profile(t *testing.T, key string) Profile {
	t.Helper()
	p, ok := ProfileByName(key)
	if !ok {
		t.Fatalf("no profile %s", key)
	}
	return p
}

// Every row of the table names sheets, columns and conditions that there are, and its name is its own.
func TestProfilesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Profiles {
		if p.Key == "" || p.Name == "" || p.About == "" || seen[p.Key] || seen[p.Name] {
			t.Errorf("profile %q %q is incomplete or repeats another", p.Key, p.Name)
		}
		seen[p.Key], seen[p.Name] = true, true
		names := map[string]bool{}
		for _, v := range p.Views(&LedgerOptions{Narratives: true, PublicURL: "https://x"}) { // panics on a key that there is not
			if names[v.Name] || v.Name == "汇总" || v.Name == "说明" || v.About == "" {
				t.Errorf("%s: sheet %q repeats another or does not say what a row is", p.Name, v.Name)
			}
			names[v.Name] = true
		}
	}
}

// The money of the decisions' rows is the money of the cases' rows, whatever belongs to no decision: who reconciles by one must not miss what the
// other has. Nothing of an annulled decision counts.
func TestDecisionsHoldAllMoney(t *testing.T) {
	for seed := range uint64(20) {
		p := Profile{Name: "x", Sheets: []ProfileSheet{{Base: SheetCases}, {Base: SheetDecisions}}}
		rows, sum, views := walkOf(t, p, reporttest.Cases(80, seed), LedgerOptions{})
		total := func(view int, key string) (n int64) {
			for _, row := range rows[view] {
				n += row[views[view].Index(key)].N
			}
			return n
		}
		for _, key := range []string{"fines", "fines_unknown", "taken", "due", "owed", "paid"} {
			if c, d := total(0, key), total(1, key); c != d {
				t.Errorf("seed %d: %s of the decisions is %d, of the cases %d", seed, key, d, c)
			}
		}
		if !sum.Consistent() {
			t.Errorf("seed %d: the summary does not agree with its rows", seed)
		}
		due, owed := sum.Figure("due").Value.N, sum.Figure("owed").Value.N
		if got, want := sum.Figure("settled").Value.N, due-owed; got != want {
			t.Errorf("seed %d: settled is %d, want %d", seed, got, want)
		}
		rate, _ := strconv.ParseFloat(sum.Figure("rate").Value.Text, 64)
		if want := 100 * float64(due-owed) / float64(due); due > 0 && (rate < want-0.0051 || rate > want+0.0051) {
			t.Errorf("seed %d: the rate is %v, want %v", seed, rate, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, tt := range []struct {
		part, whole registry.Money
		want        string
	}{{0, 0, ""}, {0, 5, "0.00"}, {1, 3, "33.33"}, {2, 3, "66.67"}, {5, 5, "100.00"}, {1, 8, "12.50"}, {registry.MaxMoney, registry.MaxMoney, "100.00"}} {
		if got := percent(tt.part, tt.whole).String(); got != tt.want {
			t.Errorf("percent(%d, %d) = %q, want %q", tt.part, tt.whole, got, tt.want)
		}
	}
}

// rules are the template's rules asked of the cells of a row anew, apart from the code that fills it: what is required, how long it may be, what
// a number, a day, a code must look like.
func rules(row []Cell) (bad []string) {
	value := map[string]string{}
	for i, c := range CreditTemplate.Columns {
		if row[i].Kind == CellUnknown {
			bad = append(bad, c.Name+" unknown")
		}
		value[c.Field] = row[i].String()
		if c.Max > 0 && len([]rune(value[c.Field])) > c.Max {
			bad = append(bad, c.Name+" too long")
		}
		if c.Required == "always" && value[c.Field] == "" {
			bad = append(bad, c.Name+" missing")
		}
		if c.Type == "date" && len(value[c.Field]) != len("2024-01-02") {
			bad = append(bad, c.Name+" no day")
		}
		if x := value[c.Field]; c.Type == "wan" && x != "" {
			_, decimals, _ := strings.Cut(x, ".")
			if n, err := strconv.ParseFloat(x, 64); err != nil || n <= 0 || len(decimals) > 6 {
				bad = append(bad, c.Name+" is no amount")
			}
		}
	}
	needs := func(when bool, field string) {
		if when && value[field] == "" {
			bad = append(bad, field+" missing")
		}
	}
	person := value["cf_xdr_lb"] == "自然人"
	needs(!person, "cf_xdr_shxym")
	needs(!person, "cf_frdb")
	needs(person, "cf_xdr_zjlx")
	needs(person, "cf_xdr_zjhm")
	for _, k := range strings.Split(value["cf_cflb"], ";") {
		if !CreditTemplate.Penalties.Values.Has(k) {
			bad = append(bad, k)
		}
		needs(k == "罚款", "cf_nr_fk")
		needs(strings.HasPrefix(k, "没收"), "cf_nr_wfff")
		needs(k == "暂扣许可证件" || k == "吊销许可证件", "cf_nr_zkdx")
	}
	for _, f := range []string{"cf_xdr_shxym", "cf_cfjgdm", "cf_sjlydm"} {
		if value[f] != "" && registry.CheckCreditCode(value[f]) != nil {
			bad = append(bad, f+" is no code")
		}
	}
	return bad
}

// creditCases are random cases, of which many could be uploaded.
func creditCases(n int, seed uint64) iter.Seq2[*registry.CaseFile, error] {
	return func(yield func(*registry.CaseFile, error) bool) {
		i := 0
		for f, err := range reporttest.Cases(n, seed) {
			i++
			f.DecidingOrgan = &registry.Organ{Name: "江门市生态环境局", CreditCode: "11440700007080000E"}
			if i%3 > 0 {
				f.DecidingOrgan.CreditCode = "91440704304226404T"
				for j := range f.Parties {
					if p := &f.Parties[j]; p.Kind != "自然人" {
						p.Kind, p.CreditCode, p.LegalPerson = "公司", "91440784584740677T", "张三"
					}
				}
				for j := range f.Documents {
					d := &f.Documents[j]
					if d.MadeOn.Precision() != registry.PrecisionDay && i%5 > 0 {
						d.MadeOn = registry.Day(2024, 1+j%12, 1+i%28)
					}
					if i%7 > 0 {
						d.Number = fmt.Sprintf("江环罚〔2024〕%d号", i*100+j)
					}
				}
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// What is uploaded passes the template's rules; what is refused breaks one, or no longer stands; and every decision is in exactly one of the two.
func TestCreditRules(t *testing.T) {
	bureau := registry.Bureau{Name: "江门市生态环境局"}
	o := LedgerOptions{Labels: Labels{Bureau: &bureau, Violation: func(code string) string { return code }}}
	uploaded, refused := 0, 0
	for seed := range uint64(20) {
		for f, err := range creditCases(120, seed) {
			if err != nil {
				t.Fatal(err)
			}
			c := newCaseView(1, f, &o)
			list, decisions := c.credit(), c.decisions()
			if len(list) != len(decisions) {
				t.Fatalf("seed %d case %d: %d rows of %d decisions", seed, f.Case.ID, len(list), len(decisions))
			}
			for i := range list {
				v := &list[i]
				bad := rules(v.values)
				if v.state() != stateInForce {
					bad = append(bad, v.state())
				}
				if p := v.party; p >= 0 && v.creditKind() == creditPerson {
					if n := f.Parties[p].IDNumber; n != "" && registry.CheckIDNumber(f.Parties[p].IDDocument(), n) != nil {
						bad = append(bad, "id number")
					}
				}
				if (len(bad) == 0) != (len(v.problems) == 0) {
					t.Errorf("seed %d case %d: the rules say %q, the check says %q", seed, f.Case.ID, bad, v.problems)
				}
				if len(v.problems) == 0 {
					uploaded++
				} else {
					refused++
				}
			}
		}
	}
	if uploaded < 100 || refused < 100 {
		t.Errorf("%d rows pass and %d do not: the random cases try too little", uploaded, refused)
	}
}

func TestWanYuan(t *testing.T) {
	for fen, want := range map[registry.Money]string{200_000: "0.2", 1: "0.000001", 100_000_000: "100", 123_456_789: "123.456789", 0: "0", -200_000: "-0.2"} {
		if got := wanYuan(fen); got != want {
			t.Errorf("wanYuan(%d) = %s, want %s", fen, got, want)
		}
	}
}

func TestCreditTemplate(t *testing.T) {
	if n := len(CreditTemplate.Columns); n != 30 {
		t.Fatalf("the template has %d columns, want 30", n)
	}
	for i, c := range CreditTemplate.Columns {
		if c.Seq != i+1 || c.Name == "" || (c.Required == "conditional") != (creditConditions[c.Field] != nil) || (c.Rule != "") != (c.Required == "conditional") {
			t.Errorf("column %d %s is out of order, or its condition has no rule", c.Seq, c.Name)
		}
	}
	for _, m := range []map[string]bool{keysOf(creditValues), keysOf(creditConditions), keysOf(creditChecks)} {
		for f := range m {
			if !slices.ContainsFunc(CreditTemplate.Columns, func(c CreditColumn) bool { return c.Field == f }) {
				t.Errorf("no column %s", f)
			}
		}
	}
	if got := monthsAfter(registry.Day(2024, 11, 30), 3); got != registry.Day(2025, 2, 28) {
		t.Errorf("three months after 30 November 2024 is %s", got)
	}
}

func keysOf[V any](m map[string]V) map[string]bool {
	keys := map[string]bool{}
	for k := range m {
		keys[k] = true
	}
	return keys
}

// The public summary has nothing that tells who it was: none of the names, codes, places and texts of the case.
func TestPublicSummaryNamesNobody(t *testing.T) {
	f := fullCase()
	f.Case.Origin = registry.OriginField
	bureau := registry.Bureau{Name: "江门市生态环境局", Districts: []registry.District{{Code: "440785", Name: "恩平市"}}}
	f.Case.DistrictCode = "440785"
	for i := range f.Parties {
		f.Parties[i].PublicName, f.Parties[i].Kind = "", "自然人"
	}
	f.Farm.PublicName = ""
	f.Documents = slices.DeleteFunc(f.Documents, func(d registry.Document) bool { return d.Kind == registry.DocAnnulled || d.Kind == registry.DocChanged })
	p := profile(t, "public")
	rows, _, _ := walkOf(t, p, func(yield func(*registry.CaseFile, error) bool) { yield(f, nil) }, LedgerOptions{FullCodes: true, Labels: Labels{Bureau: &bureau}})
	if len(rows[0]) == 0 {
		t.Fatal("no row")
	}
	var text strings.Builder
	for _, row := range rows[0] {
		for _, c := range row {
			text.WriteString(c.String() + "\n")
		}
	}
	personal := []string{f.Case.Title, f.Case.Summary, f.Case.Handling, f.Case.Note, f.Farm.Name, f.Farm.Address, f.Farm.Town}
	for i := range f.Parties {
		q := &f.Parties[i]
		personal = append(personal, q.Name, q.CreditCode, q.IDNumber, q.LegalPerson, q.Phone, q.Address, f.Case.Parties[i].NameAtAct)
	}
	for i := range f.Violations {
		personal = append(personal, f.Violations[i].Facts, f.Violations[i].Place)
	}
	for _, s := range personal {
		if s != "" && regexp.MustCompile(regexp.QuoteMeta(s)+`(\D|$)`).MatchString(text.String()) { // 值3 is no part of 值31
			t.Errorf("the public summary tells %q:\n%s", s, &text)
		}
	}
}

// A person's profile: conditions and order, tried against the rows of the ledger.
func TestCustomProfile(t *testing.T) {
	p, err := Custom(&registry.ExportProfile{Name: "大额", Rows: "cases", Columns: []string{"title", "fines", "found_on"},
		Filters: []registry.ProfileFilter{{Column: "fines", Op: "不小于", Value: "10000"}}, Sort: []registry.ProfileSort{{Column: "fines", Down: true}, {Column: "found_on"}}})
	if err != nil {
		t.Fatal(err)
	}
	rows, sum, views := walkOf(t, p, reporttest.Cases(500, 3), LedgerOptions{})
	all, _, _ := walkOf(t, profile(t, "ledger"), reporttest.Cases(500, 3), LedgerOptions{})
	want, at := 0, Sheets[SheetCases].Index("fines")
	for _, row := range all[0] {
		if row[at].Kind == CellMoney && row[at].N >= 1_000_000 {
			want++
		}
	}
	if len(rows[0]) != want || want == 0 || sum.Sheets[0] != want {
		t.Errorf("%d rows, want %d; the summary says %d", len(rows[0]), want, sum.Sheets[0])
	}
	for i := 1; i < len(rows[0]); i++ {
		a, b := rows[0][i-1], rows[0][i]
		if a[1].N < b[1].N || a[1].N == b[1].N && known(&a[2]) && known(&b[2]) && a[2].Date.Earliest() > b[2].Date.Earliest() || a[1].N == b[1].N && !known(&a[2]) && known(&b[2]) {
			t.Fatalf("row %d %v stands before %v", i, a, b)
		}
	}
	if len(views[0].Columns) != 3 || views[0].Columns[1].Title != "罚款（元）" {
		t.Errorf("columns %v", views[0].Columns)
	}

	_, err = Custom(&registry.ExportProfile{Name: "x", Rows: "cases", Columns: []string{"title", "nosuch", "title"},
		Filters: []registry.ProfileFilter{{Column: "fines", Op: "大于", Value: "x"}, {Column: "found_on", Op: "不小于", Value: "去年"}, {Column: "title", Op: "不大于", Value: "1"}}, Sort: []registry.ProfileSort{{Column: "wrong"}}})
	for _, words := range []string{"没有列“nosuch”", "选了两次", "没有“大于”这种比较", "发现日期", "文字没有大小", "没有列“wrong”"} {
		if err == nil || !strings.Contains(fmt.Sprint(err), words) && !slices.ContainsFunc(fieldsOf(err), func(f registry.FieldError) bool { return strings.Contains(f.Message, words) }) {
			t.Errorf("Custom says %v, want %q", err, words)
		}
	}
	if _, err = Custom(&registry.ExportProfile{Name: "x", Rows: "pigs"}); err == nil {
		t.Error("a profile of rows that there are not was taken")
	}
}

func fieldsOf(err error) []registry.FieldError {
	if e := (*registry.Error)(nil); errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// Sorting through temporary files gives the rows in the same order as sorting them at once, the same cells, and leaves no file.
func TestSorterSpills(t *testing.T) {
	p := Profile{Name: "x", Sheets: []ProfileSheet{{Base: SheetCases, Sort: []Order{{"found_on", true}, {"fines", false}, {"title", true}}}}}
	rows, _, views := walkOf(t, p, reporttest.Cases(300, 9), LedgerOptions{})
	all, _, _ := walkOf(t, profile(t, "ledger"), reporttest.Cases(300, 9), LedgerOptions{})
	v, dir := &views[0], t.TempDir()
	s := newSorter(dir, v)
	for i, row := range all[0] {
		if err := s.add(v, append(slices.Clone(row), make([]Cell, caseMore)...), row); err != nil {
			t.Fatal(err)
		}
		if i%37 == 36 {
			if err := s.spill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	i := 0
	if err := s.each(func(row []Cell) error {
		if !slices.Equal(row, rows[0][i]) {
			t.Fatalf("row %d is %v, want %v", i, row, rows[0][i])
		}
		i++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.close()
	if left, _ := os.ReadDir(dir); i != 300 || len(left) != 0 {
		t.Errorf("%d rows, %d files left", i, len(left))
	}
}
