package paper

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

const (
	compulsionLaw = "administrative-compulsion-law"
	penaltyLaw    = "administrative-penalty-law"
	detention     = "detention-transfer-measures"
	crimeRules    = "crime-transfer-provisions"
)

// units of a term as a paper writes them.
var units = map[string]string{statute.UnitWorkingDay: "个工作日", statute.UnitCalendarDay: "日", statute.UnitMonth: "个月", statute.UnitYear: "年"}

// deadline finds a rule that holds on the day of the paper; ok is false where the data has none for that day.
func (s *Source) deadline(code string) (d statute.Deadline, ok bool) {
	d, ok = s.Law.Deadline(code)
	day := s.day()
	if !ok || !d.From.IsZero() && day.Before(d.From) || !d.To.IsZero() && d.To.Before(day) {
		return d, false
	}
	return d, len(d.Basis) > 0 && len(s.Law.InForce(d.Basis[0].LawID, day)) > 0
}

// term writes the length of a rule: 六十日, 五个工作日. Empty where the data has none.
func (s *Source) term(code string) string {
	d, ok := s.deadline(code)
	if !ok || d.Length == nil || units[d.Unit] == "" {
		return ""
	}
	return registry.ChineseNumeral(*d.Length) + units[d.Unit]
}

// doubt says of a rule whose text was not read in an official source that it was not.
func (s *Source) doubt(code string) string {
	d, ok := s.deadline(code)
	switch {
	case !ok:
		return ""
	case strings.HasPrefix(d.Confidence, "full_text"):
		return ""
	}
	return fmt.Sprintf("“%s”的期限（%s）：%s，请与官方文本核对", d.Name, s.term(code), statute.ConfidenceLabel(d.Confidence))
}

// version is the text of a law in force on the day of the paper.
func (s *Source) version(law string) *statute.Version {
	list := s.Law.InForce(law, s.day())
	if len(list) != 1 {
		return nil
	}
	return list[0]
}

// article cites provisions of a law in force that day: 《…法》第四十四条、第四十五条. Empty unless the catalogue holds them all.
func (s *Source) article(law string, list ...registry.Provision) string {
	v := s.version(law)
	if v == nil {
		return ""
	}
	var words []string
	for _, p := range list {
		if _, holding := v.Text(p); holding != registry.Held {
			return ""
		}
		words = append(words, p.String())
	}
	return "《" + v.LawName + "》" + strings.Join(words, "、")
}

// says is the text of a provision in force that day; empty where it is not held.
func (s *Source) says(law string, p registry.Provision) string {
	if v := s.version(law); v != nil {
		text, _ := v.Text(p)
		return text
	}
	return ""
}

// words are the text that a citation points at, on one line.
func (s *Source) words(c registry.Citation) string {
	text := s.Texts[c.TextHash]
	if text == "" {
		text = c.Text
	}
	if v, ok := s.Law.Version(c.LawID, c.VersionID); ok && text == "" {
		text, _ = v.Text(c.Provision)
	}
	return strings.Join(strings.Fields(text), "")
}

// clause is the text of a citation; one of an item with the lead of its 款, without which it orders nothing (案卷评查细则 asks for the whole clause).
func (s *Source) clause(c registry.Citation) string {
	text := s.words(c)
	v, ok := s.Law.Version(c.LawID, c.VersionID)
	if c.Item == 0 || text == "" || !ok {
		return text
	}
	a, ok := v.Article(c.Article, c.Sub)
	if !ok {
		return text
	}
	for i := range a.Paragraphs {
		x := &a.Paragraphs[i]
		if (c.Paragraph == 0 || c.Paragraph == i+1) && c.Item <= len(x.Items) {
			return x.Text + "……（" + registry.ChineseNumeral(c.Item) + "）" + text
		}
	}
	return text
}

// cited are the citations of a role on the document, or else on the violations of the case, each once.
func (s *Source) cited(role registry.CitationRole) (list []registry.Citation) {
	seen := map[string]bool{}
	add := func(cs []registry.Citation) {
		for _, c := range cs {
			if key := c.String() + c.VersionID; c.Role == role && c.Standing != registry.StandingReview && !seen[key] {
				seen[key] = true
				list = append(list, c)
			}
		}
	}
	if s.Document != nil {
		add(s.Document.Citations)
	}
	if len(list) == 0 {
		for i := range s.file().Violations {
			add(s.file().Violations[i].Citations)
		}
	}
	return list
}

// lawDoubts names the articles whose text nobody has compared with the official one.
func (s *Source) lawDoubts(list ...registry.Citation) (doubts []string) {
	for _, c := range list {
		switch {
		case s.words(c) == "":
			doubts = append(doubts, c.String()+"：本库未收录条文，纸上留空")
		case !s.Law.CheckedText(c.LawID, c.VersionID, c.Provision, c.TextHash):
			doubts = append(doubts, c.String()+"：条文未经官方文本核对")
		}
	}
	return doubts
}
