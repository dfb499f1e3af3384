package registry

import "testing"

func TestMaskedName(t *testing.T) {
	for _, tc := range []struct {
		masked, name string
		want         bool
	}{
		{"恩平某畜牧有限公司", "恩平绿源畜牧有限公司", true},
		{"恩平某畜牧有限公司", "恩平市某畜牧有限公司", true},
		{"恩平某某畜牧有限公司", "恩平源畜牧有限公司", true},
		{"恩平某畜牧有限公司", "恩平畜牧有限公司", false},
		{"恩平某畜牧有限公司", "台山绿源畜牧有限公司", false},
		{"恩平某畜牧有限公司", "恩平绿源畜牧有限公司沙湖分公司", false},
		{"恩平某养殖某公司", "恩平甲养殖乙公司", true},
		{"恩平某养殖某公司", "恩平甲养殖公司", false},
		{"李某", "李四", true},
		{"李某", "李", false},
		{"绿源畜牧有限公司", "绿源畜牧有限公司", false}, // nothing is masked
		{"某", "", false},
	} {
		if got := MaskedName(tc.masked, tc.name); got != tc.want {
			t.Errorf("MaskedName(%s, %s) = %t, want %t", tc.masked, tc.name, got, tc.want)
		}
	}
}

func TestNameKey(t *testing.T) {
	for _, name := range []string{"江门市ABC养殖（普通合伙）", "江门市ＡＢＣ养殖(普通合伙)", " 江门市 abc养殖〔普通合伙〕 ", "江门市abc养殖普通·合伙"} {
		if got := NameKey(name); got != "江门市abc养殖普通合伙" {
			t.Errorf("NameKey(%q) = %q", name, got)
		}
	}
	if NameKey("甲公司") == NameKey("乙公司") {
		t.Error("two names have one key")
	}
}

func TestPartyMergeValidate(t *testing.T) {
	for _, tc := range []struct {
		x    PartyMerge
		want string
	}{
		{PartyMerge{PartyID: 1, IntoID: 2, Merging: Merging{Reason: "同一家"}}, ""},
		{PartyMerge{PartyID: 1, IntoID: 1, Merging: Merging{Reason: "同一家"}}, "into_id"},
		{PartyMerge{PartyID: 1, Merging: Merging{Reason: "同一家"}}, "into_id"},
		{PartyMerge{PartyID: 1, IntoID: 2, Merging: Merging{Reason: " "}}, "reason"},
	} {
		tc.x.Clean()
		got := ""
		if err := tc.x.Validate(); err != nil {
			got = firstField(err)
		}
		if got != tc.want {
			t.Errorf("%+v: %q, want %q", tc.x, got, tc.want)
		}
	}
}
