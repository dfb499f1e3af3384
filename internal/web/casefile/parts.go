package casefile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// A case may have hundreds of documents, exhibits or payments. Its page shows the first of each list, however long it is, and every list
// has pages of its own, which begin after the record that the page before ended with.

// casePart is one list on the page of a case.
type casePart struct {
	name, title string
	rows        int // shown on the page of the case, and on each page of the list
	size        func(*casePage) int
	key         func(p *casePage) []string
	cut         func(p *casePage, from, to int)
}

func partOf[T any](name, title string, rows int, list func(*casePage) *[]T, key func(T) string) casePart {
	return casePart{name, title, rows,
		func(p *casePage) int { return len(*list(p)) },
		func(p *casePage) []string {
			keys := make([]string, len(*list(p)))
			for i, x := range *list(p) {
				keys[i] = key(x)
			}
			return keys
		},
		func(p *casePage, from, to int) { *list(p) = (*list(p))[from:to] },
	}
}

func keyed[I ~int64](id I) string { return kit.Itoa(int64(id)) }

// caseParts are the lists of a case page, in its order. Acts are few and long, documents many and short.
var caseParts = []casePart{
	partOf("clocks", "正在计算的期限", 20, func(p *casePage) *[]view.Clock { return &p.Procedure.Live }, clockKey),
	partOf("clocks-unclear", "无法计算的期限", 20, func(p *casePage) *[]view.Clock { return &p.Procedure.Unclear }, clockKey),
	partOf("clocks-done", "已经结束的期限", 20, func(p *casePage) *[]view.Clock { return &p.Procedure.Done }, clockKey),
	partOf("findings", "事实与路径", 20, func(p *casePage) *[]caseInspectionView { return &p.Inspections },
		func(x caseInspectionView) string { return keyed(x.ID) }),
	partOf("violations", "违法行为", 10, func(p *casePage) *[]violationView { return &p.Violations },
		func(x violationView) string { return keyed(x.ID) }),
	partOf("discretion", "裁量计算", 50, func(p *casePage) *[]sheetRow { return &p.Discretion }, func(x sheetRow) string { return keyed(x.ID) }),
	partOf("samples", "监测", 50, func(p *casePage) *[]caseSampleView { return &p.Samples }, func(x caseSampleView) string { return keyed(x.ID) }),
	partOf("evidence", "证据", 50, func(p *casePage) *[]exhibitView { return &p.Evidence.Rows },
		func(x exhibitView) string { return keyed(x.ID) + "-" + keyed(x.AttachmentID) }),
	partOf("documents", "文书与措施", documentRows, func(p *casePage) *[]documentView { return &p.Documents }, func(x documentView) string { return keyed(x.ID) }),
	partOf("branches", "措施与后续", 50, func(p *casePage) *[]procedure.Branch { return &p.Branches.Rows },
		func(x procedure.Branch) string { return x.Kind + keyed(x.Document) }),
	{"penalties", "处罚与款项", 20,
		func(p *casePage) int { return len(p.Money.lines()) },
		func(p *casePage) (keys []string) {
			for _, l := range p.Money.lines() {
				keys = append(keys, keyed(l.Fine.ID))
			}
			return keys
		},
		(*casePage).cutMoney},
	partOf("payments", "收退款项", 50, func(p *casePage) *[]paymentView { return &p.Money.Payments }, func(x paymentView) string { return keyed(x.ID) }),
	partOf("timeline", "时间线", 50, func(p *casePage) *[]kit.TimelineItem { return &p.Timeline },
		func(x kit.TimelineItem) string { return digest(x.Date, x.Kind, x.Title, x.Href) }),
	partOf("reviews", "复核意见", 30, func(p *casePage) *[]view.ReviewBox { return &p.Reviews }, func(x view.ReviewBox) string { return digest(x.Edit, x.About, x.Printed, x.Official, x.Note) }),
	partOf("attachments", "附件", 50, func(p *casePage) *[]view.AttachmentRow { return &p.Files.Files }, func(x view.AttachmentRow) string { return keyed(x.ID) }),
	partOf("history", "历史", 30, func(p *casePage) *[]view.HistoryEntry { return &p.Changes }, func(x view.HistoryEntry) string { return digest(x.At, x.Action, x.Version) }),
}

// place is where on the page of the case the list stands: the unclear clocks with the others.
func (x casePart) place() string {
	name, _, _ := strings.Cut(x.name, "-")
	return name
}

func clockKey(x view.Clock) string { return digest(x.Code, x.Start, x.StartHref, x.StartOn) }

// digest tells rows apart that have no id.
func digest(x ...any) string {
	sum := sha256.Sum256(fmt.Append(nil, x...))
	return hex.EncodeToString(sum[:8])
}

// lines are the penalties of all parties, in the order of the page.
func (p *moneyPanel) lines() (list []moneyLine) {
	for _, party := range p.Parties {
		list = append(list, party.Lines...)
	}
	return list
}

// cutMoney leaves the penalties from one to another, each under its party, and of what may be paid only theirs. Sums stay those of all.
func (p *casePage) cutMoney(from, to int) {
	kept := map[string]bool{}
	for _, l := range p.Money.lines()[from:to] {
		kept[keyed(l.Fine.ID)] = true
	}
	if from == 0 && to == len(p.Money.lines()) {
		return
	}
	var parties []moneyParty
	for _, party := range p.Money.Parties {
		party.Lines = slices.DeleteFunc(slices.Clone(party.Lines), func(l moneyLine) bool { return !kept[keyed(l.Fine.ID)] })
		if len(party.Lines) > 0 {
			parties = append(parties, party)
		}
	}
	p.Money.Parties = parties
	p.Money.Payable = slices.DeleteFunc(slices.Clone(p.Money.Payable), func(o kit.Option) bool {
		return !kept[o.Value] && (p.Payment == nil || o.Value != p.Payment.Value("penalty_id"))
	})
}

// keys are the keys of a part's rows, each once: rows that say the same are told apart by their number.
func (x casePart) keys(p *casePage) []string {
	list := x.key(p)
	seen := map[string]int{}
	for i, k := range list {
		seen[k]++
		list[i] = fmt.Sprintf("%s-%d", k, seen[k])
	}
	return list
}

// partMore leads from the page of a case to the rest of a list.
type partMore struct {
	Title     string
	Left      int
	Next, All string
}

// measure notes how long every list of the page is.
func (p *casePage) measure() {
	p.sizes = map[string]int{}
	for _, x := range caseParts {
		p.sizes[x.name] = x.size(p)
	}
	p.sizes["history"] = max(p.sizes["history"], p.Changed)
}

// shorten cuts every list of the panel to what it shows at first, and notes how long each was and where it goes on.
func (p *casePage) shorten() {
	p.measure()
	p.more = map[string]partMore{}
	for _, x := range caseParts {
		n := p.sizes[x.name]
		if n <= x.rows {
			continue
		}
		all := fmt.Sprintf("/cases/%d/parts/%s", p.Case.ID, x.name)
		p.more[x.name] = partMore{Title: x.title, Left: n - x.rows, All: all, Next: all + "?cursor=" + x.keys(p)[x.rows-1]}
		x.cut(p, 0, x.rows)
	}
	p.relink(p.elsewhere(0, documentRows), false)
	if len(p.Calculable) > len(p.Violations) {
		p.Calculable = slices.DeleteFunc(slices.Clone(p.Calculable), func(v violationView) bool {
			return !slices.ContainsFunc(p.Violations, func(o violationView) bool { return o.ID == v.ID })
		})
	}
}

// Size is how long a list of the case is, also beyond what the page shows.
func (p casePage) Size(part string) int { return p.sizes[part] }

// More says where a list goes on; nil where the page shows all of it.
func (p casePage) More(part string) *partMore {
	if m, ok := p.more[part]; ok {
		return &m
	}
	return nil
}

// documentHrefs are where the documents of a case are shown that a page leaves out; the others are on the page itself.
type documentHrefs map[registry.DocumentID]string

func (h documentHrefs) of(id registry.DocumentID) string {
	if href, elsewhere := h[id]; elsewhere {
		return href
	}
	return fmt.Sprintf("#document-%d", id)
}

// elsewhere are the documents that the page does not show, with the page that does: the panel of documents, or a page of their list. A page of
// documents shows those from one place to another.
func (p *casePage) elsewhere(from, to int) documentHrefs {
	hrefs := documentHrefs{}
	at := ""
	for i, d := range p.CaseFile.Documents {
		switch {
		case i >= documentRows && i%documentRows == 0:
			at = fmt.Sprintf("/cases/%d/parts/documents?cursor=%s-1", p.Case.ID, keyed(p.CaseFile.Documents[i-1].ID))
		case i == 0:
			at = view.PanelOf("documents").Href(p.Case.ID)
		}
		if p.Panel != "documents" || i < from || i >= to {
			hrefs[d.ID] = fmt.Sprintf("%s#document-%d", at, d.ID)
		}
	}
	return hrefs
}

// relink makes every link to a document lead to where the document is shown, and every other link to a place on the case to its panel: on
// the panel itself it stays within the page, on a page of one list none does.
func (p *casePage) relink(hrefs documentHrefs, part bool) {
	fix := func(href *string) {
		place, here := strings.CutPrefix(*href, "#")
		id, err := strconv.ParseInt(strings.TrimPrefix(place, "document-"), 10, 64)
		switch {
		case !here:
		case err == nil:
			*href = hrefs.of(registry.DocumentID(id))
		case part || view.PanelOf(place).Key != p.Panel:
			*href = view.CasePlace(p.Case.ID, place)
		}
	}
	for _, list := range [][]kit.TimelineItem{p.Timeline, p.Recent} {
		for i := range list {
			fix(&list[i].Href)
		}
	}
	for _, list := range [][]view.Clock{p.Procedure.Live, p.Procedure.Unclear, p.Procedure.Done} {
		for i := range list {
			fix(&list[i].StartHref)
			fix(&list[i].DoneHref)
		}
	}
	for _, list := range [][]findingView{p.Procedure.Defects, p.Procedure.Doubts, p.Procedure.Sound} {
		for i := range list {
			fix(&list[i].Href)
		}
	}
	for i := range p.Money.Parties {
		for j := range p.Money.Parties[i].Lines {
			fix(&p.Money.Parties[i].Lines[j].GoneHref)
		}
	}
	p.Branches.hrefs, p.Branches.Visits = hrefs, view.CasePlace(p.Case.ID, "findings")
}

// documentRows is how many documents the page of a case shows, and each page of their list.
const documentRows = 50

// casePartPage is one page of one list of a case.
type casePartPage struct {
	casePage
	Part, Of string
	List     kit.List
}

func (casePartPage) Template() string { return "casefile/cases-part" }

// casePart shows one page of a list of a case.
func (s area) casePart(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(caseParts, func(x casePart) bool { return x.name == r.Param("part") })
	if i < 0 {
		return registry.NotFound("案件的这一部分", r.Param("part"))
	}
	part := caseParts[i]
	panel := view.PanelOf(part.place()).Key
	reads := panelReads[panel]
	if panel == "history" {
		reads.History = casework.WholeHistory
	}
	page, err := s.Service.CasePanel(r.Ctx(), r.Actor, id, reads)
	if err != nil {
		return err
	}
	p := casePartPage{casePage: s.caseView(r, page, panel), Part: part.name, Of: part.title, List: r.List()}
	keys, from := part.keys(&p.casePage), 0
	if at := p.List.Cursor(); at != "" {
		if from = slices.Index(keys, at) + 1; from == 0 {
			return registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
		}
	}
	to, next := min(from+part.rows, len(keys)), ""
	if to < len(keys) {
		next = keys[to-1]
	}
	p.measure()
	part.cut(&p.casePage, from, to)
	if part.name == "documents" {
		p.relink(p.elsewhere(from, to), true)
	} else {
		p.relink(p.elsewhere(0, 0), true)
	}
	if part.name == "penalties" {
		p.Money.Payments = nil // they have pages of their own
	}
	p.List.Paged(to-from, next, len(keys), false)
	p.Layout = r.Layout(part.title + " " + p.Case.Title)
	s.caseBlankForms(r, &p.casePage)
	return r.Page(p)
}
