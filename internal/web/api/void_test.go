package api_test

import (
	"net/http"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func TestVoidByInterface(t *testing.T) {
	a, clients := apiRegister(t)
	c := clients[registry.RoleOfficer]
	at := c.JSON("POST", "/api/v1/farms", `{"name":"误登场","district_code":"440781"}`).Want(http.StatusCreated).Header.Get("Location")
	c.JSON("POST", at+"/void", `{"reason":"误登"}`).Want(http.StatusPreconditionRequired)
	wantFields(t, c.JSON("POST", at+"/void", `{"reason":" "}`, "If-Match", `"1"`), "reason")
	wantFields(t, c.JSON("POST", at+"/void", `{"why":"误登"}`, "If-Match", `"1"`), "why")
	wantFields(t, c.JSON("PATCH", at, `{"voided":{"reason":"x"}}`, "If-Match", `"1"`), "voided")
	a.As(registry.RolePublisher).JSON("POST", at+"/void", `{"reason":"误登"}`, "If-Match", `"1"`).Want(http.StatusForbidden)
	made := object(t, c.JSON("POST", at+"/void", `{"reason":"误登"}`, "If-Match", `"1"`).Want(http.StatusOK))
	if v, _ := made["voided"].(map[string]any); v["reason"] != "误登" || v["by"] != "officer" || v["at"] == nil || made["version"] != 2.0 {
		t.Errorf("voided: %v, version %v", made["voided"], made["version"])
	}
	c.JSON("POST", at+"/void", `{"reason":"误登"}`, "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
	c.JSON("POST", at+"/void", `{"reason":"误登"}`, "If-Match", `"2"`).Want(http.StatusConflict)
	c.JSON("PATCH", at, `{"town":"x"}`, "If-Match", `"2"`).Want(http.StatusConflict)
	for query, listed := range map[string]bool{"": false, "?include_voided=true": true, "?include_voided=false": false, "?q=误登": false, "?q=误登&include_voided=true": true} {
		if got := strings.Contains(c.JSON("GET", "/api/v1/farms"+query, "").Want(http.StatusOK).Body, "误登场"); got != listed {
			t.Errorf("farms%s: listed %v, want %v", query, got, listed)
		}
	}
	wantFields(t, c.JSON("GET", "/api/v1/farms?include_voided=x", ""), "include_voided")
	back := object(t, c.JSON("POST", at+"/unvoid", `{"reason":"有误"}`, "If-Match", `"2"`).Want(http.StatusOK))
	if back["voided"] != nil || back["unvoid_reason"] != "有误" {
		t.Errorf("restored: %v, %v", back["voided"], back["unvoid_reason"])
	}
	// What rests on a record is named with its ids.
	refused := object(t, c.JSON("POST", "/api/v1/farms/1/void", `{"reason":"误登"}`, "If-Match", `"1"`).Want(http.StatusConflict))
	if list, _ := refused["references"].([]any); len(list) == 0 || list[0].(map[string]any)["noun"] == "" || list[0].(map[string]any)["id"] == nil {
		t.Errorf("references of the refusal: %v", refused["references"])
	}
}

// The children of a record come page by page, each once.
func TestChildrenArePaged(t *testing.T) {
	_, clients := apiRegister(t)
	c := clients[registry.RoleOfficer]
	for range 5 {
		c.JSON("POST", "/api/v1/cases/1/documents", `{"kind":"其他"}`).Want(http.StatusCreated)
	}
	var ids []any
	at := "/api/v1/cases/1/documents?limit=2"
	for next := at; next != ""; {
		page := object(t, c.JSON("GET", next, "").Want(http.StatusOK))
		for _, x := range page["items"].([]any) {
			ids = append(ids, x.(map[string]any)["id"])
		}
		next = ""
		if cursor, more := page["next"].(string); more {
			next = at + "&cursor=" + cursor
		}
		if len(ids) > 10 {
			t.Fatal("the pages do not end")
		}
	}
	seen := map[any]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	if whole := object(t, c.JSON("GET", "/api/v1/cases/1/documents", ""))["items"].([]any); len(ids) != len(whole) || len(seen) != len(whole) || len(whole) < 5 {
		t.Errorf("pages have %v, the list %d", ids, len(whole))
	}
	wantFields(t, c.JSON("GET", at+"&cursor=nothing", ""), "cursor")
}
