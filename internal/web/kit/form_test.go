package kit

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// sheet is a record with a field of every sort.
type sheet struct {
	registry.Meta
	Name   string
	Origin registry.Origin
	On     registry.Date
	Fine   *registry.Money
	Paid   registry.Money
	Barns  *int64
	Year   int64
	Area   *float64
	Active bool
	FarmID registry.FarmID
	Kinds  []string
	Words  []string
	Herds  []registry.Herd
	Paths  []sheetPath
}

type sheetPath struct {
	Name  string
	Herds []registry.Herd // rows inside rows
}

func sheetHerd(f *Form, h *registry.Herd) {
	f.Text("species", &h.Species)
	f.Int("count", &h.Count)
	f.Date("as_of", &h.AsOf)
}

func sheetFields(f *Form, x *sheet) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	Word(f, "origin", &x.Origin)
	f.Date("on", &x.On)
	f.Money("fine", &x.Fine)
	f.MoneyValue("paid", &x.Paid)
	f.Int("barns", &x.Barns)
	f.IntValue("year", &x.Year)
	f.Float("area", &x.Area)
	f.Bool("active", &x.Active)
	Ref(f, "farm_id", &x.FarmID)
	f.Words("kinds", &x.Kinds)
	f.Lines("words", &x.Words)
	Rows(f, "herds", &x.Herds, sheetHerd)
	Rows(f, "paths", &x.Paths, func(f *Form, p *sheetPath) {
		f.Text("name", &p.Name)
		Rows(f, "herds", &p.Herds, sheetHerd)
	})
}

func emptyForm() *Form { return &Form{Values: url.Values{}, Counts: map[string]int{}, Filling: true} }

// What a form is filled with is what it reads back.
func TestFormRoundTrip(t *testing.T) {
	count, fine, area := int64(5300), registry.Yuan(20000)+50, 6.67
	want := sheet{Meta: registry.Meta{Version: 3, ClientUID: "u"}, Name: "某场", Origin: registry.OriginField, On: registry.Month(2024, 10), Fine: &fine, Paid: registry.Yuan(5), Barns: &count,
		Year: 2024, Area: &area, Active: true, FarmID: 7, Kinds: []string{"罚款", "警告"}, Words: []string{"已整改", "未整改"}, Herds: []registry.Herd{{Species: "生猪", Count: &count}, {Species: "肉牛", AsOf: registry.Year(2023)}},
		Paths: []sheetPath{{Name: "东", Herds: []registry.Herd{{Species: "鸭"}}}, {Name: "西"}}}
	filled := emptyForm()
	sheetFields(filled, &want)
	read := FormOf(filled.Values, nil)
	read.Version, read.ClientUID = filled.Version, filled.ClientUID
	var got sheet
	sheetFields(read, &got)
	if !read.OK() || !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v, %v\nwant %+v", got, read.Errors, want)
	}
	if !reflect.DeepEqual(read.Values, filled.Values) {
		t.Errorf("values %v\nwant %v", read.Values, filled.Values)
	}
}

// What cannot be read is kept as typed, with the reason beside it; the rest is read.
func TestFormKeepsWhatWasTyped(t *testing.T) {
	f := FormOf(url.Values{"name": {" 某场 "}, "on": {"2024年13月"}, "fine": {"-5"}, "barns": {"约十"}, "area": {"NaN"}, "farm_id": {"x"}, "year": {"２０２４"}, "paid": {"1.5万"},
		"words": {" 已整改 \r\n\r\n未整改\r\n"}}, nil)
	var x sheet
	sheetFields(f, &x)
	if x.Name != "某场" || x.Year != 2024 || x.Paid != registry.Yuan(15000) || !slices.Equal(x.Words, []string{"已整改", "未整改"}) {
		t.Errorf("read %+v", x)
	}
	for field, typed := range map[string]string{"on": "2024年13月", "fine": "-5", "barns": "约十", "area": "NaN", "farm_id": "x"} {
		if f.Problem(field) == "" || f.Value(field) != typed {
			t.Errorf("%s: problem %q, shown %q, want a problem and %q", field, f.Problem(field), f.Value(field), typed)
		}
	}
	if f.Problem("name")+f.Problem("year")+f.Problem("paid") != "" || f.OK() {
		t.Errorf("problems %v", f.Errors)
	}
}

func TestFormRows(t *testing.T) {
	tests := []struct {
		name  string
		typed url.Values
		want  []string // species, by row
	}{
		{"none", url.Values{}, nil},
		{"blank rows are dropped", url.Values{"herds.0.species": {" "}, "herds.0.count": {""}, "herds.1.species": {"羊"}}, []string{"羊"}},
		{"gaps are closed, in order of number", url.Values{"herds.10.species": {"丙"}, "herds.2.species": {"乙"}, "herds.0.species": {"甲"}}, []string{"甲", "乙", "丙"}},
		{"no numbers", url.Values{"herds.x.species": {"甲"}, "herds.species": {"乙"}, "herds..species": {"丙"}, "herds.-1.species": {"丁"}, "herds.9999999999.species": {"戊"}}, nil},
		{"half a row counts", url.Values{"herds.4.count": {"5"}}, []string{""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := FormOf(test.typed, nil)
			var x sheet
			sheetFields(f, &x)
			var got []string
			for i, h := range x.Herds {
				got = append(got, h.Species)
				if shown := f.Value(fmt.Sprintf("herds.%d.species", i)); shown != h.Species {
					t.Errorf("row %d shows %q, want %q", i, shown, h.Species)
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("rows %q, want %q", got, test.want)
			}
			if names := f.RowNames("herds"); len(names) != len(test.want)+1 {
				t.Errorf("row names %v, want one blank row after %d", names, len(test.want))
			}
		})
	}
	t.Run("the button for more rows saves nothing", func(t *testing.T) {
		f := FormOf(url.Values{"_add": {"herds"}, "herds.0.species": {"羊"}}, nil)
		var x sheet
		sheetFields(f, &x)
		if f.OK() || len(f.RowNames("herds")) != 4 {
			t.Errorf("ok %v, rows %v", f.OK(), f.RowNames("herds"))
		}
	})
	t.Run("many", func(t *testing.T) {
		typed := url.Values{}
		for i := range 3000 {
			typed.Set(fmt.Sprintf("herds.%d.species", i), "羊")
		}
		var x sheet
		sheetFields(FormOf(typed, nil), &x)
		if len(x.Herds) != maxRows {
			t.Errorf("%d rows, want %d", len(x.Herds), maxRows)
		}
	})
}

func TestFormRefuse(t *testing.T) {
	labels := Labels{"herds": "畜禽数量", "herds.*.count": "数量", "name": "养殖场名称"}
	f := FormOf(url.Values{"name": {"x"}}, labels)
	var p registry.Problems
	p.Add("herds.1.count", "不能为负")
	p.Add("name", "太短")
	if err := f.Refuse(p.Err()); err != nil {
		t.Fatal(err)
	}
	want := []FormProblem{{"#f-herds-1-count", "数量（第 2 行）", "不能为负"}, {"#f-name", "养殖场名称", "太短"}}
	if got := f.Problems(); !reflect.DeepEqual(got, want) || f.Status != 422 {
		t.Errorf("status %d, problems %+v, want %+v", f.Status, got, want)
	}
	if err := f.Refuse(registry.Conflict("已结案")); err != nil || f.Status != 409 || f.Message != "已结案" {
		t.Errorf("conflict: %v, status %d, message %q", err, f.Status, f.Message)
	}
	if err := f.Refuse(registry.Forbidden("由开平分局办理")); err != nil || f.Status != 403 || f.Message != "由开平分局办理" {
		t.Errorf("another branch's: %v, status %d, message %q", err, f.Status, f.Message)
	}
	for _, err := range []error{registry.NotFound("场", 1), registry.Stale("场", 2, 1), fmt.Errorf("disk")} {
		if got := f.Refuse(err); !errors.Is(got, err) {
			t.Errorf("the form swallowed %v", err)
		}
	}
}

func TestMergeRows(t *testing.T) {
	fill := func(name, note string, herds ...string) *Form {
		x := sheet{Name: name, Origin: registry.Origin(note)}
		for _, h := range herds {
			x.Herds = append(x.Herds, registry.Herd{Species: h})
		}
		f := emptyForm()
		f.Labels = Labels{"name": "名称", "origin": "来源", "herds": "畜禽数量"}
		sheetFields(f, &x)
		return f
	}
	// I changed the name and the herds; they changed the herds and the origin.
	got := map[string]string{}
	for _, r := range mergeRows(fill("乙", "旧", "猪", "牛"), fill("甲", "新", "羊"), fill("甲", "旧", "猪"), plain) {
		if r.Label == "" {
			continue // the same on all sides
		}
		got[r.Key] = fmt.Sprintf("%v %v %q %q %q", r.Choose, r.TakeMine, r.Mine, r.Theirs, r.Base)
	}
	want := map[string]string{"name": `false true "乙" "甲" "甲"`, "origin": `false false "旧" "新" "旧"`, "herds": `true true "猪\n牛" "羊" "猪"`}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("rows %v\nwant %v", got, want)
	}
	picked := FormOf(url.Values{"_pick.herds": {"now"}, "_mine.herds.0.species": {"猪"}, "_mine.herds.1.species": {"牛"}, "_now.herds.0.species": {"羊"}, "_pick.name": {"mine"}, "_mine.name": {"乙"}, "_now.name": {"甲"}, "year": {"2024"},
		"_mine.note": {"没选"}, "_now.note": {"现在"}}, nil)
	if want := (url.Values{"note": {"现在"}, "herds.0.species": {"羊"}, "name": {"乙"}, "year": {"2024"}}); !reflect.DeepEqual(picked.Values, want) {
		t.Errorf("picked %v, want %v", picked.Values, want)
	}
}

// Whatever is sent, reading a form neither panics nor loses a value of a row that it keeps.
func FuzzFormRows(f *testing.F) {
	for _, seed := range []string{"herds.0.species=a&herds.0.count=1", "herds.3.count=x&herds.1.species=", "herds.0.herds.0.x=1", "_add=herds", "paths.0.herds.1.species=b&paths.5.name=c",
		"_pick.herds=now&_now.herds.0.species=a", "herds.00.species=a&herds.0.species=b", "herds.0.=1&herds..0=2", "version=-1&client_uid=%00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		values, err := url.ParseQuery(body)
		if err != nil {
			return
		}
		form := FormOf(values, nil)
		var x sheet
		sheetFields(form, &x)
		for i, h := range x.Herds {
			if got := strings.TrimSpace(form.Value(fmt.Sprintf("herds.%d.species", i))); got != h.Species {
				t.Errorf("row %d shows %q and was read as %q", i, got, h.Species)
			}
		}
		if len(form.RowNames("herds")) < len(x.Herds) {
			t.Errorf("%d rows shown of %d", len(form.RowNames("herds")), len(x.Herds))
		}
		for _, name := range form.RowNames("herds") {
			if _, err := field(form, name+".species"); err != nil {
				t.Error(err)
			}
		}
		form.Problems()
		mergeRows(form, form, nil, plain)
	})
}
