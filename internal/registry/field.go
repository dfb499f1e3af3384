package registry

import (
	"slices"
	"strconv"
	"strings"
)

// ValueKind says what a field holds, and so how it is written, compared and hidden.
type ValueKind string

// The kinds of value.
const (
	ValueText      ValueKind = "text"      // one line
	ValueProse     ValueKind = "prose"     // paragraphs
	ValueWord      ValueKind = "word"      // a word of a closed list, FieldInfo.Words
	ValueTri       ValueKind = "tri"       // 是, 否, or not known
	ValueBool      ValueKind = "bool"      // true or false
	ValueCount     ValueKind = "count"     // a whole number
	ValueDecimal   ValueKind = "decimal"   // a number with decimals
	ValueMoney     ValueKind = "money"     // in fen
	ValueDate      ValueKind = "date"      // year, month or day, whatever is known
	ValueClock     ValueKind = "clock"     // HH:MM
	ValueInstant   ValueKind = "instant"   // a moment, set by the program
	ValueDistrict  ValueKind = "district"  // GB/T 2260 code of a county
	ValueRole      ValueKind = "role"      // of an account
	ValueViolation ValueKind = "violation" // code of a violation type of the catalogue
	ValuePersonID  ValueKind = "person_id" // GB 11643
	ValuePhone     ValueKind = "phone"
	ValueReference ValueKind = "reference" // the id of a record of FieldInfo.Of
	ValueGroup     ValueKind = "group"     // an object of FieldInfo.Fields
	ValueRows      ValueKind = "rows"      // a list of them
	ValueList      ValueKind = "list"      // a list of plain values
	ValueMachine   ValueKind = "machine"   // a hash, a code, a document of the program's own
)

// FieldInfo is all that the program says of one field of a noun: labels of forms, words of histories and merge pages, what is
// masked, and what the interface refuses follow from it. The tests of the packages hold it against the struct, its column, its
// input, its page and its column of the ledger; what is absent there on purpose says why.
type FieldInfo struct {
	Name     string // in JSON
	Label    string // in Chinese, on every screen
	Kind     ValueKind
	Words    Terms     // of a word
	Of       string    // of a reference: the noun it refers to
	Fields   FieldList // of a group, or of each row
	Personal bool      // personal data: never published, and kept out of the audit's words
	ReadOnly bool      // set by the program or by the address a record is created under; nobody else can set it

	NoInput   string // why no form has it
	NoPage    string // why the record's page does not show it
	NoHistory string // why a history does not tell it
	NoLedger  string // why the ledger has no column that depends on it
}

// Mask hides a value from who may not read personal data. Values of other kinds stay as they are.
func (f FieldInfo) Mask(v string) string {
	switch f.Kind {
	case ValuePersonID:
		return MaskID(v)
	case ValuePhone:
		return MaskPhone(v)
	}
	return v
}

// Say writes a value as it is read on screen where the field alone tells how: a district of the bureau and a role by their names.
func (f FieldInfo) Say(v string, b *Bureau) string {
	switch f.Kind {
	case ValueDistrict:
		return b.DistrictName(v)
	case ValueRole:
		return Role(v).Chinese()
	}
	return v
}

// FieldList are the fields of a noun, a group or a row, in the order of the struct.
type FieldList []FieldInfo

// Find returns a field by its path: eia.number, or herds.0.count, in which the number of a row does not matter.
func (l FieldList) Find(path string) (FieldInfo, bool) {
	f, rest := l.find(path)
	return f, rest == "" && f.Name != ""
}

// find goes down the path as far as there are fields, and returns the last one with what remains.
func (l FieldList) find(path string) (found FieldInfo, rest string) {
	rest = path
	for rest != "" {
		name, after, _ := strings.Cut(rest, ".")
		if _, err := strconv.Atoi(name); (err == nil || name == "*") && found.Name != "" {
			rest = after
			continue
		}
		i := slices.IndexFunc(l, func(f FieldInfo) bool { return f.Name == name })
		if i < 0 {
			return found, rest
		}
		found, l, rest = l[i], l[i].Fields, after
	}
	return found, ""
}

// Label is the label of a field, or of the nearest group around it; where there is none, the path itself.
func (l FieldList) Label(path string) string {
	if f, _ := l.find(path); f.Label != "" {
		return f.Label
	}
	return path
}

// All calls yield with every field below the list and its path, groups and lists before their fields, rows as herds.*.count.
func (l FieldList) All(yield func(path string, f FieldInfo) bool) { l.each("", yield) }

func (l FieldList) each(prefix string, yield func(string, FieldInfo) bool) bool {
	for _, f := range l {
		path := prefix + f.Name
		if !yield(path, f) {
			return false
		}
		inner := path + "."
		if f.Kind == ValueRows {
			inner += "*."
		}
		if !f.Fields.each(inner, yield) {
			return false
		}
	}
	return true
}

// Labels are the labels of all fields by path: herds.*.count.
func (l FieldList) Labels() map[string]string {
	m := map[string]string{}
	for path, f := range l.All {
		m[path] = f.Label
	}
	return m
}

// noInput says of a field of a shared list why the forms of this noun leave it out.
func (l FieldList) noInput(name, why string) FieldList {
	l = slices.Clone(l)
	l[slices.IndexFunc(l, func(f FieldInfo) bool { return f.Name == name })].NoInput = why
	return l
}

// record puts before a noun's own fields those that every record has.
func record(fields ...FieldInfo) FieldList {
	return append(FieldList{
		{Name: "id", Label: "编号", Kind: ValueMachine, ReadOnly: true, NoInput: byProgram, NoPage: inAddress, NoHistory: sameAlways, NoLedger: inAddress},
		{Name: "version", Label: "版本", Kind: ValueMachine, ReadOnly: true, NoInput: hidden, NoPage: inHistory, NoHistory: inEntry, NoLedger: inHistory},
		{Name: "client_uid", Label: "创建标识", Kind: ValueMachine, NoInput: hidden, NoPage: machinery, NoHistory: machinery, NoLedger: machinery},
		{Name: "created_at", Label: "创建时间", Kind: ValueInstant, ReadOnly: true, NoInput: byProgram, NoPage: inHistory, NoHistory: inEntry, NoLedger: inHistory},
		{Name: "updated_at", Label: "修改时间", Kind: ValueInstant, ReadOnly: true, NoInput: byProgram, NoPage: inHistory, NoHistory: inEntry, NoLedger: inHistory},
	}, fields...)
}

// Reasons why a field is absent somewhere.
const (
	byProgram    = "the program sets it"
	hidden       = "every form carries it, unseen"
	byAddress    = "the address it is created under says it"
	inAddress    = "the address of the record says it"
	inHistory    = "the history tells it"
	inEntry      = "each entry of the history says it itself"
	sameAlways   = "it never changes"
	machinery    = "it is machinery, nothing to people"
	onRecordOnly = "the page has it; the ledger keeps to what a bureau reports of a case"
	ofFarm       = "the ledger tells of cases; of the farm it has what bears on the case"
	ofInspection = "the ledger tells of cases; of an inspection it has the day, the herds and the officers"
	ofNotes      = "the ledger counts the remarks; their words are for the page"
	byNameOnly   = "the ledger has the name only"
	byRecord     = "the ledger has what the record it refers to says"
	byRow        = "each row of the ledger says which case it is of"
	byOrder      = "the order of the ledger's rows tells it"
	mergePage    = "合并 and 拆回 set it, on a page of their own"
)

// Noun is a kind of record with its fields.
type Noun struct {
	Entity string // in revisions, the audit and addresses of restored records
	Name   string // in Chinese
	Fields FieldList
	Record any // an empty record, for its type
}

// NounOf finds a noun by its entity.
func NounOf(entity string) (Noun, bool) {
	i := slices.IndexFunc(Nouns, func(n Noun) bool { return n.Entity == entity })
	if i < 0 {
		return Noun{}, false
	}
	return Nouns[i], true
}

// NounFor finds a noun by the type of its records; one without a name where there is none.
func NounFor[T any]() Noun {
	for _, n := range Nouns {
		if _, ok := n.Record.(T); ok {
			return n
		}
	}
	return Noun{}
}

// FieldsOf are the fields of a noun by its type.
func FieldsOf[T any]() FieldList { return NounFor[T]().Fields }
