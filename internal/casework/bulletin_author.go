package casework

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// BulletinAuthor is somebody who wrote a word of a bulletin, or of the public fields of its cases, and what it was.
type BulletinAuthor struct {
	User registry.User
	What []string // 起草, 改动标题, 公开用名“恩平市某养殖场”
}

// Says is what the author wrote, in Chinese.
func (x BulletinAuthor) Says() string {
	const most = 6
	if n := len(x.What); n > most {
		return strings.Join(x.What[:most], "、") + fmt.Sprintf("等 %d 处", n)
	}
	return strings.Join(x.What, "、")
}

// authorship collects who wrote what.
type authorship struct {
	tx   *store.Tx
	list []BulletinAuthor
	ids  map[string]registry.UserID // by user name; 0: no account
}

// authors reads who wrote the bulletin: its history tells it, whatever the row says, and the row what the history of an older register does
// not. The public names of its cases' parties and farms are words of it too.
func (s *Service) authors(tx *store.Tx, x *registry.Bulletin, files bulletinFiles) ([]BulletinAuthor, error) {
	w := &authorship{tx: tx, ids: map[string]registry.UserID{}}
	if err := w.ofBulletin(x); err != nil {
		return nil, err
	}
	var parties, farms publicNames
	for _, f := range files.list {
		for i := range f.Parties {
			parties.add(int64(f.Parties[i].ID), f.Parties[i].PublicName)
		}
		if f.Farm != nil {
			farms.add(int64(f.Farm.ID), f.Farm.PublicName)
		}
	}
	return w.list, firstError(w.ofNames("party", parties), w.ofNames("farm", farms))
}

// publicNames are the public names of entries, each once, in the order of the cases.
type publicNames struct {
	ids  []int64
	name map[int64]string
}

func (n *publicNames) add(id int64, name string) {
	if name == "" || n.name[id] != "" {
		return
	}
	if n.name == nil {
		n.name = map[int64]string{}
	}
	n.ids, n.name[id] = append(n.ids, id), name
}

func (w *authorship) ofBulletin(x *registry.Bulletin) error {
	revisions, err := w.tx.Revisions("bulletin", int64(x.ID))
	if err != nil {
		return err
	}
	var before registry.Bulletin
	for i, r := range revisions {
		var now registry.Bulletin
		if err := json.Unmarshal(r.Body, &now); err != nil {
			return fmt.Errorf("read version %d of bulletin %d: %w", r.Version, x.ID, err)
		}
		var what []string
		switch written := wordsChanged(&before, &now); {
		case i == 0:
			what = []string{"起草"}
		case r.Action == actSubmit:
			what = append(written, "提交审核")
		default:
			what = written
		}
		if before = now; len(what) > 0 {
			if err := w.named(r.Actor, what...); err != nil {
				return err
			}
		}
	}
	for _, id := range append([]registry.UserID{x.AuthorID}, x.Writers...) {
		if id != 0 && !slices.ContainsFunc(w.list, func(a BulletinAuthor) bool { return a.User.ID == id }) {
			if err := w.add(id, "起草或改动"); err != nil {
				return err
			}
		}
	}
	return nil
}

// ofNames notes whoever at any time set a public name to what it is now.
func (w *authorship) ofNames(entity string, names publicNames) error {
	revisions, err := w.tx.RevisionsOf(entity, names.ids)
	if err != nil {
		return err
	}
	for _, id := range names.ids {
		if err := w.ofName(entity, id, names.name[id], revisions[id]); err != nil {
			return err
		}
	}
	return nil
}

func (w *authorship) ofName(entity string, id int64, name string, revisions []registry.Revision) error {
	before := ""
	for _, r := range revisions {
		var now struct {
			PublicName string `json:"public_name"`
		}
		if err := json.Unmarshal(r.Body, &now); err != nil {
			return fmt.Errorf("read version %d of %s %d: %w", r.Version, entity, id, err)
		}
		if now.PublicName == name && before != name {
			if err := w.named(r.Actor, "公开用名“"+name+"”"); err != nil {
				return err
			}
		}
		before = now.PublicName
	}
	return nil
}

// named notes what an account wrote; the program itself is nobody.
func (w *authorship) named(username string, what ...string) error {
	id, known := w.ids[username]
	if !known {
		u, err := w.tx.UserByName(username)
		if err != nil && registry.KindOf(err) != registry.KindNotFound {
			return err
		}
		id = u.ID
		w.ids[username] = id
	}
	if id == 0 {
		return nil
	}
	return w.add(id, what...)
}

func (w *authorship) add(id registry.UserID, what ...string) error {
	i := slices.IndexFunc(w.list, func(a BulletinAuthor) bool { return a.User.ID == id })
	if i < 0 {
		u, err := store.Users.Get(w.tx, int64(id))
		if err != nil {
			return err
		}
		w.list, i = append(w.list, BulletinAuthor{User: u}), len(w.list)
	}
	for _, s := range what {
		if !slices.Contains(w.list[i].What, s) {
			w.list[i].What = append(w.list[i].What, s)
		}
	}
	return nil
}

// authorOf is the author that an actor is: the same account, or another account of the same officer.
func authorOf(list []BulletinAuthor, a registry.Actor) *BulletinAuthor {
	i := slices.IndexFunc(list, func(x BulletinAuthor) bool { return same(x.User, a) })
	if i < 0 {
		return nil
	}
	return &list[i]
}

func same(u registry.User, a registry.Actor) bool {
	return u.ID == a.UserID || u.Username == a.Username || u.OfficerID != 0 && u.OfficerID == a.OfficerID
}

// wordsOf is every part of a bulletin that is published, by what it is called.
func wordsOf(x *registry.Bulletin) map[string]string {
	m := map[string]string{"发布月份": x.Dated.String()}
	for _, w := range x.Words() {
		m[w.Where] = w.Text
	}
	for i, p := range x.Pictures {
		m[registry.PictureName(i)] = fmt.Sprint(p.FileID, p.CaseID, p.Wide, p.CopySHA256, p.CheckedSHA256)
	}
	for i, c := range x.Cases {
		at := "案件" + registry.ChineseNumeral(i+1)
		m[at+"所选案件"] = fmt.Sprint(c.CaseID)
		m[at+"排污路径图"] = fmt.Sprint(c.ShowPath, c.Path.Words())
		quotes := make([]string, len(c.Quotes))
		for k, q := range c.Quotes {
			quotes[k] = q.Key() + q.TextHash
		}
		m[at+"以案说法"] = strings.Join(quotes, " ")
	}
	return m
}

// wordsChanged names the parts in which two versions of a bulletin differ: 改动标题.
func wordsChanged(was, now *registry.Bulletin) (list []string) {
	before, after := wordsOf(was), wordsOf(now)
	parts := maps.Clone(after) // and what was taken out
	maps.Copy(parts, before)
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		if before[part] != after[part] {
			list = append(list, "改动"+part)
		}
	}
	if len(was.Cases) > len(now.Cases) {
		list = append(list, "移出案件")
	}
	return list
}
