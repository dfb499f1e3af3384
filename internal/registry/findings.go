package registry

import "strings"

// doubtWords have no place in 检查发现: a guess, or a conclusion of law that only the decision may draw.
var doubtWords = []struct{ word, why string }{
	{"疑似", "是推测"}, {"好像", "是推测"}, {"似乎", "是推测"}, {"估计", "是推测"}, {"可能", "是推测"}, {"应该是", "是推测"},
	{"违反了", "是法律结论"}, {"违反《", "是法律结论"}, {"构成", "是法律结论"}, {"属于违法", "是法律结论"}, {"逃避监管", "是法律结论"},
}

// DoubtfulWords lists words of a finding that a reviewer would strike: the record holds facts. It is advice and stops nothing.
func DoubtfulWords(findings string) []string {
	var out []string
	for _, d := range doubtWords {
		if strings.Contains(findings, d.word) {
			out = append(out, "“"+strings.TrimSuffix(d.word, "《")+"”"+d.why)
		}
	}
	return out
}
