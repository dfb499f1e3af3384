// Package pinyin writes names as the first letters of their syllables, as people type them to find one: epsxy for 恩平市…. It knows nothing
// of records. Look first at Initials.
package pinyin

import (
	"strings"
	"unicode"

	readings "github.com/mozillazg/go-pinyin"
)

// mostVariants bounds the spellings of one name. A name with more letters in doubt than that keeps the usual reading of its last ones.
const mostVariants = 8

// heteronyms are the characters of names whose readings begin with different letters, each with all of these letters, the usual one first.
// The dictionary gives many more: readings that no name has (平 as bìng) would only make names be found by chance.
var heteronyms = func() map[rune]string {
	m := map[rune]string{}
	for _, x := range strings.Fields(`长cz 重zc 乐ly 曾zc 畜xc 厦xs 行xh 单sdc 解jx 区qo 仇cq 查zc 陂bp 埔pb 涌yc 洞dt 圩wx 堡bp 澄cd 盛sc 藏zc 番fp 翟zd 覃qt 尉wy 种zc 贾jg 朝cz 茄qj 巷xh 峙zs 柜gj 圈qj 蕃fb 繁fp 椎zc 褚cz 句jg 冼xs 吓xh`) {
		r := []rune(x)
		m[r[0]] = string(r[1:])
	}
	return m
}()

// Initials are the spellings of a folded name by first letters, the usual one first: 长沙乐园 gives csly, csyy, zsly, zsyy. Letters and figures
// stay as they are; signs fall out, but for one between them, which becomes a blank: (2024)27 is not 202427. A name with fewer than two Chinese
// characters has none.
func Initials(name string) []string {
	variants := []string{""}
	han := 0
	literal, sign := false, false // the character before was a letter or figure; a sign came since
	for _, r := range name {
		letters := initialsOf(r)
		if letters == "" {
			sign = true
			continue
		}
		if r < 0x80 && literal && sign {
			for i := range variants {
				variants[i] += " "
			}
		}
		literal, sign = r < 0x80, false
		if unicode.Is(unicode.Han, r) {
			han++
		}
		if len(variants)*len(letters) > mostVariants {
			letters = letters[:1]
		}
		next := make([]string, 0, len(variants)*len(letters))
		for _, v := range variants {
			for i := range len(letters) {
				next = append(next, v+letters[i:i+1])
			}
		}
		variants = next
	}
	if han < 2 {
		return nil
	}
	return variants
}

// initialsOf are the letters that a character may be typed by; none for a sign.
func initialsOf(r rune) string {
	switch {
	case r < 0x80:
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return string(r)
		}
		return ""
	case !unicode.Is(unicode.Han, r):
		return ""
	}
	if letters, ok := heteronyms[r]; ok {
		return letters
	}
	return initial(readings.PinyinDict[int(r)])
}

// plain are the letters that vowels with a tone stand for, as far as a syllable begins with one.
var plain = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m")

// initial is the first letter of the first reading in a list of the dictionary.
func initial(list string) string {
	if s := plain.Replace(list); s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return s[:1]
	}
	return ""
}

// Syllable is how a character is usually read, without its tone: zhang for 张; empty for what is no Chinese character.
func Syllable(r rune) string {
	if r < 0x3400 || !unicode.Is(unicode.Han, r) {
		return ""
	}
	usual := ""
	for list := range strings.SplitSeq(readings.PinyinDict[int(r)], ",") {
		s := toneless.Replace(list)
		if letters, ok := heteronyms[r]; usual == "" || ok && s != "" && s[0] == letters[0] && usual[0] != letters[0] {
			usual = s
		}
	}
	return usual
}

// toneless are the letters of all vowels; ü is v, as it is typed.
var toneless = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m")
