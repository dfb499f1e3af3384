package imports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
)

var intakeLabels = kit.Labels{
	"text": "通报全文", "file": "文本文件", "name": "发布在哪里", "medium": "媒体", "page": "版面", "url": "网址", "published_on": "发布日期", "drafts": "案件",
	"drafts.*.take": "采用此案", "drafts.*.title": "案件名称", "drafts.*.printed_title": "公布的案名", "drafts.*.district_code": "辖区", "drafts.*.organ_id": "承办单位", "drafts.*.found_on": "检查日期",
	"drafts.*.party": "当事人", "drafts.*.party_kind": "当事人类别", "drafts.*.species": "畜种", "drafts.*.head_count": "存栏", "drafts.*.qualifier": "约数",
	"drafts.*.fine": "罚款", "drafts.*.narrative": "案情", "drafts.*.handling": "查处情况", "drafts.*.documents": "文书和措施", "drafts.*.notes": "复核意见",
	"drafts.*.facts": "文中的其他事实", "bulletin": "通报本身", "drafts.*.anyway": "仍然导入的理由", "drafts.*.violations": "违法行为", "drafts.*.violations.*.type_code": "违法行为类型",
	"drafts.*.violations.*.facts": "违法事实", "drafts.*.violations.*.violated": "违反条款", "drafts.*.violations.*.basis": "处罚依据",
}

// intakeForm is a reading with what a person made of it.
type intakeForm struct {
	s       area
	Form    *kit.Form
	Source  registry.Publication
	Reading casework.Reading
	From    int // the first draft of the page
	Inputs  []draftInput

	bulletin bool // the bulletin that printed the cases is entered too
}

// draftInput is the form of one draft.
type draftInput struct {
	number int64 // from 1, in the reading
	take   bool
	casework.AcceptedDraft
	documents []string // kinds
	notes     []string // which of the reading's, by place
	facts     []string // which of the reading's, by key
}

// newIntakeForm fills the form of a page of drafts from a reading.
func newIntakeForm(s area, r *kit.Request, source registry.Publication, reading casework.Reading, from int) *intakeForm {
	x := &intakeForm{s: s, Form: r.NewForm(intakeLabels), Source: source, Reading: reading, From: max(0, min(from, len(reading.Cases)-1))}
	source.ClientUID = "" // each page of drafts is an import of its own
	sourceFields(x.Form, &source)
	for i := x.From; i < min(x.From+draftsAPage, len(reading.Cases)); i++ {
		d := draftInput{number: int64(i + 1), AcceptedDraft: reading.Draft(i)}
		for _, doc := range d.Documents {
			d.documents = append(d.documents, string(doc.Kind))
		}
		for n := range d.Notes {
			d.notes = append(d.notes, strconv.Itoa(n))
		}
		for _, told := range d.Facts.Told {
			d.facts = append(d.facts, told.Key)
		}
		x.Inputs = append(x.Inputs, d)
	}
	x.bulletin = x.From == 0 && reading.Notice.Title != ""
	x.bind()
	return x
}

// notice is the bulletin to be entered with the cases; of one that was not ticked only the campaign is told.
func (x *intakeForm) notice() intake.Notice {
	n := x.Reading.Notice
	if !x.bulletin {
		n.Title = ""
	}
	return n
}

// readIntakeForm reads the posted form over the same reading. The error is for a form that belongs to another text.
func readIntakeForm(s area, f *kit.Form, source registry.Publication, reading casework.Reading) (*intakeForm, error) {
	x := &intakeForm{s: s, Form: f, Source: source, Reading: reading}
	x.bind()
	if len(x.Inputs) == 0 || slices.ContainsFunc(x.Inputs, func(d draftInput) bool { return d.number == 0 }) {
		return nil, kit.BadRequest("提交的案件与原文对不上，请从导入页面重新读取原文。")
	}
	x.From = int(x.Inputs[0].number) - 1
	return x, nil
}

func (x *intakeForm) bind() {
	x.Form.Bool("bulletin", &x.bulletin)
	kit.Rows(x.Form, "drafts", &x.Inputs, x.draftFields)
}

func (x *intakeForm) draftFields(f *kit.Form, d *draftInput) {
	f.Bind("number", strconv.FormatInt(d.number, 10), func(typed string) error {
		n, err := strconv.ParseInt(typed, 10, 64)
		if err != nil || n < 1 || n > int64(len(x.Reading.Cases)) {
			return fmt.Errorf("与原文对不上")
		}
		// What the form does not show comes from the text again.
		d.number, d.AcceptedDraft = n, x.Reading.Draft(int(n-1))
		return nil
	})
	f.Bool("take", &d.take)
	f.Text("title", &d.Title)
	f.Text("printed_title", &d.PrintedTitle)
	f.Text("district_code", &d.DistrictCode)
	kit.Ref(f, "organ_id", &d.HandlingOrganID)
	f.Date("found_on", &d.FoundOn)
	f.Text("party", &d.Party)
	f.Text("party_kind", &d.PartyKind)
	f.Text("species", &d.Herd.Species)
	f.Int("head_count", &d.Herd.Count)
	f.Text("qualifier", &d.Herd.Qualifier)
	f.Money("fine", &d.Fine)
	f.Text("narrative", &d.Narrative)
	f.Text("handling", &d.Handling)
	f.Text("anyway", &d.Anyway)
	f.Words("documents", &d.documents)
	f.Words("notes", &d.notes)
	f.Words("facts", &d.facts)
	if !f.Filling {
		for _, told := range d.Facts.Told {
			if !slices.Contains(d.facts, told.Key) {
				d.Left = append(d.Left, told.Key)
			}
		}
		d.Documents, d.Notes = chosenDocuments(d.Documents, d.documents), chosenNotes(d.Notes, d.notes)
	}
	kit.Rows(f, "violations", &d.Violations, x.actFields)
}

// chosenDocuments keeps what the text tells of the kinds that were ticked; a kind that it does not tell has no words.
func chosenDocuments(told []registry.Document, kinds []string) (list []registry.Document) {
	for _, d := range told {
		if slices.Contains(kinds, string(d.Kind)) {
			list = append(list, d)
		}
	}
	for _, kind := range kinds {
		if !slices.ContainsFunc(told, func(d registry.Document) bool { return d.Kind == registry.DocKind(kind) }) {
			list = append(list, registry.Document{Kind: registry.DocKind(kind)})
		}
	}
	return list
}

func chosenNotes(made []registry.ReviewNote, places []string) (list []registry.ReviewNote) {
	for i, n := range made {
		if slices.Contains(places, strconv.Itoa(i)) {
			list = append(list, n)
		}
	}
	return list
}

func (x *intakeForm) actFields(f *kit.Form, v *casework.AcceptedViolation) {
	f.Text("type_code", &v.TypeCode)
	f.Text("facts", &v.Facts)
	var violated, basis []registry.Citation
	for _, c := range v.Citations {
		if c.Role == registry.RoleBasis {
			basis = append(basis, c)
		} else {
			violated = append(violated, c)
		}
	}
	x.provisions(f, "violated", registry.RoleBreached, &violated)
	x.provisions(f, "basis", registry.RoleBasis, &basis)
	v.Citations = append(violated, basis...)
}

// provisions binds citations as a person writes them, one a line: 《水污染防治法》第三十九条, with the version after the name where one is
// meant.
func (x *intakeForm) provisions(f *kit.Form, name string, role registry.CitationRole, list *[]registry.Citation) {
	law := x.s.Service.Law()
	lines := make([]string, len(*list))
	for i, c := range *list {
		lines[i] = citationLine(law, c)
	}
	f.Bind(name, strings.Join(lines, "\n"), func(typed string) error {
		*list = nil
		for line := range strings.Lines(typed) {
			line = strings.Trim(strings.TrimSpace(line), "；;。，,")
			if line == "" {
				continue
			}
			cited := citationsIn(law, line)
			if len(cited) == 0 {
				return fmt.Errorf("看不懂“%s”；请写成《法律名称》第几条第几款，一行一条", kit.Clip(line))
			}
			for _, c := range cited {
				c.Role = role
				if !slices.Contains(*list, c) {
					*list = append(*list, c)
				}
			}
		}
		return nil
	})
}

func citationLine(law *statute.Catalogue, c registry.Citation) string {
	version := ""
	if v, ok := law.Version(c.LawID, c.VersionID); ok {
		version = "（" + v.Name + "）"
	}
	if c.Law == "" {
		return c.Provision.String() // the text never named it: the person must
	}
	return "《" + c.Law + "》" + version + c.Provision.String()
}

// citationsIn reads one typed line.
func citationsIn(law *statute.Catalogue, line string) (list []registry.Citation) {
	if ref, err := law.Reference(line); err == nil {
		return []registry.Citation{{Law: ref.Law, LawID: ref.LawID, Provision: ref.Provision}}
	}
	for _, m := range law.Citations(line, registry.Date{}) {
		if m.Law != "" && m.Article > 0 {
			list = append(list, registry.Citation{Law: m.Law, LawID: m.LawID, VersionID: m.VersionID, Provision: m.Provision})
		}
	}
	return list
}

// accepted are the drafts that were ticked; places leads from their place among them to their row of the form.
func (x *intakeForm) accepted() (drafts []casework.AcceptedDraft, places map[string]string) {
	places = map[string]string{}
	for row, d := range x.Inputs {
		if d.take {
			places[fmt.Sprintf("drafts.%d", len(drafts))] = fmt.Sprintf("drafts.%d", row)
			drafts = append(drafts, d.AcceptedDraft)
		}
	}
	return drafts, places
}
