package statute

import (
	"cmp"

	"casebook/internal/registry"
	"casebook/internal/statute/diff"
)

// ChangeKind says what became of an article between two texts.
type ChangeKind string

// The kinds of change.
const (
	ChangeNew     ChangeKind = "new"
	ChangeEdited  ChangeKind = "changed"
	ChangeRemoved ChangeKind = "removed"
	ChangeNone    ChangeKind = "same"
)

// ArticleChange is one article number in two texts. Numbers move when a law is amended: Moved then names where in the other text the
// same words stand, and claims no more.
type ArticleChange struct {
	registry.Provision
	Kind     ChangeKind
	Old, New *Article // nil where the text has no article of this number
	Moved    registry.Provision
}

// Changes compares two lists of articles by number, in order.
func Changes(before, after []Article) []ArticleChange {
	var list []ArticleChange
	for i, j := 0, 0; i < len(before) || j < len(after); {
		c := ArticleChange{}
		var order int
		switch {
		case i == len(before):
			order = 1
		case j == len(after):
			order = -1
		default:
			order = cmp.Or(cmp.Compare(before[i].Article, after[j].Article), cmp.Compare(before[i].Sub, after[j].Sub))
		}
		if order <= 0 {
			c.Old = &before[i]
			c.Provision = c.Old.Provision()
			i++
		}
		if order >= 0 {
			c.New = &after[j]
			c.Provision = c.New.Provision()
			j++
		}
		c.Kind = kindOf(c.Old, c.New)
		list = append(list, c)
	}
	findMoved(list)
	return list
}

func kindOf(before, after *Article) ChangeKind {
	switch {
	case before == nil:
		return ChangeNew
	case after == nil:
		return ChangeRemoved
	case before.Text() == after.Text():
		return ChangeNone
	}
	return ChangeEdited
}

// findMoved looks for articles whose words stand under another number.
func findMoved(list []ArticleChange) {
	was, is := map[string]registry.Provision{}, map[string]registry.Provision{}
	for _, c := range list {
		if c.Kind == ChangeNone {
			continue
		}
		if c.Old != nil {
			was[c.Old.Text()] = c.Provision
		}
		if c.New != nil {
			is[c.New.Text()] = c.Provision
		}
	}
	for i := range list {
		switch c := &list[i]; c.Kind {
		case ChangeNew, ChangeEdited:
			c.Moved = was[c.New.Text()]
		case ChangeRemoved:
			c.Moved = is[c.Old.Text()]
		}
	}
}

// Edits are the changed characters of the article, from the old text to the new.
func (c *ArticleChange) Edits() []diff.Edit {
	before, after := "", ""
	if c.Old != nil {
		before = c.Old.Text()
	}
	if c.New != nil {
		after = c.New.Text()
	}
	return diff.Texts(before, after)
}
