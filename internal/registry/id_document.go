package registry

import (
	"fmt"
	"time"

	"casebook/internal/lazyregexp"
)

// IDResident is the card of a resident; its number alone is checked by GB 11643.
const IDResident = "居民身份证"

// IDKinds are the documents by which a person is identified.
var IDKinds = Terms{IDResident, "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "其他证件"}

// idLengths bounds the numbers of documents that have no public standard of ours: enough to see a figure lost or two numbers in one field.
var idLengths = map[string]struct{ least, most int }{
	"护照": {5, 20}, "港澳居民来往内地通行证": {8, 11}, "台湾居民来往大陆通行证": {8, 12}, "外国人永久居留身份证": {15, 18},
}

var idCharacters = lazyregexp.New(`^[0-9A-Z()-]+$`)

// CheckIDNumber checks the number of a person's document. A resident's card has 18 characters, or 15 figures if it was made before 1999.
func CheckIDNumber(kind, number string) error {
	n := RuneLen(number)
	switch {
	case kind == IDResident && n == 15 && allDigits(number):
		if _, err := time.Parse("20060102", "19"+number[6:12]); err != nil {
			return fmt.Errorf("身份证号中的出生日期 19%s 不存在", number[6:12])
		}
		return nil
	case kind == IDResident && n != 18:
		return fmt.Errorf("%w；不是居民身份证的，请选择证件种类", CheckPersonID(number))
	case kind == IDResident:
		return CheckPersonID(number)
	}
	bounds, ok := idLengths[kind]
	switch {
	case !ok:
		return nil
	case !idCharacters.MatchString(number):
		return fmt.Errorf("%s号码应由字母和数字组成", kind)
	case n < bounds.least || n > bounds.most:
		return fmt.Errorf("%s号码应为 %d 至 %d 位，现在是 %d 位", kind, bounds.least, bounds.most, n)
	}
	return nil
}
