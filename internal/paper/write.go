package paper

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// writer puts a paper together. What is asked for by name and is not in the record becomes a blank.
type writer struct {
	*Source
	k    *Kind
	p    Paper
	used map[string]bool
}

// New makes the paper of a kind from its source. It always makes one, with blanks where the record has nothing.
func New(k *Kind, s *Source) Paper {
	p, _ := compose(k, s)
	return p
}

func compose(k *Kind, s *Source) (Paper, map[string]bool) {
	w := &writer{Source: s, k: k, used: map[string]bool{}, p: Paper{Key: k.Key, Title: k.Title, Organ: s.organ(), Created: s.At, Official: k.Official, Feet: k.Feet}}
	w.mark()
	k.body(w)
	for _, n := range k.Needs {
		x, _ := item(n.Item)
		if n.Unless != nil && n.Unless(s) || x.Value(s) != "" {
			continue
		}
		m := Missing{Name: n.Item, Asks: n.Asks, Field: s.fieldOf(x)}
		if i := slices.IndexFunc(w.p.Missing, func(o Missing) bool { return o.Name == m.Name }); i < 0 {
			w.p.Missing = append(w.p.Missing, m)
		}
	}
	for _, code := range k.Terms {
		if d := s.doubt(code); d != "" {
			w.p.Doubts = append(w.p.Doubts, d)
		}
	}
	return w.p, w.used
}

// mark says on every page that a paper is of the demonstration, or of a record that was voided.
func (w *writer) mark() {
	origin := w.file().Case.Origin
	if w.Inspection != nil {
		origin = cmp.Or(origin, w.Inspection.Origin)
	}
	switch {
	case origin == registry.OriginSample:
		w.p.Marks = []string{"示例（虚构数据）"}
	case w.Demo:
		w.p.Marks = []string{"演示登记库"}
	}
	if w.file().Case.IsVoid() || w.Inspection != nil && w.Inspection.IsVoid() {
		w.p.Marks = append(w.p.Marks, "已作废")
	}
}

// fieldOf finds the record that an item is typed in.
func (s *Source) fieldOf(x Item) Field {
	entity, name, _ := strings.Cut(x.Field, ".")
	f := Field{Entity: entity, Name: name}
	switch entity {
	case "evidence":
		if f.Name = "#evidence"; s.Inspection != nil {
			return Field{"inspection", int64(s.Inspection.ID), f.Name}
		}
		f.Entity, f.ID = "case", int64(s.file().Case.ID)
	case "inspection":
		if s.Inspection != nil {
			f.ID = int64(s.Inspection.ID)
		}
	case "interrogation":
		if s.Interrogation != nil {
			f.ID = int64(s.Interrogation.ID)
		}
	case "document":
		if s.Document != nil {
			f.ID = int64(s.Document.ID)
		}
	case "farm":
		if s.Farm != nil {
			f.ID = int64(s.Farm.ID)
		}
	case "party":
		f.ID = int64(s.party().ID)
	case "case", "new":
		f.ID = int64(s.file().Case.ID)
	}
	return f
}

// v is the value of an item, or a blank.
func (w *writer) v(name string) string { return cmp.Or(w.has(name), Blank) }

// has is the value of an item; empty where there is none.
func (w *writer) has(name string) string {
	x, ok := item(name)
	if !ok {
		panic("paper: no item " + name)
	}
	w.used[name] = true
	return x.Value(w.Source)
}

// fill puts the values of items into a text with braces.
func (w *writer) fill(text string) string {
	return braces.ReplaceAllStringFunc(text, func(m string) string { return w.v(m[1 : len(m)-1]) })
}

// wording prints a fixed wording of the kind, a paragraph a line.
func (w *writer) wording(key string) { w.text(w.fill(w.Wordings.of(w.k, key))) }

func (w *writer) add(b Block) { w.p.Blocks = append(w.p.Blocks, b) }

func (w *writer) heading(s string) { w.add(Block{Heading: s}) }

// text prints paragraphs.
func (w *writer) text(s string) {
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			w.add(Block{Text: line})
		}
	}
}

// plain prints a labelled line without an indent: 当事人：…
func (w *writer) plain(label, name string) { w.add(Block{Plain: label + "：" + w.v(name)}) }

func (w *writer) signs(lines ...string) { w.add(Block{Signs: lines}) }

// end closes a record.
func (w *writer) end() { w.add(Block{End: true}) }

// closing is 署名 and 成文日期 of a paper with a seal.
func (w *writer) closing() {
	w.add(Block{Close: []string{w.organ() + "（印章）", cmp.Or(w.has("作出日期"), "　　　　年　　月　　日")}})
}

// label and value are cells of a form.
func label(s string, width int) Cell    { return Cell{Text: s, Width: width, Label: true} }
func value(s string, width int) Cell    { return Cell{Text: s, Width: width} }
func handwritten(lines, width int) Cell { return Cell{Width: width, Lines: lines} }

// orByHand is a field of a form; where the record holds nothing, it is written in.
func (w *writer) orByHand(s string) Cell {
	if s == "" {
		return handwritten(1, 4)
	}
	return value(s, 4)
}

// row is a line of a form: one field as wide as the page.
func (w *writer) row(name, item string) Row {
	return Row{label(name, 2), value(w.has(item), 10)}
}

// coded is a line of a form with the party and the number that identifies it.
func (w *writer) coded(name, item string) Row {
	kind, number, _ := strings.Cut(w.has("当事人号码"), " ")
	return Row{label(name, 2), value(w.has(item), 4), label(cmp.Or(kind, "证照号码"), 2), value(number, 4)}
}

// pair is a line of a form with two fields.
func (w *writer) pair(name, item, name2, item2 string) Row {
	return Row{label(name, 2), value(w.has(item), 4), label(name2, 2), value(w.has(item2), 4)}
}

// opinion is a field that is written in by hand, with room to sign.
func opinion(name, said string) Row {
	c := Cell{Text: said, Width: 10, Lines: 4, Sign: "签名：" + hand + dated}
	return Row{label(name, 2), c}
}

// refusal is the note that officers make where somebody does not sign (生态环境行政处罚办法第二十八条第三款).
func (w *writer) refusal() {
	w.add(Block{Note: "当事人不在场、拒绝签字或者盖章的，由执法人员注明："})
	w.signs("□ 当事人不在场　□ 拒绝签字或者盖章　原因："+Blank+Blank,
		"见证人（签名）："+hand+"　单位和身份证件号码："+Blank+hand,
		"音像记录编号："+hand+"　执法人员（签名）："+hand+"、"+hand)
}

func table(columns []report.SheetColumn, rows [][]string) Block {
	return Block{Table: &report.SheetTable{Columns: columns, Rows: rows}}
}
