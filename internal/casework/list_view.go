package casework

import (
	"context"
	"net/url"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// ListKind is a list that people keep views of: what it is narrowed by in its address, and which columns it may show.
type ListKind struct {
	Key, Label, Path string
	Params           []string
	Sorts            []string // orders that an index serves, by their names in the address; empty is the list's own
	Columns          []ListColumn
}

// ListColumn is a column of a list. The first of a list is always shown; Own are those that stand where nobody chose.
type ListColumn struct {
	Key, Label string
	Own        bool
	Sort       string // the order that its header leads to; empty: none
	Class      string // num, date, or nothing
}

// ListKinds are the lists. The columns of the cases are those of the ledger, so that the page and an export call a thing alike.
var ListKinds = []ListKind{
	{"cases", "案件", "/cases", []string{"q", "district_code", "stage", "type_code", "origin", "from", "to", "date", "counted", "undated", "line", "campaign_id", "farm_id", "party_id", "include_voided", "sort"},
		[]string{"found_on", "-id", "id"}, caseColumns()},
	{"inspections", "现场检查", "/inspections", []string{"q", "district_code", "kind", "result", "state", "origin", "from", "to", "farm_id", "officer_id", "no_case", "cased", "monthly", "include_voided", "sort"},
		[]string{"started_on", "-id", "id"}, []ListColumn{{"started_on", "检查日期", true, "started_on", ""}, {"farm", "养殖场", true, "", ""}, {"district", "辖区", true, "", ""}, {"kind", "类型", true, "", ""},
			{"result", "结果", true, "", ""}, {"state", "状态", true, "", ""}, {"officers", "执法人员", true, "", ""}, {"organ", "检查单位", true, "", ""}, {"samples", "样品（个）", true, "", "num"}, {"case", "案件", true, "", ""}, {"id", "登记编号", false, "id", "num"}}},
	{"farms", "养殖场", "/farms", []string{"q", "district_code", "species", "zone", "origin", "idle", "include_voided", "sort"},
		[]string{"id"}, []ListColumn{{"name", "养殖场", true, "", ""}, {"district", "辖区", true, "", ""}, {"town", "镇街、村", true, "", ""}, {"herds", "畜种与存栏", true, "", ""},
			{"zone", "禁养区关系", true, "", ""}, {"permit", "排污许可", true, "", ""}, {"inspections", "检查（次）", true, "", "num"}, {"cases", "案件（件）", true, "", "num"}, {"last", "最近检查", true, "", ""}, {"id", "登记编号", false, "id", "num"}}},
	{"parties", "当事人", "/parties", []string{"q", "include_voided", "sort"},
		[]string{"id"}, []ListColumn{{"name", "当事人", true, "", ""}, {"kind", "类别", true, "", ""}, {"code", "统一社会信用代码", true, "", ""}, {"legal_person", "法定代表人、负责人", true, "", ""}, {"public_name", "公开用名", true, "", ""}, {"id", "登记编号", false, "id", "num"}}},
}

// leanCaseColumns are those that a row of the list has by itself, in the order in which it shows them; for any other the whole cases of the page are read.
var leanCaseColumns = []string{"title", "district", "found_on", "types", "stage", "fines", "number", "handling", "origin", "id"}

// caseColumns are the columns of the ledger's first sheet, those of the list first; its ordinal, long texts and link have no place on a page.
func caseColumns() (list []ListColumn) {
	sheet := &report.Sheets[report.SheetCases]
	for _, key := range leanCaseColumns {
		c := sheet.Columns[sheet.Index(key)]
		x := ListColumn{Key: key, Label: c.Title, Own: key != "handling" && key != "origin" && key != "id", Class: classOf(c.Kind)}
		switch key {
		case "found_on", "id":
			x.Sort = key
		}
		list = append(list, x)
	}
	for _, c := range sheet.Columns[:len(sheet.Columns)-sheet.More] {
		if c.Kind != report.KindOrdinal && !slices.Contains(leanCaseColumns, c.Key) {
			list = append(list, ListColumn{Key: c.Key, Label: c.Title, Class: classOf(c.Kind)})
		}
	}
	return list
}

func classOf(kind report.Kind) string {
	switch kind {
	case report.KindMoney, report.KindInteger, report.KindNumber:
		return "num"
	case report.KindDate:
		return "date"
	}
	return ""
}

// KindOfList finds a list by its key.
func KindOfList(key string) (*ListKind, bool) {
	i := slices.IndexFunc(ListKinds, func(k ListKind) bool { return k.Key == key })
	if i < 0 {
		return nil, false
	}
	return &ListKinds[i], true
}

// chosen are the columns of keys in the order of the list, its first one always among them; the list's own where there are none.
func (k *ListKind) chosen(keys []string) (list []ListColumn) {
	for i, c := range k.Columns {
		if i == 0 || len(keys) == 0 && c.Own || slices.Contains(keys, c.Key) {
			list = append(list, c)
		}
	}
	return list
}

// condition is an address's part that a view keeps: the list's own parameters, each once, in one order. Others are dropped.
func (k *ListKind) condition(query string) (string, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return "", registry.Invalid("query", "条件无法识别，请从列表重新保存")
	}
	kept := url.Values{}
	for _, name := range k.Params {
		if v := registry.CleanText(values.Get(name)); v != "" {
			kept.Set(name, v)
		}
	}
	if q := kept.Get("q"); q != withoutNumbers(q) {
		return "", registry.Invalid("query", "检索的词里有证件号码一类的长号码，视图不保存这样的号码")
	}
	if sort := kept.Get("sort"); sort != "" && !slices.Contains(k.Sorts, sort) {
		return "", registry.Invalid("query", "%s列表不能按“%s”排列", k.Label, sort)
	}
	return kept.Encode(), nil
}

// ListSetup is how a person sees a list: the views to choose from, the one that is open, and the columns.
type ListSetup struct {
	Kind    *ListKind
	Views   []registry.ListView
	View    *registry.ListView // that is open; nil for none
	Columns []ListColumn
}

// Shows reports whether a column is shown, for templates that have each column written out.
func (l ListSetup) Shows(key string) bool {
	return slices.ContainsFunc(l.Columns, func(c ListColumn) bool { return c.Key == key })
}

// ListSetup reads how the actor sees a list; view is the one that the address names, which somebody may have taken away meanwhile.
func (s *Service) ListSetup(ctx context.Context, a registry.Actor, list string, view registry.ListViewID) (l ListSetup, err error) {
	kind, ok := KindOfList(list)
	if !ok {
		return l, registry.NotFound("列表", list)
	}
	l.Kind = kind
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if l.Views, err = tx.ViewsOf(a.UserID, list); err != nil {
			return err
		}
		for i := range l.Views {
			if l.Views[i].ID == view {
				l.View = &l.Views[i]
			}
		}
		if l.View != nil && len(l.View.Columns) > 0 {
			l.Columns = kind.chosen(l.View.Columns)
			return nil
		}
		keys, err := tx.ColumnsOf(a.UserID, list)
		l.Columns = kind.chosen(keys)
		return err
	})
	return l, err
}

// KeepColumns keeps the columns that the actor chose for a list, for the actor alone; none are the list's own again.
func (s *Service) KeepColumns(ctx context.Context, a registry.Actor, list string, keys []string) error {
	kind, ok := KindOfList(list)
	if !ok {
		return registry.NotFound("列表", list)
	}
	if err := a.May(registry.PermRecordRead); err != nil {
		return err
	}
	if err := kind.known(keys); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error { return tx.KeepColumns(a.UserID, list, keys) })
}

// known refuses columns that the list has not.
func (k *ListKind) known(keys []string) error {
	var p registry.Problems
	for _, key := range keys {
		if !slices.ContainsFunc(k.Columns, func(c ListColumn) bool { return c.Key == key }) {
			p.Add("columns", "%s列表没有列“%s”", k.Label, key)
		}
	}
	return p.Err()
}

// ListView reads a view that the actor may open. Somebody else's private one is not found.
func (s *Service) ListView(ctx context.Context, a registry.Actor, id registry.ListViewID) (registry.ListView, error) {
	x, err := get(ctx, s, a, registry.PermRecordRead, store.ListViews, int64(id))
	if err == nil && !x.Shared && x.OwnerID != a.UserID {
		return registry.ListView{}, registry.NotFound(store.ListViews.Noun, int64(id))
	}
	return x, err
}

// MayChangeView reports whether an actor may change or delete a view: the owner may, and an administrator a shared one.
func MayChangeView(a registry.Actor, x *registry.ListView) bool {
	return x.OwnerID == a.UserID || x.Shared && a.May(registry.PermAdmin) == nil
}

// AddListView keeps a view for the person who made it.
func (s *Service) AddListView(ctx context.Context, a registry.Actor, x *registry.ListView) (repeated bool, err error) {
	x.OwnerID = a.UserID
	return add(ctx, s, act{actor: a, perm: registry.PermRecordRead}, store.ListViews, x, viewFits(x))
}

// ChangeListView changes one.
func (s *Service) ChangeListView(ctx context.Context, a registry.Actor, x *registry.ListView) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordRead}, store.ListViews, x, func(tx *store.Tx) error {
		was, err := store.ListViews.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		x.OwnerID, x.List = was.OwnerID, was.List
		return ownView(&was, a)
	}, viewFits(x))
}

// RemoveListView deletes one; its history stays.
func (s *Service) RemoveListView(ctx context.Context, a registry.Actor, id registry.ListViewID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordRead}, store.ListViews, int64(id), version, func(tx *store.Tx) error {
		was, err := store.ListViews.Get(tx, int64(id))
		if err != nil {
			return err
		}
		return ownView(&was, a)
	})
}

func ownView(x *registry.ListView, a registry.Actor) error {
	switch {
	case MayChangeView(a, x):
		return nil
	case x.Shared:
		return registry.Forbidden("“%s”是同事共用的视图，只能由建立它的人或管理员修改、删除；要改的，另存一个自己的", x.Name)
	}
	return registry.NotFound(store.ListViews.Noun, int64(x.ID))
}

// viewFits refuses conditions and columns that there are not, and a name that somebody would find something else under.
func viewFits(x *registry.ListView) check {
	return func(tx *store.Tx) (err error) {
		kind, ok := KindOfList(x.List)
		if !ok {
			return registry.Invalid("list", "没有“%s”这个列表", x.List)
		}
		if x.Query, err = kind.condition(x.Query); err != nil {
			return err
		}
		if err := kind.known(x.Columns); err != nil {
			return err
		}
		list, err := tx.ViewsOf(x.OwnerID, x.List)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(o registry.ListView) bool { return o.Name == x.Name && o.ID != x.ID }) {
			return registry.Invalid("name", "已有名为“%s”的视图（自己的或同事共用的），请换个名称", x.Name)
		}
		return nil
	}
}

// CaseCells are the values of columns for the cases of a page, as the ledger has them: those that the rows of the list do not hold.
func (s *Service) CaseCells(ctx context.Context, a registry.Actor, ids []registry.CaseID, keys []string) (cells map[registry.CaseID][]report.Cell, err error) {
	cells = map[registry.CaseID][]report.Cell{}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		o := report.LedgerOptions{}
		if o.Labels, err = s.labels(tx); err != nil {
			return err
		}
		files, err := tx.CaseFiles(ids)
		for _, f := range files {
			cells[f.Case.ID] = report.CaseCells(f, &o, keys)
		}
		return err
	})
	return cells, err
}
