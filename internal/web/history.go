package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute/diff"
)

// HistoryEntry is one change of a record.
type HistoryEntry struct {
	Version int64
	At      string // as the template function instant writes it
	Actor   string
	Action  string
	Changes []Change
	Restore string // where the button 恢复 posts to; empty where there is nothing to bring back, or nobody who may
	Token   string
}

// Change is one field before and after; empty means it was empty. Of two long texts Edits shows what differs.
type Change struct {
	Label, Old, New string
	Edits           []diff.Edit
}

// history is a record's own history in words.
func (r *request) history(revisions []registry.Revision, fields registry.FieldList, names map[string]string) []HistoryEntry {
	return r.entries(casework.Changes(revisions), fields, names)
}

func (r *request) entries(changes []casework.Change, fields registry.FieldList, names map[string]string) []HistoryEntry {
	list := make([]HistoryEntry, len(changes))
	for i, c := range changes {
		at, _ := instant(c.At) // a time.Time never fails
		list[i] = HistoryEntry{Version: c.Version, At: at, Actor: c.Actor, Action: c.Action, Changes: r.fieldChanges(c.Fields, fields, names)}
	}
	return list
}

// fileHistory is the history of a record and of everything that is or was on it. own is the record's own kind, whose steps need no name;
// what was deleted can be brought back where the page may be edited.
func (s *Server) fileHistory(r *request, revisions []registry.Revision, own string, names map[string]string, editable bool) []HistoryEntry {
	var list []HistoryEntry
	for _, c := range casework.Changes(revisions) {
		noun, _ := registry.NounOf(c.Entity)
		e := r.entries([]casework.Change{c}, noun.Fields, names)[0]
		if c.Entity != own || c.Entity == "case" {
			e.Action += cmp.Or(noun.Name, c.Entity)
		}
		if c.Action == "确认条款" || c.Action == string(registry.DocReopened) || c.Action == "上传附件" {
			e.Action = c.Action
		}
		if what := s.recordTitle(c.Entity, c.Body); what != "" {
			e.Action += "：" + what
		}
		if c.Deleted && editable && casework.Restorable[c.Entity] != nil {
			e.Restore, e.Token = fmt.Sprintf("/history/%s/%d/restore", c.Entity, c.EntityID), r.formToken()
		}
		list = append(list, e)
	}
	return list
}

// caseHistory is the history of the case and of what is or was on it.
func (s *Server) caseHistory(r *request, p casework.CasePage) []HistoryEntry {
	return s.fileHistory(r, p.History, "case", s.caseNames(p), r.user.Role.Can(registry.PermRecordWrite) && !p.Case.Stage.Closed())
}

// recordTitle names a record by what it holds, also one that is there no longer.
func (s *Server) recordTitle(entity string, body []byte) string {
	var x struct {
		TypeCode string          `json:"type_code"`
		Kind     string          `json:"kind"`
		Number   string          `json:"number"`
		MadeOn   registry.Date   `json:"made_on"`
		Title    string          `json:"title"`
		Point    string          `json:"point"`
		Code     string          `json:"code"`
		About    string          `json:"about"`
		Filename string          `json:"filename"`
		Amount   *registry.Money `json:"amount_fen"`
	}
	if json.Unmarshal(body, &x) != nil {
		return ""
	}
	switch entity {
	case "violation":
		return s.typeLabel(x.TypeCode)
	case "document":
		return strings.TrimSpace(x.Kind + " " + cmp.Or(x.Number, x.MadeOn.Chinese()))
	case "penalty":
		return x.Kind + " " + moneyWords(x.Amount)
	case "payment":
		return moneyWords(x.Amount)
	case "evidence":
		return x.Title
	case "sample":
		return cmp.Or(x.Point, x.Code)
	case "review_note":
		return x.About
	case "attachment":
		return x.Filename
	}
	return ""
}

// unsaid reports whether a history leaves a field out: its words stand elsewhere in the entry, or say nothing to people.
func unsaid(fields registry.FieldList, field string) bool {
	info, ok := fields.Find(field)
	return ok && info.NoHistory != ""
}

func (r *request) fieldChanges(changed []casework.FieldChange, fields registry.FieldList, names map[string]string) []Change {
	var list []Change
	for _, f := range changed {
		marks, same := r.sameCitation(f)
		switch {
		case same:
			list = append(list, marks)
		case unsaid(fields, f.Field):
		case f.Item && f.Before != "" && f.After != "" && !slices.Contains(wordy, lastPart(f.Field)):
			list = append(list, r.itemChanges(f, fields, names)...)
		default:
			label := fields.Label(f.Field)
			if f.Row > 0 {
				label += fmt.Sprintf("（第 %d 行）", f.Row)
			}
			before, after := r.itemValue(f, f.Before, fields, names), r.itemValue(f, f.After, fields, names)
			if f.Item {
				list = append(list, Change{Label: label, Old: before, New: after})
			} else {
				list = append(list, change(label, before, after))
			}
		}
	}
	return list
}

// longText is from where a text is shown by what differs in it, and not twice.
const longText = 40

func change(label, before, after string) Change {
	c := Change{Label: label, Old: before, New: after}
	if before != "" && after != "" && max(registry.RuneLen(before), registry.RuneLen(after)) > longText {
		c.Edits = diff.Texts(before, after)
	}
	return c
}

func lastPart(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

// itemChanges compares two versions of one row field by field.
func (r *request) itemChanges(f casework.FieldChange, fields registry.FieldList, names map[string]string) []Change {
	a, b := itemFields(f.Before), itemFields(f.After)
	keys := slices.Collect(maps.Keys(b))
	for k := range a {
		if _, ok := b[k]; !ok {
			keys = append(keys, k)
		}
	}
	var list []Change
	for _, k := range inKeyOrder(keys) {
		field := fmt.Sprintf("%s.%d.%s", f.Field, f.Row-1, k)
		if a[k] == b[k] || unsaid(fields, field) {
			continue
		}
		list = append(list, change(fields.Label(field)+fmt.Sprintf("（第 %d 行）", f.Row), r.historyValue(fields, field, a[k], names), r.historyValue(fields, field, b[k], names)))
	}
	return list
}

// itemFields are the fields of a row that hold something; what is nested in it is given as it is kept.
func itemFields(item string) map[string]string {
	d := json.NewDecoder(bytes.NewReader([]byte(item)))
	d.UseNumber()
	var m map[string]any
	out := map[string]string{}
	if d.Decode(&m) != nil {
		return out
	}
	for k, v := range m {
		switch x := v.(type) {
		case nil:
		case []any, map[string]any:
			if b, err := json.Marshal(x); err == nil {
				out[k] = string(b)
			}
		default:
			if s := fmt.Sprint(x); s != "" {
				out[k] = s
			}
		}
	}
	return out
}

// keyOrder puts what names a row first; the other fields follow by name.
var keyOrder = []string{"name", "name_at_act", "party_id", "species", "pollutant", "text", "title", "kind", "role", "part", "stage", "count", "qualifier", "value", "unit", "limit", "verdict", "answer", "cert_no"}

func inKeyOrder(keys []string) []string {
	rank := func(k string) int {
		if i := slices.Index(keyOrder, k); i >= 0 {
			return i
		}
		return len(keyOrder)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b)) })
	return keys
}

// wordy are lists whose rows are read as a whole: an article is not its numbers one by one.
var wordy = []string{"citations", "officers", "parties", "participants", "inspections", "quotes"}

// itemValue writes a field's value, or a whole row of a list.
func (r *request) itemValue(f casework.FieldChange, v string, fields registry.FieldList, names map[string]string) string {
	if !f.Item || v == "" {
		return r.historyValue(fields, f.Field, v, names)
	}
	if lastPart(f.Field) == "citations" {
		return r.citationWords(v)
	}
	row := itemFields(v)
	var words []string
	for i, k := range inKeyOrder(slices.Collect(maps.Keys(row))) {
		field := fmt.Sprintf("%s.%d.%s", f.Field, f.Row-1, k)
		if unsaid(fields, field) || k == "officer_id" && row["name"] != "" || k == "party_id" && row["name_at_act"] != "" {
			continue
		}
		w := r.historyValue(fields, field, row[k], names)
		if i > 1 {
			w = strings.TrimSuffix(fields.Label(field), "：") + " " + w
		}
		words = append(words, w)
	}
	return strings.Join(words, "，")
}

// citationWords is a citation as people say it: 《畜禽规模养殖污染防治条例》第三十九条（2013年公布，处罚依据，已确认）.
func (r *request) citationWords(item string) string {
	var c registry.Citation
	if json.Unmarshal([]byte(item), &c) != nil {
		return item
	}
	return provisionOf(c) + "（" + r.citationMarks(c) + "）"
}

func provisionOf(c registry.Citation) string { return "《" + c.Law + "》" + c.Provision.String() }

func (r *request) citationMarks(c registry.Citation) string {
	var marks []string
	if v, ok := r.s.service.Law().Version(c.LawID, c.VersionID); ok {
		marks = append(marks, v.Name)
	}
	marks = append(marks, cmp.Or(roleWords[c.Role], string(c.Role)), cmp.Or(standingWords[c.Standing][0], string(c.Standing)))
	if c.Reason != "" {
		marks = append(marks, "理由："+c.Reason)
	}
	return strings.Join(marks, "，")
}

// sameCitation: of an article that stayed only its marks are said, such as 系统提供·待确认 → 已确认.
func (r *request) sameCitation(f casework.FieldChange) (Change, bool) {
	var a, b registry.Citation
	if lastPart(f.Field) != "citations" || json.Unmarshal([]byte(f.Before), &a) != nil || json.Unmarshal([]byte(f.After), &b) != nil || provisionOf(a) != provisionOf(b) {
		return Change{}, false
	}
	return Change{Label: provisionOf(b), Old: r.citationMarks(a), New: r.citationMarks(b)}, true
}

// historyValue writes a stored value as people read it. Personal data is hidden from roles that may not read it, here too.
func (r *request) historyValue(fields registry.FieldList, field, v string, names map[string]string) string {
	last := lastPart(field)
	info, _ := fields.Find(field)
	switch {
	case v == "":
		return ""
	case names[field+"="+v] != "":
		return names[field+"="+v]
	case names[last+"="+v] != "":
		return names[last+"="+v]
	case info.Personal && !r.user.Role.Can(registry.PermPersonalRead):
		v = info.Mask(v)
	}
	switch info.Kind {
	case registry.ValueDistrict:
		return registry.DistrictName(v)
	case registry.ValueViolation:
		return r.s.typeLabel(v)
	case registry.ValueReference:
		return "编号 " + v
	case registry.ValueList:
		if info.Of != "" {
			return cmp.Or(names[info.Of+"_id="+v], "编号 "+v)
		}
	case registry.ValueMoney:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return registry.Money(n).String() + " 元"
		}
	case registry.ValueInstant:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			s, _ := instant(t) // a time.Time never fails
			return s
		}
	case registry.ValueDate:
		if d, err := registry.ParseDate(v); err == nil {
			return d.Chinese()
		}
	case registry.ValueBool:
		if v == "true" {
			return "是"
		}
		return "否"
	}
	return v
}

// recordRestore brings a deleted record back and shows the page it is on again.
func (s *Server) recordRestore(r *request) error {
	id, err := pathID[int64](r, "id")
	if err != nil {
		return err
	}
	entity := r.Param("entity")
	on, err := s.service.Restore(r.ctx(), r.actor, entity, id)
	noun, _ := registry.NounOf(entity)
	switch registry.KindOf(err) {
	case registry.KindConflict, registry.KindInvalid:
		if on.CaseID == 0 && on.InspectionID == 0 {
			return err
		}
		r.flash("warn", "没有恢复："+problemOf(err).Detail)
	default:
		if err != nil {
			return err
		}
		r.flash("ok", "已恢复"+noun.Name+"。")
	}
	if on.CaseID != 0 {
		return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d#history", on.CaseID))
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/inspections/%d#history", on.InspectionID))
}

// caseReopen takes the closing of a case back.
func (s *Server) caseReopen(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.readForm(Labels{"content": "理由"})
	if err != nil {
		return err
	}
	err = s.service.Reopen(r.ctx(), r.actor, id, f.Value("content"))
	if registry.KindOf(err) == registry.KindInvalid {
		r.flash("warn", "没有恢复办理："+firstProblem(err))
		return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d", id))
	}
	return s.acted(r, err, "已恢复办理，理由已记入文书，记录可以修改。", id, "documents")
}

func firstProblem(err error) string {
	p := problemOf(err)
	if len(p.Errors) > 0 {
		return p.Errors[0].Message
	}
	return p.Detail
}
