package cite

import (
	"fmt"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// Formal is the formal citation: 《中华人民共和国水污染防治法》第三十九条; the provision alone where the law is not known.
func Formal(law string, p registry.Provision) string {
	if law == "" {
		return p.String()
	}
	return registry.Citation{Law: law, Provision: p}.String()
}

var formal = lazyregexp.New(`^《?(.+?)》?第(` + NumeralPattern + `)条(?:之(` + NumeralPattern + `))?` +
	`(?:第(` + NumeralPattern + `)款)?(?:第[（(]?(` + NumeralPattern + `)[）)]?项)?(?:第(` + NumeralPattern + `)目)?$`)

// Parse reads one formal citation, of one provision, with or without 《》 around the law's name. Nothing else may stand in s. Look-alikes and
// widths are those of running text.
func Parse(s string) (law string, p registry.Provision, err error) {
	m := formal.FindStringSubmatch(string(foldName(s)))
	if m == nil {
		return "", p, fmt.Errorf("看不懂条款“%s”", s)
	}
	for i, to := range []*int{&p.Article, &p.Sub, &p.Paragraph, &p.Item, &p.Subitem} {
		n, ok := ParseNumeral(m[i+2])
		if !ok && m[i+2] != "" {
			return "", p, fmt.Errorf("“%s”：看不懂序号“%s”", s, m[i+2])
		}
		*to = n
	}
	return m[1], p, nil
}
