package casework

import (
	"context"
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// The actions of a history that voids and restores.
const (
	voiding   = "作废"
	unvoiding = "恢复（撤销作废）"
)

// Voided is a record that can be voided as its page shows it, with what keeps it from that.
type Voided struct {
	Entity, Noun string
	ID, Version  int64
	Title        string
	Voided       registry.Voiding
	Resting      []registry.Reference
}

// voids are the nouns that can be voided, by their name in the history: how one of each is read, and how it is written.
var voids = map[string]struct {
	look  func(tx *store.Tx, id int64) (Voided, error)
	write func(s *Service, tx *store.Tx, a act, id, version int64, v registry.Voidable, checks func(x any) []check) error
}{
	"farm": {
		look: looks(store.Farms, func(x *registry.Farm) string { return x.Name }), write: voidsIn(store.Farms),
	},
	"party": {
		look: looks(store.Parties, func(x *registry.Party) string { return x.Name }), write: voidsIn(store.Parties),
	},
	"inspection": {
		look: looks(store.Inspections, func(x *registry.Inspection) string {
			return strings.Join(strings.Fields(x.StartedOn.Chinese()+" "+x.Kind+" "+x.Number), " ")
		}),
		write: voidsIn(store.Inspections),
	},
	"case": {
		look: looks(store.Cases, func(x *registry.Case) string { return x.Title }), write: voidsIn(store.Cases),
	},
}

// voidable is a noun that can be voided.
type voidable interface{ Voids() *registry.Voidable }

// keepVoiding gives x the voiding of the stored record: only Void and Unvoid change it.
func keepVoiding(x, stored any) {
	to, ok := x.(voidable)
	from, both := stored.(voidable)
	if ok && both {
		*to.Voids() = *from.Voids()
	}
}

func looks[T any, P store.Record[T]](t *store.Table[T, P], title func(P) string) func(*store.Tx, int64) (Voided, error) {
	return func(tx *store.Tx, id int64) (v Voided, err error) {
		x, err := t.Get(tx, id)
		if err != nil {
			return v, err
		}
		v = Voided{Entity: t.Entity, Noun: t.Noun, ID: id, Version: P(&x).Base().Version, Title: title(P(&x)), Voided: any(P(&x)).(voidable).Voids().Voided}
		if v.Voided == (registry.Voiding{}) {
			v.Resting, err = tx.Resting(t.Entity, id)
			v.Resting = veil(tx, v.Resting)
		}
		return v, err
	}
}

// voidsIn writes a voiding, or the reason of taking one back, over the record's version that somebody looked at. What the cases of an inspection, its
// search text and its clocks are follows in the same transaction.
func voidsIn[T any, P store.Record[T]](t *store.Table[T, P]) func(*Service, *store.Tx, act, int64, int64, registry.Voidable, func(any) []check) error {
	return func(s *Service, tx *store.Tx, a act, id, version int64, v registry.Voidable, checks func(any) []check) error {
		x, err := t.Get(tx, id)
		if err != nil {
			return err
		}
		if have := P(&x).Base().Version; have != version {
			return registry.Stale(t.Noun, have, version)
		}
		was := any(P(&x)).(voidable).Voids()
		if was.IsVoid() == v.IsVoid() {
			if v.IsVoid() {
				return registry.Conflict("这条%s已经作废。", t.Noun)
			}
			return registry.Conflict("这条%s没有作废，不需要恢复。", t.Noun)
		}
		for _, c := range checks(P(&x)) {
			if err := c(tx); err != nil {
				return err
			}
		}
		*was = v
		return rewrite(tx, s, a, t, P(&x))
	}
}

// Voidable reads a record that can be voided, and what rests on it.
func (s *Service) Voidable(ctx context.Context, a registry.Actor, entity string, id int64) (v Voided, err error) {
	noun, ok := voids[entity]
	if !ok {
		return v, registry.NotFound("可以作废的记录", entity)
	}
	err = s.read(ctx, a, registry.PermRecordVoid, func(tx *store.Tx) error {
		v, err = noun.look(tx, id)
		return err
	})
	return v, err
}

// Void takes a record that was entered by mistake out of everything that counts. It stays, with its number, its history and why.
func (s *Service) Void(ctx context.Context, a registry.Actor, entity string, id, version int64, reason string) error {
	return s.void(ctx, a, entity, id, version, reason, true)
}

// Unvoid brings a voided record back, if what it refers to counts and nobody has taken its number.
func (s *Service) Unvoid(ctx context.Context, a registry.Actor, entity string, id, version int64, reason string) error {
	return s.void(ctx, a, entity, id, version, reason, false)
}

func (s *Service) void(ctx context.Context, a registry.Actor, entity string, id, version int64, reason string, to bool) error {
	if err := a.May(registry.PermRecordVoid); err != nil {
		return err
	}
	noun, ok := voids[entity]
	if !ok {
		return registry.NotFound("可以作废的记录", entity)
	}
	reason, err := registry.VoidReason(reason)
	if err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		act := act{actor: a, perm: registry.PermRecordVoid, action: voiding, detail: reason}
		v := registry.Voidable{Voided: registry.Voiding{Reason: reason, At: s.now().UTC(), By: a.Username}}
		checks := func(x any) []check {
			return []check{ownRecord(a, entity, id), notMergedAway(x), nothingRests(entity, id, noun.look), closedStays(x)}
		}
		if !to {
			act.action, v = unvoiding, registry.Voidable{UnvoidReason: reason}
			checks = func(x any) []check { return append(restorable(x), ownRecord(a, entity, id)) }
		}
		return noun.write(s, tx, act, id, version, v, checks)
	})
}

// ownRecord lets an officer void what they entered themselves; an administrator any record.
func ownRecord(a registry.Actor, entity string, id int64) check {
	return func(tx *store.Tx) error {
		if a.Role.Can(registry.PermAdmin) {
			return nil
		}
		by, err := tx.FirstActor(entity, id)
		if err != nil || by == a.Username {
			return err
		}
		return registry.Forbidden("这条记录不是您登记的，请登记人或管理员作废、恢复。")
	}
}

// notMergedAway: an entry that was merged into another is out of the lists already, and the merge says why.
func notMergedAway(x any) check {
	return func(*store.Tx) error {
		switch x := x.(type) {
		case *registry.Party:
			if x.MergedInto != 0 {
				return registry.Conflict("“%s”已并入编号 %d 的当事人，不需要作废。", x.Name, x.MergedInto)
			}
		case *registry.Farm:
			if x.MergedInto != 0 {
				return registry.Conflict("“%s”已并入编号 %d 的养殖场，不需要作废。", x.Name, x.MergedInto)
			}
		}
		return nil
	}
}

func nothingRests(entity string, id int64, look func(*store.Tx, int64) (Voided, error)) check {
	return func(tx *store.Tx) error {
		v, err := look(tx, id)
		if err != nil || len(v.Resting) == 0 {
			return err
		}
		return registry.Resting(fmt.Sprintf("%s“%s”还有记录以它为依据", v.Noun, v.Title), v.Resting)
	}
}

// closedStays: a closed case is read-only.
func closedStays(x any) check {
	return func(*store.Tx) error {
		if c, ok := x.(*registry.Case); ok && c.Stage.Closed() {
			return registry.Conflict(closedMessage)
		}
		return nil
	}
}

// restorable asks that what a voided record refers to counts, and that its number is still its own.
func restorable(x any) []check {
	switch x := x.(type) {
	case *registry.Farm:
		return []check{counts(store.Parties, x.OperatorID)}
	case *registry.Party:
		return []check{stillFree("party", "统一社会信用代码", x.CreditCode, int64(x.ID))}
	case *registry.Inspection:
		return []check{counts(store.Farms, x.FarmID), counts(store.Parties, x.PartyID), stillFree("inspection", "编号", x.Number, int64(x.ID))}
	case *registry.Case:
		list := []check{counts(store.Farms, x.FarmID), stillFree("case", "编号", x.Number, int64(x.ID))}
		for _, p := range x.Parties {
			list = append(list, counts(store.Parties, p.PartyID))
		}
		for _, i := range x.Inspections {
			list = append(list, counts(store.Inspections, i))
		}
		return list
	}
	return nil
}

// counts asks that a record which another one refers to was not voided.
func counts[I ~int64, T any, P store.Record[T]](t *store.Table[T, P], id I) check {
	return func(tx *store.Tx) error {
		v, err := voidedOf(tx, t, int64(id))
		if err != nil || v == (registry.Voiding{}) {
			return err
		}
		return &registry.Error{Kind: registry.KindConflict, Message: fmt.Sprintf("它引用的%s（编号 %d）也已作废，请先恢复那一条。", t.Noun, id),
			References: []registry.Reference{{Entity: t.Entity, ID: int64(id), Title: fmt.Sprintf("%s %d", t.Noun, id), Why: "已作废"}}}
	}
}

// voidedOf is the voiding of a record; zero where it counts, where there is none, or where its noun cannot be voided.
func voidedOf[T any, P store.Record[T]](tx *store.Tx, t *store.Table[T, P], id int64) (registry.Voiding, error) {
	if id == 0 {
		return registry.Voiding{}, nil
	}
	x, err := t.Get(tx, id)
	if registry.KindOf(err) == registry.KindNotFound {
		return registry.Voiding{}, nil
	}
	if v, ok := any(P(&x)).(voidable); ok && err == nil {
		return v.Voids().Voided, nil
	}
	return registry.Voiding{}, err
}

func stillFree(entity, what, number string, id int64) check {
	return func(tx *store.Tx) error {
		other, title, err := tx.OtherNumbered(entity, number, id)
		if err != nil || other == 0 {
			return err
		}
		return &registry.Error{Kind: registry.KindConflict, Message: fmt.Sprintf("它的%s %s 作废后已被编号 %d 的记录使用，不能恢复；请先核对那一条。", what, number, other),
			References: []registry.Reference{{Entity: entity, ID: other, Title: title, Why: what + "相同"}}}
	}
}

// stands refuses a change of a voided record.
func stands[I ~int64, T any, P store.Record[T]](t *store.Table[T, P], id I) check {
	return func(tx *store.Tx) error {
		v, err := voidedOf(tx, t, int64(id))
		if err != nil || v == (registry.Voiding{}) {
			return err
		}
		return registry.Conflict(voidMessage, t.Noun)
	}
}

const voidMessage = "这条%s已作废，连同其下的内容只读。需要修改的，请先恢复并写明理由。"
