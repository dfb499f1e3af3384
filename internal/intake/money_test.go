package intake

import (
	"testing"

	"casebook/internal/registry"
)

func TestReadMoney(t *testing.T) {
	tests := []struct {
		text string
		want registry.Money // 分; -1: no amount
	}{
		{"100000元", 100000_00}, {"10,080.50元", 10080_50}, {"3.5万元", 35000_00}, {"27.46万元", 274600_00}, {"10.08万元", 100800_00}, {"0.3万元", 3000_00},
		{"十万元", 100000_00}, {"叁万伍仟元整", 35000_00}, {"壹万零捌拾元整", 10080_00}, {"壹万零伍佰肆拾元整", 10540_00}, {"壹拾壹万伍仟元整", 115000_00},
		{"贰拾伍万元", 250000_00}, {"肆万捌仟元整", 48000_00}, {"二十五万六千元", 256000_00}, {"两万元", 20000_00}, {"十二万五千元", 125000_00},
		{"一百万元", 1000000_00}, {"壹佰贰拾万零叁佰元", 1200300_00}, {"3千元", 3000_00}, {"1万2千元", 12000_00}, {"5百元", 500_00}, {"五千元", 5000_00},
		{"壹仟零伍元伍角", 1005_50}, {"叁元零伍分", 3_05}, {"一亿二千万元", 120000000_00}, {"2.5亿元", 250000000_00}, {"10元", 10_00}, {"十元", 10_00},
		{"三百五十元", 350_00}, {"10万", -1}, {"10余万元", -1}, {"元", -1}, {"2024.6.12元", -1}, {"三五元", -1}, {"99999999999999元", -1}, {"0.001元", -1},
		{"万元", -1}, {"", -1}, {"千元", -1}, {"拾万元整", 100000_00}, {"壹万零捌佰元", 10800_00},
	}
	for _, tt := range tests {
		got, end := readMoney([]rune(tt.text), 0, false)
		if end == 0 {
			got = -1
		}
		if got != tt.want {
			t.Errorf("readMoney(%q) = %d, want %d", tt.text, got, tt.want)
		}
		if end > 0 && end != len([]rune(tt.text)) {
			t.Errorf("readMoney(%q) stops at %d of %d", tt.text, end, len([]rune(tt.text)))
		}
	}
}

func TestReadMoneyReadsWhatCapitalWrites(t *testing.T) {
	for _, fen := range []int64{1, 10, 105, 1000, 100_00, 1005_00, 10010_00, 10080_00, 100800_00, 110000_00, 1000010_05, 20300400_50, 1234567890_12,
		100000000_00} {
		s := registry.Money(fen).Capital()
		if fen < 100 {
			continue // no 元 in it
		}
		if got, _ := readMoney([]rune(s), 0, false); got.Fen() != fen {
			t.Errorf("readMoney(%q) = %d, want %d", s, got, fen)
		}
	}
}

func FuzzMoney(f *testing.F) {
	for _, s := range []string{"壹万零捌拾元整", "3.5万元", "１０，０８０元", "十十十亿元", "1万2千元", "零零零元", "亿亿亿", "2024.6.12"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		page := []rune(s)
		r := flowOf(page, 0, len(page)).r
		for i := range r {
			m, end := readMoney(r, i, true)
			if end < 0 || end > len(r) || m < 0 || m > registry.MaxMoney || end == 0 && m != 0 || end > 0 && end <= i {
				t.Fatalf("readMoney(%q, %d) = %d, %d", string(r), i, m, end)
			}
		}
	})
}
