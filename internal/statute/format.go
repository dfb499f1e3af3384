package statute

import (
	"fmt"
	"strings"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// Format writes a version as a law text file: ParseText of it gives the same front matter and articles. A mark 核对 is not part of
// a text and is written as it stands in the file format, 未核对 for what was imported.
func (v *Version) Format() string {
	w := &textWriter{v: v, sources: map[string]string{v.Source: ""}}
	w.front()
	heading := ""
	for i := range v.Articles {
		a := &v.Articles[i]
		if a.Heading != heading {
			heading = a.Heading
			for _, line := range splitHeading(heading) {
				w.line("\n" + line)
			}
		}
		w.article(a)
	}
	return w.b.String()
}

// FormatArticles writes articles alone, as ParseArticles reads them.
func FormatArticles(articles []Article) string {
	plain := make([]Article, len(articles))
	for i, a := range articles {
		a.Confidence, a.Source, a.Unsettled = "", "", false
		plain[i] = a
	}
	_, body, _ := strings.Cut((&Version{Articles: plain}).Format(), "\n\n")
	return body
}

type textWriter struct {
	b       strings.Builder
	v       *Version
	sources map[string]string // source of an article → its name in the front matter
}

func (w *textWriter) line(s string) { w.b.WriteString(s + "\n") }

func (w *textWriter) field(key, value string) {
	if value = strings.Join(strings.Fields(value), " "); value != "" {
		w.line(key + ": " + value)
	}
}

func (w *textWriter) front() {
	v := w.v
	w.field("法名", v.LawName)
	if v.ShortName != v.LawName {
		w.field("简称", v.ShortName)
	}
	w.field("别名", strings.Join(v.Aliases, "、"))
	w.field("版本", v.Name)
	w.field("层级", v.Level)
	w.field("制定机关", v.Issuer)
	w.field("文号", v.Number)
	w.field("施行", orWord(v.From.String(), "未核到"))
	end := "现行"
	if v.EndUnknown {
		end = "未核到"
	}
	w.field("失效", orWord(v.To.String(), end))
	total := "未知"
	if v.ArticlesTotal > 0 {
		total = fmt.Sprint(v.ArticlesTotal)
	}
	w.field("条文总数", total)
	held := "节选"
	if v.Complete {
		held = "全文"
	}
	w.field("收录", held)
	w.field("来源", v.Source)
	for i := range v.Articles {
		if s := v.Articles[i].Source; s != "" && w.sources[s] == "" && s != v.Source {
			w.sources[s] = fmt.Sprintf("来源%d", len(w.sources)+1)
			w.field(w.sources[s], s)
		}
	}
	w.field("置信度", v.Confidence)
	checked := "未核对"
	if v.Checked && v.Import == nil {
		checked = "已核对"
	}
	w.field("核对", checked)
	w.field("备注", v.Note)
}

func orWord(s, word string) string {
	if s == "" {
		return word
	}
	return s
}

func (w *textWriter) article(a *Article) {
	w.line("")
	if a.Confidence != w.v.Confidence && a.Confidence != "" {
		w.line("# 置信度: " + a.Confidence)
	}
	if name := w.sources[a.Source]; name != "" {
		w.line("# 来源: " + name)
	}
	if a.Unsettled {
		w.line("# 款次: 待核")
	}
	w.b.WriteString(a.Provision().String())
	if len(a.Paragraphs) == 0 {
		w.line("")
	}
	for i, p := range a.Paragraphs {
		w.line("　" + strings.Repeat("　", min(i, 1)) + p.Text)
		for _, it := range p.Items {
			w.line("（" + registry.ChineseNumeral(it.Number) + "）" + it.FullText())
			if it.Tail != "" {
				w.line("＋" + it.Tail)
			}
		}
	}
}

var headingStart = lazyregexp.New(`(^|　)第` + numeral + `(编|分编|章|节)`)

// splitHeading takes 第二章　细则　第一节　甲 apart into the lines it was read from.
func splitHeading(s string) (lines []string) {
	at := headingStart.FindAllStringIndex(s, -1)
	for i, m := range at {
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		lines = append(lines, strings.Trim(s[m[0]:end], "　"))
	}
	return lines
}
