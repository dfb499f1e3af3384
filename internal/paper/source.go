package paper

import (
	"cmp"
	"strings"
	"time"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
)

// Source is what a paper is read from. A paper of an inspection without a case has no Facts; one of a case has its whole file.
type Source struct {
	Bureau   *registry.Bureau
	Organs   map[registry.OrganID]string
	Law      *statute.Catalogue
	Facts    *procedure.Facts // of the case; nil where there is none
	Texts    map[string]string
	Sheets   []registry.DiscretionSheet
	Wordings Wordings // an administrator's; empty: the defaults
	Today    registry.Date
	At       time.Time
	Personal bool // the reader may see personal numbers in full
	Demo     bool

	Inspection    *registry.Inspection
	Interrogation *registry.Interrogation
	Document      *registry.Document
	Farm          *registry.Farm
	Party         *registry.Party // whom the paper is about
	NameAtAct     string          // of the party
	Samples       []registry.Sample
	Exhibits      []registry.Exhibit
	Pictures      map[registry.AttachmentID]report.Picture
	Files         map[registry.AttachmentID]string // names of files
}

// day is the day that a paper speaks as of: its own, or today for one that has none yet.
func (s *Source) day() registry.Date {
	switch {
	case s.Document != nil && !s.Document.MadeOn.IsZero():
		return s.Document.MadeOn
	case s.Interrogation != nil && !s.Interrogation.AskedOn.IsZero():
		return s.Interrogation.AskedOn
	case s.Inspection != nil && !s.Inspection.StartedOn.IsZero():
		return s.Inspection.StartedOn
	}
	return s.Today
}

func (s *Source) file() *registry.CaseFile {
	if s.Facts == nil {
		return &registry.CaseFile{}
	}
	return s.Facts.File
}

// organ is who issues a document: the bureau decides, whatever unit handles the case; the records of a visit are its unit's.
func (s *Source) organ() string {
	if d := s.Document; d != nil {
		return cmp.Or(s.Organs[d.OrganID], s.Bureau.Name)
	}
	return s.Bureau.Name
}

func (s *Source) party() *registry.Party {
	if s.Party == nil {
		return &registry.Party{}
	}
	return s.Party
}

func (s *Source) partyName() string {
	if d := s.Document; d != nil && d.PartyName != "" {
		return d.PartyName
	}
	return cmp.Or(s.NameAtAct, s.party().Name)
}

// you is how a paper speaks to its party.
func (s *Source) you() string {
	if s.party().Kind == "自然人" {
		return "你"
	}
	return "你单位"
}

// code is the number that identifies the party: of its registration, or of the person's document.
func (s *Source) code() string {
	p := s.party()
	switch {
	case p.CreditCode != "":
		return "统一社会信用代码 " + p.CreditCode
	case p.IDNumber != "":
		return p.IDDocument() + "号码 " + s.secret(p.IDNumber, registry.MaskID)
	}
	return ""
}

func (s *Source) secret(v string, mask func(string) string) string {
	if s.Personal {
		return v
	}
	return mask(v)
}

// served is how a served document names its kind.
func (s *Source) documentTitle() string {
	if s.Document == nil {
		return ""
	}
	for i := range Kinds {
		if k := &Kinds[i]; k.Of == "document" && k.forDocument(s.Document.Kind) && k.Key != KeyService {
			return k.Title
		}
	}
	return string(s.Document.Kind)
}

func people(list []registry.Participant, parts ...string) string {
	var names []string
	for _, p := range list {
		for _, part := range parts {
			if p.Part == part {
				names = append(names, p.Name)
			}
		}
	}
	return strings.Join(names, "、")
}

// officers writes names with the numbers of their certificates.
func officers(list []registry.OfficerRef) string {
	var words []string
	for _, o := range list {
		words = append(words, o.Name+"（执法证号 "+cmp.Or(o.CertNo, "________")+"）")
	}
	return strings.Join(words, "、")
}

// crew are the officers of a document with their certificates, as the roster has them.
func (s *Source) crew(part string) string {
	var list []registry.OfficerRef
	for _, p := range s.Document.Participants {
		if p.Part == part {
			o := registry.OfficerRef{Name: p.Name}
			if s.Facts != nil {
				o.CertNo = s.Facts.Officers[p.OfficerID].CertNo
			}
			list = append(list, o)
		}
	}
	return officers(list)
}

// money writes an amount as a decision does: 人民币贰万元整（¥20,000.00）.
func money(m registry.Money) string {
	figures := m.String()
	if !strings.Contains(figures, ".") {
		figures += ".00"
	}
	return "人民币" + m.Capital() + "（¥" + figures + "）"
}

func join(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

func prefixed(label, s string) string {
	if s == "" {
		return ""
	}
	return label + s
}

// sentence ends a text with a full stop, whatever it ended with.
func sentence(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), "。；;，,")
	if s == "" {
		return ""
	}
	return s + "。"
}
