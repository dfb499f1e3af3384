package statute

import "strings"

// ParseNumeral reads the numerals laws are numbered with: 三十九, 一百零二, 一千二百四十二, 廿 is not used, and the Arabic
// digits (also full-width) of people who type: 39, ３９. It refuses what no law would print (十十, 百三, 零五).
func ParseNumeral(s string) (int, bool) {
	if s == "" {
		return 0, false
	}
	if n, ok := parseDigits(s); ok {
		return n, n > 0
	}
	// A numeral is read from the left: each unit must be smaller than the one before it.
	total, digit, unit, zero := 0, -1, 10000, false
	for _, r := range s {
		if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
			if digit >= 0 {
				return 0, false
			}
			digit = i/len("一") + 1
			continue
		}
		u, ok := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
		switch {
		case ok:
			if digit < 0 {
				if u != 10 || total != 0 {
					return 0, false
				}
				digit = 1
			}
			if u >= unit {
				return 0, false
			}
			total, digit, unit, zero = total+digit*u, -1, u, false
		case r == '零' || r == '〇':
			if digit >= 0 || total == 0 || zero {
				return 0, false
			}
			zero = true
		default:
			return 0, false
		}
	}
	if digit >= 0 {
		total += digit
	} else if zero {
		return 0, false
	}
	return total, total > 0
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
