package registry

import (
	"strconv"
	"strings"
)

// Unit is how animals of the herd are counted: 头, and 只 for poultry, sheep and rabbits.
func (h Herd) Unit() string {
	switch h.Species {
	case "羊", "蛋鸡", "肉鸡", "鸭", "鹅", "鸽", "鹌鹑", "兔":
		return "只"
	}
	return "头"
}

// CountText is the number with its qualifier and unit: 5300多头, 约200头. Empty where it is not known.
func (h Herd) CountText() string {
	if h.Count == nil {
		return ""
	}
	n := strconv.FormatInt(*h.Count, 10)
	if h.Qualifier == "约" {
		return h.Qualifier + n + h.Unit()
	}
	return n + h.Qualifier + h.Unit()
}

// Text is the herd in one line, with the word for a number that is not known: 生猪（母猪）存栏5300多头, 生猪存栏数未公布.
func (h Herd) Text(o Origin) string {
	var b strings.Builder
	b.WriteString(h.Species)
	if h.Stage != "" {
		b.WriteString("（" + h.Stage + "）")
	}
	basis := h.Basis
	if h.Count == nil {
		if basis == "" {
			basis = "数量"
		} else if basis != "年出栏" && basis != "猪当量" {
			basis += "数"
		}
		return b.String() + basis + o.Unknown()
	}
	return b.String() + basis + h.CountText()
}
