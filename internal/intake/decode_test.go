package intake

import (
	"bytes"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const sample = "案例一 鹤山市某养殖场违法排污案\n2024年6月，市生态环境局鹤山分局执法人员对该养殖场进行现场检查，罚款３.５万元。\n"

func gb(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func utf16Bytes(s string, little bool) []byte {
	b := []byte{0xFE, 0xFF}
	if little {
		b = []byte{0xFF, 0xFE}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if little {
			b = append(b, byte(u), byte(u>>8))
		} else {
			b = append(b, byte(u>>8), byte(u))
		}
	}
	return b
}

func TestDecode(t *testing.T) {
	rare := "𠮷某养殖场" // beyond the basic plane: four bytes in GB 18030
	tests := []struct {
		name string
		in   []byte
		want string
	}{
		{"UTF-8", []byte(sample), sample},
		{"UTF-8 with mark", append([]byte{0xEF, 0xBB, 0xBF}, sample...), sample},
		{"GBK", gb(t, sample), sample},
		{"GB 18030 of four bytes", gb(t, sample+rare), sample + rare},
		{"UTF-16 little", utf16Bytes(sample+rare, true), sample + rare},
		{"UTF-16 big", utf16Bytes(sample+rare, false), sample + rare},
		{"empty", nil, ""},
		{"ASCII", []byte("case 1\r\nplain"), "case 1\r\nplain"},
		{"a few controls of a PDF", []byte("第一页\f第二页\v"), "第一页\f第二页\v"},
		{"HTML", []byte("<!DOCTYPE html><html><head><style>p{}</style><script>x<1</script></head><body><p>甲&nbsp;乙<b>丙</b></p>\n<p>COD&lt;50<br>丁</p></body></html>"), "甲 乙丙\nCOD<50\n丁"},
		{"a table", []byte("<table><tr><th>当事人</th><th>处罚</th></tr>\n<tr><td><p>某养猪场</p></td><td>罚款<br>2万元</td></tr></table>"),
			"当事人\t处罚\n某养猪场\t罚款 2万元"},
		{"HTML in GBK", gb(t, "<p>违法排污案</p><p>罚款2万元</p>"), "违法排污案\n罚款2万元"},
		{"a text that mentions a tag", []byte("网页写作<p>的地方"), "网页写作<p>的地方"},
		{"an unclosed script", []byte("<p>甲</p><script>var x"), "甲\nvar x"},
		{"a sign in HTML", []byte("<p>COD<50，合格</p>"), "COD<50，合格"},
	}
	for _, tt := range tests {
		got, err := Decode(tt.in)
		if err != nil || got != tt.want {
			t.Errorf("Decode(%s) = %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	random := make([]byte, 4096)
	rand.New(rand.NewSource(1)).Read(random)
	high := bytes.Repeat([]byte{0xFD, 0xFE, 0xF8, 0xA1}, 100)
	cut := []byte(sample + sample)
	tests := []struct {
		name string
		in   []byte
		want string
	}{
		{"too large", bytes.Repeat([]byte("a"), maxText+1), "超过 10 MB"},
		{"random bytes", random, "不是文本文件"},
		{"NUL", []byte("案例\x00一"), "不是文本文件"},
		{"many controls", bytes.Repeat([]byte("a\x01\x02"), 100), "不是文本文件"},
		{"a cut UTF-8 character", cut[:len(cut)-2], "UTF-8 文本第 4 行"},
		{"damage in UTF-8", bytes.Replace([]byte(sample), []byte("罚"), []byte{0xE7, 0xBD}, 1), "UTF-8 文本第 2 行"},
		{"damage behind the mark", append([]byte{0xEF, 0xBB, 0xBF}, 0xFF), "UTF-8 文本第 1 行"},
		{"rare bytes", high, "认不出文件的编码"},
		{"odd UTF-16", append(utf16Bytes("案例", true), 0x41), "UTF-16 文本不完整"},
		{"half a pair in UTF-16", []byte{0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00}, "UTF-16 文本第 1 个字符损坏"},
		{"text lost in an earlier conversion", []byte(strings.Repeat("��环境", 50)), "已经损坏"},
		{"Latin-1", []byte("caf\xe9 d\xe9j\xe0 vu, na\xefve"), "认不出文件的编码"},
	}
	for _, tt := range tests {
		got, err := Decode(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Decode(%s) = %.40q, %v, want an error with %q", tt.name, got, err, tt.want)
		}
	}
}

func TestDecodeOfDeepHTML(t *testing.T) {
	in := strings.Repeat("<div>", 10_000) + "违法排污案" + strings.Repeat("</div>", 10_000)
	got, err := Decode([]byte(in))
	if err != nil || got != "违法排污案" {
		t.Errorf("Decode(10,000 nested elements) = %.40q, %v", got, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range [][]byte{[]byte(sample), gb(f, sample), utf16Bytes(sample, true), []byte("<p>甲<b>乙</p><!-- x"), {0xFF, 0xFE, 0xD8},
		[]byte("<script>")} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Decode(b)
		if err != nil && s != "" || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			t.Errorf("Decode(%q) = %q, %v", b, s, err)
		}
	})
}
