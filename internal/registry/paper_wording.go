package registry

import "slices"

// PaperWording are the fixed wordings of one kind of paper as an administrator changed them. What names in braces stand for, and which
// wordings there are, package paper knows; a wording that is not among them is the one that is shipped.
type PaperWording struct {
	ID PaperWordingID `json:"id"`
	Meta
	Paper string        `json:"paper"` // the key of the kind; common: words that all share
	Texts []WordingText `json:"texts"`
	Note  string        `json:"note"` // why it was changed
}

// WordingText is one wording by its key.
type WordingText struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Clean normalises what was typed.
func (x *PaperWording) Clean() {
	x.Note = CleanText(x.Note)
	for i := range x.Texts {
		x.Texts[i].Text = CleanText(x.Texts[i].Text)
	}
}

// Validate checks what no wording may have; its braces are checked where the papers are known.
func (x *PaperWording) Validate() error {
	var p Problems
	p.required("paper", x.Paper, "文书")
	p.text("note", x.Note, maxLine)
	return p.Err()
}

// Map are the wordings by their keys.
func (x *PaperWording) Map() map[string]string {
	m := make(map[string]string, len(x.Texts))
	for _, t := range x.Texts {
		m[t.Key] = t.Text
	}
	return m
}

// Text is a wording by its key; ok is false where it was not changed.
func (x *PaperWording) Text(key string) (text string, ok bool) {
	i := slices.IndexFunc(x.Texts, func(t WordingText) bool { return t.Key == key })
	if i < 0 {
		return "", false
	}
	return x.Texts[i].Text, true
}
