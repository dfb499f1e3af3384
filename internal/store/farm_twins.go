package store

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"casebook/internal/registry"
)

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

// mostTwins bounds how many farms of one group a page shows. A page looks at so many farms at most for those that lie side by side, and at so many
// keys that another branch's farms may have: it may hold fewer groups than asked for, or none, and have a next page.
const (
	mostTwins  = 20
	mostPlaces = 3000
	mostKeys   = 300
)

// FarmTwins lists one page of the farms that share a folded name in a district, a permit, or a place: the former from the keys that are kept of
// farms, the latter in the order of an index.
func (tx *Tx) FarmTwins(by string, p Page) (list []FarmTwins, next string, err error) {
	last, err := farmCursor(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	var at *farmPlaceInList
	switch by {
	case SameFarmName, SameFarmPermit:
		list, at, err = tx.twinsBy(by, last, p.Limit)
	case SameFarmPlace:
		list, at, err = tx.neighbours(last, p.Limit)
	default:
		return nil, "", registry.Invalid("by", "没有“%s”这种比较", by)
	}
	if err != nil || at == nil {
		return list, "", err
	}
	b, err := json.Marshal(at)
	return list, base64.RawURLEncoding.EncodeToString(b), err
}

// farmPlaceInList says where a page ended: behind the key that a farm has, or behind a pair of farms; Twin 0: before all pairs of the first one.
type farmPlaceInList struct {
	Farm registry.FarmID `json:"f"`
	Twin registry.FarmID `json:"t"`
}

func farmCursor(cursor string) (*farmPlaceInList, error) {
	if cursor == "" {
		return nil, nil
	}
	at := &farmPlaceInList{}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(raw, at) != nil || at.Farm <= 0 || at.Twin < 0 {
		return nil, badCursor()
	}
	return at, nil
}

func badCursor() error {
	return registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
}

const countingFarm = "voided = '' AND merged_into IS NULL"

// farmKey is what farms may share, as farm_keys keeps it.
type farmKey struct{ key, district string }

// twinsBy lists the farms of each key that several have.
func (tx *Tx) twinsBy(way string, last *farmPlaceInList, limit int) (list []FarmTwins, at *farmPlaceInList, err error) {
	var after farmKey
	if last != nil {
		if after, err = tx.farmKeyOf(way, last.Farm); err != nil {
			return nil, nil, err
		}
	}
	most := limit + 1
	if tx.reads != nil { // of which many may be others'
		most = mostKeys
	}
	keys, err := tx.farmKeys(way, after, most)
	if err != nil {
		return nil, nil, fmt.Errorf("list keys of farms: %w", err)
	}
	for n, k := range keys {
		ids, err := tx.farmsKeyed(way, k)
		if err != nil {
			return nil, nil, err
		}
		if len(ids) > 1 {
			g := FarmTwins{Shared: "名称和辖区相同", IDs: ids}
			if way == SameFarmPermit {
				g.Shared = "许可证或登记编号 " + k.key + " 相同"
			}
			list = append(list, g)
		}
		if len(list) == limit && n+1 < len(keys) || n+1 == most {
			at, err = tx.behindFarmKey(way, k)
			return list, at, err
		}
	}
	return list, nil, nil
}

// farmKeys are the keys behind one that several farms have; of a branch those of its district, where the key tells it.
func (tx *Tx) farmKeys(way string, after farmKey, limit int) (keys []farmKey, err error) {
	q := newQuery("SELECT key, district_code FROM farm_keys WHERE way = ? AND n > 1", way)
	if way == SameFarmName {
		q.own(tx, "district_code")
	}
	if after != (farmKey{}) {
		q.add(" AND (key, district_code) > (?, ?)", after.key, after.district)
	}
	q.add(" ORDER BY key, district_code LIMIT ?", limit)
	err = tx.each(func(rows *sql.Rows) error {
		var k farmKey
		err := rows.Scan(&k.key, &k.district)
		keys = append(keys, k)
		return err
	}, q.sql(), q.args...)
	return keys, err
}

// withKey is the condition on farms of a key.
func withKey(way string, k farmKey) *query {
	if way == SameFarmPermit {
		return newQuery("permit_number = ? AND permit_number <> ''", k.key)
	}
	return newQuery("name_key = ? AND district_code = ?", k.key, k.district)
}

func (tx *Tx) farmsKeyed(way string, k farmKey) (ids []registry.FarmID, err error) {
	q := withKey(way, k)
	q.own(tx, "district_code")
	q.add(" AND "+countingFarm+" ORDER BY id LIMIT ?", mostTwins)
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.FarmID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT id FROM farms WHERE "+q.sql(), q.args...)
	return ids, err
}

// behindFarmKey names a farm that has the key, since the key itself has no place in an address.
func (tx *Tx) behindFarmKey(way string, k farmKey) (*farmPlaceInList, error) {
	q := withKey(way, k)
	at := &farmPlaceInList{}
	return at, tx.one([]any{&at.Farm}, "SELECT MIN(id) FROM farms WHERE "+q.sql(), q.args...)
}

func (tx *Tx) farmKeyOf(way string, id registry.FarmID) (k farmKey, err error) {
	columns := "name_key, district_code"
	if way == SameFarmPermit {
		columns = "permit_number, ''"
	}
	err = tx.one([]any{&k.key, &k.district}, "SELECT "+columns+" FROM farms WHERE id = $1", int64(id))
	if noRows(err) {
		err = badCursor()
	}
	return k, err
}

// farmAt is a farm where it lies.
type farmAt struct {
	id    registry.FarmID
	place registry.Place
}

// Farms whose latitudes differ by more lie further apart than registry.SamePlace, 100 m.
const besideLatitude = 0.00091

// neighbours pairs each farm with those north of it that lie within registry.SamePlace. Farms are read from south to north; only those that still lie
// within reach of the one in hand are kept.
func (tx *Tx) neighbours(last *farmPlaceInList, limit int) (list []FarmTwins, at *farmPlaceInList, err error) {
	q := newQuery("SELECT id, longitude, latitude, datum FROM farms WHERE latitude IS NOT NULL AND " + countingFarm)
	q.own(tx, "district_code")
	if last != nil {
		var lat, lng float64
		err := tx.one([]any{&lat, &lng}, "SELECT latitude, longitude FROM farms WHERE id = $1 AND latitude IS NOT NULL", int64(last.Farm))
		if noRows(err) {
			return nil, nil, badCursor()
		}
		if err != nil {
			return nil, nil, err
		}
		q.add(" AND latitude >= ? AND (latitude, longitude, id) >= (?, ?, ?)", lat, lat, lng, int64(last.Farm))
	}
	q.add(" ORDER BY latitude, longitude, id LIMIT ?", mostPlaces)
	var near []farmAt // in order; the first is the one in hand
	read := 0
	// pair takes the first one, pairs it with the others, and tells whether the page has room for more.
	pair := func() bool {
		a, others := near[0], near[1:]
		if last != nil && last.Farm == a.id {
			others = others[1+slices.IndexFunc(others, func(b farmAt) bool { return b.id == last.Twin }):]
		}
		for _, b := range others {
			metres, ok := a.place.Metres(b.place)
			if !ok || metres > registry.SamePlace {
				continue
			}
			if len(list) == limit {
				return false
			}
			list = append(list, FarmTwins{Shared: fmt.Sprintf("相距约 %.0f 米", metres), IDs: []registry.FarmID{a.id, b.id}})
			at = &farmPlaceInList{a.id, b.id}
		}
		near = near[1:]
		return true
	}
	errFull := errors.New("the page is full")
	err = tx.each(func(rows *sql.Rows) error {
		var x farmAt
		if err := rows.Scan(&x.id, &x.place.Longitude, &x.place.Latitude, &x.place.Datum); err != nil {
			return err
		}
		read++
		for len(near) > 0 && *x.place.Latitude-*near[0].place.Latitude > besideLatitude {
			if !pair() {
				return errFull
			}
		}
		near = append(near, x)
		return nil
	}, q.sql(), q.args...)
	switch {
	case errors.Is(err, errFull):
		return list, at, nil
	case err != nil:
		return nil, nil, fmt.Errorf("find farms near each other: %w", err)
	case read == mostPlaces && len(near) < mostPlaces: // what is within reach of the rest was not read
		return list, &farmPlaceInList{Farm: near[0].id}, nil
	}
	for len(near) > 0 {
		if !pair() {
			return list, at, nil
		}
		if read == mostPlaces && len(near) > 0 { // a whole page within reach of one: go on with the next
			return list, &farmPlaceInList{Farm: near[0].id}, nil
		}
	}
	return list, nil, nil
}

// verifyFarmKeys counts the keys of farms anew.
func (tx *Tx) verifyFarmKeys(bad func(string, ...any)) error {
	anew := "SELECT 'name' AS way, name_key AS key, district_code, COUNT(*) AS n FROM farms WHERE name_key <> '' AND " + countingFarm + " GROUP BY name_key, district_code" +
		" UNION ALL SELECT 'permit', permit_number, '', COUNT(*) FROM farms WHERE permit_number <> '' AND " + countingFarm + " GROUP BY permit_number"
	kept := "SELECT way, key, district_code, n FROM farm_keys"
	return tx.each(func(rows *sql.Rows) error {
		var key string
		err := rows.Scan(&key)
		bad("养殖场查重所用的记录与养殖场不符：%s", key)
		return err
	}, differing("key", "way, key, district_code, n", anew, kept))
}
