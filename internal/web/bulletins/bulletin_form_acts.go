package bulletins

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// searching reports whether the person asked for cases rather than to save: by the button, or by Enter in the search box,
// which presses the form's first button.
func searching(f *kit.Form) bool {
	if f.Value("q") != f.Value("searched") && f.Adding == "" {
		f.Adding = "cases"
	}
	return f.Adding == "cases"
}

// chosenIDs are the cases that are ticked.
func chosenIDs(f *kit.Form) []registry.CaseID {
	var ids []registry.CaseID
	for _, v := range f.Values["add_case"] {
		n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64)
		if err == nil && n > 0 && len(ids) < registry.MaxBulletinCases && !slices.Contains(ids, registry.CaseID(n)) {
			ids = append(ids, registry.CaseID(n))
		}
	}
	return ids
}

// act does what a button of the form asked for beside saving: nothing is stored, and all that was typed stays. A button names its case by id,
// since rows move.
func (e *bulletinEdit) act(f *kit.Form) error {
	what, id, _ := strings.Cut(f.Adding, ".")
	switch what {
	case "cases": // of the chooser: its page shows them
		return nil
	case "take":
		return e.take(f)
	case "sort":
		return e.sort(f, id)
	case "compose", "keep", "restore", "up", "down":
	default:
		return kit.BadRequest("没有这个操作。")
	}
	if err := e.load(); err != nil {
		return err
	}
	e.ordered = true
	i := slices.IndexFunc(e.rows, func(row bulletinRow) bool { return kit.Itoa(int64(row.CaseID)) == id })
	if i < 0 {
		return kit.BadRequest("没有这一行。")
	}
	row, label := &e.rows[i], "案件"+registry.ChineseNumeral(i+1)
	draft := e.sources[row.CaseID].Draft
	switch what {
	case "up", "down":
		e.move(i, what == "up")
	case "compose":
		row.Before = registry.DraftedCopy{Title: row.Title, Facts: row.Facts, Handling: row.Handling}
		row.Title, row.Facts, row.Handling, row.Drafted, row.ShowPath = draft.Title, draft.Facts, draft.Handling, draft.Drafted, draft.ShowPath
		row.Keys = bulletinRows([]registry.BulletinCase{draft})[0].Keys
		f.Message = label + "已换成新草稿，还没有保存。原来的文字在这一案下面，可以换回。"
	case "restore":
		row.Title, row.Facts, row.Handling, row.Before = row.Before.Title, row.Before.Facts, row.Before.Handling, registry.DraftedCopy{}
		f.Message = label + "已换回原来的文字。"
	case "keep":
		row.Drafted = draft.Drafted
		f.Message = label + "保留现有文字，保存后记入修改历史。"
	}
	return nil
}

func (e *bulletinEdit) move(i int, up bool) {
	to := i + 1
	if up {
		to = i - 1
	}
	if to >= 0 && to < len(e.rows) {
		e.rows[i], e.rows[to] = e.rows[to], e.rows[i]
	}
	numbered(e.rows)
}

// sort orders the cases by the day of the decision or of the finding, the earliest first; those of an unknown day stand last, as they stood.
func (e *bulletinEdit) sort(f *kit.Form, by string) error {
	if err := e.load(); err != nil {
		return err
	}
	day := func(row bulletinRow) string {
		source := e.sources[row.CaseID]
		d := source.Case.FoundOn
		if by == "decided" {
			d = source.DecidedOn
		}
		return cmp.Or(d.Earliest(), "9999")
	}
	e.ordered = true
	slices.SortStableFunc(e.rows, func(a, b bulletinRow) int { return strings.Compare(day(a), day(b)) })
	numbered(e.rows)
	f.Message = "已按" + map[bool]string{true: "处罚决定日期", false: "发现日期"}[by == "decided"] + "排好，日期未知的在最后。还没有保存。"
	return nil
}

// take puts the ticked cases into the form, each with its first draft.
func (e *bulletinEdit) take(f *kit.Form) error {
	ids := chosenIDs(f)
	if err := e.load(ids...); err != nil {
		return err
	}
	e.ordered = true
	var refused []string
	n := 0
	for _, id := range ids {
		if slices.ContainsFunc(e.rows, func(row bulletinRow) bool { return row.CaseID == id }) {
			continue
		}
		source, found := e.sources[id]
		switch {
		case !found:
			refused = append(refused, fmt.Sprintf("没有编号为 %d 的案件", id))
		case len(e.rows) >= registry.MaxBulletinCases:
			refused = append(refused, fmt.Sprintf("一期最多 %d 个案件，“%s”没有加入", registry.MaxBulletinCases, source.Case.Title))
		default:
			e.rows = append(e.rows, bulletinRows([]registry.BulletinCase{source.Draft})...)
			n++
		}
	}
	numbered(e.rows)
	f.Values.Del("add_case")
	f.Message = fmt.Sprintf("已加入 %d 个案件并写好初稿，还没有保存。", n)
	if n == 0 {
		f.Message = "没有勾选案件。"
	}
	if refused != nil {
		f.Message += strings.Join(refused, "；") + "。"
	}
	return nil
}
