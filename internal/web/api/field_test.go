package api_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/registry/registrytest"
	"casebook/internal/web/webtest"
)

// nounForms says where the form of each noun is, and one field by which its template is found when a failure must name it.
var nounForms = map[string]struct {
	role registry.Role
	path string // of one page or several; %d stands for any record that there is, since some inputs are shown only where they apply
	mark string
	as   map[string]string // fields that the form calls otherwise
}{
	"farm":             {registry.RoleOfficer, "/farms/1/edit", "manure_mode", nil},
	"party":            {registry.RoleOfficer, "/parties/1/edit", "legal_person_title", nil},
	"party_merge":      {registry.RoleOfficer, "/parties/1/merge?other=2", "into_id", nil},
	"farm_merge":       {registry.RoleOfficer, "/farms/1/merge?other=2", "into_id", nil},
	"inspection":       {registry.RoleOfficer, "/inspections/1/edit", "party_opinion", nil},
	"sample":           {registry.RoleOfficer, "/samples/1/edit", "standard_cited", nil},
	"evidence":         {registry.RoleOfficer, "/evidence/1/edit", "proves", nil},
	"case":             {registry.RoleOfficer, "/cases/1/edit", "deciding_organ_id", map[string]string{"inspections": "inspections.0.id"}},
	"violation":        {registry.RoleOfficer, "/violations/%d/edit /violations/%d/elements", "act_to", nil},
	"document":         {registry.RoleOfficer, "/documents/%d/edit", "served_on", nil},
	"penalty":          {registry.RoleOfficer, "/penalties/1/edit", "range_reason", nil},
	"payment":          {registry.RoleOfficer, "/cases/1?panel=money", "payment_kind", map[string]string{"kind": "payment_kind", "note": "payment_note"}},
	"review_note":      {registry.RoleOfficer, "/reviews/1/edit", "printed", nil},
	"interrogation":    {registry.RoleOfficer, "/cases/1/interrogations/new", "service_address", nil},
	"signed_paper":     {}, // the page of a paper sets it
	"paper_wording":    {registry.RoleAdmin, "/admin/wordings/decision", "note", nil},
	"discretion_sheet": {}, // the calculator's inputs depend on its table
	"bulletin":         {registry.RolePublisher, "/bulletins/%d/edit", "byline", nil},
	"publication":      {registry.RoleOfficer, "/imports/sources/new?case_id=1", "published_on", nil},
	"organ":            {registry.RoleAdmin, "/admin/organs/1", "abbr", nil},
	"officer":          {registry.RoleAdmin, "/admin/officers/1", "cert_no", nil},
	"user":             {registry.RoleAdmin, "/admin/users/new /admin/users/%d", "display_name", nil},
	"document_kind":    {registry.RoleAdmin, "/admin/document-kinds/new /admin/document-kinds/%d", "numbers", nil},
	"campaign":         {},
	"export_profile":   {registry.RoleAuditor, "/exports/profiles/new?rows=cases", "shared", nil},
	"list_view":        {registry.RoleOfficer, "/cases", "query", nil},
	"score_sheet":      {registry.RoleAuditor, "/score-sheets/new", "source", nil},
	"draw":             {registry.RoleAuditor, "/draws/new", "seed", nil},
	"zone":             {registry.RoleAdmin, "/zones/new", "plan_number", nil},
	"draw_result":      {}, // the inputs depend on the sheet of the draw; TestFileReviewJourney fills them in
}

var inputName = regexp.MustCompile(`<(?:input|select|textarea)\b[^>]*? name="([^"]+)"`)

// Every field that a form can set has its input there.
func TestFormsAskForEveryField(t *testing.T) {
	a := webtest.Demo(t)
	a.As(registry.RolePublisher).JSON("POST", "/api/v1/bulletins", `{"title":"通报","cases":[{"case_id":1}]}`).Want(http.StatusCreated)
	a.As(registry.RoleAdmin).Get("/admin/document-kinds/new").Submit("/admin/document-kinds", "name", "会商纪要").Follow().Want(http.StatusOK)
	for _, n := range registry.Nouns {
		form, ok := nounForms[n.Entity]
		if !ok && n.Entity != "attachment" {
			t.Errorf("no form of %s is tried: add it to the list in this test", n.Entity)
		}
		if form.path == "" {
			continue
		}
		names, c := map[string]bool{}, a.As(form.role)
		for _, path := range strings.Fields(form.path) {
			for id := range 40 {
				page := c.Get(strings.Replace(path, "%d", strconv.Itoa(id+1), 1))
				for _, m := range inputName.FindAllStringSubmatch(page.Body, -1) {
					names[m[1]] = true
				}
				if !strings.Contains(path, "%d") {
					page.Want(http.StatusOK)
					break
				}
			}
		}
		left := "" // the group that is left out
		for path, f := range n.Fields.All {
			name := strings.ReplaceAll(path, "*", "0")
			if as := form.as[path]; as != "" {
				name = as
			}
			if f.NoInput != "" {
				left = path + "."
			}
			if f.NoInput != "" || f.Fields != nil || names[name] || left != "" && strings.HasPrefix(path, left) {
				continue
			}
			t.Errorf("%s.%s has no input on %s: see %s, and the function that binds it in %s", n.Entity, path, form.path,
				registrytest.FilesWith(t, "templates", ".html", `"`+form.mark+`"`), registrytest.FilesWith(t, "internal/web", ".go", `("`+form.mark+`", &`))
		}
	}
}

// What the interface takes, it keeps, and the record's page shows it.
func TestPagesShowEveryText(t *testing.T) {
	a, clients := apiRegister(t)
	code := a.Service.Law().ViolationTypes()[0].Code
	for _, n := range apiNouns[4:] {
		clients[n.role].JSON("POST", n.path, strings.Replace(n.least, "%TYPE%", code, 1)).Want(http.StatusCreated)
	}
	// Where each noun is shown, what some of its fields are shown with, and one field by which the template is found.
	pages := map[string]struct{ path, with, mark string }{
		"farm": {"/farms/1", "", ".ManureMode"}, "party": {"/parties/1", "", ".LegalPersonTitle"}, "case": {"/cases/1", "", ".Handling"},
		"inspection": {"/inspections/1", `{"path":{"nodes":[{"kind":"沟渠","name":"甲"}]}}`, ".PartyOpinion"}, "sample": {"/inspections/1", "", ".StandardCited"},
		"violation": {"/cases/1?panel=law", `{"version_choice":"从旧","choice_reason":"理由"}`, ".Facts"}, "document": {"/cases/1?panel=documents", `{"kind":"复查","result":"已改正"}`, ".Documents"},
		"penalty": {"/cases/1?panel=money", `{"amount_fen":900000000,"range_reason":"理由"}`, ".RangeReason"}, "payment": {"/cases/1?panel=money", "", ".Receipt"}, "bulletin": {"/bulletins/1", "", ".Byline"},
	}
	for _, n := range apiNouns {
		noun, _ := registry.NounOf(n.name)
		c, at, page := clients[n.role], n.path+"/1", pages[n.name]
		if page.with != "" {
			c.JSON("PATCH", at, page.with, "If-Match", `"1"`).Want(http.StatusOK)
		}
		for path, f := range noun.Fields.All {
			if f.ReadOnly || f.Kind != registry.ValueText && f.Kind != registry.ValueProse || strings.Contains(path, "*") {
				continue
			}
			mark := "标记" + f.Name
			body := `"` + mark + `"`
			parts := strings.Split(path, ".")
			for i := len(parts) - 1; i >= 0; i-- {
				body = `{"` + parts[i] + `":` + body + `}`
			}
			p := c.JSON("PATCH", at, body, "If-Match", c.JSON("GET", at, "").Header.Get("ETag"))
			if p.Status == http.StatusUnprocessableEntity {
				continue // a code or a number has a shape of its own
			}
			p.Want(http.StatusOK)
			if !strings.Contains(c.JSON("GET", at, "").Body, mark) {
				t.Errorf("%s.%s is accepted by the interface and lost", n.name, path)
			}
			body, _, _ = strings.Cut(c.Get(page.path).Want(http.StatusOK).Body, `id="history"`)
			if !strings.Contains(body, mark) && f.NoPage == "" {
				t.Errorf("%s.%s is not on %s: see %s", n.name, path, page.path, registrytest.FilesWith(t, "templates", ".html", page.mark))
			}
		}
	}
}
