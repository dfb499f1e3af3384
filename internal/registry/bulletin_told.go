package registry

import "time"

// CaseBulletin is an approved bulletin as a case that it tells asks of it: since when the case was told so, and whether that still stands.
type CaseBulletin struct {
	ID          BulletinID
	Title       string
	ApprovedAt  time.Time
	ReleasedOn  Date       // first; zero: nobody has read it yet
	WithdrawnAt *time.Time // nil: it stands
	Corrections []BulletinCorrection
}

// BulletinCorrection is a correction that was approved and published.
type BulletinCorrection struct {
	ApprovedAt time.Time
	ReleasedOn Date
}

// ReleasedOn is the first day on which the bulletin was published anywhere; zero where it never was.
func (x *Bulletin) ReleasedOn() (first Date) {
	for _, r := range x.Releases {
		if first.IsZero() || r.On.Before(first) {
			first = r.On
		}
	}
	if first.IsZero() && x.PublishedAt != nil {
		return DateOf(*x.PublishedAt)
	}
	return first
}

// Told is an approved bulletin as its cases ask of it, with the bulletins that put it right. ok is false of one that is not approved, or was not.
func (x *Bulletin) Told(corrections []Bulletin) (b CaseBulletin, ok bool) {
	if x.ApprovedAt == nil || x.State != BulletinApproved && x.State != BulletinWithdrawn {
		return b, false
	}
	b = CaseBulletin{ID: x.ID, Title: x.Title, ApprovedAt: *x.ApprovedAt, ReleasedOn: x.ReleasedOn()}
	if x.State == BulletinWithdrawn {
		b.WithdrawnAt = x.WithdrawnAt
		if b.WithdrawnAt == nil {
			b.WithdrawnAt = &x.UpdatedAt
		}
	}
	for i := range corrections {
		if c := &corrections[i]; c.State == BulletinApproved && c.ApprovedAt != nil && c.Released() {
			b.Corrections = append(b.Corrections, BulletinCorrection{*c.ApprovedAt, c.ReleasedOn()})
		}
	}
	return b, true
}

// PutRight is the first published correction that was approved after something was recorded; nil where there is none.
func (b *CaseBulletin) PutRight(recorded time.Time) *BulletinCorrection {
	for i := range b.Corrections {
		if c := &b.Corrections[i]; c.ApprovedAt.After(recorded) {
			return c
		}
	}
	return nil
}
