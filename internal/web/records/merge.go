package records

import (
	"fmt"
	"net/http"
	"strconv"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// What the pages of parties and of farms say alike of merges.

// mergeView is a merge as the pages of both entries tell it.
type mergeView struct {
	registry.Merging
	registry.Meta
	ID             int64
	From, Into     int64 // the entry that was hidden, the one that stays
	Name, IntoName string
	Here           bool // the entry of the page is the hidden one
	MovedText      string
}

var movedWords = []struct{ entity, words string }{{"case", "案件 %d 件"}, {"farm", "养殖场 %d 个"}, {"inspection", "检查 %d 次"}, {"penalty", "处罚 %d 项"}}

func viewOfMerge(m registry.Merging, meta registry.Meta, id, from, into int64, name, intoName string, here int64) mergeView {
	v := mergeView{Merging: m, Meta: meta, ID: id, From: from, Into: into, Name: name, IntoName: intoName, Here: from == here}
	n := map[string]int{}
	for _, x := range m.Moved {
		n[x.Entity]++
	}
	for _, w := range movedWords {
		if n[w.entity] > 0 {
			v.MovedText += "，" + fmt.Sprintf(w.words, n[w.entity])
		}
	}
	if v.MovedText == "" {
		v.MovedText = "，没有关联的记录"
	}
	return v
}

// unmergeForm reads which merge is undone.
func unmergeForm(r *kit.Request) (f *kit.Form, merge int64, err error) {
	if f, err = r.ReadForm(kit.Labels{"merge_id": "合并", "undo_reason": "拆回理由"}); err != nil {
		return nil, 0, err
	}
	if merge, err = strconv.ParseInt(f.Value("merge_id"), 10, 64); err != nil {
		return nil, 0, kit.BadRequest("没有说明拆回哪一次合并")
	}
	return f, merge, nil
}

// unmerged goes back to the entry that a merge was undone of; left is how many records had been changed meanwhile.
func unmerged(r *kit.Request, err error, left int, noun, home string) error {
	if err != nil {
		return err
	}
	if left > 0 {
		r.Flash("warn", fmt.Sprintf("已拆回。合并后有 %d 条记录被改到了别的%s或已删除，保持现状，请核对。", left, noun))
		return r.Redirect(http.StatusSeeOther, home)
	}
	return r.DoneAt("已拆回，合并时移走的记录都已恢复。", home)
}

// toKept leads from an entry that was merged away to the one that stays; ?own=1 shows the entry itself, with its history.
func toKept(r *kit.Request, into int64, path string) (redirected bool, err error) {
	if into == 0 || r.QueryParam("own") != "" {
		return false, nil
	}
	return true, r.Go("/"+path+"/%d", into)
}
