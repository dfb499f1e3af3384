package records

import (
	"errors"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type duplicatesPage struct {
	kit.Layout
	List   kit.List
	Groups []duplicateGroup
}

func (duplicatesPage) Template() string { return "records/parties-duplicates" }

// duplicateGroup pairs the first of a group with each of the others: two are merged at a time.
type duplicateGroup struct {
	Why     string
	First   registry.Party
	Parties []registry.Party
}

// duplicateGroups is how many groups a page shows.
const duplicateGroups = 20

func (s area) partyDuplicates(r *kit.Request) error {
	l := r.List()
	groups, next, err := s.Service.SameParties(r.Ctx(), r.Actor, casework.Page{Cursor: l.Cursor(), Limit: duplicateGroups})
	if err != nil {
		return err
	}
	p := duplicatesPage{Layout: r.Layout("可能重复的当事人")}
	for _, g := range groups {
		if !p.Can(registry.PermPersonalRead) {
			for i := range g.Parties {
				view.MaskParty(&g.Parties[i])
			}
		}
		p.Groups = append(p.Groups, duplicateGroup{g.Why, g.Parties[0], g.Parties})
	}
	l.Paged(len(groups), next, -1, false)
	p.List = l
	return r.Page(p)
}

var partyMergeLabels = kit.LabelsOf(registry.PartyMergeFields, nil)

type partyMergePage struct {
	kit.Layout
	Form   *kit.Form
	Sides  []casework.MergeSide // empty until the other one is chosen
	Keep   []kit.Option
	Party  registry.Party
	Other  registry.PartyID
	Choose bool // the other one is not chosen yet
}

func (partyMergePage) Template() string { return "records/parties-merge" }

// partyMergeForm compares a party with another: ?other=ID, or one to be chosen.
func (s area) partyMergeForm(r *kit.Request) error {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	f := r.NewForm(partyMergeLabels)
	return s.partyMergePage(r, f, id, kit.QueryID[registry.PartyID](r, "other"))
}

func (s area) partyMergePage(r *kit.Request, f *kit.Form, id, other registry.PartyID) error {
	p := partyMergePage{Layout: r.Layout("合并当事人"), Form: f, Other: other, Choose: other == 0 || other == id}
	ids := []registry.PartyID{id}
	if !p.Choose {
		ids = append(ids, other)
	}
	sides, err := s.Service.MergeSides(r.Ctx(), r.Actor, ids...)
	if err != nil {
		return err
	}
	for i := range sides {
		if x := &sides[i].Party; x.MergedInto != 0 {
			return registry.Conflict("“%s”已并入编号 %d 的当事人，不能再合并；请打开那一个，或先拆回。", x.Name, x.MergedInto)
		}
		if !p.Can(registry.PermPersonalRead) {
			view.MaskParty(&sides[i].Party)
		}
		p.Keep = append(p.Keep, kit.Option{Value: kit.Itoa(int64(sides[i].Party.ID)), Label: fmt.Sprintf("%s（编号 %d）", sides[i].Party.Name, sides[i].Party.ID)})
	}
	p.Party, p.Sides = sides[0].Party, sides
	return r.Form(f, p)
}

// partyMerge merges the party of the path and the other one; the form says which of them stays.
func (s area) partyMerge(r *kit.Request) error {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(partyMergeLabels)
	if err != nil {
		return err
	}
	other := kit.FormID[registry.PartyID](f, "other")
	x := registry.PartyMerge{}
	f.Meta(&x.Meta)
	kit.Ref(f, "into_id", &x.IntoID)
	f.Text("reason", &x.Reason)
	switch {
	case other == 0 || other == id:
		return kit.BadRequest("请选择要合并的两个当事人")
	case x.IntoID == id:
		x.PartyID = other
	case x.IntoID == other:
		x.PartyID = id
	default:
		f.Add("into_id", "请选择保留哪一个")
	}
	if f.OK() {
		err := s.Service.MergeParties(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done(fmt.Sprintf("已合并，移过来 %d 条关联记录。", len(x.Moved)), "/parties/%d", x.IntoID)
		}
		var before *casework.Repeated[registry.PartyMerge]
		if errors.As(err, &before) {
			return s.mergedTwice(r, before, x)
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.partyMergePage(r, f, id, other)
}

// mergedTwice shows what was asked for beside the merge that the same form made before.
func (s area) mergedTwice(r *kit.Request, before *casework.Repeated[registry.PartyMerge], sent registry.PartyMerge) error {
	fill := func(x registry.PartyMerge) *kit.Form {
		f := r.NewForm(partyMergeLabels)
		kit.Ref(f, "party_id", &x.PartyID)
		kit.Ref(f, "into_id", &x.IntoID)
		f.Text("reason", &x.Reason)
		f.Name("party_id", kit.Itoa(int64(x.PartyID)), view.PartyName(s.Server, r, x.PartyID))
		f.Name("into_id", kit.Itoa(int64(x.IntoID)), view.PartyName(s.Server, r, x.IntoID))
		return f
	}
	return r.SentTwice(before, "当事人合并", fmt.Sprintf("/parties/%d", before.Stored.IntoID), registry.PartyMergeFields, fill(sent), fill(before.Stored))
}

// partyUnmerge undoes a merge of the party of the path.
func (s area) partyUnmerge(r *kit.Request) error {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	f, merge, err := unmergeForm(r)
	if err != nil {
		return err
	}
	_, left, err := s.Service.Unmerge(r.Ctx(), r.Actor, registry.PartyMergeID(merge), f.Version, f.Value("undo_reason"))
	return unmerged(r, err, len(left), "当事人", fmt.Sprintf("/parties/%d?own=1", id))
}

// mergeViews are the merges of a party as its page tells them.
func mergeViews(id registry.PartyID, rows []casework.PartyMergeRow) []mergeView {
	list := make([]mergeView, len(rows))
	for i, m := range rows {
		list[i] = viewOfMerge(m.Merging, m.Meta, int64(m.ID), int64(m.PartyID), int64(m.IntoID), m.Name, m.IntoName, int64(id))
	}
	return list
}
