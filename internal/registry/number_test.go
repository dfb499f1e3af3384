package registry

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestCheckCreditCode(t *testing.T) {
	// Codes of published decisions and notices, correct by GB 32100.
	for _, code := range []string{"91440704304226404T", "91440784584740677T", "92441881MA4XNHHN25", "11420000MB15291767"} {
		if err := CheckCreditCode(code); err != nil {
			t.Errorf("CheckCreditCode(%s) = %v; want nil", code, err)
		}
	}
	for _, c := range []struct{ code, want string }{
		{"91440704304226404A", "校验位"}, {"9144070430422640", "18 位"}, {"9144O704304226404T", "数字 0"}, {"91440784584740677U", "校验位"}, {"", "18 位"}, {"91440704304226404中", "18 位"},
	} {
		if err := CheckCreditCode(c.code); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("CheckCreditCode(%s) = %v; want an error with %q", c.code, err, c.want)
		}
	}
}

func TestCheckPersonID(t *testing.T) {
	if err := CheckPersonID("11010519491231002X"); err != nil { // the example of GB 11643 itself
		t.Errorf("CheckPersonID of the standard's example = %v; want nil", err)
	}
	for _, id := range []string{"110105194912310021", "11010519491331002X", "1101051949123100", "A1010519491231002X"} {
		if err := CheckPersonID(id); err == nil {
			t.Errorf("CheckPersonID(%s) = nil; want an error", id)
		}
	}
}

func TestNormalizeDocNumber(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"江鹤环罚﹝2025﹞27号", "江鹤环罚〔2025〕27号"}, {"江江环罚听告 [2019]7号", "江江环罚听告〔2019〕7号"}, {"穗环（番）罚告〔2023〕38号", "穗环（番）罚告〔2023〕38号"},
		{"云环(云城)罚【2025】21号", "云环（云城）罚〔2025〕21号"}, {"惠市环(龙门)罚[2021]5号", "惠市环（龙门）罚〔2021〕5号"}, {"江恩环罚（２０２４）１２号", "江恩环罚〔2024〕12号"}, {"", ""},
	} {
		if got := NormalizeDocNumber(c.in); got != c.want {
			t.Errorf("NormalizeDocNumber(%q) = %q; want %q", c.in, got, c.want)
		}
	}
}

func TestMasks(t *testing.T) {
	if got := MaskID("11010519491231002X"); got != "110***********002X" {
		t.Errorf("MaskID = %s", got)
	}
	if got := MaskPhone("13800138000"); got != "138****8000" {
		t.Errorf("MaskPhone = %s", got)
	}
}

func FuzzCodes(f *testing.F) {
	for _, s := range []string{"91440704304226404T", "11010519491231002X", "江鹤环罚﹝2025﹞27号", "（（", "〔2024〕", "[[2024]]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_ = CheckCreditCode(NormalizeCode(s))
		_ = CheckPersonID(NormalizeCode(s))
		once := NormalizeDocNumber(CleanText(s))
		if again := NormalizeDocNumber(once); again != once {
			t.Fatalf("NormalizeDocNumber(%q) = %q, again %q", s, once, again)
		}
		clean := CleanText(s)
		if CleanText(clean) != clean {
			t.Fatalf("CleanText(%q) is not stable", s)
		}
	})
}

// Spellings of one number have one key; numbers that differ in series, year or figure do not.
func TestDocNumberKey(t *testing.T) {
	const number = "江恩环罚〔2026〕7号"
	for _, s := range []string{number, "江恩环罚〔2026〕07号", "江恩环罚〔2026〕第7号", "江恩环罚〔2026〕7", "江恩环罚〔2026〕7号。", "江恩环罚〔2026年〕7号", "江恩环罚〖2026〗7号", "江恩环罚[2026]7号", "江恩环罚（２０２６）７号",
		"江恩环罚【2026】 007 号", "江恩环罚﹝2026﹞7号", "江恩环罚〔二〇二六〕7号", "江恩环罚〔二○二六年〕第7号", "江恩环罚〈2026〉7号", "江恩环罚\u200b〔2026〕7号"} {
		if got := DocNumberKey(s); got != DocNumberKey(number) {
			t.Errorf("DocNumberKey(%q) = %q, want %q", s, got, DocNumberKey(number))
		}
	}
	for _, s := range []string{"江恩环罚〔2026〕70号", "江恩环罚字〔2026〕7号", "江恩环罚〔2025〕7号", "江恩环罚告〔2026〕7号", "江恩环罚〔2026〕7-1号", "江恩环（恩城）罚〔2026〕7号", ""} {
		if DocNumberKey(s) == DocNumberKey(number) {
			t.Errorf("DocNumberKey(%q) is that of %s", s, number)
		}
	}
}

// What copying adds to a code is dropped; a sign that cannot belong to it is named, with its place counted in characters.
func TestPartyCodesAsCopied(t *testing.T) {
	for _, c := range []struct{ credit, id, wantCredit, wantID, problem string }{
		{"\u202d91440785MA4W000260\u202c", "", "91440785MA4W000260", "", ""}, {"\u200b91440785MA4W000260\u200b", "", "91440785MA4W000260", "", ""}, {"91440785-MA4W00026-0", "", "91440785MA4W000260", "", ""},
		{"", "11010519491231002Ⅹ", "", "11010519491231002X", ""}, {"", "11010519491231002×", "", "11010519491231002X", ""}, {"", "11010519491231002Х", "", "11010519491231002X", ""},
		{"", "110105 19491231 002x", "", "11010519491231002X", ""}, {"", "11010519491231002号", "", "11010519491231002号", "第 18 位"}, {"9144078号", "", "9144078号", "", "8 位"},
	} {
		x := Party{Name: "某", Kind: "自然人", CreditCode: c.credit, IDNumber: c.id}
		x.Clean()
		if x.CreditCode != c.wantCredit || x.IDNumber != c.wantID {
			t.Errorf("%+q %+q cleaned: %+q %+q", c.credit, c.id, x.CreditCode, x.IDNumber)
		}
		err := x.Validate()
		if c.problem == "" && c.wantCredit == "" && err != nil || c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)) {
			t.Errorf("%+q %+q: Validate = %v, want %q", c.credit, c.id, err, c.problem)
		}
	}
}

// The short way of DocNumberKey gives what the expressions give.
func TestDocNumberKeyOfPlainNumbers(t *testing.T) {
	parts := []string{"江恩环罚", "字", "(", "〔", "2024", "二○二四", "202", "年", ")", "〕", "第", "0", "7", "12", "-", "号", "《", "》", ".", " ", "A"}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // values of a test
	short := 0
	for range 200_000 {
		s := ""
		for range r.IntN(5) {
			s += parts[r.IntN(len(parts))]
		}
		if r.IntN(2) == 0 {
			s += "〔2024〕"
		}
		for range r.IntN(5) {
			s += parts[r.IntN(len(parts))]
		}
		want := strings.Trim(FoldNumbers(Fold(s)), ".,;:")
		if m := docNumberKey.FindStringSubmatch(want); m != nil {
			want = m[1]
		}
		if got := DocNumberKey(s); got != want {
			t.Fatalf("DocNumberKey(%q) = %q, want %q", s, got, want)
		}
		if writtenAsKey(Fold(s)) {
			short++
		}
	}
	if short < 1000 {
		t.Errorf("only %d were written so", short)
	}
}
