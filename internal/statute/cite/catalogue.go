package cite

import "casebook/internal/registry"

// Law is a law of the catalogue as the grammar knows it: its key and the names that texts give it.
type Law struct {
	ID        string
	Name      string // full name without 《》
	ShortName string
	Aliases   []string
}

// names are what the law is found by.
func (l *Law) names() []string { return append([]string{l.Name, l.ShortName}, l.Aliases...) }

// Catalogue answers for the laws that a Reader was given.
type Catalogue interface {
	// Find says which version of its law a cited provision belongs to, and whether its text is held.
	Find(Cited) Found
	// Texts lists the held texts that a quotation of a cited provision may come from: of the version named, else of those in force on
	// the day, else of all.
	Texts(Cited) []Text
}

// Cited is one provision of a law of the catalogue as a text cites it.
type Cited struct {
	LawID     string
	Provision registry.Provision
	Version   VersionWords
	On        registry.Date // where the text names no version, the one in force on the day is meant; zero leaves it open
}

// VersionWords are how a text names a version: 2017年修正. Both are empty where it names none.
type VersionWords struct{ Year, Kind string }

func (v VersionWords) String() string {
	if v.Year == "" {
		return ""
	}
	return v.Year + "年" + v.Kind
}

// Found is what a catalogue holds of a cited provision.
type Found struct {
	Version   string // name of the version, or as the text names it
	VersionID string // empty where the catalogue does not hold it
	Holding   registry.Holding
	Repealed  bool     // the law had been repealed by the day asked for; its text may be held all the same
	Problems  []string // in Chinese: what a reviewer should look at
}

// Text is a provision's text in one version.
type Text struct {
	VersionID string
	Words     string
	// Context is a 项 behind the words it goes on from, as decisions quote it; empty where that is no other text.
	Context string
}
