package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strconv"

	"casebook/internal/registry"
)

// Who has several cases in a period is asked of any span of months, of the register, a district or a branch. party_repeats has a row for each case of a party
// that is not its first in an area: the month of its finding, that of the case before and of the one before that. A party has several in a span where such a
// row has both months in it. Of k cases in a span k-1 rows have the case before in it, and k-2 the one before that: the difference is one for each such party,
// and repeat_tallies, which triggers add up by these months, tell how many there are without looking at any of them.
//
// A case whose month of finding is not known is in no span. Within a month the order is that of the ids.

// monthNumber is a month as the rows have it: months since the year 0; 0 is none.
func monthNumber(month string) int {
	y, err := strconv.Atoi(month[:min(4, len(month))])
	m, err2 := strconv.Atoi(month[min(5, len(month)):])
	if err != nil || err2 != nil {
		return 0
	}
	return 12*y + m
}

// monthText is a month of the rows as people write it.
func monthText(n int) string { return fmt.Sprintf("%04d-%02d", (n-1)/12, (n-1)%12+1) }

// repeatKey is a case of a party in an area.
type repeatKey struct {
	party registry.PartyID
	area  string
	id    registry.CaseID
}

// repeatAt are the months of a case, of the one before it and of the one before that.
type repeatAt struct{ month, prev, prev2 int }

// changeRepeats has Settle look at a case's parties again. One that is new, and named by a new case alone, has no rows yet.
func (tx *Tx) changeRepeats(parties []registry.CaseParty, isNew bool) {
	if tx.repeats == nil {
		tx.repeats = map[registry.PartyID]bool{}
	}
	for _, p := range parties {
		tx.repeats[p.PartyID] = tx.repeats[p.PartyID] || !isNew
	}
}

// droppedParties has Settle look at the parties of a case that is about to lose them.
func (tx *Tx) droppedParties(id registry.CaseID) error {
	var parties []registry.CaseParty
	err := tx.each(func(rows *sql.Rows) error {
		var p registry.CaseParty
		err := rows.Scan(&p.PartyID)
		parties = append(parties, p)
		return err
	}, "SELECT party_id FROM case_parties WHERE case_id = $1", id)
	tx.changeRepeats(parties, false)
	return err
}

// keepRepeats brings the rows of the parties that were touched up to date.
func (tx *Tx) keepRepeats() error {
	parties := slices.Sorted(maps.Keys(tx.repeats))
	known := tx.repeats
	tx.repeats = nil
	for some := range slices.Chunk(parties, dueBatch) {
		want, err := tx.repeatsOf(some)
		if err != nil {
			return err
		}
		have := map[repeatKey]repeatAt{}
		if len(want) > 0 || slices.ContainsFunc(some, func(p registry.PartyID) bool { return known[p] }) {
			if have, err = tx.keptRepeats(some); err != nil {
				return err
			}
		}
		if err := tx.writeRepeats(have, want); err != nil {
			return fmt.Errorf("keep who has several cases: %w", err)
		}
	}
	return nil
}

func (tx *Tx) writeRepeats(have, want map[repeatKey]repeatAt) error {
	order := func(a, b repeatKey) int {
		return cmp.Or(cmp.Compare(a.party, b.party), cmp.Compare(a.area, b.area), cmp.Compare(a.id, b.id))
	}
	for _, k := range slices.SortedFunc(maps.Keys(have), order) {
		if at, is := want[k]; is && at == have[k] {
			delete(want, k)
			continue
		}
		if _, err := tx.exec("DELETE FROM party_repeats WHERE party_id = $1 AND area = $2 AND month = $3 AND case_id = $4", k.party, k.area, have[k].month, k.id); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(slices.SortedFunc(maps.Keys(want), order), 3) { // a case has one row for each area
		var args []any
		for _, k := range some {
			args = append(args, k.party, k.area, want[k].month, k.id, want[k].prev, want[k].prev2)
		}
		if _, err := tx.exec(insertRows("party_repeats", len(some), "party_id", "area", "month", "case_id", "prev", "prev2"), args...); err != nil {
			return err
		}
	}
	return nil
}

// repeatChain makes the rows of the cases of a party, which come in their order.
type repeatChain struct {
	each func(k repeatKey, at repeatAt)
	last map[string]repeatAt // of an area
	of   registry.PartyID
}

func (c *repeatChain) add(party registry.PartyID, id registry.CaseID, month int, district, branch string) {
	if c.last == nil || c.of != party {
		c.of, c.last = party, map[string]repeatAt{}
	}
	for _, area := range []string{"", districtArea(district), branchArea(branch)} {
		at := repeatAt{month, c.last[area].month, c.last[area].prev}
		if c.last[area] = at; at.prev != 0 {
			c.each(repeatKey{party, area, id}, at)
		}
	}
}

// repeatsOf are the rows that parties should have.
func (tx *Tx) repeatsOf(parties []registry.PartyID) (rows map[repeatKey]repeatAt, err error) {
	rows = map[repeatKey]repeatAt{}
	c := repeatChain{each: func(k repeatKey, at repeatAt) { rows[k] = at }}
	q := newQuery(partyCases + " AND cp.party_id IN ")
	q.add(in(q, parties) + partyCaseOrder)
	err = tx.each(c.scan, q.sql(), q.args...)
	return rows, err
}

// partyCases are the cases of parties, in the order in which partyCaseOrder has them, those that no span has left out.
const (
	partyCases = `SELECT DISTINCT cp.party_id, f.month_found, cp.case_id, c.district_code, c.branch FROM case_parties cp JOIN case_facts f ON f.case_id = cp.case_id
		JOIN cases c ON c.id = cp.case_id WHERE f.month_found <> ''`
	partyCaseOrder = " ORDER BY 1, 2, 3"
)

func (c *repeatChain) scan(rows *sql.Rows) error {
	var party registry.PartyID
	var id registry.CaseID
	var month, district, branch string
	if err := rows.Scan(&party, &month, &id, &district, &branch); err != nil {
		return err
	}
	c.add(party, id, monthNumber(month), district, branch)
	return nil
}

// keptRepeats are the rows that parties have.
func (tx *Tx) keptRepeats(parties []registry.PartyID) (map[repeatKey]repeatAt, error) {
	have := map[repeatKey]repeatAt{}
	q := newQuery("SELECT party_id, area, case_id, month, prev, prev2 FROM party_repeats WHERE party_id IN ")
	q.add(in(q, parties))
	err := tx.each(func(rows *sql.Rows) error {
		var k repeatKey
		var at repeatAt
		err := rows.Scan(&k.party, &k.area, &k.id, &at.month, &at.prev, &at.prev2)
		have[k] = at
		return err
	}, q.sql(), q.args...)
	return have, err
}

// Repeats says which parties with several cases are asked for: months of the finding, both included, and of which district; empty: all. Where reading is
// narrowed, they are those of the branch.
type Repeats struct {
	From, To     string // YYYY-MM
	DistrictCode string
}

func (r Repeats) args(tx *Tx) (area string, from, to int) {
	return FactFilter{DistrictCode: r.DistrictCode}.area(tx), monthNumber(r.From), monthNumber(r.To)
}

// inSpan is the condition that a row has both its months in a span: $1 is the area, $2 the first month, $3 the last.
const inSpan = "area = $1 AND month >= $2 AND month <= $3 AND prev >= $2"

// CountRepeats is how many parties have several cases in a span.
func (tx *Tx) CountRepeats(r Repeats) (n int, err error) {
	area, from, to := r.args(tx)
	err = tx.one([]any{&n}, "SELECT COALESCE(SUM(pairs - triples), 0) FROM repeat_tallies WHERE "+inSpan, area, from, to)
	return n, err
}

// Repeater is a party with several cases.
type Repeater struct {
	ID    registry.PartyID
	Name  string
	Cases int
}

// repeatsLook is how many rows are looked at for those who have most cases.
const repeatsLook = 400

// Repeaters are the parties with most cases in a span: of the newest repeatsLook cases that were not the first, where there are more (capped).
func (tx *Tx) Repeaters(r Repeats, limit int) (list []Repeater, capped bool, err error) {
	area, from, to := r.args(tx)
	var rows int
	if err := tx.one([]any{&rows}, "SELECT COALESCE(SUM(pairs), 0) FROM repeat_tallies WHERE "+inSpan, area, from, to); err != nil {
		return nil, false, err
	}
	var ids []registry.PartyID
	if err := tx.each(func(rows *sql.Rows) error {
		var id registry.PartyID
		var n int
		err := rows.Scan(&id, &n)
		ids = append(ids, id)
		return err
	}, `SELECT party_id, COUNT(*) FROM (SELECT r.party_id FROM (SELECT DISTINCT month FROM repeat_tallies WHERE `+inSpan+` AND pairs > 0 ORDER BY month DESC) AS m
		CROSS JOIN party_repeats r WHERE r.area = $1 AND r.month = m.month AND r.prev >= $2 LIMIT $4) AS newest GROUP BY party_id ORDER BY 2 DESC, 1 LIMIT $5`,
		area, from, to, repeatsLook, limit); err != nil {
		return nil, false, fmt.Errorf("parties with several cases: %w", err)
	}
	parties, err := byIDs(tx, Parties, ids)
	if err != nil {
		return nil, false, err
	}
	cases, err := tx.casesOfRepeaters(r, ids)
	for _, id := range ids {
		list = append(list, Repeater{id, parties[id].Name, cases[id]})
	}
	slices.SortStableFunc(list, func(a, b Repeater) int { return b.Cases - a.Cases })
	return list, rows > repeatsLook, err
}

// casesOfRepeaters is how many cases each of some parties has in a span; those with one have no row.
func (tx *Tx) casesOfRepeaters(r Repeats, ids []registry.PartyID) (map[registry.PartyID]int, error) {
	n := map[registry.PartyID]int{}
	area, from, to := r.args(tx)
	q := newQuery("SELECT party_id, COUNT(*) + 1 FROM party_repeats WHERE area = ? AND month >= ? AND month <= ? AND prev >= ?", area, from, to, from)
	q.add(" AND party_id IN " + in(q, ids) + " GROUP BY party_id")
	err := tx.each(func(rows *sql.Rows) error {
		var id registry.PartyID
		var cases int
		err := rows.Scan(&id, &cases)
		n[id] = cases
		return err
	}, q.sql(), q.args...)
	return n, err
}

// repeatCell is where rows stand together: one month, and that of the case before.
type repeatCell struct{ month, prev int }

// listRepeats is a page of the parties with several cases in a span, who had the last one first: cell by cell, of each those who have none later in the span.
func (tx *Tx) listRepeats(r Repeats, p Page) (ids []registry.PartyID, next string, err error) {
	after := repeatCell{1 << 30, 0}
	var last int64
	if p.Cursor != "" {
		var mark string
		if mark, last, err = p.after(); err != nil {
			return nil, "", err
		}
		if _, err := fmt.Sscanf(mark, "%d-%d", &after.month, &after.prev); err != nil {
			return nil, "", errCursor
		}
	}
	area, from, to := r.args(tx)
	var cells []repeatCell
	if err := tx.each(func(rows *sql.Rows) error {
		var c repeatCell
		err := rows.Scan(&c.month, &c.prev)
		cells = append(cells, c)
		return err
	}, "SELECT month, prev FROM repeat_tallies WHERE "+inSpan+" AND pairs > 0 AND (month, prev) <= ($4, $5) ORDER BY month DESC, prev DESC", area, from, to, after.month, after.prev); err != nil {
		return nil, "", err
	}
	for _, c := range cells {
		before := int64(1) << 62
		if c == after {
			before = last
		}
		if err := tx.each(func(rows *sql.Rows) error {
			var id registry.PartyID
			err := rows.Scan(&id)
			if len(ids) == p.Limit && next == "" {
				next = p.cursor(false, [2]string{fmt.Sprintf("%d-%d", after.month, after.prev), strconv.FormatInt(int64(ids[len(ids)-1]), 10)})
			} else {
				ids, after = append(ids, id), c
			}
			return err
		}, `SELECT r.party_id FROM party_repeats r WHERE r.area = $1 AND r.month = $2 AND r.prev = $3 AND r.party_id < $4
			AND NOT EXISTS (SELECT 1 FROM party_repeats n WHERE n.party_id = r.party_id AND n.area = r.area AND (n.month, n.case_id) > (r.month, r.case_id) AND n.month <= $5)
			ORDER BY r.party_id DESC LIMIT $6`, area, c.month, c.prev, before, to, p.Limit+1-len(ids)); err != nil {
			return nil, "", fmt.Errorf("list parties with several cases: %w", err)
		}
		if next != "" {
			break
		}
	}
	return ids, next, nil
}

// verifyRepeats makes the rows of all parties anew, and adds them up. A party's rows are told by a sum, so that many are compared in little memory.
func (tx *Tx) verifyRepeats(bad func(string, ...any)) error {
	seed := maphash.MakeSeed()
	parties := map[registry.PartyID]uint64{}
	sign := func(k repeatKey, at repeatAt) uint64 {
		return maphash.Comparable(seed, k) * (maphash.Comparable(seed, at) | 1)
	}
	c := repeatChain{each: func(k repeatKey, at repeatAt) { parties[k.party] += sign(k, at) }}
	if err := tx.each(c.scan, partyCases+partyCaseOrder); err != nil {
		return err
	}
	type cell struct {
		area        string
		month, prev int
	}
	sums := map[cell][2]int{}
	if err := tx.each(func(rows *sql.Rows) error {
		var k repeatKey
		var at repeatAt
		if err := rows.Scan(&k.party, &k.area, &k.id, &at.month, &at.prev, &at.prev2); err != nil {
			return err
		}
		parties[k.party] -= sign(k, at)
		pairs, triples := cell{k.area, at.month, at.prev}, cell{k.area, at.month, at.prev2}
		sums[pairs] = [2]int{sums[pairs][0] + 1, sums[pairs][1]}
		if at.prev2 != 0 {
			sums[triples] = [2]int{sums[triples][0], sums[triples][1] + 1}
		}
		return nil
	}, "SELECT party_id, area, case_id, month, prev, prev2 FROM party_repeats"); err != nil {
		return err
	}
	maps.DeleteFunc(parties, func(_ registry.PartyID, left uint64) bool { return left == 0 })
	for i, id := range slices.Sorted(maps.Keys(parties)) {
		if i < mostDefects {
			bad("当事人 %d 的多次涉案记录与案件不符", id)
		}
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var k cell
		var n [2]int
		err := rows.Scan(&k.area, &k.month, &k.prev, &n[0], &n[1])
		if n == sums[k] {
			delete(sums, k)
		} else {
			sums[k] = n
		}
		return err
	}, "SELECT area, month, prev, pairs, triples FROM repeat_tallies"); err != nil {
		return err
	}
	var wrong []string
	for k := range sums {
		wrong = append(wrong, fmt.Sprintf("多次涉案的汇总（%s，%s 和 %s 发现）与当事人的记录之和不符", cmp.Or(k.area, "全市"), monthText(k.month), monthText(k.prev)))
	}
	slices.Sort(wrong)
	for _, text := range wrong[:min(len(wrong), mostDefects)] {
		bad("%s", text)
	}
	return nil
}
