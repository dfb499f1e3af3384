package webtest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/registry"
)

// Demo starts the product with the sample cases.
func Demo(t testing.TB, opts ...Option) *App {
	t.Helper()
	a := New(t, opts...)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	return a
}

// CaseFixture is a farm with its operator and one inspection that found something.
type CaseFixture struct {
	*App
	Officer    *Client
	Farm       registry.Farm
	Party      registry.Party
	Inspection registry.Inspection
}

func NewCaseFixture(t testing.TB, opts ...Option) *CaseFixture {
	t.Helper()
	f := &CaseFixture{App: New(t, opts...)}
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	f.Party = registry.Party{Name: "恩平某畜牧有限公司", Kind: "公司"}
	if _, err := f.Service.AddParty(ctx, actor, &f.Party); err != nil {
		t.Fatal(err)
	}
	f.Farm = registry.Farm{Name: "某畜牧养殖场", DistrictCode: "440785", OperatorID: f.Party.ID}
	if _, err := f.Service.AddFarm(ctx, actor, &f.Farm); err != nil {
		t.Fatal(err)
	}
	f.Inspection = registry.Inspection{FarmID: f.Farm.ID, PartyID: f.Party.ID, Kind: "日常检查", Origin: registry.OriginField, StartedOn: registry.Day(2024, 10, 15),
		Findings: "废水经无防渗鱼塘排入外环境", Result: registry.ViolationFound}
	if _, err := f.Service.AddInspection(ctx, actor, &f.Inspection); err != nil {
		t.Fatal(err)
	}
	f.Officer = f.As(registry.RoleOfficer)
	return f
}

// Open registers a case from the inspection and returns its address.
func (f *CaseFixture) Open() string {
	f.T.Helper()
	p := f.Officer.Get(fmt.Sprintf("/cases/new?inspection_id=%d", f.Inspection.ID)).Want(http.StatusOK, "某畜牧养殖场环境违法案").Check()
	p = p.Submit("/cases").Want(http.StatusSeeOther)
	return p.Header.Get("Location")
}

// Violate adds a violation of a type with what the form offers.
func (f *CaseFixture) Violate(at, code string, fields ...string) *Page {
	f.T.Helper()
	return f.Officer.Get(at+"/violations/new?type_code="+code).Want(http.StatusOK).Check().Submit(at+"/violations", fields...)
}

// JPEG is a picture of that size.
func JPEG(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
