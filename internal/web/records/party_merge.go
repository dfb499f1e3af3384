package records

import (
	"errors"
	"fmt"
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type duplicatesPage struct {
	kit.Layout
	Groups []duplicateGroup
	Capped bool
}

func (duplicatesPage) Template() string { return "records/parties-duplicates" }

// duplicateGroup pairs the first of a group with each of the others: two are merged at a time.
type duplicateGroup struct {
	Why     string
	First   registry.Party
	Parties []registry.Party
}

func (s area) partyDuplicates(r *kit.Request) error {
	groups, capped, err := s.Service.SameParties(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := duplicatesPage{Layout: r.Layout("可能重复的当事人"), Capped: capped}
	for _, g := range groups {
		if !p.Can(registry.PermPersonalRead) {
			for i := range g.Parties {
				view.MaskParty(&g.Parties[i])
			}
		}
		p.Groups = append(p.Groups, duplicateGroup{g.Why, g.Parties[0], g.Parties})
	}
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
	f, err := r.ReadForm(kit.Labels{"merge_id": "合并", "undo_reason": "拆回理由"})
	if err != nil {
		return err
	}
	merge, err := strconv.ParseInt(f.Value("merge_id"), 10, 64)
	if err != nil {
		return kit.BadRequest("没有说明拆回哪一次合并")
	}
	_, left, err := s.Service.Unmerge(r.Ctx(), r.Actor, registry.PartyMergeID(merge), f.Version, f.Value("undo_reason"))
	if err != nil {
		return err
	}
	if len(left) > 0 {
		r.Flash("warn", fmt.Sprintf("已拆回。合并后有 %d 条记录被改到了别的当事人或已删除，保持现状，请核对。", len(left)))
		return r.Go("/parties/%d", id)
	}
	return r.Done("已拆回，合并时移走的记录都已恢复。", "/parties/%d", id)
}

// mergeView is a merge as the pages of both parties tell it.
type mergeView struct {
	casework.PartyMergeRow
	Here  bool // the party of the page is the hidden one
	Moved string
}

var movedWords = []struct{ entity, words string }{{"case", "案件 %d 件"}, {"farm", "养殖场 %d 个"}, {"inspection", "检查 %d 次"}, {"penalty", "处罚 %d 项"}}

func mergeViews(id registry.PartyID, rows []casework.PartyMergeRow) []mergeView {
	list := make([]mergeView, len(rows))
	for i, m := range rows {
		n := map[string]int{}
		for _, x := range m.Moved {
			n[x.Entity]++
		}
		list[i] = mergeView{PartyMergeRow: m, Here: m.PartyID == id}
		for _, w := range movedWords {
			if n[w.entity] > 0 {
				list[i].Moved += "，" + fmt.Sprintf(w.words, n[w.entity])
			}
		}
		if list[i].Moved == "" {
			list[i].Moved = "，没有关联的记录"
		}
	}
	return list
}
