package store

import (
	"casebook/internal/registry"
)

// ListViews stores lists as people like to see them.
var ListViews = &Table[registry.ListView, *registry.ListView]{Entity: "list_view", Noun: "列表视图", name: "list_views",
	id: func(x *registry.ListView) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.ListView, c *columns) {
		ref(c, "owner_id", &x.OwnerID)
		c.col("list", &x.List)
		c.col("name", &x.Name)
		c.col("shared", &x.Shared)
		c.col("query", &x.Query)
		c.list("column_keys", &x.Columns)
	}}

// mostViews is how many views of a list a person has to choose from: the own ones, then those that others share.
const mostViews = 40

// ViewsOf are the views of a list that a person may open, the own ones first, by name.
func (tx *Tx) ViewsOf(owner registry.UserID, list string) ([]registry.ListView, error) {
	own, err := ListViews.list(tx, "WHERE owner_id = $1 AND list = $2 ORDER BY name LIMIT $3", owner, list, mostViews)
	if err != nil {
		return nil, err
	}
	shared, err := ListViews.list(tx, "WHERE list = $1 AND shared = 1 ORDER BY name LIMIT $2", list, mostViews)
	if err != nil {
		return nil, err
	}
	for _, x := range shared {
		if x.OwnerID != owner {
			own = append(own, x)
		}
	}
	return own, nil
}

// ColumnsOf are the columns that a person chose for a list; none where they chose none. They are no record: nobody else reads them, and they have no history.
func (tx *Tx) ColumnsOf(user registry.UserID, list string) (keys []string, err error) {
	err = tx.one([]any{jsonValue{&keys}}, "SELECT column_keys FROM list_columns WHERE user_id = $1 AND list = $2", user, list)
	if noRows(err) {
		return nil, nil
	}
	return keys, err
}

// KeepColumns takes the place of what the person chose before; without a column it is forgotten.
func (tx *Tx) KeepColumns(user registry.UserID, list string, keys []string) error {
	if len(keys) == 0 {
		_, err := tx.exec("DELETE FROM list_columns WHERE user_id = $1 AND list = $2", user, list)
		return err
	}
	_, err := tx.exec(`INSERT INTO list_columns (user_id, list, column_keys) VALUES ($1, $2, $3)
		ON CONFLICT (user_id, list) DO UPDATE SET column_keys = excluded.column_keys`, user, list, jsonValue{&keys})
	return err
}
