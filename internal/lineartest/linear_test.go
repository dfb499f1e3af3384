package main

import (
	"flag"
	"strings"
	"testing"
)

// kinds are fragments that, repeated, are made to cost a reader its time: what it collects, what it opens and never closes, what almost fits.
var kinds = []string{"（", "）", "（）", "《", "》", "《法》", "“", "“责令”", "案例一\n", "某市某养殖场违法排污案\n", "罚款1万元、", "1", "1 ", "1-", "存栏", "2024年6月12日", "2024-06-12 ", "某某公司", "恩平市开平市台山市",
	"恩平分局", "2024年6月12日，某市生态环境局执法人员对某县某养猪场进行现场检查，存栏生猪500头，责令改正违法行为，罚款3万元。\n", "该养殖场废水，\n", "【案情简介】", " ", "\n", "a\t", "责令责令改正，限期",
	"行政处罚决定书\n恩环罚〔2024〕1号\n当事人：某场\n", "当事人：某某养殖场\n你单位存栏生猪500头，我局检查发现。\n", "第三十九条", "第三十九条　不得\n", "《水污染防治法》第三十九条、", "第一款第二项、", "a@", "a.", "138 0013 8000 ",
	"44078119900101", "恩平市绿源养殖场", "恩环罚〔2024〕1号", "成平村", "建设路", "一三八", "粤J", "1234x", "一、元旦：1月1日放假1天。\n", "1月1日至", "2026年", "：", "、", "（一）内容；\n", "第一章　总则\n", "＋续\n", "一", "*", "\r", "\xff", "及和与",
	"微信", "万元", "。", "其中：某场，", "X20250101号；", "中华人民共和国", "和《", "<p>", "&lt;", "，", "废水流入沉淀池", "连接鱼塘A和鱼塘B的管道"}

// A reader that takes twice the text may take 2.3 times the steps: what it does once for any text makes it fewer, what sorting adds a little more.
const (
	bound = 2.3
	size  = 4_000 // bytes; and twice as many
)

// repeated is a fragment again and again, up to a length.
func repeated(fragment string, length int) string {
	return strings.Repeat(fragment, max(length/len(fragment), 1))
}

// checkLinear counts at two sizes. A regular expression is carried out in another way from some length on, a little dearer: what lies across it is
// counted again at four times the size, where work that grows faster than its text shows the more.
func checkLinear(t *testing.T, reader int, fragment string) {
	t.Helper()
	var one, two uint64
	for _, n := range []int{size, 4 * size} {
		one = steps(t, reader, repeated(fragment, n))
		two = steps(t, reader, repeated(fragment, 2*n))
		if float64(two) <= bound*float64(one) {
			return
		}
	}
	t.Errorf("%s of %.60q: %d steps for %d bytes, %d for twice as many (%.2f)", readers[reader].name, fragment, one, 4*size, two, float64(two)/float64(one))
}

var all = flag.Bool("all", false, "count every reader for every kind, not for each tenth: go test ./internal/lineartest -args -all")

// TestReadersAreLinear counts the steps of every reader at two sizes: for each tenth kind, others for each reader, or for all.
func TestReadersAreLinear(t *testing.T) {
	for i := range readers {
		t.Run(readers[i].name, func(t *testing.T) {
			for k, fragment := range kinds {
				if !*all && (k+i)%10 != 0 {
					continue
				}
				checkLinear(t, i, fragment)
			}
		})
	}
}

// TestStepsAreCounted: a counter that stands still would pass everything.
func TestStepsAreCounted(t *testing.T) {
	if n := steps(t, 0, repeated("罚款1万元、", size)); n < size {
		t.Errorf("reading %d bytes took %d steps", size, n)
	}
}

// FuzzReadersAreLinear puts fragments together and repeats what comes out.
func FuzzReadersAreLinear(f *testing.F) {
	counting.ready(f)
	f.Add(uint8(0), []byte{0, 3, 9})
	f.Add(uint8(2), []byte{36, 37, 38})
	f.Fuzz(func(t *testing.T, reader uint8, parts []byte) {
		if len(parts) == 0 || len(parts) > 12 {
			return
		}
		fragment := ""
		for _, p := range parts {
			fragment += kinds[int(p)%len(kinds)]
		}
		checkLinear(t, int(reader)%len(readers), fragment)
	})
}
