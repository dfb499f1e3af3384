package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Change is one step of a record's history as people read it.
type Change struct {
	At       time.Time
	Actor    string
	Action   string
	Entity   string
	EntityID int64
	Version  int64
	AuditSeq int64
	Fields   []FieldChange // what differs from the version before; empty for the first
}

// FieldChange is one field that differs. Field is the JSON path (herds.0.count), which the page turns into words.
type FieldChange struct{ Field, Before, After string }

// Changes compares consecutive revisions, given in any order, and returns the steps newest first.
func Changes(revisions []registry.Revision) []Change {
	byRecord := map[string][]registry.Revision{}
	for _, r := range revisions {
		k := fmt.Sprintf("%s/%d", r.Entity, r.EntityID)
		byRecord[k] = append(byRecord[k], r)
	}
	var out []Change
	for _, list := range byRecord {
		slices.SortFunc(list, func(a, b registry.Revision) int { return int(a.Version - b.Version) })
		var before map[string]string
		for _, r := range list {
			after := flatten(r.Body)
			c := Change{At: r.At, Actor: r.Actor, Action: r.Action, Entity: r.Entity, EntityID: r.EntityID, Version: r.Version, AuditSeq: r.AuditSeq}
			if before != nil {
				c.Fields = difference(before, after)
			}
			before = after
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return int(b.AuditSeq - a.AuditSeq) })
	return out
}

// flatten turns a record's JSON into path → value; what the machine keeps for itself is left out.
func flatten(body []byte) map[string]string {
	var v any
	out := map[string]string{}
	if json.Unmarshal(body, &v) != nil {
		return out
	}
	walk("", v, out)
	for _, k := range []string{"version", "updated_at", "created_at", "client_uid", "id", "stage"} {
		delete(out, k)
	}
	for k := range out {
		if last := k[strings.LastIndex(k, ".")+1:]; last == "text_hash" || last == "law_id" {
			delete(out, k)
		}
	}
	return out
}

func walk(path string, v any, out map[string]string) {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			walk(strings.TrimPrefix(path+"."+k, "."), e, out)
		}
	case []any:
		for i, e := range x {
			walk(fmt.Sprintf("%s.%d", path, i), e, out)
		}
	case nil:
	case string:
		if x != "" {
			out[path] = x
		}
	case float64:
		out[path] = strings.TrimSuffix(fmt.Sprintf("%.6f", x), ".000000")
	default:
		out[path] = fmt.Sprint(x)
	}
}

func difference(before, after map[string]string) []FieldChange {
	var list []FieldChange
	for k, b := range before {
		if after[k] != b {
			list = append(list, FieldChange{k, b, after[k]})
		}
	}
	for k, a := range after {
		if _, was := before[k]; !was {
			list = append(list, FieldChange{k, "", a})
		}
	}
	slices.SortFunc(list, func(a, b FieldChange) int { return strings.Compare(a.Field, b.Field) })
	return list
}

// Desk is the 工作台: what waits for the actor, what is recent, and counts by district.
type Desk struct {
	Drafts      []store.InspectionRow // inspections not yet submitted
	WithoutCase []store.InspectionRow // violations found, no case opened
	Undecided   []store.CaseRow       // cases on the way
	Recent      []store.CaseRow
	ToApprove   []registry.Bulletin
	MyBulletins []registry.Bulletin
	ByDistrict  []store.DistrictCount
	Total       store.DistrictCount // of all districts
}

// Desk reads the actor's desk.
func (s *Service) Desk(ctx context.Context, a registry.Actor) (d Desk, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		const few = 8
		if d.Drafts, _, err = tx.Inspections(store.InspectionFilter{State: registry.InspectionDraft}, store.Page{Limit: few}); err != nil {
			return err
		}
		if d.WithoutCase, err = tx.InspectionsWithoutCase(few); err != nil {
			return err
		}
		if d.Undecided, err = tx.UndecidedCases(few); err != nil {
			return err
		}
		if d.Recent, _, err = tx.Cases(store.CaseFilter{}, store.Page{Limit: few}); err != nil {
			return err
		}
		if d.ToApprove, _, err = tx.Bulletins(string(registry.BulletinSubmitted), store.Page{Limit: few}); err != nil {
			return err
		}
		if d.MyBulletins, _, err = tx.Bulletins(string(registry.BulletinDraft), store.Page{Limit: few}); err != nil {
			return err
		}
		if d.ByDistrict, err = tx.CountByDistrict(); err != nil {
			return err
		}
		for _, c := range d.ByDistrict {
			d.Total.Farms += c.Farms
			d.Total.Checks += c.Checks
			d.Total.Cases += c.Cases
			d.Total.OnTheWay += c.OnTheWay
			d.Total.Ended += c.Ended
		}
		return nil
	})
	return d, err
}
