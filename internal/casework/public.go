package casework

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// The public site reads through this file alone: the published copies, frozen, and words about them that are public. Nothing here gives out an id of the
// register, a case, or a name of whoever wrote.

// PublicFilter and the kinds of facet are the store's.
type (
	PublicFilter = store.PublicFilter
	FacetKind    = store.FacetKind
)

// The kinds of facet.
const (
	FacetDistrict  = store.FacetDistrict
	FacetSpecies   = store.FacetSpecies
	FacetViolation = store.FacetViolation
	FacetLaw       = store.FacetLaw
)

// PublicWord is something that published bulletins are found under: its key in addresses, and how people call it.
type PublicWord struct {
	Kind      FacetKind
	Key       string
	Label     string
	Bulletins int // how many the site shows; 1 on a bulletin itself
}

// PublicLink leads to another bulletin.
type PublicLink struct {
	Slug, Title            string
	PublishedAt, UpdatedAt time.Time
}

// PublicBulletin is a bulletin as anybody may read it. Of one that is withdrawn only title, days and reason are filled.
type PublicBulletin struct {
	Slug        string
	Print       report.Bulletin // the published copy
	Laws        [][]string      // of each case, the keys of the laws that its quotes are of
	PublishedAt time.Time
	UpdatedAt   time.Time // when anything on its page changed last
	Words       []PublicWord
	Source      string       // 公开资料, where its cases were taken from published texts
	Note        string       // what was corrected, where it corrects another
	Corrects    *PublicLink  // the one that it puts right
	Corrections []PublicLink // those that put it right
	Gone        bool
	WithdrawnAt time.Time
	Reason      string // why it was withdrawn; empty where the words name what may not be told

	of    *registry.Bulletin
	paper string // SHA-256 of the PDF that its approval froze; empty where there is none
}

// Text is all of it that a search finds it by, folded; empty of one that is withdrawn.
func (p *PublicBulletin) Text() string {
	if p.Gone {
		return ""
	}
	return registry.Fold(p.of.PublicText())
}

// PublicListing is one page of the site's list.
type PublicListing struct {
	Rows  []PublicBulletin
	Next  string
	Words []PublicWord // all that the site's bulletins are found under
}

// PublicSiteOpen tells whether an administrator has opened the public site.
func (s *Service) PublicSiteOpen() bool { return s.Bureau().PublicSite }

// errSiteClosed is what every address of a closed site answers.
func errSiteClosed() error { return registry.NotFound("这个页面", "公众网站没有开放") }

// readPublic is a read by anybody, of a site that is open.
func (s *Service) readPublic(ctx context.Context, fn func(tx *store.Tx) error) error {
	return s.read(ctx, registry.PublicActor, registry.PermPublic, func(tx *store.Tx) error {
		b, err := tx.Bureau()
		if err != nil {
			return err
		}
		if !b.PublicSite {
			return errSiteClosed()
		}
		return fn(tx)
	})
}

// PublicList lists what the site shows, the latest first.
func (s *Service) PublicList(ctx context.Context, f PublicFilter, p Page) (l PublicListing, err error) {
	if n := registry.RuneLen(f.Q); n > 100 {
		return l, registry.Invalid("q", "检索词太长，最多 100 字")
	}
	err = s.readPublic(ctx, func(tx *store.Tx) error {
		all, err := tx.PublicFacets()
		if err != nil {
			return err
		}
		l.Words = s.publicWords(all)
		rows, next, err := tx.FindPublic(f, p)
		if err != nil {
			return err
		}
		l.Next = next
		for i := range rows {
			x, err := s.publicOf(tx, &rows[i])
			if err != nil {
				return err
			}
			l.Rows = append(l.Rows, x)
		}
		return nil
	})
	return l, err
}

// PublicBulletin reads one by its address, also one that is withdrawn. One that was never published is not found.
func (s *Service) PublicBulletin(ctx context.Context, slug string) (p PublicBulletin, err error) {
	err = s.readPublic(ctx, func(tx *store.Tx) error {
		x, err := publicBySlug(tx, slug)
		if err != nil {
			return err
		}
		p, err = s.publicOf(tx, &x)
		return err
	})
	return p, err
}

func publicBySlug(tx *store.Tx, slug string) (registry.Bulletin, error) {
	x, err := tx.BulletinBySlug(slug)
	if err != nil || x.Public() || x.Gone() {
		return x, err
	}
	return registry.Bulletin{}, registry.NotFound("这期通报", slug)
}

// PublicAddresses lists where the bulletins of the site are, the latest first: as many as one sitemap may hold.
func (s *Service) PublicAddresses(ctx context.Context) (list []PublicLink, err error) {
	const most = 49_000
	err = s.readPublic(ctx, func(tx *store.Tx) error {
		rows, err := tx.PublicAddresses(most)
		for i := range rows {
			list = append(list, *linkTo(&rows[i]))
		}
		return err
	})
	return list, err
}

// PublicWords are all that the site's bulletins are found under.
func (s *Service) PublicWords(ctx context.Context) (list []PublicWord, err error) {
	err = s.readPublic(ctx, func(tx *store.Tx) error {
		all, err := tx.PublicFacets()
		list = s.publicWords(all)
		return err
	})
	return list, err
}

// PublicGone lists the bulletins that are withdrawn from the site, the latest first.
func (s *Service) PublicGone(ctx context.Context) (list []PublicBulletin, err error) {
	const most = 1000
	err = s.readPublic(ctx, func(tx *store.Tx) error {
		rows, err := tx.GoneBulletins(most)
		if err != nil {
			return err
		}
		for i := range rows {
			x, err := s.publicOf(tx, &rows[i])
			if err != nil {
				return err
			}
			list = append(list, x)
		}
		return nil
	})
	return list, err
}

// PublicPaper opens the PDF of a bulletin that the site shows, as its approval froze it. The file is nil where none is: it is set from p then.
func (s *Service) PublicPaper(ctx context.Context, slug string) (p PublicBulletin, file io.ReadCloser, err error) {
	if p, err = s.PublicBulletin(ctx, slug); err != nil || p.Gone || p.paper == "" {
		return p, nil, err
	}
	f, err := s.db.OpenFile(p.paper)
	return p, f, err
}

// publicOf is what anybody may read of a bulletin.
func (s *Service) publicOf(tx *store.Tx, x *registry.Bulletin) (p PublicBulletin, err error) {
	p = PublicBulletin{of: x, Slug: x.Slug, PublishedAt: *x.PublishedAt, UpdatedAt: x.UpdatedAt, Gone: x.Gone()}
	if x.CorrectsID != 0 {
		was, err := store.Bulletins.Get(tx, int64(x.CorrectsID))
		if err != nil {
			return p, err
		}
		if was.Public() || was.Gone() {
			p.Corrects = linkTo(&was)
		}
	}
	later, err := tx.CorrectionsOf(x.ID)
	if err != nil {
		return p, err
	}
	for i := range later {
		if later[i].Public() {
			p.Corrections = append(p.Corrections, *linkTo(&later[i]))
			if at := *later[i].PublishedAt; at.After(p.UpdatedAt) {
				p.UpdatedAt = at
			}
		}
	}
	if p.Gone {
		p.Print.Title = x.Title
		p.WithdrawnAt = x.UpdatedAt
		if x.WithdrawnAt != nil {
			p.WithdrawnAt = *x.WithdrawnAt
		}
		p.Reason, err = s.harmless(tx, x, x.WithdrawReason)
		return p, err
	}
	p.Print = printed(x)
	if x.Origin == registry.OriginPublished {
		p.Source = "公开资料"
	}
	for _, c := range x.Cases {
		keys := make([]string, len(c.Quotes))
		for i, q := range c.Quotes {
			keys[i] = q.LawID
		}
		p.Laws = append(p.Laws, keys)
	}
	for _, f := range x.Papers {
		if f.Format == "pdf" {
			p.paper = f.SHA256
		}
	}
	own, err := tx.FacetsOf(x.ID)
	if err != nil {
		return p, err
	}
	p.Words = s.publicWords(own)
	p.Note, err = s.harmless(tx, x, x.CorrectionNote)
	return p, err
}

func linkTo(x *registry.Bulletin) *PublicLink {
	return &PublicLink{x.Slug, x.Title, *x.PublishedAt, x.UpdatedAt}
}

// harmless is what somebody wrote for colleagues, where the guard finds in it neither a secret of the bulletin's cases nor the name of an account; empty
// otherwise.
func (s *Service) harmless(tx *store.Tx, x *registry.Bulletin, words string) (string, error) {
	if words == "" {
		return "", nil
	}
	files, err := filesOf(tx, x)
	if err != nil {
		return "", err
	}
	accounts, err := tx.Accounts()
	if err != nil {
		return "", err
	}
	bureau := s.Bureau()
	secrets := files.secrets(bureau)
	for _, u := range accounts {
		if registry.RuneLen(u.DisplayName) > 1 {
			secrets = append(secrets, registry.Secret{Kind: "账号姓名", Text: u.DisplayName})
		}
	}
	if len(bureau.FindLeaks(words, secrets)) > 0 {
		return "", nil
	}
	return words, nil
}

// publicWords gives the words of facets: names of districts, labels of violation types, names of laws. In the order of the bureau's districts, the
// dictionary's species, and else of the words.
func (s *Service) publicWords(facets []store.Facet) (list []PublicWord) {
	law, bureau := s.Law(), s.Bureau()
	for _, f := range facets {
		w := PublicWord{Kind: f.Kind, Key: f.Word, Label: f.Word, Bulletins: f.Bulletins}
		switch f.Kind {
		case FacetDistrict:
			w.Label = bureau.DistrictName(f.Word)
		case FacetViolation:
			if t, ok := law.ViolationType(f.Word); ok {
				w.Label = t.Label
			}
		case FacetLaw:
			if l, ok := law.Law(f.Word); ok {
				w.Label = l.Name
			}
		}
		list = append(list, w)
	}
	place := func(w PublicWord) int {
		switch w.Kind {
		case FacetDistrict:
			return slices.IndexFunc(bureau.Districts, func(d registry.District) bool { return d.Code == w.Key })
		case FacetSpecies:
			return slices.Index(registry.Species, w.Key)
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b PublicWord) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(place(a), place(b)), cmp.Compare(a.Label, b.Label))
	})
	return list
}

// PublicWordOf gives the words of one facet, whether or not a bulletin is found under it.
func (s *Service) PublicWordOf(kind FacetKind, key string) PublicWord {
	return s.publicWords([]store.Facet{{Kind: kind, Word: key}})[0]
}

// PublicLaw is a law with the articles of it that published bulletins quote.
type PublicLaw struct {
	Key, Name string
	Articles  []PublicArticle
	Next      string // where the bulletins go on
}

// PublicArticle is one quoted text, word for word as it was published, and the bulletins that quote it.
type PublicArticle struct {
	report.StatuteQuote
	Bulletins []PublicLink

	provision registry.Provision
	version   string
}

// PublicLaw reads what the bulletins of one page, the latest first, quote of a law. A law that none quotes is not found.
func (s *Service) PublicLaw(ctx context.Context, key string, page Page) (l PublicLaw, err error) {
	l.Key = key
	err = s.readPublic(ctx, func(tx *store.Tx) error {
		rows, next, err := tx.FindPublic(PublicFilter{Law: key}, page)
		if err != nil {
			return err
		}
		l.Next = next
		for i := range rows {
			l.take(&rows[i])
		}
		return nil
	})
	if err == nil && (key == "" || len(l.Articles) == 0) {
		err = registry.NotFound("这部法律的引文", key)
	}
	slices.SortStableFunc(l.Articles, func(a, b PublicArticle) int {
		x, y := a.provision, b.provision
		return cmp.Or(cmp.Compare(b.version, a.version), cmp.Compare(x.Article, y.Article), cmp.Compare(x.Sub, y.Sub), cmp.Compare(x.Paragraph, y.Paragraph),
			cmp.Compare(x.Item, y.Item), cmp.Compare(x.Subitem, y.Subitem))
	})
	return l, err
}

// take adds what a bulletin quotes of the law.
func (l *PublicLaw) take(x *registry.Bulletin) {
	for _, c := range x.Cases {
		for _, q := range c.Quotes {
			if q.LawID != l.Key {
				continue
			}
			l.Name = q.Law
			i := slices.IndexFunc(l.Articles, func(a PublicArticle) bool {
				return a.provision == q.Provision && a.version == q.VersionID && a.Text == q.Text && a.Checked == q.Checked
			})
			if i < 0 {
				i = len(l.Articles)
				l.Articles = append(l.Articles, PublicArticle{provision: q.Provision, version: q.VersionID,
					StatuteQuote: report.StatuteQuote{Law: q.Law, Provision: q.Provision.String(), Version: q.VersionName, Checked: q.Checked, Text: q.Text}})
			}
			if a := &l.Articles[i]; !slices.ContainsFunc(a.Bulletins, func(b PublicLink) bool { return b.Slug == x.Slug }) {
				a.Bulletins = append(a.Bulletins, *linkTo(x))
			}
		}
	}
}
