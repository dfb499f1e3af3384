package kit

import (
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/draw"
)

// funcs are the template functions: how values are written on every page. Handlers never format. more are those that know nouns.
func funcs(a assets, more map[string]any) template.FuncMap {
	all := template.FuncMap{
		"date":    registry.Date.Chinese, // 2024年10月5日, as much as is known; empty when unknown
		"isodate": registry.Date.String,  // 2024-10-05: for tables
		"instant": Instant,               // 2024-10-05 09:30
		"second":  second,                // 2024-10-05 09:30:12: for the audit log
		"day":     func(t time.Time) string { return registry.DateOf(t).String() },
		"money":   money, // 20,000: under a header that says 元
		"yuan":    yuan,  // 20,000 元
		"sum":     Sum,   // 30,000 元（另有 2 项金额未公布）
		"count":   count, // 5,300; empty when unknown
		"num":     num,
		"decimal": decimal,
		"known":   Known,   // {{.Farm.Town | known .Farm.Origin}}: the value, or 未公布/未填
		"or":      orFirst, // the first that is not empty
		"maskid":  registry.MaskID,
		"mask":    registry.MaskPhone,
		"words":   registry.TitleParts,
		"lines":   func(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") },
		"join":    strings.Join,
		"icon":    a.icon,
		"asset":   a.url,
		"badge":   Badge,  // {{badge "草稿" "warn"}}
		"origin":  Origin, // 示例 is conspicuous
		"field":   field,
		"file":    fileInput,
		"choices": choices, // the <option>s of a select
		"dict":    dict,
		"list":    func(v ...any) []any { return v },
		"text":    func(s string) []string { return []string{s} },
		"add":     func(n, m int) int { return n + m },
		"empty":   func(icon, title, text, href, action string) Empty { return Empty{icon, title, text, href, action} },
	}
	maps.Copy(all, more)
	return all
}

// calls are those of the template functions that pages call most, without reflection.
var calls = map[string]draw.Call{
	"date": draw.One(registry.Date.Chinese), "isodate": draw.One(registry.Date.String), "instant": draw.OneErr(Instant),
	"money": draw.OneErr(money), "yuan": draw.OneErr(yuan), "sum": draw.One(Sum), "count": draw.One(count), "num": draw.OneErr(num),
	"known": draw.Two(Known), "badge": draw.Two(Badge), "origin": draw.One(Origin), "choices": draw.Two(choices),
}

// constants are those whose result depends on their arguments alone, and on files that do not change.
var constants = []string{"icon", "asset", "badge", "empty"}

// Instant writes a moment in Shanghai. It takes a time.Time or *time.Time.
func Instant(v any) (string, error) {
	switch t := v.(type) {
	case time.Time:
		if t.IsZero() {
			return "", nil
		}
		return t.In(registry.Shanghai).Format("2006-01-02 15:04"), nil
	case *time.Time:
		if t == nil {
			return "", nil
		}
		return Instant(*t)
	}
	return "", fmt.Errorf("instant: %T is no time", v)
}

func second(t time.Time) string { return t.In(registry.Shanghai).Format("2006-01-02 15:04:05") }

func moneyOf(v any) (m registry.Money, ok bool, err error) {
	switch x := v.(type) {
	case registry.Money:
		return x, true, nil
	case *registry.Money:
		if x == nil {
			return 0, false, nil
		}
		return *x, true, nil
	}
	return 0, false, fmt.Errorf("money: %T is no amount", v)
}

func money(v any) (string, error) {
	m, ok, err := moneyOf(v)
	if !ok {
		return "", err
	}
	return m.String(), nil
}

func yuan(v any) (string, error) {
	s, err := money(v)
	if s != "" {
		s += " 元"
	}
	return s, err
}

// Sum writes a total together with how many amounts it does not know: a bare number would lie.
func Sum(s registry.Sum) string {
	switch {
	case s.Known == 0 && s.Unknown == 0:
		return ""
	case s.Known == 0:
		return fmt.Sprintf("%d 项金额未公布", s.Unknown)
	case s.Unknown == 0:
		return s.Total.String() + " 元"
	}
	return fmt.Sprintf("%s 元，另有 %d 项金额未公布", s.Total, s.Unknown)
}

func count(n *int64) string {
	if n == nil {
		return ""
	}
	return Thousands(*n)
}

// num writes any whole number with thousands separators.
func num(v any) (string, error) {
	switch x := reflect.ValueOf(v); {
	case x.CanInt():
		return Thousands(x.Int()), nil
	case x.CanUint():
		return Thousands(int64(x.Uint())), nil
	}
	return "", fmt.Errorf("num: %T is no whole number", v)
}

// Thousands writes a whole number with separators: 5,300.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	digits := strings.TrimPrefix(s, "-")
	sign := s[:len(s)-len(digits)]
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// Known shows a value, or the word for its absence in a record of this origin, set apart so that it is not read as a value.
func Known(o registry.Origin, v any) template.HTML {
	s := strings.TrimSpace(fmt.Sprint(v))
	if h, ok := v.(template.HTML); ok && h != "" {
		return h
	}
	if v == nil || s == "" {
		return template.HTML(`<span class="unknown">` + template.HTMLEscapeString(o.Unknown()) + `</span>`)
	}
	return template.HTML(template.HTMLEscapeString(s))
}

func orFirst(values ...any) any {
	for _, v := range values {
		if truth, _ := template.IsTrue(v); truth {
			return v
		}
	}
	if len(values) == 0 {
		return nil
	}
	return values[len(values)-1]
}

// HTML is text that is markup already.
type HTML = template.HTML

// HTMLAttr is an attribute with its value, in markup already.
type HTMLAttr = template.HTMLAttr

// Badge is a short word set apart: {{badge "草稿" "warn"}}.
func Badge(text any, tone string) HTML {
	class := "badge"
	if tone != "" {
		class += " badge-" + tone
	}
	return template.HTML(`<span class="` + template.HTMLEscapeString(class) + `">` + template.HTMLEscapeString(fmt.Sprint(text)) + `</span>`)
}

// Origin marks where a record comes from. 现场登记 is the ordinary case and is not marked.
func Origin(o registry.Origin) template.HTML {
	switch o {
	case registry.OriginField, "":
		return ""
	case registry.OriginSample:
		return Badge(o, "sample")
	case registry.OriginPublished:
		return Badge("公开资料", "plain")
	}
	return Badge(o, "plain")
}

// choices writes the options of a select. A list page has near a hundred of them: written here they cost a tenth of what a
// range in the template does.
func choices(list []Option, chosen string) template.HTML {
	var b strings.Builder
	for _, o := range list {
		b.WriteString(`<option value="`)
		b.WriteString(template.HTMLEscapeString(o.Value))
		b.WriteByte('"')
		if o.Value == chosen {
			b.WriteString(" selected")
		}
		b.WriteByte('>')
		b.WriteString(template.HTMLEscapeString(o.Label))
		b.WriteString("</option>")
	}
	return template.HTML(b.String())
}

func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: keys and values come in pairs")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: key %v is no text", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}
