package casework

import (
	"reflect"
	"testing"

	"casebook/internal/registry"
)

// The path of a case taken from a published text keeps its names, which came from there, behind the same mask as its words.
func TestPublicPathOfAPublishedCase(t *testing.T) {
	f := &registry.CaseFile{Case: registry.Case{Origin: registry.OriginPublished}, Farm: &registry.Farm{Town: "大槐镇", PublicName: "恩平某畜牧有限公司"},
		Inspections: []registry.Inspection{{}, {Path: registry.DischargePath{ReceivingWater: "大槐镇溪流", Nodes: []registry.PathNode{
			{Kind: "产生源", Name: "养殖废水"}, {Kind: "溢流口", Name: "溢流口", Place: "大槐镇东南角", State: "正在外流", After: []int{1}}}}}}}
	secrets := registry.DefaultBureau().SecretsOf(f)
	want := registry.DischargePath{ReceivingWater: "某溪流", Nodes: []registry.PathNode{
		{Kind: "产生源", Name: "养殖废水"}, {Kind: "溢流口", Name: "溢流口", Place: "", State: "正在外流", After: []int{1}}}}
	if got := publicPath(f, secrets.Masker()); !reflect.DeepEqual(got, want) {
		t.Errorf("publicPath = %+v, want %+v", got, want)
	}
	f.Case.Origin = registry.OriginField
	want = registry.DischargePath{Nodes: []registry.PathNode{{Kind: "产生源", Name: "产生源"}, {Kind: "溢流口", Name: "溢流口", State: "外流", After: []int{1}}}}
	if got := publicPath(f, secrets.Masker()); !reflect.DeepEqual(got, want) {
		t.Errorf("publicPath of an own case = %+v, want %+v", got, want)
	}
	f.Inspections[1].Path.Nodes = f.Inspections[1].Path.Nodes[:1]
	if got := publicPath(f, secrets.Masker()); len(got.Nodes) > 0 {
		t.Errorf("one place is no path: %+v", got)
	}
}
