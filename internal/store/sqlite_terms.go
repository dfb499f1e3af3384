package store

import (
	"context"
	"fmt"
	"strings"
)

// The index of a noun is a contentless FTS5 table, whose rowid is the noun's id. FTS5 keeps a segment of each commit, sorts segments into levels, joins
// those of one level into one of the next, and a search looks into every segment for each of its words. Left to itself FTS5 keeps some fifteen after
// thousands of commits, and a search takes two to five times as long as in one.
//
// So an index has one large segment, levels above those that saving reaches, and few small ones. Behind the requests gatherTerms joins the small ones
// among themselves, two of a level into one of the next: a term is written anew as often as the number of joins has binary digits, and the large
// segment is not touched. At rest mergeTerms joins all, where the small ones have grown to an eighth of the large one.

// keepTerms writes the terms, which takes the old ones' place by a mark beside them.
func (inSQLite) keepTerms(tx *Tx, entity string, id int64, terms []string, known bool) error {
	table := searchTables[entity]
	if known {
		if _, err := tx.exec("DELETE FROM "+table+" WHERE rowid = $1", id); err != nil {
			return err
		}
	}
	_, err := tx.exec("INSERT INTO "+table+" (rowid, pairs) VALUES ($1, $2)", id, strings.Join(terms, " "))
	return err
}

const (
	// mergedAtOnce is how many pages of the search index a step merges while nobody asks for anything, and gatheredAtOnce beside requests: it holds
	// the write lock for some hundredths of a second. Nobody waits for a load.
	mergedAtOnce    = 200
	mergedAfterLoad = 40 * mergedAtOnce
	gatheredAtOnce  = 50

	// mostSegments is how many segments a search may have to look into before the small ones are joined.
	mostSegments = 6

	// lifts is how often a join of all is begun to lift its result, each time by two levels: the small segments, which rise by one with every other
	// join, would come as high after 2^16 of them. Long before all are joined again.
	lifts = 8
)

// mergeTerms: a negative number of pages begins to join all, a positive one goes on. An index that was never lifted is, whatever there is to join.
func (inSQLite) mergeTerms(ctx context.Context, c *conn, entity string, begin bool) (more bool, err error) {
	table, pages := searchTables[entity], mergedAtOnce
	if c.behind != nil {
		pages = mergedAfterLoad
	}
	if !begin {
		return mergeStep(ctx, c, table, pages)
	}
	var all, largest int
	if err := c.QueryRowContext(ctx, "SELECT COALESCE(SUM(n), 0), COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM "+table+"_idx GROUP BY segid)").Scan(&all, &largest); err != nil {
		return false, err
	}
	high, err := lifted(ctx, c, table)
	if err != nil {
		return false, err
	}
	switch rest := all - largest; {
	case rest == 0 || high && 8*rest < largest:
		return false, nil
	case !high:
		if err := lift(ctx, c, table); err != nil {
			return false, err
		}
	}
	return mergeStep(ctx, c, table, -pages)
}

// gatherTerms leaves an index that was not lifted to FTS5: its small segments would soon be at the level of the large one, and have it rewritten.
func (inSQLite) gatherTerms(ctx context.Context, c *conn, entity string, begin bool) (more bool, err error) {
	table := searchTables[entity]
	if begin {
		segments := 0 // one look-up each: a large index has thousands of entries of each segment
		if err := c.QueryRowContext(ctx, fmt.Sprintf(`WITH RECURSIVE s (id) AS (SELECT MIN(segid) FROM %[1]s_idx UNION ALL
			SELECT (SELECT MIN(segid) FROM %[1]s_idx WHERE segid > s.id) FROM s WHERE s.id IS NOT NULL) SELECT COUNT(id) FROM s`, table)).Scan(&segments); err != nil || segments <= mostSegments {
			return false, err
		}
		if high, err := lifted(ctx, c, table); err != nil || !high {
			return false, err
		}
	}
	return mergeStep(ctx, c, table, gatheredAtOnce)
}

// mergeStep merges so many pages. A step that changed fewer than two rows found nothing to do.
func mergeStep(ctx context.Context, c *conn, table string, pages int) (more bool, err error) {
	changes := func() (n int64, err error) {
		return n, c.QueryRowContext(ctx, "SELECT total_changes()").Scan(&n)
	}
	before, err := changes()
	if err != nil {
		return false, err
	}
	if err := tellIndex(ctx, c, table, "merge", pages); err != nil {
		return false, err
	}
	after, err := changes()
	return after-before >= 2, err
}

// tellIndex is how FTS5 takes its commands.
func tellIndex(ctx context.Context, c *conn, table, command string, n int) error {
	_, err := c.ExecContext(ctx, fmt.Sprintf("INSERT INTO %[1]s (%[1]s, rank) VALUES ('%[2]s', %[3]d)", table, command, n))
	return err
}

// lifted tells whether an index is joined as said above: it was lifted, and since then FTS5 itself joins nothing while it saves.
func lifted(ctx context.Context, c *conn, table string) (high bool, err error) {
	err = c.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+table+"_config WHERE k = 'automerge' AND v = 0)").Scan(&high)
	return high, err
}

// lift puts the segments of an index high above new ones. A join of all goes into a level above the highest, and one that finds a new segment beside it begins
// anew there; so each round writes one, of a row that is no record's, and begins. The last one's is left for the join that follows: it
// begins after the rows are gone, and nothing of them stays. Joining in the course of a commit ends here: FTS5 does 64 pages for each level then.
func lift(ctx context.Context, c *conn, table string) (err error) {
	if err := c.do("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = c.do("ROLLBACK") // the cause is the one to tell
		}
	}()
	if err := tellIndex(ctx, c, table, "automerge", 0); err != nil {
		return err
	}
	if err := tellIndex(ctx, c, table, "usermerge", 2); err != nil {
		return err
	}
	for n := range lifts {
		if n > 0 {
			if err := tellIndex(ctx, c, table, "merge", -1); err != nil {
				return err
			}
		}
		if _, err := c.ExecContext(ctx, "INSERT INTO "+table+" (rowid, pairs) VALUES ($1, 'lift')", -1-n); err != nil {
			return err
		}
		for _, flush := range []string{savepoint, release} { // has FTS5 write the segment
			if err := c.do(flush); err != nil {
				return err
			}
		}
	}
	if _, err := c.ExecContext(ctx, "DELETE FROM "+table+" WHERE rowid < 0"); err != nil {
		return err
	}
	return c.do("COMMIT")
}

func (inSQLite) found(_ *Tx, q *query, entity string, n needed) {
	table := searchTables[entity]
	q.add(fmt.Sprintf("SELECT rowid AS id FROM %[1]s WHERE %[1]s MATCH ?", table), fts5(n))
}

// matching leads newest first by id, so that the scan stops when the page is full. The + keeps the planner from carrying the bound of an
// export's batch over to st: it would read all texts behind it, for every batch.
func (inSQLite) matching(_ *Tx, q *query, entity string, n needed) (id string) {
	table := searchTables[entity]
	texts := fmt.Sprintf(" JOIN search_texts st ON st.entity = '%s' AND st.entity_id = +x.id", entity)
	if n.exact {
		texts = ""
	}
	q.add(fmt.Sprintf(" JOIN %[1]s ON %[1]s.rowid = x.id%[2]s WHERE %[1]s MATCH ?", table, texts), fts5(n))
	return table + ".rowid"
}

// fts5 writes what is needed as FTS5's expression.
func fts5(n needed) string {
	words := make([]string, len(n.words))
	for i, ways := range n.words {
		alternatives := make([]string, len(ways))
		for j, way := range ways {
			terms := make([]string, len(way))
			for k, l := range way {
				terms[k] = `"` + l.term + `"`
				if l.prefix {
					terms[k] += "*"
				}
			}
			alternatives[j] = strings.Join(terms, " AND ")
		}
		words[i] = "((" + strings.Join(alternatives, ") OR (") + "))"
	}
	return strings.Join(words, " AND ")
}
