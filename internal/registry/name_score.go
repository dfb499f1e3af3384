package registry

import (
	"slices"
	"strings"
)

// How alike two entries are that may be one farm or one party under two names, in hundredths. A person decides; nothing is merged by a score.

// NameTold is what is known of a farm or a party beside its name.
type NameTold struct {
	Name, District, Town, LegalPerson string
	Code                              string // of the credit or the identity document
}

// NearEnough is the score from which two entries are shown to a person.
const NearEnough = 60

// formWords are the form of an organisation, and tradeWords what it does: neither tells one from another.
var (
	formWords = []string{"股份有限公司", "有限责任公司", "有限公司", "公司", "农民专业合作社", "专业合作社", "合作社", "家庭农场", "个体工商户", "经营部", "养殖专业户", "养殖户", "户", "小区", "基地",
		"总场", "分场", "场", "厂", "店", "中心"}
	tradeWords = []string{"生态", "农业", "农牧", "畜牧", "畜禽", "牧业", "养殖", "科技", "发展", "实业", "食品", "种养", "养猪", "养鸡", "养鸭", "养鹅", "养牛", "养羊", "养兔", "养鸽", "生猪", "肉鸡", "蛋鸡",
		"规模", "种猪", "猪", "鸡", "鸭", "牛", "羊", "鹅", "鸽", "农", "牧"}
)

// CoreName is what a name has of its own: without its place, its form and its trade. places are the names of the districts and towns around, the longer before the shorter.
func CoreName(name string, places []string) string {
	core := NameKey(name)
	for _, p := range places {
		core = strings.ReplaceAll(core, p, "")
	}
	for again := true; again; {
		again = false
		for _, w := range slices.Concat(formWords, tradeWords) {
			if rest, ok := strings.CutSuffix(core, w); ok && rest != "" {
				core, again = rest, true
				break
			}
		}
	}
	return core
}

// NameScore is how alike two entries are, from 0 to 100, with what speaks for it. coreA and coreB are their CoreNames.
func NameScore(a, b NameTold, coreA, coreB string) (score int, why []string) {
	if a.Code != "" && b.Code != "" {
		if a.Code == b.Code {
			return 100, []string{"代码相同"}
		}
		return 0, nil // two that are told apart for certain
	}
	alike := alikeness(coreA, coreB)
	switch {
	case NameKey(a.Name) == NameKey(b.Name):
		score, why = 75, []string{"名称相同"}
	case alike == 100:
		score, why = 70, []string{"字号相同"}
	case alike >= 60:
		score, why = 10+alike/2, []string{"字号相近"}
	default:
		return 0, nil
	}
	for _, o := range []struct {
		a, b             string
		same, other      int
		alike, different string
	}{{a.District, b.District, 10, -10, "同一辖区", "辖区不同"}, {a.Town, b.Town, 5, 0, "同一镇街", ""}, {a.LegalPerson, b.LegalPerson, 15, -5, "法定代表人相同", "法定代表人不同"}} {
		switch {
		case o.a == "" || o.b == "":
		case Fold(o.a) == Fold(o.b):
			score, why = score+o.same, append(why, o.alike)
		case o.other != 0:
			score, why = score+o.other, append(why, o.different)
		}
	}
	return min(score, 99), why
}

// alikeness is how many of a hundred characters two texts have in the same order.
func alikeness(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1) // the longest common subsequence, row by row
	for _, r := range x {
		before := 0
		for j := range y {
			was := row[j+1]
			if r == y[j] {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			before = was
		}
	}
	return 200 * row[len(y)] / (len(x) + len(y))
}
