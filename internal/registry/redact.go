package registry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Leak is something in a published text that must not be there.
type Leak struct {
	Kind string `json:"kind"` // 当事人名称, 自然人姓名, 身份证号 …
	Text string `json:"text"` // as it stands in the published text
}

// Secrets are the words of a case that its published copy must not hold, by kind.
type Secrets []Leak

// SecretsOf gathers what must not be published of a case: real names, codes, phones, addresses below the county, document
// numbers. A name that is itself the public one (公开用名) is no secret: that is all a published source gave.
func (b *Bureau) SecretsOf(f *CaseFile) Secrets {
	var s Secrets
	public := map[string]bool{secretKey(b.City.Name): true, secretKey(b.Name): true}
	for _, d := range b.Districts {
		// A place recorded as no more than its county is no secret: the county is what is published.
		public[secretKey(d.Name)], public[secretKey(d.Short)] = true, true
	}
	seen := map[string]bool{}
	add := func(kind, text string) {
		// One character would hide half the text; a single-character name is caught with its bearer's other facts.
		if key := secretKey(text); RuneLen(key) >= 2 && !public[key] && !seen[key] {
			seen[key] = true
			s = append(s, Leak{kind, strings.TrimSpace(text)})
		}
	}
	number := func(kind, text string) {
		// 无 or 未办理 typed where a number belongs would hide those words everywhere.
		if strings.ContainsAny(HalfWidth(text), "0123456789") {
			add(kind, text)
		}
	}
	for _, p := range f.Parties {
		public[secretKey(p.PublicName)] = true
	}
	if f.Farm != nil {
		public[secretKey(f.Farm.PublicName)] = true
	}
	for i, p := range f.Parties {
		add("当事人名称", p.Name)
		if i < len(f.Case.Parties) {
			add("当事人名称", f.Case.Parties[i].NameAtAct)
		}
		add("自然人姓名", p.LegalPerson)
		add("统一社会信用代码", p.CreditCode)
		if p.IDDocument() == IDResident {
			add("身份证号", p.IDNumber)
		} else {
			add(p.IDDocument(), p.IDNumber)
		}
		add("联系电话", p.Phone)
		add("地址", p.Address)
	}
	if f.Farm != nil {
		add("养殖场名称", f.Farm.Name)
		add("自然人姓名", f.Farm.ContactName)
		add("联系电话", f.Farm.ContactPhone)
		add("镇街村", f.Farm.Town)
		add("地址", f.Farm.Address)
		number("许可证号", f.Farm.Permit.Number)
		number("环评文号", f.Farm.EIA.Number)
		number("验收文号", f.Farm.Acceptance.Number)
	}
	number("案件编号", f.Case.Number)
	for _, i := range f.Inspections {
		add("自然人姓名", i.PresentName)
		add("联系电话", i.PresentPhone)
		add("地址", i.Place)
		for _, o := range i.Officers {
			add("执法人员姓名", o.Name)
			add("执法证号", o.CertNo)
		}
		add("自然人姓名", i.Recorder)
		number("笔录编号", i.Number)
	}
	for _, v := range f.Violations {
		add("地址", v.Place)
	}
	for _, x := range f.Samples {
		number("监测报告编号", x.ReportNumber)
	}
	for _, d := range f.Documents {
		add("文书编号", d.Number)
		add("文书编号", d.NumberTyped)
	}
	return s
}

// secretKey is the form in which secrets and published texts are compared: that of search and of duplicates, with document numbers in theirs.
func secretKey(s string) string { return FoldNumbers(Fold(s)) }

// leakPatterns look at folded text, in which letters are small.
var leakPatterns = []struct {
	kind string
	re   *regexp.Regexp
	keep func(string) bool // true: not a leak after all
}{
	{"身份证号", regexp.MustCompile(`\d{17}[\dx]`), func(s string) bool { return CheckPersonID(strings.ToUpper(s)) != nil }},
	{"身份证号", regexp.MustCompile(`\d{6}[\dx*]{8}\d{3}[\dx]`), func(s string) bool { return !strings.ContainsAny(s[:14], "*x") }},
	{"统一社会信用代码", regexp.MustCompile(`[0-9a-hj-npqrtuwxy]{18}`), func(s string) bool { return CheckCreditCode(strings.ToUpper(s)) != nil }},
	{"手机号码", regexp.MustCompile(`(?:^|\D)(1[3-9]\d{9})(?:\D|$)`), nil},
	{"电话号码", regexp.MustCompile(`0\d{2,3}-\d{7,8}`), nil},
	{"电子邮箱", regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+`), nil},
	{"具体日期", regexp.MustCompile(`\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}`), nil},
	{"银行账号", regexp.MustCompile(`(?:^|\D)(\d{16}|\d{19})(?:\D|$)`), nil},
}

// FindLeaks lists what a published text must not hold: the case's own secrets, however they are written, and anything that looks like an ID
// number, code, phone, exact day or coordinate whoever it belongs to.
func (b *Bureau) FindLeaks(text string, secrets Secrets) []Leak {
	var found []Leak
	add := func(l Leak) {
		if !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	key := secretKey(text)
	for _, s := range secrets {
		if strings.Contains(key, secretKey(s.Text)) {
			add(s)
		}
	}
	flat := HalfWidth(text)
	for _, hit := range b.Area.coordinates().FindAllString(flat, -1) {
		add(Leak{"经纬度", hit})
	}
	// Without its blanks a number in groups shows; with them, two that stand beside each other keep apart.
	r, folded, words := []rune(flat), FoldMap(text), foldBlanks(text)
	for _, p := range leakPatterns {
		for _, f := range []Folded{words, folded} {
			for _, m := range p.re.FindAllStringSubmatchIndex(f.Text, -1) {
				from, to := m[len(m)-2], m[len(m)-1]
				if hit := f.Text[from:to]; p.keep == nil || !p.keep(hit) {
					add(Leak{p.kind, string(r[f.At[RuneLen(f.Text[:from])] : f.At[RuneLen(f.Text[:to])-1]+1])})
				}
			}
		}
	}
	return found
}

// foldBlanks is FoldMap with a blank for each blank.
func foldBlanks(s string) Folded {
	var out Folded
	var b strings.Builder
	n := 0
	for _, r := range s {
		folded := Fold(string(r))
		if folded == "" && unicode.IsSpace(r) {
			folded = " "
		}
		b.WriteString(folded)
		for range RuneLen(folded) {
			out.At = append(out.At, n)
		}
		n++
	}
	out.Text, out.At = b.String(), append(out.At, n)
	return out
}

// Mask replaces every secret in a composed text, however it is written: a last guard behind the allow-list, for words that came in by a
// dictionary's back door.
func (s Secrets) Mask(text string) string {
	ordered := slices.Clone(s)
	// Longest first, so that a name inside a longer one does not leave a stump.
	slices.SortStableFunc(ordered, func(a, b Leak) int { return RuneLen(b.Text) - RuneLen(a.Text) })
	for _, l := range ordered {
		key := Fold(l.Text)
		for from := 0; ; from += len("某") {
			f := FoldMap(text)
			at := -1
			if from <= len(f.Text) {
				at = strings.Index(f.Text[from:], key)
			}
			if at < 0 || key == "" {
				break
			}
			from += at
			r := []rune(text)
			begin := RuneLen(f.Text[:from])
			text = string(r[:f.At[begin]]) + "某" + string(r[f.At[begin+RuneLen(key)-1]+1:])
		}
	}
	return text
}

// PublicName is the name under which a case's party may be published: the recorded 公开用名, or 县名+某+形式 made from facts that
// identify nobody.
func (b *Bureau) PublicName(f *CaseFile) string {
	for _, p := range f.Parties {
		if p.PublicName != "" {
			return p.PublicName
		}
	}
	if f.Farm != nil && f.Farm.PublicName != "" {
		return f.Farm.PublicName
	}
	district := b.DistrictName(f.Case.DistrictCode)
	if len(f.Parties) > 0 {
		switch f.Parties[0].Kind {
		case "公司":
			return fmt.Sprintf("%s某养殖有限公司", district)
		case "农民专业合作社":
			return fmt.Sprintf("%s某养殖专业合作社", district)
		case "家庭农场":
			return fmt.Sprintf("%s某家庭农场", district)
		case "自然人", "个体工商户":
			return fmt.Sprintf("%s某养殖户", district)
		}
	}
	return fmt.Sprintf("%s某养殖场", district)
}
