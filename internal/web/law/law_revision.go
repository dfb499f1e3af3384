package law

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/diff"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// revisionRow is one text of a version, as its page lists them.
type revisionRow struct {
	Name    string // 随程序提供的文本, 第 1 次录入
	Href    string
	Number  string
	By      string // who and when
	Note    string
	Checked bool
}

// revisionRows lists a version's texts, the newest first; none where only the text compiled into the program is there.
func revisionRows(v *statute.Version) (list []revisionRow) {
	if v.Import == nil && len(v.Revisions) == 1 {
		return nil
	}
	for i := len(v.Revisions) - 1; i >= 0; i-- {
		x := v.Revisions[i]
		row := revisionRow{Name: revisionName(x), Href: fmt.Sprintf("%s?revision=%d", view.VersionHref(x), x.Revision), Number: strconv.Itoa(x.Revision), Checked: x.Checked}
		if x.Import != nil {
			at, _ := kit.Instant(x.Import.At) // a time.Time can be written
			row.By, row.Note = x.Import.By+"，"+at, x.Import.Note
		}
		if x == v {
			row.Name += "（现用）"
			row.Href = view.VersionHref(x)
		}
		list = append(list, row)
	}
	return list
}

func revisionName(v *statute.Version) string {
	if v.Import == nil {
		return "随程序提供的文本"
	}
	return fmt.Sprintf("第 %d 次录入", v.Revision)
}

// revisionOf finds a version's text by the number typed into an address.
func revisionOf(v *statute.Version, typed string) (*statute.Version, error) {
	n, err := strconv.Atoi(typed)
	if err == nil {
		if x, ok := v.AtRevision(n); ok {
			return x, nil
		}
	}
	return nil, registry.NotFound("《"+v.ShortName+"》（"+v.Name+"）的这次录入", typed)
}

type lawRevisionsPage struct {
	kit.Layout
	Version  *statute.Version
	Rows     []revisionRow
	Options  []kit.Option
	From, To string // chosen numbers
	Counts   string
	Head     []headChangeView
	Changes  lawChanges
}

func (lawRevisionsPage) Template() string { return "law/statutes-revisions" }

// lawRevisions compares two texts of one version: ?from= and ?to=, by default the last two.
func (s area) lawRevisions(r *kit.Request) error {
	v, err := s.versionAt(r)
	if err != nil {
		return err
	}
	last := v.Revisions[len(v.Revisions)-1]
	before := v.Revisions[max(0, len(v.Revisions)-2)]
	for name, x := range map[string]**statute.Version{"from": &before, "to": &last} {
		if typed := r.QueryParam(name); typed != "" {
			if *x, err = revisionOf(v, typed); err != nil {
				return err
			}
		}
	}
	p := lawRevisionsPage{Layout: r.Layout(v.ShortName + "（" + v.Name + "）的文本沿革"), Version: v, Rows: revisionRows(v), From: strconv.Itoa(before.Revision),
		To: strconv.Itoa(last.Revision)}
	for _, x := range v.Revisions {
		p.Options = append(p.Options, kit.Option{Value: strconv.Itoa(x.Revision), Label: revisionName(x)})
	}
	p.Changes = viewChanges(statute.Changes(before.Articles, last.Articles))
	p.Head = headChangesOf(before, last)
	return r.Page(p)
}

// versionAt finds the version of the path.
func (s area) versionAt(r *kit.Request) (*statute.Version, error) {
	v, ok := s.Service.Law().Version(r.Param("law"), r.Param("version"))
	if !ok {
		return nil, registry.NotFound("这个法规版本", r.Param("law")+"/"+r.Param("version"))
	}
	return v, nil
}

// mostChanges bounds how many articles a page shows word for word: a code has more than a thousand.
const mostChanges = 300

// lawChanges are the articles that differ between two texts.
type lawChanges struct {
	List  []lawChangeView
	More  int // further ones that are not shown
	Count string
}

// lawChangeView is one article that differs.
type lawChangeView struct {
	Title, Label, Tone string
	Note               string
	Edits              []diff.Edit // a changed article
	Text               string      // a new or removed one
	Removed            bool
}

func viewChanges(changes []statute.ArticleChange) (x lawChanges) {
	n := map[statute.ChangeKind]int{}
	for i := range changes {
		c := &changes[i]
		n[c.Kind]++
		switch {
		case c.Kind == statute.ChangeNone:
		case len(x.List) == mostChanges:
			x.More++
		default:
			x.List = append(x.List, viewChange(c))
		}
	}
	x.Count = fmt.Sprintf("新增 %d 条，修改 %d 条，删除 %d 条，未变 %d 条", n[statute.ChangeNew], n[statute.ChangeEdited], n[statute.ChangeRemoved], n[statute.ChangeNone])
	return x
}

func viewChange(c *statute.ArticleChange) lawChangeView {
	x := lawChangeView{Title: c.Provision.String()}
	moved := c.Moved.Article > 0
	switch c.Kind {
	case statute.ChangeNew:
		x.Label, x.Tone, x.Text = "新增", "accent", c.New.Text()
	case statute.ChangeRemoved:
		x.Label, x.Tone, x.Text, x.Removed = "删除", "danger", c.Old.Text(), true
		if moved {
			x.Note = "同样的文字现在是" + c.Moved.String()
		}
		return x
	default:
		x.Label, x.Tone, x.Edits = "修改", "warn", foldEdits(c.Edits())
	}
	if moved {
		x.Note = "文字与原" + c.Moved.String() + "相同"
	}
	return x
}

// Unchanged runs longer than foldFrom characters keep foldKeep of them on each side of a change.
const foldFrom, foldKeep = 100, 36

// foldEdits shortens long unchanged runs, and makes a line break that was put in or taken out visible: it begins another 款.
func foldEdits(edits []diff.Edit) []diff.Edit {
	out := make([]diff.Edit, len(edits))
	for i, e := range edits {
		if e.Op != diff.Same {
			e.A, e.B = strings.ReplaceAll(e.A, "\n", "↵\n"), strings.ReplaceAll(e.B, "\n", "↵\n")
			out[i] = e
			continue
		}
		run := []rune(e.A)
		head, tail := foldKeep, foldKeep
		if i == 0 {
			head = 0
		}
		if i == len(edits)-1 {
			tail = 0
		}
		if hidden := len(run) - head - tail; len(run) > foldFrom && hidden > 0 {
			e.A = string(run[:head]) + fmt.Sprintf("〔…… %d 字未变 ……〕", hidden) + string(run[len(run)-tail:])
		}
		out[i] = e
	}
	return out
}

// headChangeView is one changed field of the front matter.
type headChangeView struct{ Label, Old, New string }
