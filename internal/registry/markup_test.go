package registry

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestPlainFromHTML(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"Word paragraphs", "<p class=MsoNormal style='text-indent:24.0pt'><span lang=EN-US>2024</span><span>年，现场\r\n检查</span><o:p></o:p></p>\n<p class=MsoNormal>二&nbsp;段</p>", "2024年，现场检查\n二 段"},
		{"soft breaks", "<p>甲<br>乙<br clear=all/>丙</p>", "甲\n乙\n丙"},
		{"a list", "<ul><li>一</li><li>二</li></ul>", "一\n二"},
		{"a table", "<table><tr><td>COD</td><td>120 mg/L</td></tr><tr><th>氨氮</th><td>8</td></tr></table>", "COD 120 mg/L\n氨氮 8"},
		{"styles and comments", "<style>p {color:red}</style><!--[if gte mso 9]><xml><w:View/></xml><![endif]--><p>正文</p><script>x</script>", "正文"},
		{"entities once", "<p>&lt;p&gt; &amp;amp;</p>", "<p> &amp;"},
		{"breaks of Latin words", "<p>chemical\noxygen</p>", "chemical oxygen"},
		{"breaks between elements", "<p>chemical\n<b>oxygen</b>\n需氧量</p>", "chemical oxygen需氧量"},
		{"somebody's own breaks", "第一段\n<br>第二段\n第三段", "第一段\n第二段\n第三段"},
		{"a style without an end", "甲<style>乙<style>丙", "甲乙丙"},
		{"no tag", "氨氮 < 8，总磷 > 0.5，<5倍>", "氨氮 < 8，总磷 > 0.5，<5倍>"},
		{"an open end", "<p>甲</p><p class=", "甲\n<p class="},
		{"nothing", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := PlainFromHTML(tc.in); got != tc.want {
				t.Errorf("PlainFromHTML(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

// What people write about numbers is no markup.
func TestHoldsMarkup(t *testing.T) {
	for s, want := range map[string]bool{
		"氨氮<8mg/L，COD>100": false, "<某某>案": false, "《水污染防治法》": false, "a<b>c": false, "请填<单位名称>": false,
		"<p class=MsoNormal>甲</p>": true, "甲<o:p></o:p>": true, "甲<br>乙": true, "<span lang=EN-US>2</span>": true, "<!--[if gte mso 9]>": true, "<DIV>甲</DIV>": true,
	} {
		if got := HoldsMarkup(s); got != want {
			t.Errorf("HoldsMarkup(%q) = %t, want %t", s, got, want)
		}
	}
}

func FuzzPlainFromHTML(f *testing.F) {
	for _, s := range []string{"<p class=MsoNormal>甲<o:p></o:p></p>", "<style><style", "<!--[if", "</td>&nbsp;&#0;", "<<<<>", "<p>\r\n</p>", "甲\x00<br/\xff", "甲\x01乙", "甲\x02乙", "<p>甲&#1;乙"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := PlainFromHTML(s)
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Fatalf("PlainFromHTML(%q) = %q: no UTF-8", s, got)
		}
		words := strings.Join(strings.Fields(markerless.Replace(s)), "")
		if !HoldsMarkup(s) && !strings.ContainsAny(s, "<&") && strings.Join(strings.Fields(got), "") != words {
			t.Fatalf("PlainFromHTML(%q) = %q loses words", s, got)
		}
	})
}

// A reader of what people paste takes time in proportion to it.
func TestPlainFromHTMLIsLinear(t *testing.T) {
	for _, unit := range []string{"<", "<p", "<style>", "<!--", "<!--x>", "<style></x>", "</", "<p>", "&"} {
		start := time.Now()
		PlainFromHTML(strings.Repeat(unit, 2_000_000/len(unit)))
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("2 MB of %q took %s", unit, d)
		}
	}
}
