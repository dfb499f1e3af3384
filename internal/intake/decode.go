package intake

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"casebook/internal/registry"
)

// maxText bounds what is read at once, in bytes: a year of a newspaper's enforcement pages is less.
const maxText = 10 << 20

// Decode turns the bytes of a file or a pasted text into text: UTF-8, UTF-16 with its byte-order mark, or GB 18030 (GBK, GB 2312),
// with \n ending lines. The source of a web page is reduced to its visible text. What is not text is refused, with a reason in Chinese.
func Decode(b []byte) (string, error) {
	if len(b) > maxText {
		return "", fmt.Errorf("文本有 %.1f MB，超过 %d MB；请只取登有案例的部分", float64(len(b))/(1<<20), maxText>>20)
	}
	s, err := decodeBytes(b)
	if err != nil {
		return "", err
	}
	if err := refuseBinary(s); err != nil {
		return "", err
	}
	if isHTML(s) {
		s = registry.RowsFromHTML(s)
	}
	return s, nil
}

func decodeBytes(b []byte) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		b = b[3:]
		if !utf8.Valid(b) {
			return "", brokenUTF8(b)
		}
		return string(b), nil
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return decodeUTF16(b[2:], 0, 1)
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return decodeUTF16(b[2:], 1, 0)
	case utf8.Valid(b):
		return string(b), nil
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "", errBinary
	}
	if mostlyUTF8(b) {
		return "", brokenUTF8(b)
	}
	return decodeGB(b)
}

var (
	errBinary  = errors.New("这不是文本文件（含有二进制内容）；请提供 txt 文本，或把正文复制后粘贴")
	errLost    = errors.New("文本在以前的转换中已经损坏（许多字变成了“�”）；请从原文重新复制")
	errUnknown = errors.New("认不出文件的编码：不是 UTF-8、UTF-16，也不是 GB 18030（GBK）；请另存为 UTF-8 文本再试")
)

func decodeUTF16(b []byte, lo, hi int) (string, error) {
	if len(b)%2 != 0 {
		return "", errors.New("UTF-16 文本不完整：末尾多出一个字节；请重新导出文件")
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i+lo]) | uint16(b[2*i+hi])<<8
	}
	r := utf16.Decode(units)
	for i, c := range r {
		if c == utf8.RuneError {
			return "", fmt.Errorf("UTF-16 文本第 %d 个字符损坏；请重新导出文件", i+1)
		}
	}
	return string(r), nil
}

// mostlyUTF8 tells a damaged UTF-8 file from a GB 18030 one: Chinese in GB 18030 seldom forms even one valid sequence of three, and a
// GB decoder would read damaged UTF-8 as rare characters without complaint.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n >= 3:
			good++
		}
		i += n
	}
	return good > 2*bad
}

func brokenUTF8(b []byte) error {
	line, i := 1, 0
	for i < len(b) {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		i += n
	}
	return fmt.Errorf("UTF-8 文本第 %d 行（第 %d 字节）损坏；请重新导出文件", line, i+1)
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
	if n := strings.Count(s, "�"); n > 4 && n > utf8.RuneCountInString(s)/100 {
		return errLost
	}
	control := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 0:
			return errBinary
		case c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c == 0x7F:
			control++
		}
	}
	if control > 16 && control > len(s)/1000 {
		return errBinary
	}
	return nil
}

// isHTML reports whether a text is the source of a web page: only one that begins like it, since a bulletin may mention a tag.
func isHTML(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s[:min(len(s), 512)]))
	for _, p := range []string{"<!doctype", "<html", "<head", "<body", "<meta", "<div", "<p>", "<p ", "<span", "<section", "<article", "<table",
		"<h1", "<h2", "<h3", "<strong>", "<b>", "<!--"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
