package api

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// listParams are what each list takes in its address, beside cursor, limit and sort; a list that is not named takes nothing. The words are
// those that a filter may have; nil: any, or asked elsewhere.
var listParams = map[string]map[string]registry.Terms{
	"/api/v1/farms":       {"q": nil, "district_code": nil, "species": registry.Species, "origin": registry.Origins, "zone": registry.ZoneRelations, "idle": nil, "include_voided": nil},
	"/api/v1/parties":     {"q": nil, "repeated": nil, "district_code": nil, "include_voided": nil},
	"/api/v1/inspections": {"q": nil, "district_code": nil, "kind": nil, "result": nil, "state": nil, "origin": nil, "farm_id": nil, "cased": {"1"}, "monthly": {"1"}, "from": nil, "to": nil, "include_voided": nil},
	"/api/v1/cases": {"q": nil, "district_code": nil, "stage": nil, "origin": nil, "type_code": nil, "farm_id": nil, "party_id": nil, "campaign_id": nil,
		"no_sample": {"1"}, "on_the_way": {"1"}, "date": nil, "counted": nil, "undated": {"1"}, "line": nil, "from": nil, "to": nil, "include_voided": nil},
	"/api/v1/bulletins":  {"state": {string(registry.BulletinDraft), string(registry.BulletinSubmitted), string(registry.BulletinApproved), string(registry.BulletinWithdrawn)}},
	"/api/v1/statistics": {"from": nil, "to": nil, "date": {"found", "filed", "decided", "paid", "closed"}, "district_code": nil, "as_of": nil, "group": nil},
	// the children of a record, in its order
	"/api/v1/inspections/:id/samples": {}, "/api/v1/inspections/:id/evidence": {}, "/api/v1/cases/:id/violations": {}, "/api/v1/cases/:id/documents": {},
	"/api/v1/cases/:id/penalties": {}, "/api/v1/cases/:id/payments": {}, "/api/v1/cases/:id/evidence": {},
	"/api/v1/cases/:id/interrogations": {}, "/api/v1/inspections/:id/interrogations": {},
}

// refuseQuery names what the address of a list has and the list does not take: a filter that is ignored would be taken for one that holds.
func refuseQuery(r *kit.Request) error {
	known, paged := listParams[r.Path()]
	var p registry.Problems
	query := r.QueryParams()
	for _, name := range slices.Sorted(maps.Keys(query)) {
		words, ok := known[name]
		if paged && r.Path() != "/api/v1/statistics" && (name == "cursor" || name == "limit" || name == "sort") {
			ok = true
		}
		v := query.Get(name)
		switch {
		case !ok:
			p.Add(name, "没有 %s 这个参数", name)
		case len(query[name]) > 1:
			p.Add(name, "%s 写了 %d 次，请只写一次", name, len(query[name]))
		case v == "":
		case words != nil && !words.Has(v):
			p.Add(name, "没有“%s”；可以是：%s", kit.Clip(v), strings.Join(words, "、"))
		case strings.HasSuffix(name, "_id"):
			if n, err := strconv.ParseInt(v, 10, 64); err != nil || n <= 0 {
				p.Add(name, "“%s”不是编号", kit.Clip(v))
			}
		case name == "district_code":
			if _, ok := r.Server.Service.Bureau().District(v); !ok {
				p.Add(name, "没有代码为 %s 的辖区", kit.Clip(v))
			}
		}
	}
	return p.Err()
}
