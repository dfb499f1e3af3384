package store

import (
	"cmp"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"

	"casebook/internal/registry"
)

// TwinWay is what parties may be one by.
type TwinWay string

// The ways, the strongest first.
const (
	TwinCode     TwinWay = "code"     // the credit code
	TwinDocument TwinWay = "document" // the number of a document of identity
	TwinName     TwinWay = "name"     // the name, however typed
	TwinMasked   TwinWay = "masked"   // a name as published that can stand for another
)

var twinWays = []struct {
	way    TwinWay
	column string // that it compares; empty: each masked name with what begins like it
}{{TwinCode, "credit_code"}, {TwinDocument, "id_number"}, {TwinName, "name_key"}, {TwinMasked, ""}}

// PartyTwins are parties that may be one, in the order of ids.
type PartyTwins struct {
	Way     TwinWay
	Parties []registry.Party
}

// A masked name is compared with so many names of the same beginning, and a page looks at so many masked ones: it may hold fewer groups than
// asked for, or none, and have a next page.
const (
	mostAlike  = 300
	mostMasked = 60
)

// PartyTwins lists parties that may have been entered twice, from the keys that are kept of them: all of one way, then of the next. p.Cursor goes
// on behind the last key that was looked at.
func (tx *Tx) PartyTwins(p Page) (list []PartyTwins, next string, err error) {
	way, last, err := tx.twinsFrom(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	for looked := 0; way < len(twinWays); {
		w := twinWays[way]
		keys, err := tx.twinKeys(w.way, last, p.Limit)
		if err != nil {
			return nil, "", fmt.Errorf("list keys of parties: %w", err)
		}
		for _, key := range keys {
			if len(list) == p.Limit || looked == mostMasked {
				next, err = tx.twinsBehind(way, last)
				return list, next, err
			}
			var group []registry.Party
			if w.column != "" {
				group, err = tx.partiesKeyed(w.column, key)
			} else {
				group, err = tx.partiesMasked(key)
				looked++
			}
			if err != nil {
				return nil, "", err
			}
			if len(group) > 1 {
				list = append(list, PartyTwins{w.way, group})
			}
			last = key
		}
		if len(keys) < p.Limit {
			way, last = way+1, ""
		}
	}
	return list, "", nil
}

// twinCursor says where a page ended: by a party that has the last key, since the number of a person's document has no place in an address.
type twinCursor struct {
	Way   int              `json:"w"`
	Party registry.PartyID `json:"p"` // 0: at the beginning of the way
}

// twinsBehind is the cursor behind a key.
func (tx *Tx) twinsBehind(way int, key string) (string, error) {
	at := twinCursor{Way: way}
	if key != "" {
		column := cmp.Or(twinWays[way].column, "id")
		if err := tx.one([]any{&at.Party}, "SELECT MIN(id) FROM parties WHERE "+column+" = $1 AND "+column+" <> ''", key); err != nil {
			return "", err
		}
	}
	b, err := json.Marshal(at)
	return base64.RawURLEncoding.EncodeToString(b), err
}

// twinsFrom is where a cursor goes on.
func (tx *Tx) twinsFrom(cursor string) (way int, key string, err error) {
	if cursor == "" {
		return 0, "", nil
	}
	var at twinCursor
	bad := registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(raw, &at) != nil || at.Way < 0 || at.Way >= len(twinWays) || at.Party < 0 {
		return 0, "", bad
	}
	if at.Party == 0 {
		return at.Way, "", nil
	}
	err = tx.one([]any{&key}, "SELECT "+cmp.Or(twinWays[at.Way].column, "id")+" FROM parties WHERE id = $1", int64(at.Party))
	if noRows(err) {
		err = bad
	}
	return at.Way, key, err
}

// twinKeys are the keys behind one that several parties have; of masked names, the ids of their parties.
func (tx *Tx) twinKeys(way TwinWay, after string, limit int) (keys []string, err error) {
	query, args := "SELECT key FROM party_keys WHERE way = $1 AND key > $2 AND n > 1 ORDER BY key LIMIT $3", []any{way, after, limit}
	if way == TwinMasked {
		id, err := strconv.ParseInt("0"+after, 10, 64)
		if err != nil {
			return nil, err
		}
		query, args = "SELECT id FROM parties WHERE instr(name_key, '某') > 2 AND id > $1 ORDER BY id LIMIT $2", []any{id, limit}
	}
	err = tx.each(func(rows *sql.Rows) error {
		var key string
		err := rows.Scan(&key)
		keys = append(keys, key)
		return err
	}, query, args...)
	return keys, err
}

// partiesKeyed are the parties that have a key and that the asker may read.
func (tx *Tx) partiesKeyed(column, key string) ([]registry.Party, error) {
	q := newQuery("WHERE "+column+" = ? AND "+column+" <> '' AND voided = '' AND merged_into IS NULL", key)
	q.ownParties(tx, "parties")
	q.add(" ORDER BY id LIMIT ?", mostTwins)
	return Parties.list(tx, q.sql(), q.args...)
}

// partiesMasked are a party whose name is masked and those that it can stand for.
func (tx *Tx) partiesMasked(id string) (list []registry.Party, err error) {
	q := newQuery("WHERE id = ? AND voided = '' AND merged_into IS NULL", id)
	q.ownParties(tx, "parties")
	if list, err = Parties.list(tx, q.sql(), q.args...); err != nil || len(list) == 0 {
		return nil, err
	}
	masked := registry.NameKey(list[0].Name)
	begin := registry.MaskedStart(masked)
	q = newQuery("SELECT id, name_key FROM parties WHERE name_key >= ? AND name_key < ? AND name_key <> ?", begin, begin+"\U0010FFFF", masked)
	q.add(" ORDER BY name_key, id LIMIT ?", mostAlike)
	var ids []registry.PartyID
	if err := tx.each(func(rows *sql.Rows) error {
		var id registry.PartyID
		var key string
		err := rows.Scan(&id, &key)
		if err == nil && len(ids) < mostTwins && registry.MaskedName(masked, key) {
			ids = append(ids, id)
		}
		return err
	}, q.sql(), q.args...); err != nil || len(ids) == 0 {
		return nil, err
	}
	ids = append(ids, list[0].ID)
	q = newQuery("WHERE voided = '' AND merged_into IS NULL AND id IN ")
	q.add(in(q, ids))
	q.ownParties(tx, "parties")
	q.add(" ORDER BY id")
	return Parties.list(tx, q.sql(), q.args...)
}

// verifyPartyKeys counts the keys of parties anew.
func (tx *Tx) verifyPartyKeys(bad func(string, ...any)) error {
	q := newQuery("SELECT way FROM party_keys WHERE 1 = 1")
	for _, w := range twinWays {
		q.andIf(w.column != "", "way <> ?", string(w.way))
	}
	q.add(" ORDER BY way LIMIT 20")
	if err := tx.each(func(rows *sql.Rows) error {
		var way string
		err := rows.Scan(&way)
		bad("当事人查重所用的记录里有不认识的一种：%s", way)
		return err
	}, q.sql(), q.args...); err != nil {
		return err
	}
	for _, w := range twinWays {
		if w.column == "" {
			continue
		}
		anew := "SELECT " + w.column + " AS key, COUNT(*) AS n FROM parties WHERE " + w.column + " <> '' AND voided = '' AND merged_into IS NULL GROUP BY " + w.column
		kept := "SELECT key, n FROM party_keys WHERE way = '" + string(w.way) + "'"
		if err := tx.each(func(rows *sql.Rows) error {
			var key string
			err := rows.Scan(&key)
			bad("当事人查重所用的记录与当事人不符：%s", key)
			return err
		}, differing("key", "key, n", anew, kept)); err != nil {
			return err
		}
	}
	return nil
}
