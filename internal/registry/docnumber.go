package registry

import (
	"fmt"
	"regexp"
)

// docNumber is the shape of a number as platforms give them: 江恩环罚〔2024〕12号, 江恩环罚字〔2024〕第12号.
var docNumber = regexp.MustCompile(`^[^〔〕0-9]+〔([0-9]{4})〕第?[0-9]{1,6}(-[0-9]{1,3})?号$`)

// NumberDoubts says in Chinese what is odd about a document's number: an unusual shape, another year than the document's. It is
// recorded as it was typed. Other organs number as they like.
func (b *Bureau) NumberDoubts(x *Document) []string {
	if x.Number == "" || x.OrganName != "" {
		return nil
	}
	m := docNumber.FindStringSubmatch(x.Number)
	if m == nil {
		return []string{"文号与常见写法（" + b.SampleNumber() + "）不同"}
	}
	if !x.MadeOn.IsZero() {
		if year, _, _ := x.MadeOn.YMD(); fmt.Sprint(year) != m[1] {
			return []string{fmt.Sprintf("文号的年份是 %s，作出日期在 %d 年", m[1], year)}
		}
	}
	return nil
}

// NumberExample is what numbers of a kind look like in a district: 江恩环罚〔2024〕n号. Empty where the series is not known.
func (b *Bureau) NumberExample(districtCode, kind string, year int) string {
	d, ok := b.District(districtCode)
	k, known := DocumentKindByName(kind)
	if !ok || !known || k.Code == "" || year == 0 {
		return ""
	}
	return b.number(d.Abbr, k.Code, year, "n")
}
