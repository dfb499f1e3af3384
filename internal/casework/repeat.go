package casework

import (
	"encoding/json"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// mostRelated bounds how many other cases one case is compared with, the latest registered first.
const mostRelated = 50

// related are the cases that one case is compared with: the others of its parties, its farm and its inspections. more tells that there
// are further ones.
func related(tx *store.Tx, c *registry.Case) (others []procedure.Other, more bool, err error) {
	ids, direct, err := tx.RelatedCases(c, mostRelated+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(ids) > mostRelated; more {
		ids = ids[:mostRelated]
	}
	files, err := tx.ComparedFiles(ids)
	if err != nil {
		return nil, false, err
	}
	for _, f := range files {
		o := procedure.Other{File: f, SameParty: direct[f.Case.ID]}
		for i := range f.Violations {
			o.ActEnds = append(o.ActEnds, actEnd(f, &f.Violations[i]))
		}
		others = append(others, o)
	}
	return others, more, nil
}

// Former is a name or an operator that a farm had before, and until when the register had it.
type Former struct {
	Name    string
	PartyID registry.PartyID // of a former operator; zero for a former name of the farm
	Until   registry.Date    // the day it was changed in the register; zero where only a case tells of it
}

// formerOf reads from a farm's revisions what it was called and who ran it, and from its cases which parties it had at the acts.
func formerOf(tx *store.Tx, f *registry.Farm, revisions []registry.Revision) (names, operators []Former, err error) {
	ids := map[registry.PartyID]registry.Date{}
	var order []registry.PartyID
	note := func(id registry.PartyID, until registry.Date) {
		if id == 0 || id == f.OperatorID {
			return
		}
		if _, seen := ids[id]; !seen {
			order = append(order, id)
		}
		ids[id] = until
	}
	var before farmIdentity
	for _, r := range revisions {
		now := identityOf(r.Body)
		if key := registry.NameKey(before.Name); key != "" && key != registry.NameKey(now.Name) && key != registry.NameKey(f.Name) {
			names = append(names, Former{Name: before.Name, Until: registry.DateOf(r.At)})
		}
		if now.OperatorID != before.OperatorID {
			note(before.OperatorID, registry.DateOf(r.At))
		}
		before = now
	}
	parties, err := tx.PartiesOfFarm(f.ID, 20)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range parties {
		if _, seen := ids[id]; !seen {
			note(id, registry.Date{})
		}
	}
	for _, id := range order {
		p, err := store.Parties.Get(tx, int64(id))
		if registry.KindOf(err) == registry.KindNotFound || err == nil && p.MergedInto != 0 {
			continue // a merge is no change of hands
		}
		if err != nil {
			return nil, nil, err
		}
		operators = append(operators, Former{Name: p.Name, PartyID: id, Until: ids[id]})
	}
	return names, operators, nil
}

// farmIdentity is what of a farm's revision tells who it is.
type farmIdentity struct {
	Name       string           `json:"name"`
	OperatorID registry.PartyID `json:"operator_id"`
}

func identityOf(body []byte) (x farmIdentity) {
	_ = json.Unmarshal(body, &x) // a body that cannot be read tells nothing; verify finds it
	return x
}
