package casefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// citationFields are the inputs of one citation that a person types. The version is typed by its name: blank takes the one in
// force at the act's end.
func (s area) citationFields(f *kit.Form, c *registry.Citation) {
	kit.Word(f, "role", &c.Role)
	kit.Word(f, "standing", &c.Standing)
	f.Text("law", &c.Law)
	s.bindVersion(f, c)
	for _, p := range []struct {
		name string
		n    *int
	}{{"article", &c.Article}, {"sub", &c.Sub}, {"paragraph", &c.Paragraph}, {"item", &c.Item}, {"subitem", &c.Subitem}} {
		small(f, p.name, p.n)
	}
	f.Text("reason", &c.Reason)
	f.Text("text", &c.Text)
	f.Text("note", &c.Note)
}

func (s area) bindVersion(f *kit.Form, c *registry.Citation) {
	show := ""
	if v, ok := s.Service.Law().Version(c.LawID, c.VersionID); ok {
		show = v.Name
	}
	f.Bind("version", show, func(typed string) error {
		c.LawID, c.VersionID = "", ""
		if typed == "" {
			return nil
		}
		law, ok := s.Service.Law().LawByName(c.Law)
		if !ok {
			return fmt.Errorf("本库没有《%s》，版本请写在备注里", c.Law)
		}
		var names []string
		for _, v := range law.Versions {
			if v.Name == typed {
				c.LawID, c.VersionID = law.ID, v.ID
				return nil
			}
			names = append(names, v.Name)
		}
		return fmt.Errorf("本库没有这个版本；可填：%s，或留空", strings.Join(names, "、"))
	})
}

// small binds a number of a provision; empty is 0, not named.
func small(f *kit.Form, name string, n *int) {
	show := ""
	if *n != 0 {
		show = strconv.Itoa(*n)
	}
	f.Bind(name, show, func(typed string) error {
		*n = 0
		if typed == "" {
			return nil
		}
		v, err := strconv.Atoi(registry.HalfWidth(typed))
		if err != nil || v < 1 || v > 9999 {
			return fmt.Errorf("请填写阿拉伯数字")
		}
		*n = v
		return nil
	})
}

// bindCitations joins what was ticked in the offer and what was typed below it, and takes them apart again for a form.
func (e *violationEdit) bindCitations(f *kit.Form, x *registry.Violation) {
	if f.Filling {
		e.fillCitations(f, x)
		return
	}
	var ticked []string
	candidate, confirm, key := "", false, ""
	f.Words("cite", &ticked)
	f.Text("candidate", &candidate)
	f.Bool("confirm", &confirm)
	f.Text("offer_key", &key)
	var typed []registry.Citation
	kit.Rows(f, "citations", &typed, e.s.citationFields)
	if now := offerKey(e.offer.Offer); key != now {
		e.changed = true
		ticked, candidate, confirm = e.ticks(), e.only(), false
		f.Values["cite"] = slices.Clone(ticked)
		f.Values.Set("candidate", candidate)
		f.Values.Set("offer_key", now)
		f.Values.Del("confirm")
	}
	x.Citations = nil
	n, err := strconv.Atoi(candidate)
	if err == nil && n >= 0 && n < len(e.offer.Offer.Candidates) {
		e.take(f, x, n, ticked, confirm)
	} else if confirm {
		f.Add("candidate", "请选择一种依据，或取消“确认条款”以后再定")
	}
	for i, c := range typed {
		if c.Standing == "" {
			c.Standing = registry.StandingChanged
			if e.file.Case.Origin == registry.OriginPublished {
				c.Standing = registry.StandingPublished
			}
			f.Values.Set(fmt.Sprintf("citations.%d.standing", i), string(c.Standing))
		}
		e.fields[fmt.Sprintf("citations.%d", len(x.Citations))] = fmt.Sprintf("citations.%d", i)
		x.Citations = append(x.Citations, c)
	}
}

// take records the ticked citations of the chosen candidate, with the standing that the officer gave them.
func (e *violationEdit) take(f *kit.Form, x *registry.Violation, n int, ticked []string, confirm bool) {
	standing := registry.StandingOffered
	if confirm {
		standing = registry.StandingConfirmed
	}
	for _, c := range offeredIn(e.offer.Offer, n) {
		if !slices.Contains(ticked, c.Key) {
			continue
		}
		c.Citation.Standing = standing
		e.fields[fmt.Sprintf("citations.%d", len(x.Citations))] = "cite"
		x.Citations = append(x.Citations, c.Citation)
	}
	if !e.offer.Offer.NeedsChoice {
		return
	}
	if len(x.Citations) == 0 {
		f.Add("cite", "选用了“%s”，但没有勾选条款：请勾选要引用的，或改选“暂不选定”", e.offer.Offer.Candidates[n].Label)
		return
	}
	if twice := twoVersions(x.Citations); twice != "" {
		f.Add("cite", "%s勾选了两个版本，请只选一个", twice)
	}
	// 行政处罚法第三十七条: which law applies is a person's decision, with a reason.
	if x.VersionChoice == "" {
		f.Add("version_choice", "请选择从旧、从轻或其他")
	}
	if strings.TrimSpace(x.ChoiceReason) == "" {
		f.Add("choice_reason", "请写明选择这种依据的理由")
	}
}

// twoVersions names an article that is cited in the same role in two versions; empty if there is none.
func twoVersions(list []registry.Citation) string {
	for i, a := range list {
		for _, b := range list[:i] {
			if a.Role == b.Role && a.LawID == b.LawID && a.Provision == b.Provision && a.VersionID != b.VersionID {
				return a.String()
			}
		}
	}
	return ""
}

// only is the candidate where there is nothing to choose.
func (e *violationEdit) only() string {
	if len(e.offer.Offer.Candidates) == 1 && !e.offer.Offer.NeedsChoice {
		return "0"
	}
	return ""
}

// fillCitations ticks what a violation took from the offer; the rest are typed rows. Where several candidates hold some of its
// citations, the one that holds most was chosen.
func (e *violationEdit) fillCitations(f *kit.Form, x *registry.Violation) {
	best, most := -1, 0
	var ticked []string
	for n := range e.offer.Offer.Candidates {
		var keys []string
		for _, c := range offeredIn(e.offer.Offer, n) {
			if slices.ContainsFunc(x.Citations, func(have registry.Citation) bool { return fromOffer(have) && citationKey(n, have) == c.Key }) {
				keys = append(keys, c.Key)
			}
		}
		if len(keys) > most {
			best, most, ticked = n, len(keys), keys
		}
	}
	candidate, confirm := e.only(), false
	if best >= 0 {
		candidate = strconv.Itoa(best)
	}
	if len(x.Citations) == 0 && x.ID == 0 {
		ticked = e.ticks()
	}
	var typed []registry.Citation
	for _, c := range x.Citations {
		if best < 0 || !fromOffer(c) || !slices.Contains(ticked, citationKey(best, c)) {
			typed = append(typed, c)
			continue
		}
		confirm = confirm || c.Standing == registry.StandingConfirmed
	}
	key := offerKey(e.offer.Offer)
	f.Words("cite", &ticked)
	f.Text("candidate", &candidate)
	f.Bool("confirm", &confirm)
	f.Text("offer_key", &key)
	kit.Rows(f, "citations", &typed, e.s.citationFields)
}

func fromOffer(c registry.Citation) bool {
	return c.Standing == registry.StandingOffered || c.Standing == registry.StandingConfirmed
}
