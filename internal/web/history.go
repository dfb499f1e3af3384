package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
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
	Edits           []statute.Edit
}

// historyNoun is how the history speaks of one kind of record.
type historyNoun struct {
	name   string
	labels Labels
}

// entityWords names what a change was about, and how its fields are called.
var entityWords = map[string]historyNoun{
	"case":      {"案件", caseLabels},
	"violation": {"违法行为", also(violationLabels, Labels{"citations": "引用条款", "citations.*.version_id": "版本", "seq": "次序", "checklist.*.text": "要件", "checklist.*.key": "要件"})},
	"document": {"文书", also(documentLabels, Labels{"citations": "引用条款", "citations.*.version_id": "版本", "seq": "次序", "party_name": "文书所写当事人", "participants": "参加人", "participants.*.name": "姓名",
		"participants.*.part": "身份", "participants.*.officer_id": "执法人员", "excluded_from": "不计入期限的时间，自", "excluded_to": "不计入期限的时间，至", "attachment_id": "对应附件"})},
	"penalty": {"处罚", also(penaltyLabels, Labels{"document_id": "决定书", "range_base_of": "幅度的计算基数", "range_base_fen": "基数金额", "range_times": "倍数或天数",
		"daily_days": "按日计罚天数", "daily_base_fen": "原处罚数额"})},
	"payment":          {"缴款", also(paymentLabels, Labels{"kind": "款项种类", "note": "备注"})},
	"evidence":         {"证据", evidenceLabels},
	"review_note":      {"复核意见", reviewLabels},
	"discretion_sheet": {"裁量计算表", Labels{"table_id": "裁量表", "result_fen": "结果", "note": "说明"}},
	"inspection":       {"检查", inspectionLabels},
	"sample":           {"样品", sampleLabels},
	"attachment":       {"附件", Labels{"filename": "文件名"}},
}

// also adds labels of fields that no form has, or that it calls otherwise.
func also(l, more Labels) Labels {
	l = maps.Clone(l)
	maps.Copy(l, more)
	return l
}

// history is a record's own history in words.
func (r *request) history(revisions []registry.Revision, labels Labels, names map[string]string) []HistoryEntry {
	return r.entries(casework.Changes(revisions), labels, names)
}

func (r *request) entries(changes []casework.Change, labels Labels, names map[string]string) []HistoryEntry {
	list := make([]HistoryEntry, len(changes))
	for i, c := range changes {
		at, _ := instant(c.At) // a time.Time never fails
		list[i] = HistoryEntry{Version: c.Version, At: at, Actor: c.Actor, Action: c.Action, Changes: r.fieldChanges(c.Fields, labels, names)}
	}
	return list
}

// fileHistory is the history of a record and of everything that is or was on it. own is the record's own kind, whose steps need no name;
// what was deleted can be brought back where the page may be edited.
func (s *Server) fileHistory(r *request, revisions []registry.Revision, own string, names map[string]string, editable bool) []HistoryEntry {
	var list []HistoryEntry
	for _, c := range casework.Changes(revisions) {
		noun := entityWords[c.Entity]
		e := r.entries([]casework.Change{c}, noun.labels, names)[0]
		if c.Entity != own || c.Entity == "case" {
			e.Action += cmp.Or(noun.name, c.Entity)
		}
		if c.Action == "确认条款" || c.Action == "恢复办理" || c.Action == "上传附件" {
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

// unsaid are fields whose words stand elsewhere in the entry, or that say nothing to people.
var unsaid = []string{"author_id", "approver_id", "approved_at", "submitted_by", "sheet", "answers", "case_id", "main_species"}

func (r *request) fieldChanges(fields []casework.FieldChange, labels Labels, names map[string]string) []Change {
	var list []Change
	for _, f := range fields {
		marks, same := r.sameCitation(f)
		switch {
		case same:
			list = append(list, marks)
		case slices.Contains(unsaid, lastPart(f.Field)):
		case f.Item && f.Before != "" && f.After != "" && !slices.Contains(wordy, lastPart(f.Field)):
			list = append(list, r.itemChanges(f, labels, names)...)
		default:
			label := labels.Of(f.Field)
			if f.Row > 0 {
				label += fmt.Sprintf("（第 %d 行）", f.Row)
			}
			before, after := r.itemValue(f, f.Before, labels, names), r.itemValue(f, f.After, labels, names)
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
		c.Edits = statute.Diff(before, after)
	}
	return c
}

func lastPart(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

// itemChanges compares two versions of one row field by field.
func (r *request) itemChanges(f casework.FieldChange, labels Labels, names map[string]string) []Change {
	a, b := itemFields(f.Before), itemFields(f.After)
	keys := slices.Collect(maps.Keys(b))
	for k := range a {
		if _, ok := b[k]; !ok {
			keys = append(keys, k)
		}
	}
	var list []Change
	for _, k := range inKeyOrder(keys) {
		if a[k] == b[k] || slices.Contains(unsaid, k) {
			continue
		}
		field := fmt.Sprintf("%s.%d.%s", f.Field, f.Row-1, k)
		list = append(list, change(labels.Of(field)+fmt.Sprintf("（第 %d 行）", f.Row), r.historyValue(field, a[k], names), r.historyValue(field, b[k], names)))
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
func (r *request) itemValue(f casework.FieldChange, v string, labels Labels, names map[string]string) string {
	if !f.Item || v == "" {
		return r.historyValue(f.Field, v, names)
	}
	if lastPart(f.Field) == "citations" {
		return r.citationWords(v)
	}
	fields := itemFields(v)
	var words []string
	for i, k := range inKeyOrder(slices.Collect(maps.Keys(fields))) {
		if slices.Contains(unsaid, k) || k == "officer_id" && fields["name"] != "" || k == "party_id" && fields["name_at_act"] != "" {
			continue
		}
		field := fmt.Sprintf("%s.%d.%s", f.Field, f.Row-1, k)
		w := r.historyValue(field, fields[k], names)
		if i > 1 {
			w = strings.TrimSuffix(labels.Of(field), "：") + " " + w
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

var (
	partialDate = regexp.MustCompile(`^\d{4}(-\d\d){0,2}$`)
	dateFields  = regexp.MustCompile(`(_on|_from|_to|_since|dated|pay_by|as_of|^on|\.on)$`)
)

// personalFields are hidden from roles without personal.read, also where the history shows them.
var personalFields = map[string]func(string) string{
	"id_number": registry.MaskID, "phone": registry.MaskPhone, "contact_phone": registry.MaskPhone, "present_phone": registry.MaskPhone,
}

// historyValue writes a stored value as people read it.
func (r *request) historyValue(field, v string, names map[string]string) string {
	last := lastPart(field)
	switch {
	case v == "":
		return ""
	case names[field+"="+v] != "":
		return names[field+"="+v]
	case names[last+"="+v] != "":
		return names[last+"="+v]
	case personalFields[last] != nil && !r.user.Role.Can(registry.PermPersonalRead):
		return personalFields[last](v)
	case last == "district_code":
		return r.s.service.Bureau().DistrictName(v)
	case last == "type_code":
		return r.s.typeLabel(v)
	case last == "inspections":
		return cmp.Or(names["inspection_id="+v], "编号 "+v)
	case strings.HasSuffix(last, "_id"), last == "merged_into":
		return "编号 " + v
	case strings.HasSuffix(last, "_fen"):
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return registry.Money(n).String() + " 元"
		}
	case strings.HasSuffix(last, "_at"):
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			s, _ := instant(t) // a time.Time never fails
			return s
		}
	case dateFields.MatchString(field) && partialDate.MatchString(v):
		if d, err := registry.ParseDate(v); err == nil {
			return d.Chinese()
		}
	case v == "true":
		return "是"
	case v == "false":
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
	noun := entityWords[entity].name
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
		r.flash("ok", "已恢复"+noun+"。")
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
