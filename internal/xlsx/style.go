package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// The colours: one deep water green, greys, one warning.
const (
	green      = "0B5D5E"
	otherGreen = "2E7376" // white on it is read as well as on green
	palerGreen = "E6F0F0"
	lineGrey   = "D5DADA"
	mutedGrey  = "7A8585"
	warning    = "A33B20"
	ink        = "1F2A2A"
)

// fontName is on every Chinese Windows; WPS and LibreOffice put their own Han font in its place where it is missing.
const fontName = "Microsoft YaHei"

const fontSize = 10

// lineHeight is the height in points of one line of text in a cell, with its share of the padding.
const lineHeight = 15

// styles are the looks of a workbook's cells.
type styles struct {
	header, headerOther, text, wrap, code, guardedText, unknown, unknownCode, date, partial, money, integer, ordinal, unit, sample int
	decimals                                                                                                                       [9]int // by digits after the point

	title, subtitle, demo, section, note      int
	totalText, totalMoney, totalInteger       int
	checkText, checkMoney, checkInteger, flag int
	label, wrapNote, link                     int
	tileLabel, tileMoney, tileNumber          int
}

// styleMaker registers styles until the first error.
type styleMaker struct {
	f   *excelize.File
	err error
}

type look struct {
	format string // number format; empty: General
	font   excelize.Font
	fill   string
	align  string
	wrap   bool
	border bool
	top    bool // a stronger line above: totals
}

func (m *styleMaker) make(l look) int {
	if m.err != nil {
		return 0
	}
	l.font.Family = fontName
	if l.font.Size == 0 {
		l.font.Size = fontSize
	}
	if l.font.Color == "" {
		l.font.Color = ink
	}
	s := &excelize.Style{Font: &l.font, Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: l.wrap}}
	if l.format != "" {
		s.CustomNumFmt = &l.format
		if l.format == "@" {
			s.CustomNumFmt, s.NumFmt = nil, 49
		}
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			b := excelize.Border{Type: side, Color: lineGrey, Style: 1}
			if side == "top" && l.top {
				b.Color = green
			}
			s.Border = append(s.Border, b)
		}
	}
	id, err := m.f.NewStyle(s)
	m.err = err
	return id
}

func newStyles(f *excelize.File) (*styles, error) {
	m := &styleMaker{f: f}
	bold := excelize.Font{Bold: true}
	muted := excelize.Font{Color: mutedGrey}
	s := &styles{
		header:      m.make(look{font: excelize.Font{Bold: true, Color: "FFFFFF"}, fill: green, align: "center", wrap: true, border: true}),
		headerOther: m.make(look{font: excelize.Font{Bold: true, Color: "FFFFFF"}, fill: otherGreen, align: "center", wrap: true, border: true}),
		text:        m.make(look{border: true}),
		wrap:        m.make(look{border: true, wrap: true}),
		code:        m.make(look{border: true, format: "@"}),
		guardedText: m.make(look{border: true, format: "@", wrap: true}),
		unknown:     m.make(look{border: true, font: muted}),
		unknownCode: m.make(look{border: true, font: muted, format: "@"}),
		date:        m.make(look{border: true, format: "yyyy-mm-dd", align: "left"}),
		partial:     m.make(look{border: true, format: "@", align: "left"}),
		money:       m.make(look{border: true, format: "#,##0.00"}),
		integer:     m.make(look{border: true, format: "#,##0"}),
		ordinal:     m.make(look{border: true, format: "0", align: "center"}),
		unit:        m.make(look{border: true, align: "center"}),
		sample:      m.make(look{border: true, font: excelize.Font{Bold: true, Color: warning}}),

		title:        m.make(look{font: excelize.Font{Bold: true, Size: 16, Color: green}}),
		subtitle:     m.make(look{font: muted, wrap: true}),
		demo:         m.make(look{font: excelize.Font{Bold: true, Color: warning}, wrap: true}),
		section:      m.make(look{font: excelize.Font{Bold: true, Size: 12, Color: green}}),
		note:         m.make(look{font: excelize.Font{Color: mutedGrey, Size: 9}, wrap: true}),
		totalText:    m.make(look{font: bold, fill: palerGreen, border: true, top: true}),
		totalMoney:   m.make(look{font: bold, fill: palerGreen, border: true, top: true, format: "#,##0.00"}),
		totalInteger: m.make(look{font: bold, fill: palerGreen, border: true, top: true, format: "#,##0"}),
		checkText:    m.make(look{font: muted, border: true}),
		checkMoney:   m.make(look{font: muted, border: true, format: "#,##0.00"}),
		checkInteger: m.make(look{font: muted, border: true, format: "#,##0"}),
		flag:         m.make(look{font: excelize.Font{Color: green}, border: true, align: "center"}),
		label:        m.make(look{font: bold, fill: palerGreen, border: true}),
		wrapNote:     m.make(look{font: muted, border: true, wrap: true}),
		link:         m.make(look{font: excelize.Font{Color: green, Underline: "single"}, border: true, align: "center"}),
		tileLabel:    m.make(look{font: excelize.Font{Color: mutedGrey, Size: 9}, fill: palerGreen, align: "center"}),
		tileMoney:    m.make(look{font: excelize.Font{Bold: true, Size: 14, Color: green}, fill: palerGreen, align: "center", format: "#,##0.00"}),
		tileNumber:   m.make(look{font: excelize.Font{Bold: true, Size: 14, Color: green}, fill: palerGreen, align: "center", format: "#,##0"}),
	}
	for i := range s.decimals {
		format := "0"
		if i > 0 {
			format += "." + strings.Repeat("0", i)
		}
		s.decimals[i] = m.make(look{border: true, format: format})
	}
	return s, m.err
}

// matrix greys out a zero, so that the months and districts with cases stand out; it stays a 0, never a blank.
func (s *styles) matrix(c report.Cell) int {
	if c.N == 0 && c.Kind != report.CellText {
		return s.check(c)
	}
	return s.number(c)
}

// of chooses the look of a cell in a column: by what the cell holds, since an amount may be a word.
func (s *styles) of(col *report.Column, c *report.Cell) int {
	switch c.Kind {
	case report.CellDate:
		if _, ok := serial(c.Date); ok {
			return s.date
		}
		return s.partial
	case report.CellMoney:
		return s.money
	case report.CellInteger:
		if col.Kind == report.KindOrdinal {
			return s.ordinal
		}
		return s.integer
	case report.CellNumber:
		if dot := strings.IndexByte(c.Text, '.'); dot >= 0 {
			return s.decimals[min(len(c.Text)-dot-1, len(s.decimals)-1)]
		}
		return s.decimals[0]
	case report.CellUnknown:
		if col.Kind == report.KindCode {
			return s.unknownCode
		}
		return s.unknown
	case report.Empty:
		return s.empty(col)
	case report.CellText:
		switch {
		case col.Kind == report.KindCode:
			return s.code
		case col.Key == "origin" && c.Text == string(registry.OriginSample):
			return s.sample
		}
		if guarded(c.Text) {
			return s.guardedText
		}
	}
	if col.Wrap {
		return s.wrap
	}
	return s.text
}

// empty is the look of a cell without a value: ready for what a person may type into it, a code first of all.
func (s *styles) empty(col *report.Column) int {
	switch col.Kind {
	case report.KindCode:
		return s.code
	case report.KindDate:
		return s.date
	case report.KindMoney:
		return s.money
	}
	return s.text
}
