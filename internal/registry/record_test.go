package registry

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// rule is one thing that Validate asks of a noun: a valid record with one edit, and every problem that must follow.
type rule[T any] struct {
	name string
	edit func(x *T)
	want []string // field: message
}

// limit is a text field with the most characters it takes.
type limit[T any] struct {
	field string
	max   int
	text  func(x *T) *string
}

// checkRules validates a fresh record for each rule. make must give a record without a problem.
func checkRules[T any, P interface {
	*T
	Record
}](t *testing.T, valid func() T, limits []limit[T], rules []rule[T]) {
	t.Helper()
	x := valid()
	if got := problems(P(&x)); got != nil {
		t.Fatalf("Validate of a valid record = %q", got)
	}
	for _, l := range limits {
		t.Run(l.field+" length", func(t *testing.T) {
			x := valid()
			*l.text(&x) = strings.Repeat("字", l.max)
			if got := problems(P(&x)); got != nil {
				t.Errorf("%d characters: %q, want no problem", l.max, got)
			}
			*l.text(&x) = strings.Repeat("字", l.max+1)
			want := []string{fmt.Sprintf("%s: 太长：%d 字，最多 %d 字", l.field, l.max+1, l.max)}
			if got := problems(P(&x)); !slices.Equal(got, want) {
				t.Errorf("%d characters: %q, want %q", l.max+1, got, want)
			}
			for _, bad := range []string{"甲\x00乙", "甲\xff乙"} {
				*l.text(&x) = bad
				want := []string{l.field + ": 含有控制字符或不是有效的 UTF-8 文本，请重新输入"}
				if got := problems(P(&x)); !slices.Equal(got, want) {
					t.Errorf("%q: %q, want %q", bad, got, want)
				}
			}
		})
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			x := valid()
			r.edit(&x)
			if got := problems(P(&x)); !slices.Equal(got, r.want) {
				t.Errorf("Validate:\n got %q\nwant %q", got, r.want)
			}
		})
	}
}

// problems is what Validate finds, as "field: message".
func problems(x Record) []string { return fieldsOf(x.Validate()) }

func fieldsOf(err error) []string {
	if err == nil {
		return nil
	}
	var e *Error
	if !errors.As(err, &e) || e.Kind != KindInvalid || e.Message != "有内容需要更正。" {
		return []string{"not an invalid record: " + err.Error()}
	}
	var list []string
	for _, f := range e.Fields {
		list = append(list, f.Field+": "+f.Message)
	}
	return list
}

// checkClean cleans x and compares the whole record; cleaning again must change nothing.
func checkClean[T any, P interface {
	*T
	Record
}](t *testing.T, x, want T) {
	t.Helper()
	for _, time := range []string{"once", "again"} {
		if P(&x).Clean(); !reflect.DeepEqual(x, want) {
			t.Errorf("Clean %s:\n got %+v\nwant %+v", time, x, want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// outside is the message for a word that is not among terms.
func outside(word string, terms Terms) string {
	return "“" + word + "”不在可选范围内；可选：" + strings.Join(terms, "、")
}

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"  甲\t乙 \n":            "甲\t乙",
		"甲\r\n乙\r丙":            "甲\n乙\n丙",
		"甲\u00ad\ufeff\u200b乙": "甲乙",
		"甲\u202e乙\u2066丙":      "甲乙丙",
		"甲\x00\x1b乙":           "甲乙",
		"甲\u00a0乙":             "甲 乙",
		"甲\xff乙":               "甲�乙",
	} {
		if got := CleanText(in); got != want {
			t.Errorf("CleanText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHalfWidth(t *testing.T) {
	if got, want := HalfWidth("Ａ１（～）　B\u00a0中"), "A1(~) B 中"; got != want {
		t.Errorf("HalfWidth = %q, want %q", got, want)
	}
}

func TestUnknownIsSaidByOrigin(t *testing.T) {
	for o, want := range map[Origin]string{OriginPublished: "未公布", OriginField: "未填", OriginImported: "未填", OriginSample: "未填"} {
		if got := o.Unknown(); got != want {
			t.Errorf("%s: unknown is %s, want %s", o, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind Kind
		want string
	}{
		{NotFound("案件", 7), KindNotFound, "没有找到案件（7）。它可能已被删除，或链接有误。"},
		{Conflict("文号%s已登记", "甲"), KindConflict, "文号甲已登记"},
		{Forbidden("不能%s", "改"), KindForbidden, "不能改"},
		{Invalid("title", "请填写%s", "名称"), KindInvalid, "有内容需要更正。 (title: 请填写名称)"},
		{Stale("案件", 3, 1), KindStale, "案件已被他人修改（您打开的是第 1 版，现在是第 3 版）。"},
		{&Error{Kind: KindInvalid, Fields: []FieldError{{"a", "甲"}, {"b", "乙"}}}, KindInvalid, "a: 甲; b: 乙"},
		{fmt.Errorf("open: %w", NotFound("附件", "x")), KindNotFound, "open: 没有找到附件（x）。它可能已被删除，或链接有误。"},
		{errors.New("disk"), KindInternal, "disk"},
	} {
		if got := KindOf(c.err); got != c.kind || c.err.Error() != c.want {
			t.Errorf("kind %d, %q; want %d, %q", got, c.err, c.kind, c.want)
		}
	}
}

func TestProblems(t *testing.T) {
	var p Problems
	if p.Merge("x.", nil); p.Err() != nil || p.Fields() != nil {
		t.Errorf("nothing was added: %v, %v", p.Err(), p.Fields())
	}
	p.Add("a", "第 %d 行", 2)
	p.Merge("herds.0.", Invalid("count", "数量不能为负数"))
	p.Merge("file.", errors.New("读不出"))
	want := []FieldError{{"a", "第 2 行"}, {"herds.0.count", "数量不能为负数"}, {"file", "读不出"}}
	if got := p.Fields(); !slices.Equal(got, want) {
		t.Errorf("Fields = %v, want %v", got, want)
	}
	if got, want := fieldsOf(p.Err()), []string{"a: 第 2 行", "herds.0.count: 数量不能为负数", "file: 读不出"}; !slices.Equal(got, want) {
		t.Errorf("Err = %q, want %q", got, want)
	}
}
