package web

import (
	"flag"
	"fmt"
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
)

var serveGallery = flag.String("gallery", "", "serve the gallery of components at this address until interrupted: go test ./internal/web -run Gallery -gallery 127.0.0.1:8090")

type galleryPage struct {
	Layout
	Box, Missing StatuteBox
	Review       ReviewBox
	Timeline     []TimelineItem
	List         List
	Rows         []int
	Form         *Form
	History      []HistoryEntry
}

func (galleryPage) Template() string { return "gallery" }

// The gallery shows every component once, for looking at while the style sheet changes; the test keeps it working.
func TestGallery(t *testing.T) {
	service := casework.New(casework.Config{DB: new(store.DB), Law: statute.Embedded(), Now: time.Now}) // for the default's districts: no record is read
	s, err := New(Options{Service: service})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/gallery.html")
	if err != nil {
		t.Fatal(err)
	}
	v, err := parseViews(s.funcs())
	if err != nil {
		t.Fatal(err)
	}
	tmpl, err := v.pages["home"].Clone()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tmpl.New("gallery").Parse(string(text)); err != nil {
		t.Fatal(err)
	}
	v.pages["gallery"] = tmpl
	(&checker{t: t, tmpl: tmpl, funcs: s.funcs(), done: map[string]bool{}}).template("gallery", "gallery", reflect.TypeFor[galleryPage]())
	b, err := v.render(gallery(s))
	if err != nil {
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
			w.Header().Set("Content-Security-Policy", policy)
			fmt.Fprint(w, b.String())
		})
		t.Log(http.ListenAndServe(*serveGallery, mux))
	}
}

func gallery(s *Server) galleryPage {
	labels := Labels{"name": "养殖场名称", "district_code": "辖区", "production_since": "投产时间", "amount": "罚款", "in_tanjiang": "在潭江流域", "operator_id": "经营者", "active": "使用中", "note": "备注",
		"herds.*.species": "畜种", "herds.*.count": "数量", "herds.*.basis": "口径"}
	f := formOf(url.Values{"name": {""}, "district_code": {"440785"}, "production_since": {"2024年13月"}, "amount": {"2万"}, "herds.3.species": {"生猪"}, "herds.3.count": {"5300"},
		"herds.7.species": {"肉牛"}, "herds.7.count": {"很多"}, "in_tanjiang": {"是"}, "operator_id": {"3"}, "note": {"现场有较重臭味。"}}, labels)
	var farm registry.Farm
	f.text("name", &farm.Name)
	f.date("production_since", &farm.ProductionSince)
	rows(f, "herds", &farm.Herds, func(f *Form, h *registry.Herd) { f.text("species", &h.Species); f.int("count", &h.Count) })
	if err := f.refuse(farm.Validate()); err != nil {
		panic(err)
	}
	p := galleryPage{Layout: Layout{Title: "组件", User: registry.User{ID: 1, DisplayName: "李执法", Role: registry.RoleOfficer}, Demo: true, Token: "t", Nav: navigation,
		Flash: &Flash{"ok", "已保存。"}, Bottom: []navItem{{Href: "/", Label: "工作台", Icon: "home"}, {Href: "/inspections", Label: "检查", Icon: "inspection"}, {Href: "/cases", Label: "案件", Icon: "case", Current: true}, {Href: "/farms", Label: "养殖场", Icon: "farm"}, {Href: "/more", Label: "更多", Icon: "more"}}}}
	p.Nav[0].Items[2].Current = true
	p.Box = StatuteBox{Label: "违反条款", Law: "中华人民共和国水污染防治法", Provision: "第三十九条", Version: "2017年修正", InForce: "2018-01-01 起施行", Holding: registry.Held,
		Text: "禁止利用渗井、渗坑、裂隙、溶洞，私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物。"}
	p.Missing = StatuteBox{Label: "处罚依据", Law: "广东省水污染防治条例", Provision: "第五十八条", Holding: registry.NotHeld}
	p.Review = ReviewBox{About: "以案说法·水污染防治法第三十九条", Severity: "轻微", Printed: "私设暗管、篡改", Official: "私设暗管，篡改", Note: "标点与官方文本不同。"}
	p.Timeline = []TimelineItem{
		{Date: registry.Day(2024, 10, 8), Icon: "inspection", Kind: "现场检查", Title: "日常检查", Href: "/x", Text: "发现氧化塘满溢，废水经断裂管道外排。", Meta: []string{"恩平分局", "张三、李四"}},
		{Date: registry.Day(2024, 10, 9), Icon: "order", Kind: "责令改正", Title: "江恩环责改〔2024〕31号", Tone: "warn", Overdue: "复查逾期 3 个工作日"},
		{Date: registry.Month(2024, 11), Icon: "gavel", Kind: "行政处罚决定", Title: "江恩环罚〔2024〕12号", Tone: "accent", Meta: []string{"罚款 20,000 元"}},
		{Icon: "send", Kind: "移送行政拘留", Title: "移送公安机关", Tone: "danger"},
	}
	p.Form = f
	p.Rows = []int{1, 2, 3, 4}
	p.List = List{Path: "/cases", Q: "氧化塘", query: url.Values{"q": {"氧化塘"}, "stage": {"已立案"}, "sort": {"-found_on"}, "cursor": {"abc"}},
		Chips: []Chip{{"搜索", "氧化塘", "/cases?stage=x"}, {"阶段", "已立案", "/cases?q=x"}}, Filters: []FilterInput{{"district", "辖区", "", []Option{{"440785", "恩平市"}}, false}, {"stage", "阶段", "已立案", mustOptions("stages"), false}, {"from", "起", "2024", nil, true}}}
	p.List.paged(4, "def", 1284, false)
	p.History = []HistoryEntry{{Version: 2, At: "2024-12-16 09:30", Actor: "officer", Action: "修改", Changes: []Change{{Label: "养殖场名称", Old: "某场", New: "恩平市某某镇生猪养殖场"}, {Label: "罚款", New: "20,000 元"}}}, {Version: 1, At: "2024-12-15 17:02", Actor: "officer", Action: "新建"}}
	return p
}
