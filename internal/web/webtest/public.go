package webtest

import (
	"context"
	"encoding/json"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// OpenSite has the administrator open the public site, or close it.
func (a *App) OpenSite(open bool) {
	a.T.Helper()
	p, err := a.Service.BureauPage(context.Background(), registry.CommandLine)
	if err != nil {
		a.T.Fatal(err)
	}
	b := p.Bureau
	b.PublicSite = open
	if err := a.Service.ChangeBureau(context.Background(), registry.CommandLine, &b); err != nil {
		a.T.Fatal(err)
	}
}

// SetBulletin stores a bulletin as change leaves it, whatever the acts on bulletins allow: published, say, withdrawn, or the correction of another.
func (a *App) SetBulletin(id registry.BulletinID, change func(x *registry.Bulletin)) registry.Bulletin {
	a.T.Helper()
	var x registry.Bulletin
	err := a.DB.Write(context.Background(), func(tx *store.Tx) (err error) {
		if x, err = store.Bulletins.Get(tx, int64(id)); err != nil {
			return err
		}
		change(&x)
		if err := store.Bulletins.Update(tx, &x, a.Now()); err != nil {
			return err
		}
		return a.recorded(tx, &x)
	})
	if err != nil {
		a.T.Fatal(err)
	}
	return x
}

// Published adds a bulletin that the public site shows, with the copies of an earlier one.
func (a *App) Published(like registry.BulletinID, change func(x *registry.Bulletin)) registry.Bulletin {
	a.T.Helper()
	var x registry.Bulletin
	err := a.DB.Write(context.Background(), func(tx *store.Tx) error {
		was, err := store.Bulletins.Get(tx, int64(like))
		if err != nil {
			return err
		}
		b, err := json.Marshal(was)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &x); err != nil {
			return err
		}
		now := a.Now()
		x.ID, x.Meta, x.Slug, x.Facets, x.State, x.PublishedAt = 0, registry.Meta{}, "", nil, registry.BulletinApproved, &now
		change(&x)
		if err := store.Bulletins.Insert(tx, &x, now); err != nil {
			return err
		}
		return a.recorded(tx, &x)
	})
	if err != nil {
		a.T.Fatal(err)
	}
	return x
}

func (a *App) recorded(tx *store.Tx, x *registry.Bulletin) error {
	e := store.Event{Actor: registry.CommandLine, At: a.Now(), Action: "修改", Entity: "bulletin", EntityID: int64(x.ID), Version: x.Version}
	if err := tx.Record(e, x); err != nil {
		return err
	}
	if err := tx.Settle(nil, nil); err != nil {
		return err
	}
	return tx.WriteHistory()
}
