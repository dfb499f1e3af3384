package ledgerread

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Bounds of what is read. A bureau's ledger of ten years has some ten thousand rows.
const (
	MaxFile     = 30 << 20 // bytes
	maxUnpacked = 256 << 20
	maxStrings  = 48 << 20  // of the texts that cells share
	maxShared   = 1_000_000 // such texts
	maxText     = 1 << 17   // bytes of a cell; Excel keeps 32,767 characters
	maxLines    = 200       // of a record of a text
	maxSheets   = 64
	maxRows     = 100_000 // of a sheet
	maxColumns  = 500
	maxCells    = 3_000_000 // of a sheet
	maxMerges   = 50_000
)

// Kind is what a cell holds.
type Kind uint8

// The kinds.
const (
	Text     Kind = iota // empty: blank
	Number               // plain decimals; a date is its number of days
	Failed               // #REF!
	Unsolved             // a formula whose result was not kept
)

// Shown is what the format of a number tells of it.
type Shown uint8

// The formats that matter.
const (
	Plain     Shown = iota
	ShownDay        // 2024-06-03
	ShownMon        // 2024年6月: the day is not meant
	ShownWan        // 10万元, kept as 10
	ShownYear       // 2024年 of a date
)

// Cell is a cell as it is stored.
type Cell struct {
	Text string
	Kind Kind
	As   Shown
}

// Row is a row of a sheet, from 1.
type Row struct {
	N      int
	Hidden bool
	Cells  []Cell // reused by the next row
}

// Merge is a span of merged cells: rows and columns, from 1.
type Merge struct{ Row, Col, ToRow, ToCol int }

// Sheet is a sheet of a Book.
type Sheet struct {
	Name   string
	Hidden bool
	Merges []Merge
	From04 bool // its days are counted from 1904
	hides  []Merge
	rows   func() iter.Seq2[Row, error]
}

// Rows are the rows from the beginning, without those that have no cell.
func (s *Sheet) Rows() iter.Seq2[Row, error] { return s.rows() }

// HidesColumn tells that a column is hidden.
func (s *Sheet) HidesColumn(n int) bool {
	return slices.ContainsFunc(s.hides, func(m Merge) bool { return m.Col <= n && n <= m.ToCol })
}

// Book is a file of tables.
type Book struct{ Sheets []*Sheet }

func (b *Book) has(name string) bool {
	return slices.ContainsFunc(b.Sheets, func(s *Sheet) bool { return s.Name == name })
}

// Sheet is the sheet of a name, else the first visible one; nil where there is none.
func (b *Book) Sheet(name string) (first *Sheet) {
	for _, s := range b.Sheets {
		if s.Hidden {
			continue
		}
		if s.Name == name {
			return s
		}
		if first == nil {
			first = s
		}
	}
	return first
}

// VisibleSheets are the names of the sheets that are not hidden.
func (b *Book) VisibleSheets() (names []string) {
	for _, s := range b.Sheets {
		if !s.Hidden {
			names = append(names, s.Name)
		}
	}
	return names
}

// PlainRow is a row with its texts alone.
type PlainRow struct {
	Cells   []string
	Carried []int // columns, from 1, whose text stands in the row above, with which they are merged
	Hidden  bool
}

// Plain are the rows with their texts alone; a sheet's rows without a cell come as empty ones, so that they count. What is merged downwards stands in each row.
func (s *Sheet) Plain() iter.Seq2[PlainRow, error] {
	return func(yield func(PlainRow, error) bool) {
		merges := slices.DeleteFunc(slices.Clone(s.Merges), func(m Merge) bool { return m.ToRow == m.Row })
		slices.SortStableFunc(merges, func(a, b Merge) int { return a.Row - b.Row })
		texts := map[Merge]string{} // that reach down to the row
		n := 0
		for row, err := range s.Rows() {
			if err != nil {
				yield(PlainRow{}, err)
				return
			}
			for n++; n < row.N; n++ {
				if !yield(PlainRow{}, nil) {
					return
				}
			}
			x := PlainRow{Cells: make([]string, len(row.Cells)), Hidden: row.Hidden}
			for i, c := range row.Cells {
				x.Cells[i] = c.Text
			}
			for len(merges) > 0 && merges[0].Row <= n {
				if m := merges[0]; m.Row == n && m.Col <= len(x.Cells) && len(texts) < maxColumns {
					texts[m] = x.Cells[m.Col-1]
				}
				merges = merges[1:]
			}
			x.carry(n, texts)
			if !yield(x, nil) {
				return
			}
		}
	}
}

// carry puts in what is merged with a row above, and forgets what has ended.
func (x *PlainRow) carry(n int, texts map[Merge]string) {
	maps.DeleteFunc(texts, func(m Merge, _ string) bool { return m.ToRow < n })
	for m, text := range texts {
		if m.Row == n || text == "" || m.Col <= len(x.Cells) && x.Cells[m.Col-1] != "" {
			continue
		}
		for len(x.Cells) < m.Col {
			x.Cells = append(x.Cells, "")
		}
		x.Cells[m.Col-1] = text
		x.Carried = append(x.Carried, m.Col)
	}
}

// refuse is what a file that is not read is told; all such errors are of KindInvalid, in the field file.
func refuse(format string, args ...any) error { return registry.Invalid("file", format, args...) }

// Open opens a file: an .xlsx workbook, or text with its values apart by commas, tabs or semicolons. The error says in Chinese what is wrong and what to do.
func Open(b []byte, name string) (*Book, error) {
	switch {
	case len(b) == 0:
		return nil, refuse("文件是空的")
	case len(b) > MaxFile:
		return nil, refuse("文件有 %d MB，最大 %d MB。请只留需要的工作表，或分年度上传", len(b)>>20, MaxFile>>20)
	case bytes.HasPrefix(b, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}):
		if bytes.Contains(b, utf16le("EncryptedPackage")) {
			return nil, refuse("工作簿加了密码，不能读取。请用 Excel 或 WPS 打开，在“文件 → 信息 → 保护工作簿”里去掉密码，保存后再上传")
		}
		return nil, refuse("这是旧版 .xls（或加了密码的）工作簿，不能读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再上传")
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("PK\x05\x06")):
		return openWorkbook(b)
	}
	return openText(b, name)
}

func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// workbook is what the parts of an .xlsx file share.
type workbook struct {
	parts   map[string]*zip.File
	left    int64 // bytes that may still be unpacked
	strings []string
	styles  []Shown
	base    time.Time // day 0 of its dates
}

var errDamaged = refuse("文件损坏，或者不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 打开后另存一份再上传")

func openWorkbook(b []byte) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, errDamaged
	}
	w := &workbook{parts: map[string]*zip.File{}, left: maxUnpacked, base: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	total := uint64(0)
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "/")
		switch {
		case strings.HasSuffix(name, "vbaProject.bin"):
			return nil, refuse("这是带宏的工作簿，没有读取。请另存为“Excel 工作簿（.xlsx）”（不带宏）再上传")
		case strings.HasSuffix(name, "workbook.bin"):
			return nil, refuse("这是 .xlsb 工作簿，不能读取。请另存为“Excel 工作簿（.xlsx）”再上传")
		case name == "content.xml" || name == "mimetype":
			return nil, refuse("这是 .ods 表格，不能读取。请另存为“Excel 工作簿（.xlsx）”再上传")
		case strings.HasPrefix(name, "word/"):
			return nil, refuse("这是 Word 文件，不是表格。请把其中的表格复制到 Excel，存为 .xlsx 再上传")
		}
		if total += f.UncompressedSize64; total > maxUnpacked {
			return nil, tooLarge()
		}
		w.parts[name] = f
	}
	return w.open()
}

func tooLarge() error {
	return refuse("工作簿展开后超过 %d MB，没有读取。请只留需要的工作表和列，删去图片，另存后再上传", maxUnpacked>>20)
}

// each goes through the elements of a part.
func (w *workbook) each(name string, most int64, fn func(*scanner) error) error {
	f := w.parts[name]
	if f == nil {
		return errDamaged
	}
	in, err := f.Open()
	if err != nil {
		return errDamaged
	}
	defer in.Close() //nolint:errcheck // read
	bounded := &bounded{r: in, left: min(most, w.left)}
	s := newScanner(bounded)
	for {
		switch err := s.next(); {
		case errors.Is(err, io.EOF):
			_, err := io.Copy(io.Discard, bounded) // to the check sum at its end
			return partError(err)
		case err != nil:
			return partError(err)
		}
		if err := fn(s); err != nil {
			return err
		}
	}
}

func partError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errBound):
		return tooLarge()
	case errors.Is(err, errCut), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, zip.ErrChecksum):
		return refuse("工作簿不完整：有一部分在中途断开。请重新导出或另存后再上传")
	}
	return errDamaged
}

var errBound = errors.New("more than may be unpacked")

// bounded reads no more than it may: what the directory of a zip file says of sizes need not be true.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (n int, err error) {
	if b.left < 0 {
		return 0, errBound
	}
	n, err = b.r.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return n, errBound
	}
	return n, err
}

func (w *workbook) open() (*Book, error) {
	targets := map[string]string{}
	if err := w.each("xl/_rels/workbook.xml.rels", 1<<20, func(s *scanner) error {
		if s.begins("Relationship") {
			target := s.attr("Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[s.attr("Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	}); err != nil {
		return nil, err
	}
	var book Book
	var names []string
	if err := w.each("xl/workbook.xml", 8<<20, func(s *scanner) error {
		switch {
		case s.begins("workbookPr"):
			if d := s.attr("date1904"); d == "1" || d == "true" {
				w.base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case s.begins("sheet"):
			if len(book.Sheets) == maxSheets {
				return refuse("工作簿超过 %d 张工作表，请只留需要的", maxSheets)
			}
			state := s.attr("state")
			book.Sheets = append(book.Sheets, &Sheet{Name: s.attr("name"), Hidden: state == "hidden" || state == "veryHidden"})
			names = append(names, targets[s.attr("r:id")])
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := errors.Join(w.readStrings(), w.readStyles()); err != nil {
		return nil, err
	}
	kept := book.Sheets[:0]
	read := map[string]bool{}
	for i, sheet := range book.Sheets {
		part := names[i]
		if read[part] { // a few bytes would be read as often as there are sheets
			return nil, errDamaged
		}
		read[part] = true
		if strings.Contains(part, "chartsheets/") || strings.Contains(part, "dialogsheets/") {
			continue
		}
		if err := w.look(sheet, part); err != nil {
			return nil, err
		}
		sheet.rows = func() iter.Seq2[Row, error] { return w.rows(sheet, part) }
		sheet.From04 = w.base.Year() == 1904
		kept = append(kept, sheet)
	}
	if book.Sheets = kept; len(kept) == 0 {
		return nil, refuse("工作簿里没有工作表")
	}
	return &book, nil
}

// readStrings reads the texts that cells share. How a text is spoken (rPh) is none of it.
func (w *workbook) readStrings() error {
	if w.parts["xl/sharedStrings.xml"] == nil {
		return nil
	}
	var b strings.Builder
	inText, spoken := false, false
	return w.each("xl/sharedStrings.xml", maxStrings, func(s *scanner) error {
		switch {
		case s.begins("si"):
			b.Reset()
		case s.ends("si"):
			if len(w.strings) == maxShared || b.Len() > maxText {
				return tooLarge()
			}
			w.strings = append(w.strings, b.String())
		case string(s.name) == "rPh":
			spoken = !s.end
		case s.begins("t"):
			inText = true
		case s.ends("t") && inText:
			if inText = false; !spoken && b.Len() <= maxText {
				b.WriteString(plainText(s.text))
			}
		}
		return nil
	})
}

// readStyles learns which formats show a date.
func (w *workbook) readStyles() error {
	if w.parts["xl/styles.xml"] == nil {
		return nil
	}
	custom := map[string]Shown{}
	inCells := false
	return w.each("xl/styles.xml", 16<<20, func(s *scanner) error {
		switch {
		case s.begins("numFmt"):
			custom[s.attr("numFmtId")] = shownAs(s.attr("formatCode"))
		case string(s.name) == "cellXfs":
			inCells = !s.end
		case s.begins("xf") && inCells:
			id := s.attr("numFmtId")
			as, ok := custom[id]
			if n, err := strconv.Atoi(id); err == nil && !ok {
				as = builtIn(n)
			}
			w.styles = append(w.styles, as)
		}
		return nil
	})
}

// builtIn are the formats that have a number only; 27 to 36 and 50 to 58 are those of Chinese versions.
func builtIn(id int) Shown {
	switch {
	case id == 17, id == 27, id == 36, id == 50, id == 52, id == 55, id == 57: // 2024年6月
		if id == 17 || id == 55 {
			return ShownMon
		}
		return ShownDay
	case id >= 14 && id <= 22 && id != 18 && id != 19 && id != 20 && id != 21, id >= 27 && id <= 31, id == 51, id == 53, id == 54, id == 56, id == 58:
		return ShownDay
	}
	return Plain
}

// shownAs reads a format's code: its letters outside of quotes and brackets tell.
func shownAs(code string) Shown {
	plain, words := strings.Builder{}, strings.Builder{}
	for i, r := 0, []rune(code); i < len(r); i++ {
		switch r[i] {
		case '"':
			for i++; i < len(r) && r[i] != '"'; i++ {
				words.WriteRune(r[i])
			}
		case '[':
			for i++; i < len(r) && r[i] != ']'; i++ {
			}
		case '\\', '_', '*', '!':
			i++
			if i < len(r) {
				words.WriteRune(r[i])
			}
		case ';':
			i = len(r)
		default:
			plain.WriteRune(r[i])
		}
	}
	p := strings.ToLower(plain.String())
	year, month, day := strings.Contains(p, "y") || strings.Contains(p, "e") && strings.Contains(p, "m"), strings.Contains(p, "m"), strings.Contains(p, "d")
	switch all := p + words.String(); {
	case strings.ContainsAny(p, "#0") && strings.Contains(all, "万") && !strings.Contains(words.String(), "."):
		return ShownWan
	case strings.ContainsAny(p, "#0?"):
		return Plain
	case day && (year || month):
		return ShownDay
	case year && month:
		return ShownMon
	case year:
		return ShownYear
	}
	return Plain
}
