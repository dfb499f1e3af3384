package intake

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// maxText bounds what is read at once, in bytes: a year of a newspaper's enforcement pages is less.
const maxText = 10 << 20

var (
	errBinary  = errors.New("这不是文本文件（含有二进制内容）；请提供 txt 文本，或把正文复制后粘贴")
	errLost    = errors.New("文本在以前的转换中已经损坏（许多字变成了“�”）；请从原文重新复制")
	errUnknown = errors.New("认不出文件的编码：不是 UTF-8、UTF-16，也不是 GB 18030（GBK）；请另存为 UTF-8 文本再试")
)

// markup begins the source of a web page. Only the beginning counts, since a bulletin may mention a tag.
var markup = lazyregexp.New(`(?i)^[\s\x{A0}\x{3000}]*<(?:!doctype|html|head|body|meta|div|p[> ]|span|section|article|table|h[123]|strong>|b>|!--)`)

// Decode turns the bytes of a file or a pasted text into text: UTF-8, UTF-16 with its byte-order mark, or GB 18030 (GBK, GB 2312),
// with \n ending lines. The source of a web page is reduced to its visible text. What is not text is refused, with a reason in Chinese.
func Decode(b []byte) (string, error) {
	if len(b) > maxText {
		return "", fmt.Errorf("文本有 %.1f MB，超过 %d MB；请只取登有案例的部分", float64(len(b))/(1<<20), maxText>>20)
	}
	s, err := decodeBytes(b)
	if err == nil {
		err = refuseBinary(s)
	}
	switch {
	case err != nil:
		return "", err
	case markup.MatchString(s):
		return registry.RowsFromHTML(s), nil
	}
	return s, nil
}

func decodeBytes(b []byte) (string, error) {
	begins := func(mark string) bool { return bytes.HasPrefix(b, []byte(mark)) }
	switch {
	case utf8.Valid(b):
		return strings.TrimPrefix(string(b), "\uFEFF"), nil
	case begins("\xFF\xFE"):
		return decodeUTF16(b[2:], unicode.LittleEndian)
	case begins("\xFE\xFF"):
		return decodeUTF16(b[2:], unicode.BigEndian)
	case bytes.IndexByte(b, 0) >= 0:
		return "", errBinary
	}
	if err := brokenUTF8(b, begins("\uFEFF")); err != nil {
		return "", err
	}
	return decodeGB(b)
}

func decodeUTF16(b []byte, order unicode.Endianness) (string, error) {
	if len(b)%2 != 0 {
		return "", errors.New("UTF-16 文本不完整：末尾多出一个字节；请重新导出文件")
	}
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b)
	if i := slices.Index([]rune(string(out)), utf8.RuneError); err != nil || i >= 0 {
		return "", fmt.Errorf("UTF-16 文本第 %d 个字符损坏；请重新导出文件", i+1)
	}
	return string(out), nil
}

// brokenUTF8 tells where UTF-8 is damaged. Without its mark a text may be GB 18030: Chinese in GB 18030 seldom forms even one valid sequence of
// three, and a GB decoder would read damaged UTF-8 as rare characters without complaint.
func brokenUTF8(b []byte, marked bool) error {
	good, bad, first := 0, 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			if bad++; bad == 1 {
				first = i
			}
		case n >= 3:
			good++
		}
		i += n
	}
	if !marked && good <= 2*bad {
		return nil
	}
	return fmt.Errorf("UTF-8 文本第 %d 行（第 %d 字节）损坏；请重新导出文件", 1+bytes.Count(b[:first], []byte("\n")), first+1)
}

func decodeGB(b []byte) (string, error) {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", errUnknown
	}
	// Random bytes decode into private use and rare characters; a Chinese text is made of the 3755 common ones (GB 2312 level 1,
	// lead bytes B0 to D7) and punctuation.
	common, double := 0, 0
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		double++
		if b[i] >= 0xA1 && b[i] <= 0xA3 || b[i] >= 0xB0 && b[i] <= 0xD7 {
			common++
		}
		i++
	}
	if common*10 < double*8 {
		return "", errUnknown
	}
	return string(out), nil
}

// refuseBinary refuses text that an earlier program destroyed, NUL and text with many control characters. A few (form feed,
// vertical tab, the odd escape) come with PDF copies.
func refuseBinary(s string) error {
	control := 0
	for _, c := range []byte(s) {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F {
			control++
		}
	}
	switch n := strings.Count(s, "�"); {
	case n > 4 && n > utf8.RuneCountInString(s)/100:
		return errLost
	case strings.Contains(s, "\x00"), control > 16 && control > len(s)/1000:
		return errBinary
	}
	return nil
}
