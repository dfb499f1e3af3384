package registry

import (
	"fmt"
	"strings"
	"time"
)

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // GB 32100-2015: no I O S V Z

// NormalizeCode writes an identifying code in half width and upper case, without blanks and the invisible marks of copying; Ⅹ, × and the
// Cyrillic letter become the X that an ID number may end in.
func NormalizeCode(s string) string { return strings.ToUpper(Fold(s)) }

// normalizeSubjectCode is NormalizeCode for credit codes and ID numbers, whose standards have no hyphens: people write them to group.
func normalizeSubjectCode(s string) string { return strings.ReplaceAll(NormalizeCode(s), "-", "") }

// CheckCreditCode checks a 统一社会信用代码 by GB 32100-2015: 18 characters of the standard's alphabet, mod 31.
// The region inside it is where the subject was registered, not where it farms, so it is not compared with a district.
func CheckCreditCode(code string) error {
	if n := RuneLen(code); n != 18 {
		return fmt.Errorf("统一社会信用代码应为 18 位，现在是 %d 位", n)
	}
	for i, c := range []rune(code) {
		if c >= 0x80 {
			return fmt.Errorf("第 %d 位“%c”不是统一社会信用代码可用的字符", i+1, c)
		}
	}
	sum, weight := 0, 1
	for i := range 18 {
		v := strings.IndexByte(creditAlphabet, code[i])
		if v < 0 {
			hint := ""
			switch code[i] {
			case 'O':
				hint = "（字母 O 应为数字 0？）"
			case 'I':
				hint = "（字母 I 应为数字 1？）"
			}
			return fmt.Errorf("第 %d 位“%c”不是统一社会信用代码可用的字符%s", i+1, code[i], hint)
		}
		if i == 17 {
			want := creditAlphabet[(31-sum%31)%31]
			if code[i] != want {
				return fmt.Errorf("校验位不符：按前 17 位应为 %c，现在是 %c，请核对营业执照", want, code[i])
			}
			break
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return nil
}

// CheckPersonID checks an 18-digit 公民身份号码 by GB 11643: a real birth date and the ISO 7064 check character.
func CheckPersonID(id string) error {
	if n := RuneLen(id); n != 18 {
		return fmt.Errorf("身份证号应为 18 位，现在是 %d 位", n)
	}
	sum := 0
	for i, c := range []rune(id) {
		if c >= 0x80 {
			if i == 17 {
				return fmt.Errorf("身份证号第 18 位“%c”应为数字或 X", c)
			}
			return fmt.Errorf("身份证号第 %d 位“%c”不是数字", i+1, c)
		}
	}
	for i := range 17 {
		if id[i] < '0' || id[i] > '9' {
			return fmt.Errorf("身份证号第 %d 位“%c”不是数字", i+1, id[i])
		}
		sum += int(id[i]-'0') * ((1 << (17 - i)) % 11)
	}
	if _, err := time.Parse("20060102", id[6:14]); err != nil {
		return fmt.Errorf("身份证号中的出生日期 %s 不存在", id[6:14])
	}
	if want := "10X98765432"[sum%11]; id[17] != want {
		return fmt.Errorf("身份证号校验位不符：应为 %c，现在是 %c，请核对证件", want, id[17])
	}
	return nil
}

// NormalizeDocNumber turns the five bracket forms seen in real numbers (﹝﹞ [] 【】 () and full-width) into 〔〕, digits to
// half width, and drops spaces: 江鹤环罚﹝2025﹞27号 → 江鹤环罚〔2025〕27号. What was typed is kept beside it.
func NormalizeDocNumber(s string) string {
	s = strings.Join(strings.Fields(HalfWidth(s)), "")
	open, closing := false, false
	return strings.Map(func(r rune) rune {
		switch r {
		case '﹝', '[', '【', '(', '〔', '﹙', '［':
			if !open {
				open = true
				return '〔'
			}
			return '（'
		case '﹞', ']', '】', ')', '〕', '﹚', '］':
			if !closing {
				closing = true
				return '〕'
			}
			return '）'
		}
		return r
	}, fixBranchBrackets(s))
}

// fixBranchBrackets keeps a branch's own brackets (云环(云城)罚〔2025〕21号) out of the year's: only the pair around four digits is the year's.
func fixBranchBrackets(s string) string {
	r := []rune(s)
	for i := 0; i < len(r); i++ {
		if !strings.ContainsRune("﹝[【(〔﹙［", r[i]) {
			continue
		}
		j := i + 1
		for j < len(r) && !strings.ContainsRune("﹞]】)〕﹚］", r[j]) {
			j++
		}
		if j == len(r) {
			break
		}
		if inner := string(r[i+1 : j]); len(inner) != 4 || !allDigits(inner) {
			r[i], r[j] = '（', '）'
		}
		i = j
	}
	return string(r)
}

// MaskID hides the middle of an ID number or credit code: 440***********1234. Of a passport or permit, which is shorter, less is left: E******78.
func MaskID(s string) string {
	r := []rune(s)
	if len(r) <= 7 {
		return strings.Repeat("*", len(r))
	}
	if len(r) <= 12 {
		return string(r[:1]) + strings.Repeat("*", len(r)-3) + string(r[len(r)-2:])
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
}

// MaskPhone hides the middle of a phone number: 138****1234.
func MaskPhone(s string) string {
	r := []rune(s)
	if len(r) < 8 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
}

// district adds a problem unless code is a GB/T 2260 county code. Whether the bureau serves the place is Bureau.Accepts.
func (p *Problems) district(field, code string) {
	switch {
	case code == "":
		p.Add(field, "请选择辖区")
	case !countyCode.MatchString(code):
		p.Add(field, "辖区代码“%s”应为六位数字", clip(code, 10))
	}
}
