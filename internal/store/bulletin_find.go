package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// BulletinTitle is a bulletin as the search box shows it.
type BulletinTitle struct {
	ID    registry.BulletinID
	Title string
	State registry.BulletinState
}

// bulletinLook is how many of the latest bulletins are looked at by their titles: a bureau makes a few a month.
const bulletinLook = 300

// FindBulletins are bulletins with every word in their title, drafts too, and published ones with the words in their text; the latest first.
func (tx *Tx) FindBulletins(words string, limit int) (list []BulletinTitle, err error) {
	asked := strings.Fields(registry.Fold(words))
	if len(asked) == 0 {
		return nil, nil
	}
	err = tx.each(func(rows *sql.Rows) error {
		var x BulletinTitle
		if err := rows.Scan(&x.ID, &x.Title, &x.State); err != nil {
			return err
		}
		title := registry.Fold(x.Title)
		if len(list) < limit && !slices.ContainsFunc(asked, func(w string) bool { return !strings.Contains(title, w) }) {
			list = append(list, x)
		}
		return nil
	}, "SELECT id, title, state FROM bulletins WHERE id > 0 ORDER BY id DESC LIMIT $1", bulletinLook)
	if err != nil {
		return nil, fmt.Errorf("find bulletins: %w", err)
	}
	if len(list) == limit {
		return list, nil
	}
	published, _, err := tx.FindPublic(PublicFilter{Q: words}, Page{Limit: limit})
	if err != nil {
		return nil, err
	}
	for i := range published {
		x := BulletinTitle{published[i].ID, published[i].Title, published[i].State}
		if len(list) < limit && !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list, nil
}
