package records

import (
	"errors"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type farmDuplicatesPage struct {
	kit.Layout
	List   kit.List
	Ways   []kit.Option
	By     string
	Groups []farmGroup
}

func (farmDuplicatesPage) Template() string { return "records/farms-duplicates" }

// farmGroup pairs the first of a group with each of the others: two are merged at a time.
type farmGroup struct {
	Why   string
	First registry.Farm
	Farms []registry.Farm
}

// farmDuplicates lists farms that may have been entered twice, one way of telling at a time, since each is a list of its own.
func (s area) farmDuplicates(r *kit.Request) error {
	l := r.List()
	p := farmDuplicatesPage{Layout: r.Layout("可能重复的养殖场"), By: l.Get("by"),
		Ways: []kit.Option{{Value: "name", Label: "名称和辖区相同"}, {Value: "permit", Label: "许可证或登记编号相同"}, {Value: "place", Label: "相距不到 100 米"}}}
	if p.By == "" {
		p.By = p.Ways[0].Value
	}
	groups, next, err := s.Service.SameFarms(r.Ctx(), r.Actor, p.By, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize})
	if err != nil {
		return err
	}
	for _, g := range groups {
		p.Groups = append(p.Groups, farmGroup{g.Why, g.Farms[0], g.Farms})
	}
	l.Paged(len(groups), next, -1, false)
	p.List = l
	return r.Page(p)
}

var farmMergeLabels = kit.LabelsOf(registry.FarmMergeFields, nil)

type farmMergePage struct {
	kit.Layout
	Form   *kit.Form
	Sides  []casework.FarmSide // one until the other is chosen
	Keep   []kit.Option
	Farm   registry.Farm
	Other  registry.FarmID
	Choose bool // the other one is not chosen yet
	Rows   []farmChoice
}

func (farmMergePage) Template() string { return "records/farms-merge" }

// farmChoice is a field in which the two differ, with the farm whose value is chosen; 0: none yet.
type farmChoice struct {
	kit.Compared
	Chosen registry.FarmID
}

// takeField is the input that says whose value of a field the farm that stays has.
func takeField(field string) string { return "take_" + field }

// farmMergeForm compares a farm with another: ?other=ID, or one to be chosen.
func (s area) farmMergeForm(r *kit.Request) error {
	id, err := kit.PathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	return s.farmMergePage(r, r.NewForm(farmMergeLabels), id, kit.QueryID[registry.FarmID](r, "other"))
}

func (s area) farmMergePage(r *kit.Request, f *kit.Form, id, other registry.FarmID) error {
	p := farmMergePage{Layout: r.Layout("合并养殖场"), Form: f, Other: other, Choose: other == 0 || other == id}
	ids := []registry.FarmID{id}
	if !p.Choose {
		ids = append(ids, other)
	}
	var err error
	if p.Sides, err = s.Service.FarmSides(r.Ctx(), r.Actor, ids...); err != nil {
		return err
	}
	for _, side := range p.Sides {
		x := side.Farm
		if x.MergedInto != 0 {
			return registry.Conflict("“%s”已并入编号 %d 的养殖场，不能再合并；请打开那一个，或先拆回。", x.Name, x.MergedInto)
		}
		p.Keep = append(p.Keep, kit.Option{Value: kit.Itoa(int64(x.ID)), Label: fmt.Sprintf("%s（编号 %d）", x.Name, x.ID)})
	}
	p.Farm = p.Sides[0].Farm
	if !p.Choose {
		p.Rows = s.farmChoices(r, f, p.Farm, p.Sides[1].Farm)
	}
	return r.Form(f, p)
}

// farmChoices are the fields in which two farms differ. Where only one has a value, that is chosen already.
func (s area) farmChoices(r *kit.Request, f *kit.Form, a, b registry.Farm) (list []farmChoice) {
	forms := [2]*kit.Form{}
	for i, x := range []registry.Farm{a, b} {
		e := s.farmEditing(r, x)
		forms[i] = e.Fill(r, x)
		e.Words(forms[i], x)
	}
	for _, row := range r.Compare(registry.FarmFields, forms[0], forms[1]) {
		c := farmChoice{Compared: row, Chosen: kit.FormID[registry.FarmID](f, takeField(row.Field))}
		switch {
		case c.Chosen != 0:
		case row.First == "":
			c.Chosen = b.ID
		case row.Second == "":
			c.Chosen = a.ID
		}
		list = append(list, c)
	}
	return list
}

// farmMerge merges the farm of the path and the other one; the form says which of them stays, and with which values.
func (s area) farmMerge(r *kit.Request) error {
	id, err := kit.PathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(farmMergeLabels)
	if err != nil {
		return err
	}
	other := kit.FormID[registry.FarmID](f, "other")
	x := registry.FarmMerge{}
	f.Meta(&x.Meta)
	kit.Ref(f, "into_id", &x.IntoID)
	f.Text("reason", &x.Reason)
	switch {
	case other == 0 || other == id:
		return kit.BadRequest("请选择要合并的两个养殖场")
	case x.IntoID == id:
		x.FarmID = other
	case x.IntoID == other:
		x.FarmID = id
	default:
		f.Add("into_id", "请选择保留哪一个")
	}
	for _, field := range registry.FarmFields {
		if chosen := kit.FormID[registry.FarmID](f, takeField(field.Name)); chosen != 0 && chosen == x.FarmID {
			x.Taken = append(x.Taken, field.Name)
		}
	}
	if f.OK() {
		err := s.Service.MergeFarms(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done(fmt.Sprintf("已合并，移过来 %d 条关联记录。", len(x.Moved)), "/farms/%d", x.IntoID)
		}
		var before *casework.Repeated[registry.FarmMerge]
		if errors.As(err, &before) {
			return s.farmMergedTwice(r, before, x)
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.farmMergePage(r, f, id, other)
}

// farmMergedTwice shows what was asked for beside the merge that the same form made before.
func (s area) farmMergedTwice(r *kit.Request, before *casework.Repeated[registry.FarmMerge], sent registry.FarmMerge) error {
	fill := func(x registry.FarmMerge) *kit.Form {
		f := r.NewForm(farmMergeLabels)
		kit.Ref(f, "farm_id", &x.FarmID)
		kit.Ref(f, "into_id", &x.IntoID)
		f.Text("reason", &x.Reason)
		f.Name("farm_id", kit.Itoa(int64(x.FarmID)), view.FarmName(s.Server, r, x.FarmID))
		f.Name("into_id", kit.Itoa(int64(x.IntoID)), view.FarmName(s.Server, r, x.IntoID))
		return f
	}
	return r.SentTwice(before, "养殖场合并", fmt.Sprintf("/farms/%d", before.Stored.IntoID), registry.FarmMergeFields, fill(sent), fill(before.Stored))
}

// farmUnmerge undoes a merge of the farm of the path.
func (s area) farmUnmerge(r *kit.Request) error {
	id, err := kit.PathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	f, merge, err := unmergeForm(r)
	if err != nil {
		return err
	}
	_, left, err := s.Service.UnmergeFarm(r.Ctx(), r.Actor, registry.FarmMergeID(merge), f.Version, f.Value("undo_reason"))
	return unmerged(r, err, len(left), "养殖场", fmt.Sprintf("/farms/%d?own=1", id))
}

// farmMergeViews are the merges of a farm as its page tells them.
func farmMergeViews(id registry.FarmID, rows []casework.FarmMergeRow) []mergeView {
	list := make([]mergeView, len(rows))
	for i, m := range rows {
		list[i] = viewOfMerge(m.Merging, m.Meta, int64(m.ID), int64(m.FarmID), int64(m.IntoID), m.Name, m.IntoName, int64(id))
	}
	return list
}
