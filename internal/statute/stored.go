package statute

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"time"

	"casebook/internal/registry"
)

// StoredText is a law text that an administrator imported: one revision of one version, in the catalogue's own format.
type StoredText struct {
	LawID, VersionID string
	Revision         int // from 1, per version
	Body             string
	Import
}

// Import says where an imported text came from.
type Import struct {
	By     string // user name
	At     time.Time
	Source string // the file or page it was taken from, as the front matter says
	Note   string // why, in the administrator's words
}

// Check is a 核对 mark: a person compared one text with an official one, or took that back. The last mark of a text counts.
type Check struct {
	LawID, VersionID string
	Hash             string // Version.Hash of the text that was compared
	Source           string // what it was compared with
	On               registry.Date
	By               string
	Withdrawn        bool
}

// BrokenText is a stored text that cannot be used any more, and why, in Chinese. Its version shows the revision before it.
type BrokenText struct {
	StoredText
	Why string
}

// With is c with imported texts laid over it. For a version that c holds the highest revision is looked up from now on, and all are kept
// in Version.Revisions; other versions and laws are added. checks, oldest first, decide which texts are 已核对. c is not changed. What
// cannot be used (it no longer parses, its name now belongs to another law) is left out and returned: it must not take a server down.
func (c *Catalogue) With(texts []StoredText, checks []Check) (*Catalogue, []BrokenText) {
	n := &Catalogue{byID: map[string]*Law{}, byName: map[string]*Law{}, rules: c.rules}
	for _, law := range c.laws {
		n.put(law.clone())
	}
	var broken []BrokenText
	texts = slices.Clone(texts)
	slices.SortStableFunc(texts, func(a, b StoredText) int { return a.Revision - b.Revision })
	for _, t := range texts {
		if err := n.addStored(t); err != nil {
			broken = append(broken, BrokenText{t, err.Error()})
		}
	}
	for _, law := range n.laws {
		slices.SortStableFunc(law.Versions, byBeginning)
		law.Unheld = n.unheldOf(law)
	}
	slices.SortFunc(n.laws, byLevel)
	n.mark(checks)
	return n, broken
}

func (c *Catalogue) put(law *Law) {
	c.laws = append(c.laws, law)
	c.byID[law.ID] = law
	for _, name := range law.names() {
		c.byName[nameKey(name)] = law
	}
}

// clone copies what With changes: the law's lists and the versions themselves, not their articles.
func (l *Law) clone() *Law {
	n := *l
	n.Aliases, n.Versions = slices.Clone(l.Aliases), make([]*Version, len(l.Versions))
	for i, v := range l.Versions {
		revisions := make([]*Version, len(v.Revisions))
		for k, r := range v.Revisions {
			copied := *r
			revisions[k] = &copied
		}
		n.Versions[i] = latest(revisions)
	}
	return &n
}

// latest makes the last of a version's revisions the one that is looked up; each knows all.
func latest(revisions []*Version) *Version {
	for _, r := range revisions {
		r.Revisions = revisions
	}
	return revisions[len(revisions)-1]
}

// settle finishes a version that has just been parsed and stands alone.
func (v *Version) settle() {
	v.Hash, v.Revisions = HashArticles(v.Articles), []*Version{v}
}

func (c *Catalogue) addStored(t StoredText) error {
	v, err := ParseText([]byte(t.Body))
	if err != nil {
		return err
	}
	v.LawID, v.ID, v.Revision, v.Import = t.LawID, t.VersionID, t.Revision, &t.Import
	v.Checked = false // a file cannot vouch for itself
	v.settle()
	law, err := c.lawOf(v)
	if err != nil {
		return err
	}
	for i, have := range law.Versions {
		if have.ID == v.ID {
			law.Versions[i] = latest(append(have.Revisions, v))
			return nil
		}
	}
	law.Versions = append(law.Versions, v)
	return nil
}

// lawOf is the law that a new text belongs to, made where the key is new. Nothing is changed where the names do not fit.
func (c *Catalogue) lawOf(v *Version) (*Law, error) {
	law, known := c.byID[v.LawID]
	if known {
		if v.ShortName == v.LawName {
			v.ShortName = law.ShortName // the front matter left it out
		}
		if v.LawName != law.Name || v.ShortName != law.ShortName || v.Level != law.Level {
			return nil, fmt.Errorf("法名、简称或层级与本库的《%s》（简称%s，%s）不一致", law.Name, law.ShortName, law.Level)
		}
	} else {
		law = &Law{ID: v.LawID, Name: v.LawName, ShortName: v.ShortName, Level: v.Level}
	}
	for _, name := range append([]string{v.LawName, v.ShortName}, v.Aliases...) {
		if other, taken := c.byName[nameKey(name)]; taken && other != law {
			return nil, fmt.Errorf("“%s”已经是《%s》的名称", name, other.Name)
		}
	}
	law.addAliases(v.Aliases)
	if !known {
		c.laws, c.byID[law.ID] = append(c.laws, law), law
	}
	for _, name := range law.names() {
		c.byName[nameKey(name)] = law
	}
	return law, nil
}

// mark sets what the marks say; a text without one keeps what its file says.
func (c *Catalogue) mark(checks []Check) {
	type text struct{ law, version, hash string }
	last := map[text]Check{}
	for _, m := range checks {
		last[text{m.LawID, m.VersionID, m.Hash}] = m
	}
	for _, law := range c.laws {
		for _, v := range law.Versions {
			for _, r := range v.Revisions {
				if m, ok := last[text{law.ID, v.ID, r.Hash}]; ok {
					r.Checked, r.CheckedSource, r.CheckedOn, r.CheckedBy = !m.Withdrawn, m.Source, m.On, m.By
				}
			}
		}
	}
}

// AtRevision finds one of the version's texts by its number.
func (v *Version) AtRevision(n int) (*Version, bool) {
	for _, r := range v.Revisions {
		if r.Revision == n {
			return r, true
		}
	}
	return nil, false
}

// CheckedText reports whether the text that a citation points at, by its hash, is 已核对: in whichever revision it stood.
func (c *Catalogue) CheckedText(lawID, versionID string, p registry.Provision, textHash string) bool {
	v, ok := c.Version(lawID, versionID)
	if !ok || textHash == "" {
		return false
	}
	for _, r := range v.Revisions {
		if !r.Checked {
			continue
		}
		if text, holding := r.Text(p); holding == registry.Held && TextHash(text) == textHash {
			return true
		}
	}
	return false
}

// HashArticles names the words of a text: number and text of every article, in order.
func HashArticles(articles []Article) string {
	h := sha256.New()
	for i := range articles {
		a := &articles[i]
		_, _ = io.WriteString(h, a.Provision().Key()+"\n"+a.Text()+"\n\n") // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))
}
