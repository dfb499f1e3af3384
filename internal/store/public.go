package store

import (
	"cmp"
	"crypto/rand"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/registry"
)

// What the public site is read from: the bulletins that it shows, by what each is found under, kept when it is published and taken away when it is withdrawn.

// FacetKind is one way of finding a bulletin.
type FacetKind string

// The kinds of facet. Their words are codes of districts, dictionary words of species, codes of violation types, and keys of laws in the catalogue.
const (
	FacetDistrict  FacetKind = "district"
	FacetSpecies   FacetKind = "species"
	FacetViolation FacetKind = "type"
	FacetLaw       FacetKind = "law"
)

// Facet is a word that published bulletins are found under, and how many are.
type Facet struct {
	Kind      FacetKind
	Word      string
	Bulletins int
}

// PublicFilter narrows the list of published bulletins; empty fields ask nothing.
type PublicFilter struct {
	District, Species, Violation, Law string
	Q                                 string // words of the text, in any spelling that folds alike
}

// asked are the facets of the filter.
func (f PublicFilter) asked() (list []Facet) {
	for _, x := range []Facet{{Kind: FacetLaw, Word: f.Law}, {Kind: FacetViolation, Word: f.Violation}, {Kind: FacetSpecies, Word: f.Species}, {Kind: FacetDistrict, Word: f.District}} {
		if x.Word != "" {
			list = append(list, x)
		}
	}
	return list
}

// newSlug is the public address of a bulletin: 80 random bits, of which nothing about the register follows.
func newSlug() string { return strings.ToLower(rand.Text()[:16]) }

// BulletinBySlug reads a bulletin by its public address.
func (tx *Tx) BulletinBySlug(slug string) (registry.Bulletin, error) {
	if slug == "" {
		return registry.Bulletin{}, registry.NotFound(Bulletins.Noun, slug)
	}
	return Bulletins.first(tx, "WHERE slug = $1 AND slug <> ''", slug, slug)
}

// FindPublic lists what the public site shows under a filter, with the published copies, the latest first; next is empty where nothing follows.
func (tx *Tx) FindPublic(f PublicFilter, p Page) (rows []registry.Bulletin, next string, err error) {
	asked, words := f.asked(), registry.Fold(f.Q)
	if len(asked) == 0 && words == "" {
		return tx.PublicBulletins(p)
	}
	terms, found, err := tx.publicTermsOf(words)
	if err != nil || !found {
		return nil, "", err
	}
	q := newQuery("SELECT f.bulletin_id, f.published_at FROM ")
	switch {
	case len(terms) > 0:
		q.add("public_terms f WHERE f.term = ?", terms[0])
		for _, t := range terms[1:] {
			q.add(" AND EXISTS (SELECT 1 FROM public_terms o WHERE o.term = ? AND o.published_at = f.published_at AND o.bulletin_id = f.bulletin_id)", t)
		}
	default:
		q.add("public_facets f WHERE f.kind = ? AND f.word = ?", string(asked[0].Kind), asked[0].Word)
		asked = asked[1:]
	}
	for _, x := range asked {
		q.add(" AND EXISTS (SELECT 1 FROM public_facets o WHERE o.bulletin_id = f.bulletin_id AND o.kind = ? AND o.word = ?)", string(x.Kind), x.Word)
	}
	if words != "" {
		q.add(` AND EXISTS (SELECT 1 FROM public_texts t WHERE t.bulletin_id = f.bulletin_id AND t.text LIKE ? ESCAPE '\')`, containing(words))
	}
	if err := keyset(q, p, false, "f.bulletin_id", "f.published_at"); err != nil {
		return nil, "", err
	}
	var ids []registry.BulletinID
	var published []string
	if err := tx.each(func(r *sql.Rows) error {
		var id registry.BulletinID
		var at string
		err := r.Scan(&id, &at)
		ids, published = append(ids, id), append(published, at)
		return err
	}, q.sql(), q.args...); err != nil {
		return nil, "", err
	}
	if len(ids) > p.Limit {
		ids = ids[:p.Limit]
		next = cursor(false, [2]string{published[p.Limit-1], fmt.Sprint(int64(ids[p.Limit-1]))})
	}
	of, err := byIDs(tx, Bulletins, ids)
	if err != nil {
		return nil, "", err
	}
	for _, id := range ids {
		rows = append(rows, of[id])
	}
	return rows, next, Bulletins.loadAll(tx, rows)
}

// containing is the pattern of LIKE for a text with these words in it.
func containing(words string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(words) + "%"
}

// PublicFacets are all words that published bulletins are found under.
func (tx *Tx) PublicFacets() ([]Facet, error) {
	return tx.facets("SELECT kind, word, bulletins FROM public_facet_counts ORDER BY kind, word")
}

// FacetsOf are the words that one bulletin is found under.
func (tx *Tx) FacetsOf(id registry.BulletinID) ([]Facet, error) {
	return tx.facets("SELECT kind, word, 1 FROM public_facets WHERE bulletin_id = $1 ORDER BY kind, word", id)
}

func (tx *Tx) facets(query string, args ...any) (list []Facet, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x Facet
		err := rows.Scan(&x.Kind, &x.Word, &x.Bulletins)
		list = append(list, x)
		return err
	}, query, args...)
	return list, err
}

// keepPublic keeps what a bulletin is found under as long as the site shows it. What was kept when it was published stays: nothing flows from a case into
// what was published.
func (tx *Tx) keepPublic(x *registry.Bulletin) error {
	var kept int
	if err := tx.one([]any{&kept}, "SELECT COUNT(*) FROM public_texts WHERE bulletin_id = $1", x.ID); err != nil {
		return err
	}
	switch {
	case x.Public() == (kept > 0):
		return nil
	case x.Public():
		return tx.showPublic(x)
	}
	return tx.hidePublic(x.ID)
}

// facetsNow are what a bulletin would be found under if it were published now.
func (tx *Tx) facetsNow(x *registry.Bulletin) (list []registry.BulletinFacet, err error) {
	for i, c := range x.Cases {
		if err := tx.each(func(rows *sql.Rows) error {
			var f registry.BulletinFacet
			err := rows.Scan(&f.Kind, &f.Word)
			list = append(list, f)
			return err
		}, `SELECT 'district', c.district_code FROM cases c WHERE c.id = $1 AND c.district_code <> ''
			UNION ALL SELECT 'species', m.main_species FROM cases c JOIN farms m ON m.id = c.farm_id WHERE c.id = $1 AND m.main_species <> ''
			UNION ALL SELECT 'type', k.type_code FROM case_types k WHERE k.case_id = $1`, c.CaseID); err != nil {
			return nil, fmt.Errorf("read what case %d of bulletin %d is found under: %w", i+1, x.ID, err)
		}
		for _, q := range c.Quotes {
			if q.LawID != "" {
				list = append(list, registry.BulletinFacet{Kind: string(FacetLaw), Word: q.LawID})
			}
		}
	}
	slices.SortFunc(list, func(a, b registry.BulletinFacet) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Word, b.Word))
	})
	return slices.Compact(list), nil
}

func (tx *Tx) showPublic(x *registry.Bulletin) (err error) {
	if x.Facets == nil { // not shown before
		if x.Facets, err = tx.facetsNow(x); err != nil {
			return err
		}
		if _, err := tx.exec("UPDATE bulletins SET facets = $1 WHERE id = $2", jsonValue{&x.Facets}, x.ID); err != nil {
			return fmt.Errorf("keep what bulletin %d is found under: %w", x.ID, err)
		}
		tx.made.forget("bulletin", int64(x.ID))
	}
	at := instantText(*x.PublishedAt)
	for _, f := range x.Facets {
		if _, err := tx.exec("INSERT INTO public_facets (kind, word, published_at, bulletin_id) VALUES ($1, $2, $3, $4)", f.Kind, f.Word, at, x.ID); err != nil {
			return err
		}
		if _, err := tx.exec("INSERT INTO public_facet_counts (kind, word, bulletins) VALUES ($1, $2, 1) ON CONFLICT (kind, word) DO UPDATE SET bulletins = public_facet_counts.bulletins + 1", f.Kind, f.Word); err != nil {
			return err
		}
	}
	text := publicText(x)
	if _, err = tx.exec("INSERT INTO public_texts (bulletin_id, published_at, text) VALUES ($1, $2, $3)", x.ID, at, text); err != nil {
		return err
	}
	return tx.keepPublicTerms(x.ID, at, text)
}

func publicText(x *registry.Bulletin) string { return registry.Fold(x.PublicText()) }

// verifyPublic compares what the public site is read from with the bulletins.
func (tx *Tx) verifyPublic(bad func(string, ...any)) error {
	kept := map[string]string{} // of a facet when it is found by, of a text what it is, of a count how many
	read := func(rows *sql.Rows) error {
		var key, value string
		err := rows.Scan(&key, &value)
		kept[key] = value
		return err
	}
	for _, q := range []string{
		"SELECT kind || ' ' || word || ' ' || CAST(bulletin_id AS TEXT), published_at FROM public_facets",
		"SELECT 'text ' || CAST(bulletin_id AS TEXT), published_at || text FROM public_texts",
		"SELECT 'count ' || kind || ' ' || word, CAST(bulletins AS TEXT) FROM public_facet_counts",
	} {
		if err := tx.each(read, q); err != nil {
			return err
		}
	}
	check := func(key, want, what string) {
		if kept[key] != want {
			bad("公众网站的%s与通报不符", what)
		}
		delete(kept, key)
	}
	var terms int
	indexed, err := tx.Setting(settingPublicTerms)
	if err != nil {
		return err
	}
	if err := tx.one([]any{&terms}, "SELECT COUNT(*) FROM public_terms"); err != nil {
		return err
	}
	counts := map[string]int{}
	for after := registry.BulletinID(0); ; {
		list, err := Bulletins.list(tx, "WHERE published_at IS NOT NULL AND state = $1 AND id > $2 ORDER BY id LIMIT $3", string(registry.BulletinApproved), after, rowsAtOnce)
		if err != nil {
			return err
		}
		if err := Bulletins.loadAll(tx, list); err != nil {
			return err
		}
		for i := range list {
			x := &list[i]
			at := instantText(*x.PublishedAt)
			for _, f := range x.Facets {
				check(fmt.Sprintf("%s %s %d", f.Kind, f.Word, x.ID), at, fmt.Sprintf("检索项（通报 %d）", x.ID))
				counts["count "+f.Kind+" "+f.Word]++
			}
			after = x.ID
			check(fmt.Sprintf("text %d", x.ID), at+publicText(x), fmt.Sprintf("检索文字（通报 %d）", x.ID))
			if indexed != allPublicTerms {
				continue
			}
			if err := tx.verifyPublicTerms(x.ID, at, publicText(x), &terms, bad); err != nil {
				return err
			}
		}
		if len(list) < rowsAtOnce {
			break
		}
	}
	for key, n := range counts {
		check(key, strconv.Itoa(n), "检索项计数")
	}
	if terms > 0 && indexed == allPublicTerms {
		bad("公众网站的检索索引里有 %d 个词没有对应的通报", terms)
	}
	if len(kept) > 0 {
		bad("公众网站的检索项、文字和计数里有 %d 条没有对应的通报", len(kept))
	}
	return nil
}

func (tx *Tx) hidePublic(id registry.BulletinID) error {
	if err := tx.dropPublicTerms(id); err != nil {
		return err
	}
	for _, q := range []string{
		"UPDATE public_facet_counts SET bulletins = bulletins - 1 WHERE EXISTS (SELECT 1 FROM public_facets f WHERE f.bulletin_id = $1 AND f.kind = public_facet_counts.kind AND f.word = public_facet_counts.word)",
		"DELETE FROM public_facet_counts WHERE bulletins = 0 AND EXISTS (SELECT 1 FROM public_facets f WHERE f.bulletin_id = $1 AND f.kind = public_facet_counts.kind AND f.word = public_facet_counts.word)",
		"DELETE FROM public_facets WHERE bulletin_id = $1",
		"DELETE FROM public_texts WHERE bulletin_id = $1",
	} {
		if _, err := tx.exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

// PublicAddresses lists what the public site shows, without the copies, the latest first, at most limit: for who wants the addresses alone.
func (tx *Tx) PublicAddresses(limit int) ([]registry.Bulletin, error) {
	return Bulletins.list(tx, "WHERE published_at IS NOT NULL AND state = $1 ORDER BY published_at DESC, id DESC LIMIT $2", string(registry.BulletinApproved), limit)
}

// GoneBulletins lists the bulletins that the site showed once and that are withdrawn, the latest first, at most limit.
func (tx *Tx) GoneBulletins(limit int) ([]registry.Bulletin, error) {
	rows, err := Bulletins.list(tx, "WHERE state = $1 AND published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT $2", string(registry.BulletinWithdrawn), limit)
	if err != nil {
		return nil, err
	}
	return rows, Bulletins.loadAll(tx, rows)
}

// BulletinReports stores what readers say is wrong in a bulletin.
var BulletinReports = &Table[registry.BulletinReport, *registry.BulletinReport]{Entity: "bulletin_report", Noun: "纠错意见", name: "bulletin_reports",
	id: func(x *registry.BulletinReport) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.BulletinReport, c *columns) {
		ref(c, "bulletin_id", &x.BulletinID)
		c.col("words", &x.Words)
		c.col("contact", &x.Contact)
		c.col("state", &x.State)
		c.col("answer", &x.Answer)
		ref(c, "handler_id", &x.HandlerID)
		c.maybeTime("handled_at", &x.HandledAt)
	}}

// Reports lists what readers said, of a state, newest first.
func (tx *Tx) Reports(state string, p Page) (rows []registry.BulletinReport, next string, err error) {
	q := newQuery("WHERE state = ?", state)
	if err := keyset(q, p, true, "id", ""); err != nil {
		return nil, "", err
	}
	if rows, err = BulletinReports.list(tx, q.sql(), q.args...); err != nil {
		return nil, "", err
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next = cursor(true, [2]string{"", fmt.Sprint(int64(rows[p.Limit-1].ID))})
	}
	return rows, next, nil
}

// WaitingReports counts the reports that nobody has dealt with, up to most: of one bulletin, or with 0 of all.
func (tx *Tx) WaitingReports(id registry.BulletinID, most int) (n int, err error) {
	q := newQuery("SELECT COUNT(*) FROM (SELECT 1 FROM bulletin_reports WHERE state = ?", registry.ReportWaiting)
	q.andIf(id != 0, "bulletin_id = ?", id)
	q.add(" LIMIT ?) AS waiting", most)
	err = tx.one([]any{&n}, q.sql(), q.args...)
	return n, err
}

// ReportsFrom lists when the last reports of a reader's address came, newest first. They are counted beside the failures of signing in, and swept with them.
func (tx *Tx) ReportsFrom(key string, limit int) ([]time.Time, error) {
	return tx.SignInFailures("report:"+key, limit)
}

// CountReport counts a report against a reader's address.
func (tx *Tx) CountReport(key string, at time.Time) error {
	if err := tx.SweepSignIns(at, at.Add(-24*time.Hour)); err != nil {
		return err
	}
	return tx.AddSignInFailure("report:"+key, at)
}
