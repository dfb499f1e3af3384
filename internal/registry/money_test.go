package registry

import "testing"

func TestParseYuan(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Money
	}{
		{"20000", 2000000}, {"20,000.50", 2000050}, {"２００００", 2000000}, {"10万元", 10000000}, {"3.5 万", 3500000}, {"0.2万", 200000}, {"¥1.01", 101}, {"0", 0},
		{"1.5亿", 15000000000}, {"12.345678万", 12345678}, {"1.000", 100}, {"１２，３４５", 1234500}, {"1,234,567.8元", 123456780},
		{"贰万元整", 2000000}, {"20000元整", 2000000}, {"20000元（贰万元整）", 2000000}, {"贰万元整（20,000元）", 2000000}, {"人民币（大写）叁万伍仟元整（¥35,000.00）", 3500000},
		{"3.5万", 3500000}, {"3.5万元（大写：叁万伍仟元整）", 3500000}, {"壹万零捌拾元伍角", 1008050}, {"伍角", 50}, {"1万2千元", 1200000}, {"3万5千", 3500000}, {"两万元", 2000000}, {"20\u200b000 元", 2000000},
	} {
		if got, err := ParseYuan(c.in); err != nil || got != c.want {
			t.Errorf("ParseYuan(%q) = %d, %v; want %d", c.in, got, err, c.want)
		}
	}
	for _, in := range []string{"", "-1", "1.234", "abc", "1.2.3", "1.", ".5", "999999999999999", "一万", "1e5", "１０－５", "元", "20000元（", "20000元()", "贰万元整贰", "10余万元", "2万至3万元"} {
		if got, err := ParseYuan(in); err == nil {
			t.Errorf("ParseYuan(%q) = %d; want an error", in, got)
		}
	}
}

func TestMoneyText(t *testing.T) {
	for _, c := range []struct {
		m             Money
		text, capital string
	}{
		{0, "0", "零元整"}, {2000000, "20,000", "贰万元整"}, {1008050, "10,080.50", "壹万零捌拾元伍角"}, {100000000, "1,000,000", "壹佰万元整"},
		{101, "1.01", "壹元零壹分"}, {15, "0.15", "壹角伍分"}, {10000000001, "100,000,000.01", "壹亿元零壹分"}, {1000100000, "10,001,000", "壹仟万零壹仟元整"}, {10500000, "105,000", "壹拾万零伍仟元整"},
	} {
		if got := c.m.String(); got != c.text {
			t.Errorf("Money(%d).String() = %s; want %s", c.m, got, c.text)
		}
		if got := c.m.Capital(); got != c.capital {
			t.Errorf("Money(%d).Capital() = %s; want %s", c.m, got, c.capital)
		}
	}
}

func FuzzParseYuan(f *testing.F) {
	for _, s := range []string{"20000", "3.5万", "105,000.05", "999999999999.99", "1010101010.10", "1,000.01元", "-3", "９９", "1亿"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseYuan(s)
		if err != nil {
			return
		}
		if m < 0 || m > MaxMoney {
			t.Fatalf("ParseYuan(%q) = %d, out of bounds", s, m)
		}
		if written := m.String() + "元（" + m.Capital() + "）"; m < MaxMoney { // 壹万亿 is not read
			if back, err := ParseYuan(written); err != nil || back != m {
				t.Fatalf("ParseYuan(%q) = %d, %v; want %d", written, back, err, m)
			}
		}
		if back, err := ParseYuan(m.String()); err != nil || back != m {
			t.Fatalf("ParseYuan(%q) = %d, but %q reads back as %d, %v", s, m, m.String(), back, err)
		}
	})
}

func TestMoneyBounds(t *testing.T) {
	if got, err := ParseYuan("10000亿"); err != nil || got != MaxMoney {
		t.Errorf("ParseYuan of the most = %d, %v; want %d", got, err, MaxMoney)
	}
	for in, want := range map[string]string{
		"-1":               "金额不能为负数",
		"20,00":            "“20,00”里的逗号位置不对：千分位每三位一个逗号（20,000），或者不写逗号",
		"1,2,3":            "“1,2,3”里的逗号位置不对：千分位每三位一个逗号（20,000），或者不写逗号",
		"2,0000":           "“2,0000”里的逗号位置不对：千分位每三位一个逗号（20,000），或者不写逗号",
		"20,00元整":          "“20,00”里的逗号位置不对：千分位每三位一个逗号（20,000），或者不写逗号",
		"20，00，0":          "“20,00,0”里的逗号位置不对：千分位每三位一个逗号（20,000），或者不写逗号",
		"20000元（贰拾万元整）":    "金额的两种写法不一致：“20000元”是 20,000 元，“贰拾万元整”是 200,000 元，请核对",
		"10001亿":           "金额“10001亿”过大",
		"1000000000000.01": "金额“1000000000000.01”过大",
		"1.234":            "金额“1.234”精确到分以下，请核对",
		"两万":               "看不懂金额“两万”，请写成 20000、20000.50 或 2万",
		"一二三四五六七八九十一二三四五六七八九十一": "看不懂金额“一二三四五六七八九十一二三四五六七八九十…”，请写成 20000、20000.50 或 2万",
	} {
		if got, err := ParseYuan(in); err == nil || err.Error() != want {
			t.Errorf("ParseYuan(%s) = %d, %v; want %s", in, got, err, want)
		}
	}
	m := -Yuan(12345) - 60
	if m.Fen() != -1234560 || m.YuanFloat() != -12345.6 || m.String() != "-12,345.60" || m.Capital() != "负壹万贰仟叁佰肆拾伍元陆角" {
		t.Errorf("a debt: %d, %v, %s, %s", m.Fen(), m.YuanFloat(), m, m.Capital())
	}
	if got := Money(5).Capital(); got != "伍分" {
		t.Errorf("five fen: %s", got)
	}
}
