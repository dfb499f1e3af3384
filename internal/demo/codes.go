package demo

import "fmt"

// Codes of invented parties pass their checks but can be nobody's: the region in them is 000000, which was never assigned.

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // GB 32100-2015

// creditCode is an invented 统一社会信用代码: prefix 91 (enterprise), 92 (individual business) or 93 (cooperative), no region, n.
func creditCode(prefix string, n int) string {
	body := fmt.Sprintf("%s000000%09d", prefix, n%10_000_000)
	sum, weight := 0, 1
	for i := range len(body) {
		for v := range len(creditAlphabet) {
			if creditAlphabet[v] == body[i] {
				sum += v * weight
			}
		}
		weight = weight * 3 % 31
	}
	return body + string(creditAlphabet[(31-sum%31)%31])
}

// personID is an invented 公民身份号码 of nobody: no region, a birth date YYYYMMDD and a serial number below 1000.
func personID(birth string, serial int) string {
	body := "000000" + birth + fmt.Sprintf("%03d", serial%1000)
	sum := 0
	for i := range len(body) {
		sum += int(body[i]-'0') * ((1 << (17 - i)) % 11)
	}
	return body + string("10X98765432"[sum%11])
}
