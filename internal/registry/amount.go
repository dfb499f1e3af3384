package registry

import "strings"

// The grammar of amounts: of forms, decisions, newspapers and ledgers alike.
//
//	100000元  10,080.50元  ３．５万元  1.2万元  十万元  叁万伍仟元整  壹万零捌拾元伍角  二十五万六千元  3千元  二万五千元  1万2千元
//
// An amount must carry 元 (圆, 块) somewhere, or the caller says that 元 may be missing.

// Numerals are the Chinese figures, Scales the words of place.
var Numerals = map[rune]int64{
	'零': 0, '〇': 0, '○': 0, '一': 1, '壹': 1, '弌': 1, '二': 2, '贰': 2, '貳': 2, '弍': 2, '两': 2, '三': 3, '叁': 3, '叄': 3, '參': 3, '四': 4, '肆': 4,
	'五': 5, '伍': 5, '六': 6, '陆': 6, '陸': 6, '七': 7, '柒': 7, '八': 8, '捌': 8, '九': 9, '玖': 9,
}

var Scales = map[rune]int64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8}

// NumberUnit is one: values are in thousandths of a thousandth, so that 1.08万 and 壹万零捌拾 add up without floating point.
const NumberUnit = 1_000_000

// ReadNumber reads the number at i: digits with decimals and thousands separators, Chinese Numerals, or both (1万2千, 3.5万). end is
// behind it; 0 if there is none, or it is too large to be an amount or a herd.
func ReadNumber(r []rune, i int) (value int64, end int) {
	var total, section, digit int64 // total: 亿 and 万 done; section: below 万
	have, digits, lastScale := false, false, int64(0)
	j := i
	for j < len(r) {
		c := r[j]
		switch n, isNumeral := Numerals[c]; {
		case isFigure(c):
			if have && lastScale == 0 || digits {
				return finish(total, section, digit, i, j, have)
			}
			v, k, ok := readDecimal(r, j)
			if !ok {
				return 0, 0
			}
			digit, have, digits, lastScale, j = v, true, true, 0, k
			continue
		case isNumeral:
			if digits && lastScale == 0 {
				return finish(total, section, digit, i, j, have)
			}
			if n == 0 {
				if !have && j == i && !zeroAmount(r, j) {
					return 0, 0
				}
				have, j = true, j+1
				continue
			}
			if digit != 0 && lastScale == 0 {
				return 0, 0 // 三五: no amount is written so
			}
			digit, have, lastScale, digits = n*NumberUnit, true, 0, false
		case Scales[c] > 0:
			s := Scales[c]
			switch {
			case !have && s != 10:
				return 0, 0
			case s >= 1e4:
				if digits && section == 0 || digit != 0 || section != 0 || total != 0 {
					section += digit
					if section == 0 {
						if s == 1e8 && total != 0 { // 一万亿 does not occur
							return 0, 0
						}
						return finish(total, section, 0, i, j, have)
					}
				} else {
					section = NumberUnit
				}
				if section > maxNumber/s {
					return 0, 0
				}
				total, section, digit = total+section*s, 0, 0
			default:
				if digit == 0 {
					if s != 10 || lastScale != 0 && lastScale < 100 { // 十万; 一百十
						return finish(total, section, digit, i, j, have)
					}
					digit = NumberUnit
				}
				section, digit = section+digit*s, 0
			}
			have, digits, lastScale = true, false, s
		default:
			return finish(total, section, digit, i, j, have)
		}
		j++
	}
	return finish(total, section, digit, i, j, have)
}

const maxNumber = int64(1e12) * NumberUnit // twice that still fits 63 bits

func finish(total, section, digit int64, i, j int, have bool) (int64, int) {
	v := total + section + digit
	if !have || j == i || v < 0 {
		return 0, 0
	}
	return v, j
}

// zeroAmount is for 零元, 0.5万 written 零点五 is not read.
func zeroAmount(r []rune, j int) bool { return j+1 < len(r) && r[j+1] == '元' }

// readDecimal reads 10,080.50 at i.
func readDecimal(r []rune, i int) (value int64, end int, ok bool) {
	n, j := 0, i
	for ; j < len(r); j++ {
		if r[j] == ',' && n > 0 && j+3 < len(r) && isFigure(r[j+1]) && isFigure(r[j+2]) && isFigure(r[j+3]) && (j+4 >= len(r) || !isFigure(r[j+4])) {
			continue
		}
		if !isFigure(r[j]) {
			break
		}
		if n++; n > 11 {
			return 0, 0, false
		}
		value = value*10 + int64(r[j]-'0')
	}
	value *= NumberUnit
	if j+1 < len(r) && r[j] == '.' && isFigure(r[j+1]) {
		f := int64(NumberUnit / 10)
		for j++; j < len(r) && isFigure(r[j]); j++ {
			value += int64(r[j]-'0') * f
			f /= 10
		}
		if j < len(r) && r[j] == '.' { // 2024.6.12 is no amount
			return 0, 0, false
		}
	}
	return value, j, true
}

// ReadMoney reads the amount at i. bare: 元 may be missing (a table headed 万元 is not meant: 处罚款10万).
func ReadMoney(r []rune, i int, bare bool) (m Money, end int) {
	v, j := ReadNumber(r, i)
	if j == 0 {
		return 0, 0
	}
	// 10余万元 and 近10万元 are no amounts of a decision.
	if j < len(r) && strings.ContainsRune("余多", r[j]) {
		return 0, 0
	}
	switch {
	case j < len(r) && (r[j] == '元' || r[j] == '圆' || r[j] == '圓'):
		j++
	case j+1 < len(r) && r[j] == '块' && r[j+1] == '钱':
		j += 2
	case bare && j > i && Scales[r[j-1]] >= 1e4:
	default:
		return 0, 0
	}
	fen, k := readFen(r, j)
	j = k
	if j < len(r) && (r[j] == '整' || r[j] == '正') {
		j++
	}
	if v%(NumberUnit/100) != 0 || v/NumberUnit > int64(MaxMoney)/100 {
		return 0, 0
	}
	return Money(v/(NumberUnit/100) + fen), j
}

// readFen reads 伍角贰分 behind 元.
func readFen(r []rune, i int) (fen int64, end int) {
	end = i
	if end < len(r) && r[end] == '零' {
		end++
	}
	found := false
	for _, u := range []struct {
		word  rune
		value int64
	}{{'角', 10}, {'分', 1}} {
		if end+1 < len(r) && r[end+1] == u.word {
			n, ok := Numerals[r[end]]
			if isFigure(r[end]) {
				n, ok = int64(r[end]-'0'), true
			}
			if ok {
				fen, end, found = fen+n*u.value, end+2, true
			}
		}
	}
	if !found {
		return 0, i
	}
	return fen, end
}

// StartsNumber reports whether a number may begin with c.
func StartsNumber(c rune) bool {
	if isFigure(c) {
		return true
	}
	if c < 0x80 {
		return false
	}
	_, ok := Numerals[c]
	return ok || c == '十' || c == '拾'
}

func isFigure(c rune) bool { return c >= '0' && c <= '9' }
