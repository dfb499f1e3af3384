package store

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/internal/pinyin"
	"casebook/internal/registry"
)

// foundIn says what of a record a text is: why a search finds it. What a row of a list shows by itself needs no word.
type foundIn byte

const (
	inRow foundIn = iota
	inFormerName
	inMergedName
	inPublicName
	inNameAtAct
	inFarm
	inParty
	inFormerOperator
	inInspected
	inDocumentParty
	inDocumentPeople
	inOfficer
	inPresent
	inContact
	inLegalPerson
	inNumber
	inCreditCode
	inGuarded
	inApproval
	inPlace
	inSummary
	inHandling
	inPrinted
	inFacts
	inFindings
	inNote
	inTypes
)

var foundWords = [...]string{inRow: "", inFormerName: "曾用名", inMergedName: "已并入", inPublicName: "公开用名", inNameAtAct: "行为时名称", inFarm: "养殖场", inParty: "当事人",
	inFormerOperator: "曾经营", inInspected: "被检查人", inDocumentParty: "文书当事人", inDocumentPeople: "文书人员", inOfficer: "执法人员", inPresent: "在场人员", inContact: "联系人", inLegalPerson: "负责人",
	inNumber: "文号、编号", inCreditCode: "统一社会信用代码", inGuarded: "证件号码", inApproval: "批复、许可文号", inPlace: "地点", inSummary: "案情", inHandling: "查处情况", inPrinted: "公布的案名", inFacts: "违法事实",
	inFindings: "检查发现", inNote: "备注", inTypes: "违法行为"}

// A line of a record's text is: a sign for what it is, the folded text, and behind signs of their own other ways to write it. No folded word
// holds a control character, so that no find runs from one part into the next.
const (
	numbersSign  = '\x1d' // with the document numbers inside in their one form, so that both 07号 and 7号 find it
	typedSign    = '\x1e' // as it was typed, where a list says why it was found
	initialsSign = '\x1f' // the first letters of a name
)

// sign is the control character of a kind, which is neither a line's end nor one of those above.
func (f foundIn) sign() string {
	switch {
	case f == inRow:
		return ""
	case f < '\n':
		return string(rune(f))
	}
	return string(rune(f + 1))
}

// searchDoc gathers what search knows of one record: its texts for everybody, its codes, and the numbers that only some may look for.
type searchDoc struct {
	text           strings.Builder
	codes, guarded string
	lines, have    map[string]bool
	terms          []string
}

func newSearchDoc() *searchDoc {
	return &searchDoc{lines: map[string]bool{}, have: make(map[string]bool, 256)}
}

func (d *searchDoc) term(s string) {
	if s != "" && !d.have[s] {
		d.have[s] = true
		d.terms = append(d.terms, s)
	}
}

// texts adds texts of one kind. One that is there already is not added again: the first kind stands.
func (d *searchDoc) texts(f foundIn, texts ...string) { d.add(f, false, texts) }

// names adds names, which are found by their first letters too.
func (d *searchDoc) names(f foundIn, names ...string) { d.add(f, true, names) }

func (d *searchDoc) add(f foundIn, names bool, texts []string) {
	for _, typed := range texts {
		folded := registry.FoldWords(typed)
		if folded == "" || d.lines[folded] {
			continue
		}
		d.lines[folded] = true
		d.text.WriteString(f.sign() + folded)
		pairs(folded, d.term)
		if numbers := registry.FoldNumbers(folded); numbers != folded {
			d.text.WriteString(string(numbersSign) + numbers)
			pairs(numbers, d.term)
		}
		if f != inRow && typed != folded && utf8.RuneCountInString(typed) <= longestReason {
			d.text.WriteString(string(typedSign) + strings.ReplaceAll(typed, "\n", " "))
		}
		if names {
			if initials := pinyin.Initials(folded); initials != nil {
				d.text.WriteString(string(initialsSign) + strings.Join(initials, " "))
				for word := range strings.FieldsSeq(strings.Join(initials, " ")) {
					for _, p := range pieces(pieceMark, word) {
						d.term(p)
					}
				}
			}
		}
		d.text.WriteByte('\n')
	}
}

// code adds a code, which a search asks for by its words.
func (d *searchDoc) code(c string) {
	if !strings.Contains(d.codes, c) {
		d.codes += c
		d.term(codeTerm(c))
	}
}

// number adds a number that not every role may see.
func (d *searchDoc) number(n string) {
	if n = registry.Fold(n); n == "" || strings.Contains(d.guarded, n+"\n") {
		return
	}
	d.guarded += n + "\n"
	for _, p := range pieces(guardedMark, n) {
		d.term(p)
	}
}

// termsOf are the index terms of a record by what search_texts holds of it: those that its searchDoc had.
func termsOf(text, codes, guarded string) []string {
	d := newSearchDoc()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line != "" && line[0] < numbersSign { // what of the record it is
			line = line[1:]
		}
		if i := strings.LastIndexByte(line, initialsSign); i >= 0 {
			for word := range strings.FieldsSeq(line[i+1:]) {
				for _, p := range pieces(pieceMark, word) {
					d.term(p)
				}
			}
			line = line[:i]
		}
		line, _, _ = strings.Cut(line, string(typedSign))
		folded, numbers, _ := strings.Cut(line, string(numbersSign))
		pairs(folded, d.term)
		pairs(numbers, d.term)
	}
	for code := range strings.FieldsSeq(codes) {
		d.term(codeTerm(code))
	}
	for n := range strings.Lines(guarded) {
		for _, p := range pieces(guardedMark, strings.TrimSuffix(n, "\n")) {
			d.term(p)
		}
	}
	return d.terms
}

// districtCode and typeCode are codes as search_texts holds them.
func districtCode(code string) string { return " d" + code + " " }
func typeCode(code string) string     { return " t" + code + " " }

// codeTerm is the index term of a code: FTS5 would take it apart at an underscore.
func codeTerm(code string) string {
	return codeMark + strings.ToLower(strings.ReplaceAll(strings.TrimSpace(code), "_", ""))
}

// Find is why a search found a record, where its row does not show it: what the text is, and the text itself or the piece around the word.
type Find struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// longestReason is how much of a text a list shows.
const longestReason = 40

// finds tells for each word of a search why a record with this text has it; nothing for words that the row shows.
func finds(list []term, text, guarded, codes string) (out []Find) {
	add := func(f foundIn, text string) {
		if x := (Find{foundWords[f], text}); !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for _, t := range list {
		kind, line, ok := findLine(t, text)
		switch {
		case ok && kind == inRow || slices.ContainsFunc(t.shown, func(c string) bool { return strings.Contains(codes, c) }):
		case ok:
			add(kind, reason(line, t))
		case t.guarded && strings.Contains(guarded, t.number):
			add(inGuarded, "")
		default:
			for _, m := range t.types {
				if m.By != "" && strings.Contains(codes, typeCode(m.Code)) {
					add(inTypes, m.By)
					break
				}
			}
		}
	}
	return out
}

// findLine is the line of a text that holds a word: one that the row shows, or else the first.
func findLine(t term, text string) (kind foundIn, found string, ok bool) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if !t.in(line) {
			continue
		}
		k := inRow
		switch c := foundIn(line[0]); {
		case c < '\n':
			k, line = c, line[1:]
		case c < numbersSign:
			k, line = c-1, line[1:]
		}
		if k == inRow {
			return inRow, line, true
		}
		if !ok {
			kind, found, ok = k, line, true
		}
	}
	return kind, found, ok
}

// reason is a line as a list shows it: as it was typed, or the piece around the word.
func reason(line string, t term) string {
	if _, typed, ok := strings.Cut(line, string(typedSign)); ok {
		typed, _, _ = strings.Cut(typed, string(initialsSign))
		return typed
	}
	if i := strings.IndexAny(line, string(numbersSign)+string(initialsSign)); i >= 0 {
		line = line[:i]
	}
	r := []rune(line)
	if len(r) <= longestReason {
		return line
	}
	at := max(strings.Index(line, t.word), 0)
	from := max(utf8.RuneCountInString(line[:at])-longestReason/4, 0)
	to := min(from+longestReason, len(r))
	s := string(r[from:to])
	if from > 0 {
		s = "…" + s
	}
	if to < len(r) {
		s += "…"
	}
	return s
}
