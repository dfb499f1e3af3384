package store

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"

	"casebook/internal/registry"
)

// FarmMerges stores 养殖场合并.
var FarmMerges = &Table[registry.FarmMerge, *registry.FarmMerge]{Entity: "farm_merge", Noun: "养殖场合并", name: "farm_merges",
	id: func(x *registry.FarmMerge) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.FarmMerge, c *columns) {
		c.col("farm_id", &x.FarmID)
		c.col("into_id", &x.IntoID)
		c.list("taken", &x.Taken)
		c.merging(&x.Merging)
	},
	save: func(tx *Tx, x *registry.FarmMerge) error { return tx.indexFarmMerge(x.IntoID) }}

// FarmReferences lists what points at a farm, up to limit of each noun.
func (tx *Tx) FarmReferences(id registry.FarmID, limit int) ([]registry.MovedReference, error) {
	return tx.references(int64(id), limit, []pointing{
		{"case", "SELECT id FROM cases WHERE farm_id = $1 ORDER BY id LIMIT $2"},
		{"inspection", "SELECT id FROM inspections WHERE farm_id = $1 ORDER BY id LIMIT $2"},
	})
}

// MergesOfFarm lists the merges that a farm was part of, newest first.
func (tx *Tx) MergesOfFarm(id registry.FarmID) ([]registry.FarmMerge, error) {
	return FarmMerges.list(tx, "WHERE farm_id = $1 OR into_id = $1 ORDER BY id DESC LIMIT 50", id)
}

// MergedInto lists the farms that were merged into one: their files are shown with it.
func (tx *Tx) MergedInto(id registry.FarmID) ([]registry.Farm, error) {
	return Farms.list(tx, "WHERE merged_into = $1 ORDER BY id LIMIT 50", id)
}

// FarmTwins are farms that may be one: what they share, in words, and their ids.
type FarmTwins struct {
	Shared string
	IDs    []registry.FarmID
}

// The ways in which farms are the same.
const (
	SameFarmName   = "name"
	SameFarmPermit = "permit"
	SameFarmPlace  = "place"
)

// mostTwins bounds how many farms of one group a page shows.
const mostTwins = 20

// FarmTwins lists one page of the farms that share a folded name in a district, a permit, or a place. Each page is read from an index.
func (tx *Tx) FarmTwins(by string, p Page) (list []FarmTwins, next string, err error) {
	last, err := keyOf(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	var lastKey []string
	switch by {
	case SameFarmName:
		list, lastKey, err = tx.twinsBy("name_key, district_code", "name_key <> ''", 2, last, p.Limit)
	case SameFarmPermit:
		list, lastKey, err = tx.twinsBy("permit_number", "permit_number <> ''", 1, last, p.Limit)
	case SameFarmPlace:
		list, lastKey, err = tx.neighbours(last, p.Limit)
	default:
		return nil, "", registry.Invalid("by", "没有“%s”这种比较", by)
	}
	if err != nil || lastKey == nil {
		return list, "", err
	}
	b, err := json.Marshal(lastKey)
	return list, base64.RawURLEncoding.EncodeToString(b), err
}

// keyOf is the key after which a page begins.
func keyOf(cursor string) (key []string, err error) {
	if cursor == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(raw, &key) != nil || len(key) == 0 {
		return nil, registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
	}
	return key, nil
}

const countingFarm = "voided = '' AND merged_into IS NULL"

// twinsBy groups farms by one or two columns, in the order of an index on them.
func (tx *Tx) twinsBy(columns, known string, width int, last []string, limit int) (list []FarmTwins, lastKey []string, err error) {
	q := newQuery("SELECT " + columns + " FROM farms WHERE " + known + " AND " + countingFarm)
	q.own(tx, "district_code")
	if last != nil {
		if len(last) != width {
			return nil, nil, registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
		}
		marks, args := "?", []any{last[0]}
		if width == 2 {
			marks, args = "?, ?", []any{last[0], last[1]}
		}
		q.add(" AND ("+columns+") > ("+marks+")", args...)
	}
	q.add(" GROUP BY "+columns+" HAVING COUNT(*) > 1 ORDER BY "+columns+" LIMIT ?", limit+1)
	var keys [][]string
	if err := tx.each(func(rows *sql.Rows) error {
		key := make([]string, width)
		into := make([]any, width)
		for i := range key {
			into[i] = &key[i]
		}
		err := rows.Scan(into...)
		keys = append(keys, key)
		return err
	}, q.sql(), q.args...); err != nil {
		return nil, nil, fmt.Errorf("group farms: %w", err)
	}
	if len(keys) > limit {
		keys = keys[:limit]
		lastKey = keys[limit-1]
	}
	for _, key := range keys {
		g := FarmTwins{Shared: "许可证或登记编号 " + key[0] + " 相同"}
		q := newQuery("SELECT id FROM farms WHERE permit_number = ? AND ? <> ''", key[0], key[0])
		if width == 2 {
			g.Shared, q = "名称和辖区相同", newQuery("SELECT id FROM farms WHERE name_key = ? AND district_code = ?", key[0], key[1])
		}
		q.add(" AND " + countingFarm)
		q.own(tx, "district_code")
		q.add(" ORDER BY id LIMIT ?", mostTwins)
		if err := tx.each(func(rows *sql.Rows) error {
			var id registry.FarmID
			err := rows.Scan(&id)
			g.IDs = append(g.IDs, id)
			return err
		}, q.sql(), q.args...); err != nil {
			return nil, nil, err
		}
		list = append(list, g)
	}
	return list, lastKey, nil
}

// neighbours pairs each farm with the later ones that lie within registry.SamePlace of it. The box is a little wide everywhere, so that
// none is missed; the distance decides.
func (tx *Tx) neighbours(last []string, limit int) (list []FarmTwins, lastKey []string, err error) {
	var after, afterTwin int64
	if len(last) == 2 {
		a, err1 := strconv.ParseInt(last[0], 10, 64)
		b, err2 := strconv.ParseInt(last[1], 10, 64)
		if err1 != nil || err2 != nil {
			return nil, nil, registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
		}
		after, afterTwin = a, b
	} else if last != nil {
		return nil, nil, registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
	}
	const lat, lng = 0.00091, 0.00182 // 100 m, up to 60 degrees north
	for {
		n := 0
		q := newQuery(`SELECT a.id, a.longitude, a.latitude, a.datum, b.id, b.longitude, b.latitude, b.datum FROM farms a
			JOIN farms b ON b.latitude BETWEEN a.latitude - ? AND a.latitude + ? AND b.longitude BETWEEN a.longitude - ? AND a.longitude + ? AND b.id > a.id
			WHERE a.id >= ? AND (a.id, b.id) > (?, ?) AND a.latitude IS NOT NULL AND a.voided = '' AND a.merged_into IS NULL
				AND b.voided = '' AND b.merged_into IS NULL`, lat, lat, lng, lng, after, after, afterTwin)
		q.own(tx, "a.district_code")
		q.own(tx, "b.district_code")
		q.add(" ORDER BY a.id, b.id LIMIT ?", 2*limit)
		err := tx.each(func(rows *sql.Rows) error {
			var a, b registry.FarmID
			var at, there registry.Place
			if err := rows.Scan(&a, &at.Longitude, &at.Latitude, &at.Datum, &b, &there.Longitude, &there.Latitude, &there.Datum); err != nil {
				return err
			}
			n++
			if len(list) > limit {
				return nil
			}
			after, afterTwin = int64(a), int64(b)
			if metres, ok := at.Metres(there); ok && metres <= registry.SamePlace {
				if len(list) == limit {
					lastKey = []string{fmt.Sprint(int64(list[limit-1].IDs[0])), fmt.Sprint(int64(list[limit-1].IDs[1]))}
				}
				list = append(list, FarmTwins{Shared: fmt.Sprintf("相距约 %.0f 米", metres), IDs: []registry.FarmID{a, b}})
			}
			return nil
		}, q.sql(), q.args...)
		if err != nil {
			return nil, nil, fmt.Errorf("find farms near each other: %w", err)
		}
		if n < 2*limit || len(list) > limit {
			return list[:min(len(list), limit)], lastKey, nil
		}
	}
}

// FarmsByID reads farms by id.
func (tx *Tx) FarmsByID(ids []registry.FarmID) (map[registry.FarmID]registry.Farm, error) {
	return byIDs(tx, Farms, ids)
}
