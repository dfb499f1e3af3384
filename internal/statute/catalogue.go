package statute

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"casebook/internal/registry"
	"casebook/internal/statute/cite"
)

//go:embed catalogue
var embedded embed.FS

// levels in the order laws are listed: from the national statute down.
var levels = []string{"法律", "行政法规", "司法解释", "部门规章", "部门规范性文件", "省级地方性法规", "省级规范性文件", "市级地方性法规"}

// Levels lists the levels of law (层级) that the catalogue knows, from the national statute down.
func Levels() []string { return slices.Clone(levels) }

// Catalogue holds the laws and what goes with them. It is read-only after loading and safe for concurrent use; callers must
// not change what it returns. With makes another one with an administrator's texts laid over it.
type Catalogue struct {
	laws   []*Law
	byID   map[string]*Law
	byName map[string]*Law // by nameKey

	readerOnce sync.Once // reader is made for the first text that is read
	reader     *cite.Reader

	rules
}

// rules are what a catalogue knows beside the texts. They name laws by key, so every catalogue made by With shares them: what is
// read from the catalogue's files belongs here; what is derived from the texts (an index, a sync.Once) belongs in Catalogue.
type rules struct {
	types      []*ViolationType
	typeByCode map[string]*ViolationType

	standards  []*Standard
	thresholds []Threshold
	pollutants map[string]string // upper-case name or alias → name

	deadlines    []Deadline
	deadlineNote string
	workingDays  []WorkingDayRule
	hearings     []HearingThreshold
	calendar     Calendar
	discretion   Discretion

	successions    []Succession
	successionNote string

	territories []Territory

	unheld map[string][]UnheldVersion // law → versions known to have been in force whose text is not held
}

var loadEmbedded = sync.OnceValue(func() *Catalogue {
	sub, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		panic(err)
	}
	c, err := Load(sub)
	if err != nil {
		panic("statute: the embedded catalogue is broken: " + err.Error())
	}
	return c
})

// Embedded is the catalogue compiled into the program, parsed once.
func Embedded() *Catalogue { return loadEmbedded() }

// Load reads a catalogue laid out like the embedded one.
func Load(fsys fs.FS) (*Catalogue, error) {
	c := &Catalogue{byID: map[string]*Law{}, byName: map[string]*Law{}}
	files, err := fs.Glob(fsys, "laws/*/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list law texts: %w", err)
	}
	for _, file := range files {
		if err := c.loadText(fsys, file); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
	}
	for _, law := range c.laws {
		slices.SortStableFunc(law.Versions, byBeginning)
		for _, name := range law.names() {
			if other, taken := c.byName[nameKey(name)]; taken && other != law {
				return nil, fmt.Errorf("%s and %s are both named %s", other.ID, law.ID, name)
			}
			c.byName[nameKey(name)] = law
		}
	}
	slices.SortFunc(c.laws, byLevel)
	for _, load := range []func(fs.FS) error{c.loadTerritories, c.loadViolations, c.loadWords, c.loadSuccessors, c.loadStandards, c.loadRules, c.loadHistory} {
		if err := load(fsys); err != nil {
			return nil, fmt.Errorf("load catalogue: %w", err)
		}
	}
	for _, law := range c.laws {
		law.Unheld = c.unheldOf(law)
	}
	return c, nil
}

// byBeginning sorts versions oldest first; those whose beginning is unknown stand last.
func byBeginning(a, b *Version) int { return a.From.Compare(b.From) }

func byLevel(a, b *Law) int {
	return cmp.Or(cmp.Compare(slices.Index(levels, a.Level), slices.Index(levels, b.Level)), cmp.Compare(a.Name, b.Name))
}

func (c *Catalogue) loadText(fsys fs.FS, file string) error {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	v, err := ParseText(b)
	if err != nil {
		return err
	}
	v.LawID, v.ID = path.Base(path.Dir(file)), strings.TrimSuffix(path.Base(file), ".txt")
	v.settle()
	law, ok := c.byID[v.LawID]
	if !ok {
		law = &Law{ID: v.LawID, Name: v.LawName, ShortName: v.ShortName, Level: v.Level}
		c.byID[law.ID], c.laws = law, append(c.laws, law)
	}
	if law.Name != v.LawName || law.ShortName != v.ShortName || law.Level != v.Level {
		return fmt.Errorf("versions of %s disagree on the law's name or level", law.ID)
	}
	law.addAliases(v.Aliases)
	law.Versions = append(law.Versions, v)
	return nil
}

// Laws lists the laws by level, then name.
func (c *Catalogue) Laws() []*Law { return c.laws }

// Law finds a law by its key.
func (c *Catalogue) Law(id string) (*Law, bool) {
	law, ok := c.byID[id]
	return law, ok
}

// LawByName finds a law by its full name, short name or a known alias, with or without 《》. A name that is really another
// law's is never an alias: 《水法》 is not 水污染防治法. Look-alike characters do not count.
func (c *Catalogue) LawByName(name string) (*Law, bool) {
	key := nameKey(name)
	law, ok := c.byName[strings.TrimSuffix(strings.TrimPrefix(key, "《"), "》")]
	return law, ok
}

// nameKey is a name as names are compared: in ordinary characters, without blanks.
func nameKey(name string) string { return strings.Join(strings.Fields(registry.PlainText(name)), "") }

// Version finds one version by the keys a citation stores.
func (c *Catalogue) Version(lawID, versionID string) (*Version, bool) {
	if law, ok := c.byID[lawID]; ok {
		for _, v := range law.Versions {
			if v.ID == versionID {
				return v, true
			}
		}
	}
	return nil, false
}

// InForce lists the versions that may have been in force: one for a day, perhaps several for a month or a year. Undated
// versions are always among them, and an unknown date returns all.
func (c *Catalogue) InForce(lawID string, on registry.Date) []*Version {
	return c.versionsBetween(lawID, on.Earliest(), on.Latest())
}

// Cite makes a citation of a provision in a version, with the text's hash as its snapshot where the text is held.
func (c *Catalogue) Cite(role registry.CitationRole, standing registry.CitationStanding, v *Version, p registry.Provision) registry.Citation {
	text, holding := v.Text(p)
	cited := registry.Citation{
		Role: role, Standing: standing, Law: v.LawName, LawID: v.LawID, VersionID: v.ID, Provision: p, Holding: holding,
	}
	if holding == registry.Held {
		cited.TextHash = TextHash(text)
	}
	return cited
}
