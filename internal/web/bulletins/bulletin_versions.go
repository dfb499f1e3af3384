package bulletins

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute/diff"
	"casebook/internal/web/kit"
)

// bulletinVersionsPage shows what two versions of a bulletin's words differ in.
type bulletinVersionsPage struct {
	kit.Layout
	Bulletin registry.Bulletin
	Versions []kit.Option // the newest first
	From, To int64
	Changes  []textChange
}

func (bulletinVersionsPage) Template() string { return "bulletins/versions" }

// textChange is one place of a bulletin whose words differ.
type textChange struct {
	Where string
	Edits []diff.Edit
}

func (s area) bulletinVersions(r *kit.Request) error {
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	var p bulletinVersionsPage
	if p.Bulletin, err = s.Service.Bulletin(r.Ctx(), r.Actor, id); err != nil {
		return err
	}
	revisions, err := s.Service.Revisions(r.Ctx(), r.Actor, registry.PermBulletinRead, "bulletin", int64(id))
	if err != nil {
		return err
	}
	slices.SortFunc(revisions, func(a, b registry.Revision) int { return int(b.Version - a.Version) })
	p.Layout = r.Layout("版本对照").FullWidth()
	for _, v := range revisions {
		at, _ := kit.Instant(v.At) // a time.Time never fails
		p.Versions = append(p.Versions, kit.Option{Value: strconv.FormatInt(v.Version, 10), Label: fmt.Sprintf("第 %d 版　%s　%s　%s", v.Version, at, v.Actor, v.Action)})
	}
	if len(revisions) == 0 {
		return r.Page(p)
	}
	p.To, p.From = revisions[0].Version, revisions[min(1, len(revisions)-1)].Version
	was, err := bulletinVersion(r, revisions, "from", &p.From)
	if err != nil {
		return err
	}
	now, err := bulletinVersion(r, revisions, "to", &p.To)
	if err != nil {
		return err
	}
	p.Changes = textChanges(&was, &now)
	return r.Page(p)
}

// bulletinVersion is the bulletin in the version that the address asks for, or else in n.
func bulletinVersion(r *kit.Request, revisions []registry.Revision, name string, n *int64) (x registry.Bulletin, err error) {
	if asked := kit.QueryID[int64](r, name); asked != 0 {
		*n = asked
	}
	i := slices.IndexFunc(revisions, func(v registry.Revision) bool { return v.Version == *n })
	if i < 0 {
		return x, registry.NotFound("这个版本", kit.Itoa(*n))
	}
	return x, json.Unmarshal(revisions[i].Body, &x)
}

// textChanges are the places in which two versions of a bulletin differ, in the order of the later one; what is in one alone is said too.
func textChanges(was, now *registry.Bulletin) (list []textChange) {
	add := func(where, a, b string) {
		if a != b {
			list = append(list, textChange{where, wordEdits(a, b)})
		}
	}
	add("标题", was.Title, now.Title)
	add("导语", was.Lead, now.Lead)
	add("发布机关", was.Issuer, now.Issuer)
	add("署名", was.Byline, now.Byline)
	add("发布月份", was.Dated.ToMonth().Chinese(), now.Dated.ToMonth().Chinese())
	add("更正说明", was.CorrectionNote, now.CorrectionNote)
	add("栏目", headings(was), headings(now))
	if a, b := caseIDs(was), caseIDs(now); !slices.Equal(a, b) {
		add("案件和次序", orderOf(was), orderOf(now))
	}
	for i := range now.Cases {
		c := &now.Cases[i]
		old := &registry.BulletinCase{}
		if k := slices.IndexFunc(was.Cases, func(o registry.BulletinCase) bool { return o.CaseID == c.CaseID }); k >= 0 {
			old = &was.Cases[k]
		}
		caseChanges(add, "案件"+registry.ChineseNumeral(i+1), now, old, c)
	}
	for i := range was.Cases {
		c := &was.Cases[i]
		if !slices.ContainsFunc(now.Cases, func(o registry.BulletinCase) bool { return o.CaseID == c.CaseID }) {
			caseChanges(add, "移出的案件（原案件"+registry.ChineseNumeral(i+1)+"）", was, c, &registry.BulletinCase{})
		}
	}
	return list
}

func caseChanges(add func(where, a, b string), label string, x *registry.Bulletin, was, now *registry.BulletinCase) {
	add(label+"标题", was.Title, now.Title)
	add(label+x.HeadingOf(registry.PartFacts), was.Facts, now.Facts)
	add(label+x.HeadingOf(registry.PartHandling), was.Handling, now.Handling)
	add(label+x.HeadingOf(registry.PartMeaning), was.Meaning, now.Meaning)
	add(label+"排污路径图", was.Path.Words(), now.Path.Words())
	add(label+x.HeadingOf(registry.PartLaw), quoteLines(was), quoteLines(now))
}

func headings(x *registry.Bulletin) string {
	var list []string
	for _, s := range x.Parts() {
		list = append(list, s.Heading)
	}
	return strings.Join(list, "、")
}

func caseIDs(x *registry.Bulletin) (list []registry.CaseID) {
	for _, c := range x.Cases {
		list = append(list, c.CaseID)
	}
	return list
}

func orderOf(x *registry.Bulletin) string {
	var list []string
	for i, c := range x.Cases {
		list = append(list, fmt.Sprintf("%d. %s", i+1, c.Title))
	}
	return strings.Join(list, "\n")
}

func quoteLines(c *registry.BulletinCase) string {
	var list []string
	for _, q := range c.Quotes {
		list = append(list, "《"+q.Law+"》"+q.Provision.String()+"（"+q.VersionName+"）"+q.Text)
	}
	return strings.Join(list, "\n")
}
