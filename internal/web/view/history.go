package view

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute/diff"
	"casebook/internal/web/kit"
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

// History is a record's own history in words.
func History(r *kit.Request, revisions []registry.Revision, fields registry.FieldList, names map[string]string) []HistoryEntry {
	return entries(r, casework.Changes(revisions), fields, names)
}

func entries(r *kit.Request, changes []casework.Change, fields registry.FieldList, names map[string]string) []HistoryEntry {
	list := make([]HistoryEntry, len(changes))
	for i, c := range changes {
		at, _ := kit.Instant(c.At) // a time.Time never fails
		list[i] = HistoryEntry{Version: c.Version, At: at, Actor: c.Actor, Action: c.Action, Changes: fieldChanges(r, c.Fields, fields, names)}
	}
	return list
}

// ChangesOf are the fields that one entry of the log changed, in words.
func ChangesOf(r *kit.Request, c casework.Change) []Change {
	noun, _ := registry.NounOf(c.Entity)
	return fieldChanges(r, c.Fields, noun.Fields, nil)
}

// Masked is a request as of somebody who may not read personal data: for files, which go further than a page.
func Masked(r *kit.Request) *kit.Request {
	hidden := *r
	hidden.User.Role = ""
	return &hidden
}

// ChangeWords are changes as one text: 罚款金额：20,000 元 → 30,000 元；…
func ChangeWords(list []Change) string {
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = strings.TrimSuffix(c.Label, "：") + "：" + cmp.Or(c.Old, "空") + " → " + cmp.Or(c.New, "空")
	}
	return strings.Join(words, "；")
}

// FileHistory is the history of a record and of everything that is or was on it. own is the record's own kind, whose steps need no name;
// what was deleted can be brought back where the page may be edited.
func FileHistory(s *kit.Server, r *kit.Request, revisions []registry.Revision, own string, names map[string]string, editable bool) []HistoryEntry {
	var list []HistoryEntry
	for _, c := range casework.Changes(revisions) {
		noun, _ := registry.NounOf(c.Entity)
		e := entries(r, []casework.Change{c}, noun.Fields, names)[0]
		if c.Entity != own || c.Entity == "case" {
			e.Action += cmp.Or(noun.Name, c.Entity)
		}
		if c.Action == "确认条款" || c.Action == string(registry.DocReopened) || c.Action == "上传附件" {
			e.Action = c.Action
		}
		if what := recordTitle(s, c.Entity, c.Body); what != "" {
			e.Action += "：" + what
		}
		if c.Deleted && editable && casework.Restorable[c.Entity] != nil {
			e.Restore, e.Token = fmt.Sprintf("/history/%s/%d/restore", c.Entity, c.EntityID), r.FormToken()
		}
		list = append(list, e)
	}
	return list
}

// recordTitle names a record by what it holds, also one that is there no longer.
func recordTitle(s *kit.Server, entity string, body []byte) string {
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
		return TypeLabel(s, x.TypeCode)
	case "document":
		return strings.TrimSpace(x.Kind + " " + cmp.Or(x.Number, x.MadeOn.Chinese()))
	case "penalty":
		return x.Kind + " " + MoneyWords(x.Amount)
	case "payment":
		return MoneyWords(x.Amount)
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

func fieldChanges(r *kit.Request, changed []casework.FieldChange, fields registry.FieldList, names map[string]string) []Change {
	var list []Change
	for _, f := range changed {
		marks, same := sameCitation(r, f)
		switch {
		case same:
			list = append(list, marks)
		case unsaid(fields, f.Field):
		case f.Item && f.Before != "" && f.After != "" && !slices.Contains(wordy, lastPart(f.Field)):
			list = append(list, itemChanges(r, f, fields, names)...)
		default:
			label := fields.Label(f.Field)
			if f.Row > 0 {
				label += fmt.Sprintf("（第 %d 行）", f.Row)
			}
			before, after := itemValue(r, f, f.Before, fields, names), itemValue(r, f, f.After, fields, names)
			if f.Item {
				list = append(list, Change{Label: label, Old: before, New: after})
			} else {
				list = append(list, ChangeOf(label, before, after))
			}
		}
	}
	return list
}

// longText is from where a text is shown by what differs in it, and not twice.
const longText = 40

// ChangeOf is one field before and after, by what differs where the texts are long.
func ChangeOf(label, before, after string) Change {
	c := Change{Label: label, Old: before, New: after}
	if before != "" && after != "" && max(registry.RuneLen(before), registry.RuneLen(after)) > longText {
		c.Edits = diff.Texts(before, after)
	}
	return c
}

func lastPart(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

// itemChanges compares two versions of one row field by field.
func itemChanges(r *kit.Request, f casework.FieldChange, fields registry.FieldList, names map[string]string) []Change {
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
		list = append(list, ChangeOf(fields.Label(field)+fmt.Sprintf("（第 %d 行）", f.Row), historyValue(r, fields, field, a[k], names), historyValue(r, fields, field, b[k], names)))
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
func itemValue(r *kit.Request, f casework.FieldChange, v string, fields registry.FieldList, names map[string]string) string {
	if !f.Item || v == "" {
		return historyValue(r, fields, f.Field, v, names)
	}
	if lastPart(f.Field) == "citations" {
		return citationWords(r, v)
	}
	row := itemFields(v)
	var words []string
	for i, k := range inKeyOrder(slices.Collect(maps.Keys(row))) {
		field := fmt.Sprintf("%s.%d.%s", f.Field, f.Row-1, k)
		if unsaid(fields, field) || k == "officer_id" && row["name"] != "" || k == "party_id" && row["name_at_act"] != "" {
			continue
		}
		w := historyValue(r, fields, field, row[k], names)
		if i > 1 {
			w = strings.TrimSuffix(fields.Label(field), "：") + " " + w
		}
		words = append(words, w)
	}
	return strings.Join(words, "，")
}

// nestedWords are the fields of a group inside a row, or of the rows of a list inside one.
func nestedWords(r *kit.Request, fields registry.FieldList, field, v string, names map[string]string) string {
	var rows []json.RawMessage
	if json.Unmarshal([]byte(v), &rows) != nil {
		rows = []json.RawMessage{json.RawMessage(v)}
	}
	var list []string
	for _, row := range rows {
		of := itemFields(string(row))
		if len(of) == 0 { // not as this program keeps it
			return v
		}
		var words []string
		for _, k := range inKeyOrder(slices.Collect(maps.Keys(of))) {
			if at := field + "." + k; !unsaid(fields, at) {
				words = append(words, fields.Label(at)+" "+historyValue(r, fields, at, of[k], names))
			}
		}
		list = append(list, strings.Join(words, "，"))
	}
	return strings.Join(list, "；")
}

// citationWords is a citation as people say it: 《畜禽规模养殖污染防治条例》第三十九条（2013年公布，处罚依据，已确认）.
func citationWords(r *kit.Request, item string) string {
	var c registry.Citation
	if json.Unmarshal([]byte(item), &c) != nil {
		return item
	}
	return provisionOf(c) + "（" + citationMarks(r, c) + "）"
}

func provisionOf(c registry.Citation) string { return "《" + c.Law + "》" + c.Provision.String() }

func citationMarks(r *kit.Request, c registry.Citation) string {
	var marks []string
	if v, ok := r.Server.Service.Law().Version(c.LawID, c.VersionID); ok {
		marks = append(marks, v.Name)
	}
	marks = append(marks, cmp.Or(RoleWords[c.Role], string(c.Role)), cmp.Or(StandingWords[c.Standing][0], string(c.Standing)))
	if c.Reason != "" {
		marks = append(marks, "理由："+c.Reason)
	}
	return strings.Join(marks, "，")
}

// sameCitation: of an article that stayed only its marks are said, such as 系统提供·待确认 → 已确认.
func sameCitation(r *kit.Request, f casework.FieldChange) (Change, bool) {
	var a, b registry.Citation
	if lastPart(f.Field) != "citations" || json.Unmarshal([]byte(f.Before), &a) != nil || json.Unmarshal([]byte(f.After), &b) != nil || provisionOf(a) != provisionOf(b) {
		return Change{}, false
	}
	return Change{Label: provisionOf(b), Old: citationMarks(r, a), New: citationMarks(r, b)}, true
}

// historyValue writes a stored value as people read it. Personal data is hidden from roles that may not read it, here too.
func historyValue(r *kit.Request, fields registry.FieldList, field, v string, names map[string]string) string {
	last := lastPart(field)
	info, _ := fields.Find(field)
	switch {
	case v == "":
		return ""
	case names[field+"="+v] != "":
		return names[field+"="+v]
	case names[last+"="+v] != "":
		return names[last+"="+v]
	case info.Personal && !r.User.Role.Can(registry.PermPersonalRead):
		v = info.Mask(v)
	}
	switch info.Kind {
	case registry.ValueViolation:
		return TypeLabel(r.Server, v)
	case registry.ValueRows, registry.ValueGroup:
		return nestedWords(r, fields, field, v, names)
	case registry.ValueReference:
		return "编号 " + v
	case registry.ValueList:
		var ids []int64
		if info.Of != "" && json.Unmarshal([]byte(v), &ids) == nil { // a list inside a row comes whole
			words := make([]string, len(ids))
			for i, id := range ids {
				words[i] = cmp.Or(names[fmt.Sprintf("%s_id=%d", info.Of, id)], fmt.Sprintf("编号 %d", id))
			}
			return strings.Join(words, "、")
		}
		if info.Of != "" {
			return cmp.Or(names[info.Of+"_id="+v], "编号 "+v)
		}
	case registry.ValueMoney:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return registry.Money(n).String() + " 元"
		}
	case registry.ValueInstant:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			s, _ := kit.Instant(t) // a time.Time never fails
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
	return info.Say(v, r.Server.Service.Bureau())
}
