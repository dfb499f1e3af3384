package registry

import (
	"strings"
	"testing"
)

func TestNumberDoubts(t *testing.T) {
	for _, tc := range []struct{ number, organ, made, want string }{
		{"江恩环罚〔2024〕12号", "", "2024-11-20", ""},
		{"江恩环罚[2024]12号", "", "2024", ""},
		{"云环(云城)罚﹝2024﹞第3号", "", "2024-11", ""},
		{"江恩环罚〔2024〕12-1号", "", "", ""},
		{"江恩环罚〔2023〕12号", "", "2024-01-03", "年份是 2023"},
		{"江恩环罚2024第12号", "", "2024-01-03", "常见写法"},
		{"江恩环罚〔2024〕12", "", "2024-01-03", "常见写法"},
		{"12号", "恩平市公安局", "2024-01-03", ""},
		{"", "", "2024-01-03", ""},
	} {
		made, err := ParseDate(tc.made)
		if err != nil {
			t.Fatal(err)
		}
		x := Document{Kind: DocDecision, NumberTyped: tc.number, OrganName: tc.organ, MadeOn: made}
		x.Clean()
		got := strings.Join(DefaultBureau().NumberDoubts(&x), "；")
		if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
			t.Errorf("%s made %s: %q, want %q", tc.number, tc.made, got, tc.want)
		}
	}
}

func TestNumberExample(t *testing.T) {
	for _, tc := range []struct {
		district string
		kind     DocKind
		year     int
		want     string
	}{
		{"440785", DocDecision, 2026, "江恩环罚〔2026〕n号"}, {"440784", DocOrder, 2024, "江鹤环责改〔2024〕n号"}, {"440785", DocOther, 2026, ""}, {"", DocDecision, 2026, ""}, {"440785", DocDecision, 0, ""},
	} {
		k, _ := DocumentKindByName(tc.kind)
		if got := DefaultBureau().NumberExample(tc.district, k, tc.year); got != tc.want {
			t.Errorf("NumberExample(%s, %s, %d) = %q, want %q", tc.district, tc.kind, tc.year, got, tc.want)
		}
	}
}
