package demo

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
)

// Findings are put together from sentences with many choices, so that full-text search meets words as spread as in real records:
// two to three hundred characters each, facts only.

var (
	streams = []string{"无名小溪", "村前排洪渠", "农田灌渠", "示例河支流", "示例涌", "鱼塘外围沟", "山坑水", "示例水库引渠", "旧河道", "公路边沟"}
	sides   = []string{"东侧", "西侧", "南侧", "北侧", "东南角", "西南角", "东北角", "西北角"}
	colours = []string{"黑褐色", "灰黑色", "黄褐色", "灰绿色", "深褐色", "浑浊泛白"}
	pipes   = []string{"白色塑胶管", "黑色波纹管", "蓝色消防软管", "水泥管", "镀锌铁管", "PVC管", "陶土管", "红砖暗渠"}
	weather = []string{"晴", "多云", "小雨", "阴", "雨后"}
	ponds   = []string{"沉淀池", "收集池", "氧化塘", "贮存池", "隔渣池", "沼液池", "应急池", "发酵池", "旧鱼塘"}
	states  = []string{"已满溢", "池壁开裂", "没有防渗", "长满水浮莲", "堆满干粪", "只剩一半容积", "进水阀损坏", "液位高出警戒线"}
	smells  = []string{"现场臭味明显", "下风向可闻到氨味", "苍蝇较多", "沟底有黑泥", "岸坡植物发黄", "水面浮有泡沫", "沟内可见粪渣"}
	reasons = []string{"因水泵损坏未修", "为节省电费", "因连日降雨", "工人操作失误", "因消纳土地已退租", "称设备待更换配件", "称周边村民要用肥水", "因节后人手不足"}
	dues    = []string{"三天", "一周", "半个月", "约二十天", "一个多月", "自上次清塘以来", "近两个月"}
	machine = []string{"固液分离机", "曝气风机", "潜水泵", "刮粪机", "喷淋除臭装置", "回流泵", "加药机", "发酵翻抛机"}
	acts    = []string{"清洗栏舍", "转栏", "出栏装车", "喂料", "清理粪沟", "消毒"}
	papers  = []string{"环境管理台账", "粪污消纳协议", "设施运行记录", "排污登记回执", "监测报告", "病死畜禽处理记录"}
	gaps    = []string{"未能出示", "只有上半年的", "缺少签字", "与现场不符", "存放在另一处，次日补交", "当场提供"}
)

func (g *generator) opening(p *place) string {
	heads := *p.farm.Herds[0].Count
	return fmt.Sprintf("检查时天气%s，该场正在%s，有栏舍%d栋，存栏%s%d%s，采用%s工艺，冲栏用水取自%s。",
		pick(g, weather), pick(g, acts), *p.farm.Barns, p.farm.Herds[0].Species, heads, p.unit, p.farm.ManureMode, pick(g, []string{"自备水井", "山泉水", "自来水", "水库"}))
}

func (g *generator) findings(p *place, c *chosen) string {
	var b strings.Builder
	b.WriteString(g.opening(p))
	fmt.Fprintf(&b, "场%s的%s%s，%s从%s处的%s流出，", pick(g, sides), pick(g, ponds), pick(g, states), pick(g, colours)+"废水", pick(g, sides), pick(g, pipes))
	fmt.Fprintf(&b, "经约%d米长的土沟进入%s，目测流量约每小时%d立方米。", g.between(5, 600), p.farm.ReceivingWater, g.between(1, 20))
	for _, i := range g.Perm(4)[:g.between(2, 4)] {
		switch i {
		case 0:
			fmt.Fprintf(&b, "%s%s停用%s，现场负责人说明%s。", pick(g, sides), pick(g, machine), pick(g, dues), pick(g, reasons))
		case 1:
			b.WriteString(pick(g, smells) + "，" + pick(g, smells) + "。")
		case 2:
			fmt.Fprintf(&b, "%s%s。", pick(g, papers), pick(g, gaps))
		case 3:
			fmt.Fprintf(&b, "距最近民居约%d米，距%s约%d米。", g.between(50, 2000), pick(g, streams), g.between(10, 900))
		}
	}
	fmt.Fprintf(&b, "现场情况涉及%s，检查人员拍照%d张并录像，制作了平面示意图。", c.label, g.between(4, 30))
	return b.String()
}

func (g *generator) cleanFindings(p *place) string {
	return g.opening(p) + fmt.Sprintf("%s、%s运行正常，%s当场提供，%s未见废水外排，场界无明显臭味，未发现违法行为。",
		pick(g, ponds), pick(g, machine), pick(g, papers), pick(g, streams))
}

func (g *generator) facts(p *place, c *chosen) string {
	return fmt.Sprintf("%s存栏%s%d%s，%s，%s，涉及%s。", p.farm.PublicName, p.farm.Herds[0].Species, *p.farm.Herds[0].Count, p.unit, pick(g, reasons), pick(g, smells), c.label)
}

func (g *generator) path(p *place) registry.DischargePath {
	return registry.DischargePath{ReceivingWater: p.farm.ReceivingWater, Nodes: []registry.PathNode{
		{Kind: "产生源", Name: "栏舍冲洗废水"},
		{Kind: pick(g, []string{"沉淀池", "收集池", "隔渣池"}), Name: pick(g, ponds), Lining: pick(g, []string{"有防渗", "无防渗", ""}), State: pick(g, states)},
		{Kind: "管道", Name: pick(g, pipes), State: pick(g, []string{"断裂", "正在排放", "私接", ""})},
		{Kind: "土壤", Name: "沟渠边坡", After: []int{2}},
		{Kind: "水体", Name: p.farm.ReceivingWater, After: []int{3}},
	}}
}
