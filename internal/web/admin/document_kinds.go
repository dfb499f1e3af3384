package admin

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// The form calls two checkboxes by what a tick says.
var kindLabels = kit.LabelsOf(registry.DocumentKindFields, kit.Labels{"own": "本机关作出", "deadline.working": "按工作日计算"})

func kindFields(f *kit.Form, x *registry.KeptKind, isNew bool) {
	f.Meta(&x.Meta)
	if isNew {
		kit.Word(f, "name", &x.Name)
		f.Text("code", &x.Code)
		kit.Word(f, "stage", &x.Stage)
		f.Bool("own", &x.Own)
		f.Bool("numbers", &x.Numbers)
	} else {
		f.Bool("active", &x.Active)
	}
	kindProperties(f, &x.KindProperties)
	f.Text("note", &x.Note)
}

func kindProperties(f *kit.Form, k *registry.KindProperties) {
	kit.Word(f, "delivery", &k.Delivery)
	f.Text("made_label", &k.MadeLabel)
	f.Text("due_label", &k.DueLabel)
	f.Text("amount_label", &k.AmountLabel)
	f.Bool("orders", &k.Orders)
	f.Lines("result_words", (*[]string)(&k.ResultWords))
	kit.Word(f, "decider", &k.Decider)
	f.Bool("persons", &k.Persons)
	f.Bool("stops", &k.Stops)
	f.Bool("names_party", &k.NamesParty)
	f.Bool("cites", &k.Cites)
	f.Bool("imposes", &k.Imposes)
	f.Bool("after_filing", &k.AfterFiling)
	f.Words("parts", (*[]string)(&k.Parts))
	kit.Word(f, "track", &k.Track)
	f.Text("reached", &k.Reached)
	kit.Word(f, "sort", &k.Sort)
	f.Bool("counted", &k.Counted)
	f.Bool("told", &k.Told)

	d := &k.Deadline
	days := int64(d.Days)
	f.Text("deadline.label", &d.Label)
	f.IntValue("deadline.days", &days)
	f.Bool("deadline.working", &d.Working)
	kit.Word(f, "deadline.from", &d.From)
	kit.Word(f, "deadline.done", &d.Done)
	kit.Word(f, "deadline.ended_by", &d.EndedBy)
	f.Text("deadline.actor", &d.Actor)
	f.Text("deadline.source", &d.Source)
	d.Days = int(days)
}

type kindListPage struct {
	kit.Layout
	Kept    []kindRow
	BuiltIn []kindRow
}

// kindRow is a kind in the list, with its properties in words.
type kindRow struct {
	registry.KeptKind
	Words []string
}

func (kindListPage) Template() string { return "admin/document-kinds" }

func (s area) kindList(r *kit.Request) error {
	list, err := s.Service.KeptKinds(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := kindListPage{Layout: r.Layout("文书种类")}
	for _, k := range list {
		p.Kept = append(p.Kept, kindRow{k, kindWords(&k.DocumentKind)})
	}
	for _, k := range registry.DocumentKinds {
		p.BuiltIn = append(p.BuiltIn, kindRow{registry.KeptKind{DocumentKind: k}, kindWords(&k)})
	}
	return r.Page(p)
}

type kindPage struct {
	kit.Layout
	Form    *kit.Form
	Kind    registry.KeptKind
	Choices kindChoices
}

func (kindPage) Template() string { return "admin/document-kind" }

// kindChoices are the lists that a kind's properties are chosen from.
type kindChoices struct {
	Stages     []kit.Option // that a document may lead to: all but the first, which a case has without one
	Deliveries []kit.Option
	Deciders   []kit.Option
	Tracks     []kit.Option
	Sorts      []kit.Option
	Dates      []kit.Option // that a deadline begins with
	Ends       []kit.Option // of the document itself
	Kinds      []kit.Option // of the document that ends a deadline
}

func (s area) kindChoices() kindChoices {
	c := kindChoices{Stages: wordOptions(registry.Stages[1:]), Deliveries: wordOptions(registry.Deliveries), Deciders: wordOptions(registry.Deciders),
		Tracks: wordOptions(registry.Tracks), Sorts: wordOptions(registry.KindSorts), Dates: dateOptions(registry.KindDates), Ends: dateOptions(registry.KindEnds)}
	for _, k := range s.Service.DocumentKinds() {
		c.Kinds = append(c.Kinds, kit.Option{Value: string(k.Name), Label: string(k.Name)})
	}
	return c
}

// wordOptions are words that stand for themselves.
func wordOptions[T ~string](list []T) []kit.Option {
	options := make([]kit.Option, len(list))
	for i, w := range list {
		options[i] = kit.Option{Value: string(w), Label: string(w)}
	}
	return options
}

// kindDates are what the dates that a deadline counts from are called where the kind, and so its own words for them, is not known yet.
var kindDates = map[registry.KindDate]string{
	registry.DateMade: "作出日期", registry.DateServed: "送达（送交、收到）日期", registry.DateDue: "文书所定期限的届满日", registry.DateResult: "结果日期",
}

func dateOptions(list []registry.KindDate) []kit.Option {
	options := make([]kit.Option, len(list))
	for i, d := range list {
		options[i] = kit.Option{Value: string(d), Label: kindDates[d]}
	}
	return options
}

// kindEditing is a kind on its form: what it is called and who makes it is said once, when it is new.
func (s area) kindEditing(r *kit.Request, stored registry.KeptKind) kit.Editing[registry.KeptKind] {
	title := "新增文书种类"
	if stored.ID != 0 {
		title = string(stored.Name)
	}
	at := func(x registry.KeptKind) string { return fmt.Sprintf("/admin/document-kinds/%d", x.ID) }
	return kit.Editing[registry.KeptKind]{
		Record: stored, Labels: kindLabels,
		Fields: func(f *kit.Form, x *registry.KeptKind) { kindFields(f, x, stored.ID == 0) },
		Page: func(f *kit.Form, _ registry.KeptKind) error {
			return r.Form(f, kindPage{r.Layout(title), f, stored, s.kindChoices()})
		},
		Add: s.Service.AddKind, Change: s.Service.ChangeKind,
		Saved: func(x registry.KeptKind) error {
			if stored.ID != 0 {
				return r.DoneAt("已保存。", "/admin/document-kinds")
			}
			return r.DoneAt("已新增文书种类“"+string(x.Name)+"”。", "/admin/document-kinds")
		},
		Title: func(x registry.KeptKind) string { return string(x.Name) }, Address: at, Home: at,
	}
}

func (s area) kindNew(r *kit.Request) error {
	return s.kindEditing(r, registry.KeptKind{}).Show(r, registry.KeptKind{DocumentKind: registry.DocumentKind{Own: true}, Active: true})
}

func (s area) newKind(r *kit.Request) (kit.Editing[registry.KeptKind], error) {
	return s.kindEditing(r, registry.KeptKind{}), nil
}

func (s area) storedKind(r *kit.Request) (e kit.Editing[registry.KeptKind], err error) {
	id, err := kit.PathID[registry.KindID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.KeptKind(r.Ctx(), r.Actor, id)
	return s.kindEditing(r, x), err
}
