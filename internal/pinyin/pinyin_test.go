package pinyin

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	readings "github.com/mozillazg/go-pinyin"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"恩平市沙湖镇阿凡养殖场":     {"epsshzafyzc"},
		"恩平市高坡(生态)养殖有限公司": {"epsgpstyzyxgs"},
		"长乐猪场":           {"clzc", "cyzc", "zlzc", "zyzc"},
		"曾记畜牧":           {"zjxm", "zjcm", "cjxm", "cjcm"},
		"重阳2号鱼塘a":        {"zy2hyta", "cy2hyta"},
		"欧阳":             {"oy"},
		"安娥":             {"ae"},
		"(2024)27号猪场a-b": {"2024 27hzca b"},
		"green farm":     nil,
		"张":              nil,
		"":               nil,
		"、，。":            nil,
		"嗯好":             {"nh"},
		"〇五号":            {"lwh"},
		"\ue000中国":       {"zg"},
		"ёж中国":           {"zg"},
		"买买提.艾力":         {"mmtal"},
		"江门市新会区":         {"jmsxhq", "jmsxho"},
		"台山市大江镇陂头猪场":     {"tssdjzbtzc", "tssdjzptzc"},
		"番禺":             {"fy", "py"},
		"鹤山市址山镇(三)养猪场":   {"hsszszsyzc"},
	} {
		got := Initials(name)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Initials(%s) = %q, want %q", name, got, want)
		}
	}
	// More letters in doubt than are kept: the usual ones stay.
	if got := Initials("长重乐曾畜厦"); len(got) != mostVariants || got[0] != "czlzxx" || !slices.Contains(got, "zzlzxx") {
		t.Errorf("Initials(长重乐曾畜厦) = %q", got)
	}
}

// Every letter of the table is of a reading that the dictionary has.
func TestHeteronymsAreReadings(t *testing.T) {
	t.Parallel()
	for r, letters := range heteronyms {
		if len(letters) < 2 {
			t.Errorf("%c has one letter: it needs no row", r)
		}
		for _, l := range letters {
			ok := slices.ContainsFunc(strings.Split(readings.PinyinDict[int(r)], ","), func(reading string) bool { return initial(reading) == string(l) })
			if !ok {
				t.Errorf("%c has no reading in %c: %s", r, l, readings.PinyinDict[int(r)])
			}
		}
	}
}

// The first reading of what names are made of is the usual one.
func TestUsualReadings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"厂村场坑塱朗塘岗冈圳沥坦冲迳径岭屋围社坳坪墟滘洲沙竹茅横": "cccklltggzltcjjlwwsapxjzszmh",
		"牛猪鸡鸭鹅羊苗农牧渔林科技生态家庭专业作个体户旺发兴隆":  "nzjyeymnmylkjstjtzyzgthwfxl",
		"丰源绿康顺达利金银红星光明胜东南西北上下左右前后新旧":   "fylksdljyhxgmsdnxbsxzyqhxj",
		"张王李赵陈黄梁何谭吴周郑林冯罗邓许甄司徒关余伍方岑劳":   "zwlzchlhtwzzlfldxzstgywfcl",
		"镇街道社区居委会村民小组管理局股份有限责任公司经营部":   "zjdsqjwhcmxzgljgfyxzrgsjyb",
	} {
		if got := Initials(text)[0]; got != want {
			t.Errorf("Initials(%s)[0] = %s, want %s", text, got, want)
		}
	}
}

// A character is read as names read it.
func TestSyllable(t *testing.T) {
	for r, want := range map[rune]string{'张': "zhang", '吕': "lv", '欧': "ou", '盛': "sheng", '曾': "zeng", '长': "chang", '黎': "li", '辉': "hui", '陂': "bei", '冼': "xian", 'a': ""} {
		if got := Syllable(r); got != want {
			t.Errorf("Syllable(%c) = %q, want %q", r, got, want)
		}
	}
}
