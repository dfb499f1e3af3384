package web_test

import (
	"bytes"
	"flag"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/web"
	"casebook/internal/web/draw"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var serveGallery = flag.String("gallery", "", "serve the gallery of components at this address until interrupted: go test ./internal/web -run Gallery -gallery 127.0.0.1:8090")

type galleryPage struct {
	kit.Layout
	Box, Missing view.StatuteBox
	Review       view.ReviewBox
	Timeline     []kit.TimelineItem
	List         kit.List
	Rows         []int
	Form         *kit.Form
	History      []view.HistoryEntry
}

func (galleryPage) Template() string { return "gallery" }

// The gallery shows every component once, for looking at while the style sheet changes; the test keeps it working.
func TestGallery(t *testing.T) {
	s, err := web.New(web.Options{Service: galleryService()})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/gallery.html")
	if err != nil {
		t.Fatal(err)
	}
	set, _, funcs := s.Templates()
	tmpl, err := set.Clone()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tmpl.New("gallery").Parse(string(text)); err != nil {
		t.Fatal(err)
	}
	(&checker{t: t, tmpl: tmpl, funcs: funcs, done: map[string]bool{}}).template("gallery", "gallery", reflect.TypeFor[galleryPage]())
	var b strings.Builder
	if err := tmpl.ExecuteTemplate(&b, "gallery", gallery()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"未经官方文本核对", "未公布", "逾期", "本库未收录", `aria-invalid="true"`, "第 2 行"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the gallery does not show %q", want)
		}
	}
	if *serveGallery != "" {
		mux := http.NewServeMux()
		mux.Handle("/static/", s.Handler())
		mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Security-Policy", kit.Policy)
			fmt.Fprint(w, b.String())
		})
		t.Log(http.ListenAndServe(*serveGallery, mux))
	}
}

// BenchmarkGallery draws one page of many components as html/template does and as package draw does.
func BenchmarkGallery(b *testing.B) {
	text, err := os.ReadFile("testdata/gallery.html")
	if err != nil {
		b.Fatal(err)
	}
	parsed := func() (*template.Template, template.FuncMap) {
		s, err := web.New(web.Options{Service: galleryService()})
		if err != nil {
			b.Fatal(err)
		}
		set, _, funcs := s.Templates()
		return template.Must(set.New("gallery").Parse(string(text))), funcs
	}
	byTemplate, _ := parsed()
	source, funcs := parsed()
	set, p := draw.New(source, funcs, nil, []string{"icon", "asset", "badge"}), gallery()
	p.Rows = make([]int, 50)
	for name, execute := range map[string]func(*bytes.Buffer) error{
		"html-template": func(w *bytes.Buffer) error { return byTemplate.ExecuteTemplate(w, "gallery", p) },
		"draw":          func(w *bytes.Buffer) error { return set.Execute(w, "gallery", p) },
	} {
		b.Run(name, func(b *testing.B) {
			var w bytes.Buffer
			b.ReportAllocs()
			before := userCPU()
			for b.Loop() {
				w.Reset()
				if err := execute(&w); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((userCPU()-before).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

// galleryService is a register of the default bureau that nobody has opened: the gallery asks it for its districts.
func galleryService() *casework.Service {
	return casework.New(casework.Config{DB: new(store.DB), Law: statute.Embedded(), Now: time.Now})
}

func gallery() galleryPage {
	labels := kit.Labels{"name": "养殖场名称", "district_code": "辖区", "production_since": "投产时间", "amount": "罚款", "in_tanjiang": "在潭江流域", "operator_id": "经营者", "active": "使用中", "note": "备注",
		"herds.*.species": "畜种", "herds.*.count": "数量", "herds.*.basis": "口径"}
	f := kit.FormOf(url.Values{"name": {""}, "district_code": {"440785"}, "production_since": {"2024年13月"}, "amount": {"2万"}, "herds.3.species": {"生猪"}, "herds.3.count": {"5300"},
		"herds.7.species": {"肉牛"}, "herds.7.count": {"很多"}, "in_tanjiang": {"是"}, "operator_id": {"3"}, "note": {"现场有较重臭味。"}}, labels)
	var farm registry.Farm
	f.Text("name", &farm.Name)
	f.Date("production_since", &farm.ProductionSince)
	kit.Rows(f, "herds", &farm.Herds, func(f *kit.Form, h *registry.Herd) { f.Text("species", &h.Species); f.Int("count", &h.Count) })
	if err := f.Refuse(farm.Validate()); err != nil {
		panic(err)
	}
	p := galleryPage{Layout: kit.Layout{Title: "组件", User: registry.User{ID: 1, DisplayName: "李执法", Role: registry.RoleOfficer}, Demo: true, Token: "t", Nav: []kit.NavGroup{{Label: "登记", Items: []kit.NavItem{{Href: "/", Label: "工作台", Icon: "home"}, {Href: "/cases", Label: "案件", Icon: "case", Current: true}}}},
		Flash: &kit.Flash{Tone: "ok", Text: "已保存。"}, Bottom: []kit.NavItem{{Href: "/", Label: "工作台", Icon: "home"}, {Href: "/inspections", Label: "检查", Icon: "inspection"}, {Href: "/cases", Label: "案件", Icon: "case", Current: true}, {Href: "/farms", Label: "养殖场", Icon: "farm"}, {Href: "/more", Label: "更多", Icon: "more"}}}}
	p.Box = view.StatuteBox{Label: "违反条款", Law: "中华人民共和国水污染防治法", Provision: "第三十九条", Version: "2017年修正", InForce: "2018-01-01 起施行", Holding: registry.Held,
		Text: "禁止利用渗井、渗坑、裂隙、溶洞，私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物。"}
	p.Missing = view.StatuteBox{Label: "处罚依据", Law: "广东省水污染防治条例", Provision: "第五十八条", Holding: registry.NotHeld}
	p.Review = view.ReviewBox{About: "以案说法·水污染防治法第三十九条", Severity: "轻微", Printed: "私设暗管、篡改", Official: "私设暗管，篡改", Note: "标点与官方文本不同。"}
	p.Timeline = []kit.TimelineItem{
		{Date: registry.Day(2024, 10, 8), Icon: "inspection", Kind: "现场检查", Title: "日常检查", Href: "/x", Text: "发现氧化塘满溢，废水经断裂管道外排。", Meta: []string{"恩平分局", "张三、李四"}},
		{Date: registry.Day(2024, 10, 9), Icon: "order", Kind: "责令改正", Title: "江恩环责改〔2024〕31号", Tone: "warn", Overdue: "复查逾期 3 个工作日"},
		{Date: registry.Month(2024, 11), Icon: "gavel", Kind: "行政处罚决定", Title: "江恩环罚〔2024〕12号", Tone: "accent", Meta: []string{"罚款 20,000 元"}},
		{Icon: "send", Kind: "移送行政拘留", Title: "移送公安机关", Tone: "danger"},
	}
	p.Form = f
	p.Rows = []int{1, 2, 3, 4}
	p.List = kit.List{Path: "/cases", Q: "氧化塘", Query: url.Values{"q": {"氧化塘"}, "stage": {"已立案"}, "sort": {"-found_on"}, "cursor": {"abc"}},
		Chips: []kit.Chip{{Label: "搜索", Value: "氧化塘", Remove: "/cases?stage=x"}, {Label: "阶段", Value: "已立案", Remove: "/cases?q=x"}}, Filters: []kit.FilterInput{{Name: "district_code", Label: "辖区", Options: view.DistrictOptions(&kit.Server{Service: galleryService()}, &kit.Request{})}, {Name: "stage", Label: "阶段", Value: "已立案", Options: view.MustOptions("stages")}, {Name: "from", Label: "起", Value: "2024", Date: true}}}
	p.List.Paged(4, "def", 1284, false)
	p.History = []view.HistoryEntry{{Version: 2, At: "2024-12-16 09:30", Actor: "officer", Action: "修改", Changes: []view.Change{{Label: "养殖场名称", Old: "某场", New: "恩平市某某镇生猪养殖场"}, {Label: "罚款", New: "20,000 元"}}}, {Version: 1, At: "2024-12-15 17:02", Actor: "officer", Action: "新建"}}
	return p
}
