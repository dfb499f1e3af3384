package intake

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// checkBulletin checks what every answer must hold: places inside the text, in order, marks of known fields.
func checkBulletin(t *testing.T, text string, b Bulletin) {
	t.Helper()
	n := utf8.RuneCountInString(text)
	fields := map[string]bool{"title": true, "authority": true, "district": true, "found_on": true, "party": true, "species": true,
		"head_count": true, "violated": true, "basis": true, "fine_yuan": true, "measures": true, "quotes": true}
	for i, d := range b.Cases {
		if d.Start < 0 || d.End > n || d.Start >= d.End {
			t.Errorf("case %d: [%d,%d) of %d", i, d.Start, d.End, n)
		}
		last := 0
		for _, m := range d.Marks {
			if m.Start < 0 || m.End > n || m.Start >= m.End || !fields[m.Field] {
				t.Errorf("case %d: mark %+v of %d", i, m, n)
			}
			if m.Start < last {
				t.Errorf("case %d: marks are not in reading order: %+v", i, d.Marks)
			}
			last = m.Start
		}
		if d.HeadCount != nil && *d.HeadCount <= 0 || d.Fine != nil && *d.Fine <= 0 {
			t.Errorf("case %d: head count %v, fine %v", i, d.HeadCount, d.Fine)
		}
	}
}

func FuzzReadBulletin(f *testing.F) {
	files, _ := filepath.Glob("testdata/bulletins/*.txt")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil {
			f.Add(string(b))
		}
	}
	for _, s := range hostile(2000) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<16 {
			return
		}
		checkBulletin(t, s, ReadBulletin(statute.Embedded(), s, registry.Date{}))
	})
}

// hostile are texts made to cost a reader its time or its mind, each of about n characters.
func hostile(n int) map[string]string {
	brief := "2024年6月12日，某市生态环境局执法人员对某县某养猪场进行现场检查，存栏生猪500头，责令改正违法行为，罚款3万元。"
	return map[string]string{
		"brackets":   strings.Repeat("（", n/2) + strings.Repeat("）", n/2),
		"books":      strings.Repeat("《", n/2) + "第三十九条" + strings.Repeat("》", n/2),
		"quotes":     strings.Repeat("“责令", n/3),
		"headings":   strings.Repeat("案例一\n", n/4),
		"titles":     strings.Repeat("某市某养殖场违法排污案\n", n/12),
		"numbers":    strings.Repeat("罚款1万元、", n/6),
		"digits":     strings.Repeat("1", n),
		"herd":       strings.Repeat("存栏", n/2),
		"dates":      strings.Repeat("2024年6月12日", n/10),
		"names":      strings.Repeat("某某公司", n/4),
		"places":     strings.Repeat("恩平市开平市台山市", n/9),
		"organs":     strings.Repeat("恩平分局", n/4),
		"one line":   strings.Repeat(brief, n/len([]rune(brief))+1),
		"paragraphs": strings.Repeat(brief+"\n", n/len([]rune(brief))+1),
		"unfinished": strings.Repeat("该养殖场废水，\n", n/8),
		"cases":      strings.Repeat("案例一：某县某养猪场违法排污案\n"+brief+"\n", n/80+1),
		"tabs":       "当事人\t违法事实\t处罚依据\t处罚内容\n" + strings.Repeat("某养猪场\t排污\t《水污染防治法》第十条\t罚款2万元\n", n/30+1),
		"markers":    strings.Repeat("【案情简介】", n/6),
		"spaces":     strings.Repeat(" ", n) + "案例一",
		"newlines":   strings.Repeat("\n", n) + "案例一",
		"orders":     strings.Repeat("责令责令改正，限期", n/9),
		"decisions":  strings.Repeat("行政处罚决定书\n恩环罚〔2024〕1号\n当事人：某场\n", n/27),
		"decision":   "行政处罚决定书\n" + strings.Repeat("当事人：某某养殖场\n你单位存栏生猪500头，我局检查发现。\n", n/30),
	}
}

// TestHostileTextsAreCheap reads each at a size and at four times the size: what is allocated may not grow like the square.
func TestHostileTextsAreCheap(t *testing.T) {
	if testing.Short() {
		t.Skip("reads several MB")
	}
	law := statute.Embedded()
	small, large := hostile(50_000), hostile(200_000)
	for name := range small {
		t.Run(name, func(t *testing.T) {
			read := func(text string) { checkBulletin(t, text, ReadBulletin(law, text, registry.Date{})) }
			one := allocated(func() { read(small[name]) })
			if four := allocated(func() { read(large[name]) }); four > 10*one && four > 64<<20 {
				t.Errorf("ReadBulletin of %d characters allocated %d bytes, of four times as many %d", len([]rune(small[name])), one, four)
			}
		})
	}
}

// allocated counts the bytes that fn allocates: its work as far as another program's load cannot change it.
func allocated(fn func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	fn()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// BenchmarkHostile reads each at two sizes. A reader whose work grows like the square takes twice as long for a character of the second:
// TestHostileTextsAreCheap sees only what is allocated.
func BenchmarkHostile(b *testing.B) {
	law := statute.Embedded()
	for _, n := range []int{100_000, 200_000} {
		for name, text := range hostile(n) {
			b.Run(name+"/"+strconv.Itoa(n), func(b *testing.B) {
				for b.Loop() {
					ReadBulletin(law, text, registry.Date{})
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*utf8.RuneCountInString(text)), "ns/character")
			})
		}
	}
}
