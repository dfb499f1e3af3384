package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// draftedOf keeps what a first draft says, so that it can be told later whether the record says something else.
func draftedOf(c *registry.BulletinCase) registry.DraftedCopy {
	d := registry.DraftedCopy{Title: c.Title, Facts: c.Facts, Handling: c.Handling}
	sum := sha256.Sum256([]byte(d.Title + "\x00" + d.Facts + "\x00" + d.Handling))
	d.Digest = hex.EncodeToString(sum[:12])
	return d
}

// OutOfDate is a case of a bulletin whose record gives another first draft than the one that the copy rests on.
type OutOfDate struct {
	CaseID   registry.CaseID
	Was, Now registry.DraftedCopy
}

// Changed tells whether the record gives another first draft than the one that the copy rests on. Of a copy that nobody knows the draft of, nothing is said.
func (b BulletinSource) Changed(c *registry.BulletinCase) bool {
	return c.Drafted.Digest != "" && c.Drafted.Digest != b.Draft.Drafted.Digest
}

// outOfDate lists the cases of a bulletin whose records have changed in what is told of them since they were drafted.
func (s *Service) outOfDate(x *registry.Bulletin, files bulletinFiles) (list []OutOfDate) {
	if x.State != registry.BulletinDraft && x.State != registry.BulletinSubmitted {
		return nil
	}
	law, bureau := s.Law(), s.Bureau()
	for _, c := range x.Cases {
		f := files.of[c.CaseID]
		if f == nil || c.Drafted.Digest == "" {
			continue
		}
		if d := compose(f, law, bureau).Drafted; d.Digest != c.Drafted.Digest {
			list = append(list, OutOfDate{c.CaseID, c.Drafted, d})
		}
	}
	return list
}

// draftCases writes the first draft of every case that has no words yet, and settles which draft each copy rests on: what a client sends of it
// counts for nothing but its digest, which tells that the draft of today was seen. did says what became of drafts that were out of date.
func (s *Service) draftCases(ctx context.Context, a registry.Actor, x *registry.Bulletin, was []registry.BulletinCase) (did string, err error) {
	stored := map[registry.CaseID]*registry.BulletinCase{}
	for i := range was {
		stored[was[i].CaseID] = &was[i]
	}
	var asked []registry.CaseID
	for i := range x.Cases {
		c := &x.Cases[i]
		if old := stored[c.CaseID]; old == nil || wordless(c) || c.Drafted.Digest != "" && c.Drafted.Digest != old.Drafted.Digest {
			asked = append(asked, c.CaseID)
		} else {
			c.Drafted = old.Drafted
		}
	}
	sources, err := s.BulletinSources(ctx, a, asked)
	if err != nil {
		return "", err
	}
	var acts []string
	for i := range x.Cases {
		c := &x.Cases[i]
		if !slices.Contains(asked, c.CaseID) {
			continue
		}
		source, found := sources[c.CaseID]
		if !found {
			return "", caseMissing(i)
		}
		if act := redraft(c, stored[c.CaseID], source.Draft); act != "" && !slices.Contains(acts, act) {
			acts = append(acts, act)
		}
	}
	return strings.Join(acts, "、"), nil
}

func wordless(c *registry.BulletinCase) bool {
	return strings.TrimSpace(c.Title+c.Facts+c.Handling) == ""
}

// redraft settles one copy by the first draft of today; it says what was done about a draft that was out of date.
func redraft(c, old *registry.BulletinCase, first registry.BulletinCase) (act string) {
	seen := c.Drafted.Digest == first.Drafted.Digest
	switch {
	case wordless(c):
		first.Meaning = c.Meaning
		if c.Quotes != nil {
			first.Quotes = c.Quotes
		}
		*c = first
	case old == nil || seen:
		c.Drafted = first.Drafted
	default: // a digest of no draft of today: the copy rests on what it rested on
		c.Drafted = old.Drafted
	}
	if old == nil || old.Drafted.Digest == "" || c.Drafted.Digest == old.Drafted.Digest {
		return ""
	}
	if c.Title == first.Title && c.Facts == first.Facts && c.Handling == first.Handling {
		return "用新草稿替换"
	}
	return "保留现有文字"
}
