package registry

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
)

// PartyMerge is a person's finding that two entries are one party. What pointed at the first points at the second from then on;
// Moved says what that was, so that the merge can be undone exactly.
type PartyMerge struct {
	ID PartyMergeID `json:"id"`
	Meta
	PartyID PartyID `json:"party_id"` // entered twice; hidden afterwards
	IntoID  PartyID `json:"into_id"`  // the one that stays
	Merging
}

// Merging is what is kept of a merge of any two entries.
type Merging struct {
	Reason     string           `json:"reason"`
	MergedBy   string           `json:"merged_by"`
	Moved      []MovedReference `json:"moved"`
	UndoneAt   *time.Time       `json:"undone_at"`
	UndoneBy   string           `json:"undone_by"`
	UndoReason string           `json:"undo_reason"`
}

// MovedReference is a record that pointed at a merged entry: entity is case, farm, inspection or penalty.
type MovedReference struct {
	Entity string `json:"entity"`
	ID     int64  `json:"id"`
}

// Clean normalises what was typed.
func (x *Merging) Clean() {
	x.Reason, x.UndoReason = CleanText(x.Reason), CleanText(x.UndoReason)
	if x.Moved == nil {
		x.Moved = []MovedReference{}
	}
}

// validate checks a merge of the entry from into the entry into.
func (x *Merging) validate(noun string, from, into int64) error {
	var p Problems
	if from == 0 || into == 0 {
		p.Add("into_id", "请选择两个%s", noun)
	}
	if from == into && from != 0 {
		p.Add("into_id", "同一条登记不能与自己合并")
	}
	p.required("reason", x.Reason, "合并理由")
	p.text("reason", x.Reason, 2000)
	p.text("undo_reason", x.UndoReason, 2000)
	return p.Err()
}

// Validate checks the merge.
func (x *PartyMerge) Validate() error {
	return x.validate("当事人", int64(x.PartyID), int64(x.IntoID))
}

// NameKey is a party's name without what people type differently: all that Fold folds, and every sign.
func NameKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) {
			return -1
		}
		return r
	}, Fold(name))
}

// FormerNames are the names that a party's revisions, the oldest first, give beside its present one; the latest first.
func FormerNames(name string, revisions []Revision) (names []string) {
	seen := map[string]bool{NameKey(name): true, "": true}
	for _, r := range slices.Backward(revisions) {
		var was struct {
			Name string `json:"name"`
		}
		if json.Unmarshal(r.Body, &was) != nil { // its personal data were erased
			continue
		}
		if key := NameKey(was.Name); !seen[key] {
			seen[key] = true
			names = append(names, was.Name)
		}
	}
	return names
}

// FormerOperators are those who ran a farm before, as its revisions, the oldest first, tell; the latest first.
func FormerOperators(now PartyID, revisions []Revision) (ids []PartyID) {
	for _, r := range slices.Backward(revisions) {
		var was struct {
			ID PartyID `json:"operator_id"`
		}
		if json.Unmarshal(r.Body, &was) == nil && was.ID != 0 && was.ID != now && !slices.Contains(ids, was.ID) {
			ids = append(ids, was.ID)
		}
	}
	return ids
}

// MaskedStart is what a name as published tells before what it hides: each name that it can stand for begins so.
func MaskedStart(masked string) string {
	start, _, _ := strings.Cut(masked, "某")
	return start
}

// MaskedName reports whether a name as published (恩平某畜牧有限公司) can stand for another: 某 is one character or more.
func MaskedName(masked, name string) bool {
	parts := strings.Split(strings.ReplaceAll(masked, "某某", "某"), "某")
	if len(parts) < 2 || !strings.HasPrefix(name, parts[0]) {
		return false
	}
	rest := name[len(parts[0]):]
	for i, part := range parts[1:] {
		if rest == "" {
			return false
		}
		_, size := firstRune(rest)
		at := strings.Index(rest[size:], part)
		if i == len(parts)-2 { // the last part stands at the end
			at = len(rest) - size - len(part)
			if at < 0 || !strings.HasSuffix(rest, part) {
				return false
			}
		}
		if at < 0 {
			return false
		}
		rest = rest[size+at+len(part):]
	}
	return rest == ""
}

func firstRune(s string) (r rune, size int) {
	for i, c := range s {
		if i > 0 {
			return r, i
		}
		r = c
	}
	return r, len(s)
}
