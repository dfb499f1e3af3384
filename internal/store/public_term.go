package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"casebook/internal/registry"
)

// The terms that published bulletins are found by, in the order in which the site lists them: the latest bulletin with a term is the first row behind it. A bureau
// publishes a few bulletins a year, and anybody may search; an index of rows in order, not the one of the register's own search, makes a page of a common word cost
// a page. The terms are those of that search (pairs of Chinese characters, words of letters and figures, which are
// rarer than what they are made of), and all characters, signs too, and all neighbours, so that whatever is searched for has one.

// mostPublicTerms is how many terms of a search are looked up; its text decides in the end.
const mostPublicTerms = 24

// rareTerm is how many bulletins with a term are counted to find the rarest one.
const rareTerm = 64

// publicTermsOf are the terms that a bulletin with these folded words has, the rarest first. found is false where no bulletin has one of them.
func (tx *Tx) publicTermsOf(words string) (terms []string, found bool, err error) {
	var asked []string
	for _, l := range queryPairs(words) {
		if !l.prefix {
			asked = append(asked, l.term)
		}
	}
	asked = append(asked, neighbours(words)...)
	if len(asked) == 0 && words != "" {
		asked = []string{charMark + words}
	}
	of := map[string]int{}
	for _, term := range asked {
		if _, counted := of[term]; counted || len(of) == mostPublicTerms {
			continue
		}
		var n int
		if err := tx.one([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM public_terms WHERE term = $1 LIMIT $2) AS counted", term, rareTerm); err != nil {
			return nil, false, err
		}
		if n == 0 {
			return nil, false, nil
		}
		of[term] = n
		terms = append(terms, term)
	}
	slices.SortStableFunc(terms, func(a, b string) int { return of[a] - of[b] })
	return terms, true, nil
}

// charMark stands before a character as a term, since a word may be one of its own (7 in 第7期), and rarer. No folded text has it.
const charMark = "\u2060"

// neighbours are the pairs of characters that stand side by side.
func neighbours(text string) (list []string) {
	before := 0
	for at, r := range text {
		if at > before {
			list = append(list, text[before:at+utf8.RuneLen(r)])
		}
		before = at
	}
	return list
}

func publicTerms(text string) []string {
	list := neighbours(text)
	for _, r := range text {
		list = append(list, charMark+string(r))
	}
	pairs(text, func(term string) { list = append(list, term) })
	slices.Sort(list)
	return slices.Compact(list)
}

// termsAtOnce is how many rows one statement writes; what is left over is written one by one, so that there are two statements and not a hundred.
const termsAtOnce = 100

func (tx *Tx) keepPublicTerms(id registry.BulletinID, at, text string) error {
	for some := range slices.Chunk(publicTerms(text), termsAtOnce) {
		n := 1
		if len(some) == termsAtOnce {
			n = termsAtOnce
		}
		for rows := range slices.Chunk(some, n) {
			var args []any
			for _, term := range rows {
				args = append(args, term, at, id)
			}
			if _, err := tx.exec(insertRows("public_terms", n, "term", "published_at", "bulletin_id")+" ON CONFLICT (term, published_at, bulletin_id) DO NOTHING", args...); err != nil {
				return fmt.Errorf("keep the words that bulletin %d is found by: %w", id, err)
			}
		}
	}
	return nil
}

// dropPublicTerms takes a bulletin's terms away: those of the text that is kept of it.
func (tx *Tx) dropPublicTerms(id registry.BulletinID) error {
	var at, text string
	if err := tx.one([]any{&at, &text}, "SELECT published_at, text FROM public_texts WHERE bulletin_id = $1", id); err != nil {
		return err
	}
	for _, term := range publicTerms(text) {
		if _, err := tx.exec("DELETE FROM public_terms WHERE term = $1 AND published_at = $2 AND bulletin_id = $3", term, at, id); err != nil {
			return err
		}
	}
	return nil
}

// verifyPublicTerms compares the words that a bulletin is found by with those of its text. spare counts all rows down: what is left belongs to no bulletin.
func (tx *Tx) verifyPublicTerms(id registry.BulletinID, at, text string, spare *int, bad func(string, ...any)) error {
	want, have := publicTerms(text), 0
	for _, term := range want {
		var n int
		if err := tx.one([]any{&n}, "SELECT COUNT(*) FROM public_terms WHERE term = $1 AND published_at = $2 AND bulletin_id = $3", term, at, id); err != nil {
			return err
		}
		have += n
	}
	if *spare -= have; have != len(want) {
		bad("公众网站的检索索引里，通报 %d 应有 %d 个词，有 %d 个", id, len(want), have)
	}
	return nil
}

// settingPublicTerms holds the last published bulletin whose terms are indexed, or that all are: a register that an earlier program wrote has none, or others.
const (
	settingPublicTerms = "public_terms"
	allPublicTerms     = "characters and pairs"
)

// indexPublic brings in the bulletins that were published before there was an index.
func (db *DB) indexPublic(ctx context.Context) error {
	for {
		var done string
		err := db.Read(ctx, func(tx *Tx) (err error) {
			done, err = tx.Setting(settingPublicTerms)
			return err
		})
		if err != nil || done == allPublicTerms {
			return err
		}
		after, _ := strconv.ParseInt(done, 10, 64) // none yet: 0
		if err := db.WriteAlone(ctx, func(tx *Tx) error {
			if after == 0 {
				if _, err := tx.exec("DELETE FROM public_terms"); err != nil {
					return err
				}
			}
			type text struct {
				id registry.BulletinID
				at string
				s  string
			}
			var list []text
			if err := tx.each(func(rows *sql.Rows) error {
				var x text
				err := rows.Scan(&x.id, &x.at, &x.s)
				list = append(list, x)
				return err
			}, "SELECT bulletin_id, published_at, text FROM public_texts WHERE bulletin_id > $1 ORDER BY bulletin_id LIMIT $2", after, reindexBatch); err != nil {
				return err
			}
			for _, x := range list {
				if err := tx.keepPublicTerms(x.id, x.at, x.s); err != nil {
					return err
				}
			}
			if len(list) < reindexBatch {
				return tx.SetSetting(settingPublicTerms, allPublicTerms)
			}
			return tx.SetSetting(settingPublicTerms, strconv.FormatInt(int64(list[len(list)-1].id), 10))
		}); err != nil {
			return err
		}
	}
}
