package cite

// NumeralPattern matches the numerals that ParseNumeral may be asked about, for the patterns of a line or a heading.
const NumeralPattern = `[零〇一二三四五六七八九十百千0-9０-９]+`

// ParseNumeral reads the numerals laws are numbered with: 三十九, 一百零二, 一千二百四十二, 廿 is not used, and the Arabic
// digits (also full-width) of people who type: 39, ３９. It refuses what no law would print (十十, 百三, 零五).
func ParseNumeral(s string) (int, bool) {
	if s == "" {
		return 0, false
	}
	if n, ok := parseDigits(s); ok {
		return n, n > 0
	}
	return unitNumeral([]rune(s), false)
}

func parseDigits(s string) (int, bool) {
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r >= '０' && r <= '９':
			n = n*10 + int(r-'０')
		default:
			return 0, false
		}
		if n > 99999 {
			return 0, false
		}
	}
	return n, true
}

// isDigit is for the Arabic digits of a running text, whose widths are one.
func isDigit(c rune) bool { return c >= '0' && c <= '9' }

// digitOf is the value of a Chinese digit; -1 for anything else.
func digitOf(c rune) int {
	switch c {
	case '零', '〇', '○':
		return 0
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// unitOf is what a unit multiplies by; 0 for anything else.
func unitOf(c rune) int {
	switch c {
	case '十', '廿', '卅':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

// unitNumeral reads a numeral with its units, from the left: each unit must be smaller than the one before it. loose takes what laws
// do not print but writers do: 廿, 卅, 一百十七, and ○ for 〇. It does not allocate.
func unitNumeral(s []rune, loose bool) (int, bool) {
	total, digit, unit, zero := 0, -1, 10000, false
	for _, c := range s {
		d, u := digitOf(c), unitOf(c)
		switch {
		case d < 0 && u == 0, !loose && (c == '廿' || c == '卅' || c == '○'):
			return 0, false
		case d > 0:
			if digit >= 0 {
				return 0, false
			}
			digit = d
		case d == 0:
			if digit >= 0 || total == 0 || zero {
				return 0, false
			}
			zero = true
		default:
			if c == '廿' || c == '卅' {
				if digit >= 0 {
					return 0, false
				}
				digit = 2
				if c == '卅' {
					digit = 3
				}
			}
			if digit < 0 {
				if u != 10 || total != 0 && !loose || total%100 != 0 || zero { // 十七; loose 一百十七
					return 0, false
				}
				digit = 1
			}
			if u >= unit {
				return 0, false
			}
			total, digit, unit, zero = total+digit*u, -1, u, false
		}
	}
	if digit >= 0 {
		total += digit
	} else if zero {
		return 0, false
	}
	return total, total > 0
}
