package cite

import (
	"testing"

	"casebook/internal/registry"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		in, law string
		want    registry.Provision
	}{
		{"水污染防治法第八十三条第（三）项", "水污染防治法", registry.Provision{Article: 83, Item: 3}},
		{"《⽔污染\u200b防治法》第⼋⼗三条第﹙三﹚项", "水污染防治法", registry.Provision{Article: 83, Item: 3}},
		{"《水污染防治法》第83条", "水污染防治法", registry.Provision{Article: 83}},
		{"刑法第一百二十条之一第二款第(三)项第1目", "刑法", registry.Provision{Article: 120, Sub: 1, Paragraph: 2, Item: 3, Subitem: 1}},
	} {
		if law, p, err := Parse(tt.in); err != nil || law != tt.law || p != tt.want {
			t.Errorf("Parse(%s) = %s, %+v, %v, want %s, %+v", tt.in, law, p, err, tt.law, tt.want)
		}
	}
	for in, want := range map[string]string{
		"":          "看不懂条款“”",
		"第三十九条":     "看不懂条款“第三十九条”",
		"水法第三十九条规定": "看不懂条款“水法第三十九条规定”",
		"水法第十十条":    "“水法第十十条”：看不懂序号“十十”",
	} {
		if _, _, err := Parse(in); err == nil || err.Error() != want {
			t.Errorf("Parse(%s): %v, want %s", in, err, want)
		}
	}
}

func TestFormal(t *testing.T) {
	p := registry.Provision{Article: 120, Sub: 1, Paragraph: 2}
	if got := Formal("刑法", p); got != "《刑法》第一百二十条之一第二款" {
		t.Error(got)
	}
	if got := Formal("", p); got != "第一百二十条之一第二款" {
		t.Errorf("of no law: %s", got)
	}
}

func TestLooseNumerals(t *testing.T) {
	for in, want := range map[string]int{"廿三": 23, "卅": 30, "一百十七": 117, "一百○七": 107, "三十九": 39} {
		if got, ok := unitNumeral([]rune(in), true); !ok || got != want {
			t.Errorf("unitNumeral(%s, loose) = %d, %v, want %d", in, got, ok, want)
		}
		if _, ok := unitNumeral([]rune(in), false); ok != (in == "三十九") {
			t.Errorf("unitNumeral(%s, strict) is %v", in, ok)
		}
	}
}
