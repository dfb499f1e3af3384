package ledgerread

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// scanner goes through the XML of a part. It knows what workbooks are written in and nothing else: elements, attributes, text, CDATA, in UTF-8. Names
// are without their prefix. encoding/xml takes four times as long.
type scanner struct {
	r     *bufio.Reader
	name  []byte // of the element that begins or ends
	attrs []byte // as they are written
	text  []byte // before it
	open  int    // elements that have not ended
	begun bool
	empty bool // the element that began ends at once: <c/>
	end   bool // the element ends
}

var (
	errCut = errors.New("the part ends before its root element does")
	errXML = errors.New("not XML that a workbook is written in")
)

const maxPiece = 1 << 20 // of one text or tag

func newScanner(r io.Reader) *scanner { return &scanner{r: bufio.NewReaderSize(r, 64<<10)} }

// next goes to the next beginning or end of an element. io.EOF: the root element has ended.
func (s *scanner) next() error {
	if s.empty {
		s.empty, s.end = false, true
		s.open--
		return nil
	}
	s.text = s.text[:0]
	for {
		var err error
		if s.text, err = s.until(s.text, '<'); err != nil {
			if errors.Is(err, io.EOF) && s.begun && s.open == 0 {
				return io.EOF
			}
			return cut(err)
		}
		s.text = s.text[:len(s.text)-1]
		markup, err := s.tag()
		if err != nil {
			return err
		}
		if markup {
			continue
		}
		return s.split()
	}
}

func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return errCut
	}
	return err
}

// until appends what stands up to and with the byte.
func (s *scanner) until(to []byte, b byte) ([]byte, error) {
	for {
		piece, err := s.r.ReadSlice(b)
		to = append(to, piece...)
		if len(to) > maxPiece {
			return to, errXML
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return to, err
		}
	}
}

// tag reads a tag into attrs; markup tells that it was a comment, an instruction or CDATA, whose text is kept.
func (s *scanner) tag() (markup bool, err error) {
	s.attrs, err = s.until(s.attrs[:0], '>')
	quote, seen := byte(0), 0
	for err == nil {
		a := s.attrs
		switch {
		case bytes.HasPrefix(a, []byte("!--")):
			if bytes.HasSuffix(a, []byte("-->")) && len(a) >= 6 {
				return true, nil
			}
		case bytes.HasPrefix(a, []byte("![CDATA[")):
			if bytes.HasSuffix(a, []byte("]]>")) {
				s.text = append(s.text, bytes.ReplaceAll(a[8:len(a)-3], []byte("&"), []byte("&amp;"))...)
				return true, nil
			}
		case bytes.HasPrefix(a, []byte("!")):
			return false, errXML // a DOCTYPE, which no workbook has and bombs do
		case bytes.HasPrefix(a, []byte("?")):
			return true, nil
		default:
			if quote, seen = inValue(quote, a[seen:]), len(a); quote == 0 {
				return false, nil
			}
		}
		s.attrs, err = s.until(s.attrs, '>')
	}
	return false, cut(err)
}

// inValue goes on through a tag and tells whether its end lies in a value: a tag is looked at once, however many > its values hold.
func inValue(quote byte, piece []byte) byte {
	for _, c := range piece {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote
}

// split takes a tag apart.
func (s *scanner) split() error {
	a := s.attrs[:len(s.attrs)-1]
	s.end, s.empty = false, false
	if len(a) > 0 && a[0] == '/' {
		s.end, a = true, a[1:]
		if s.open--; s.open < 0 {
			return errXML
		}
	} else {
		s.begun = true
		s.open++
		if n := len(a); n > 0 && a[n-1] == '/' {
			s.empty, a = true, a[:n-1]
		}
	}
	name := a
	if i := bytes.IndexAny(a, " \t\r\n"); i >= 0 {
		name, a = a[:i], a[i:]
	} else {
		a = nil
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	s.name, s.attrs = name, a
	if len(name) == 0 {
		return errXML
	}
	return nil
}

// begins and ends tell which element it is.
func (s *scanner) begins(name string) bool { return !s.end && string(s.name) == name }
func (s *scanner) ends(name string) bool   { return s.end && string(s.name) == name }

// attr is the value of an attribute, empty where there is none.
func (s *scanner) attr(name string) string {
	for a := s.attrs; ; {
		i := bytes.IndexByte(a, '=')
		if i < 0 {
			return ""
		}
		key := bytes.TrimSpace(a[:i])
		a = bytes.TrimLeft(a[i+1:], " \t\r\n")
		if len(a) < 2 || a[0] != '"' && a[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(a[1:], a[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			return plainText(a[1 : end+1])
		}
		a = a[end+2:]
	}
}

// plainText resolves references: &lt; &#20013; and the _x000D_ of line breaks.
func plainText(b []byte) string {
	s := string(b)
	if strings.Contains(s, "_x000D_") {
		s = strings.ReplaceAll(s, "_x000D_", "")
	}
	if !strings.Contains(s, "&") {
		return s
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "&")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, ok := strings.Cut(rest, ";")
		c, known := references[name]
		switch {
		case !ok:
			out.WriteString("&" + rest)
			return out.String()
		case known:
			out.WriteString(c)
		case strings.HasPrefix(name, "#"):
			base, digits := 10, name[1:]
			if strings.HasPrefix(digits, "x") {
				base, digits = 16, digits[1:]
			}
			if n, err := strconv.ParseInt(digits, base, 32); err == nil {
				out.WriteRune(rune(n))
			}
		default:
			out.WriteString("&" + name + ";")
		}
		s = after
	}
}

var references = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}
