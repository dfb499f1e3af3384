package field

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// shellFiles are the files that the entry needs without a signal.
var shellFiles = []string{"app.css", "field.css", "app.js", "field-store.js", "field.js", "field-photos.js", "field-grid.js", "icons.svg", "favicon.svg"}

// shellPage is the form with nothing of anybody in it: the phone keeps it, and the script fills in what the phone knows of who is signed in.
func (s area) shellPage() visitPage {
	f := kit.FormOf(nil, visitLabels)
	f.Counts["officers"] = 1
	f.Values.Set("kind", "日常检查")
	return visitPage{Layout: kit.Layout{Title: "现场录入", Path: "/field/new"}, Shell: true, Form: f, Scenes: registry.Scenes, MaxFile: casework.MaxFile, Statement: statement}
}

func (s area) shell(r *kit.Request) error { return r.Page(s.shellPage()) }

// worker is the service worker. Its first lines name the files it keeps and a version that is another one whenever one of them or the page is.
func (s area) worker(r *kit.Request) error {
	script, err := s.Asset("sw.js")
	if err != nil {
		return err
	}
	page, err := s.Render(s.shellPage())
	if err != nil {
		return err
	}
	urls := []string{"/field/shell"}
	for _, f := range shellFiles {
		urls = append(urls, s.AssetURL(f))
	}
	sum := sha256.Sum256(slices.Concat(page, script, []byte(strings.Join(urls, "\n"))))
	list, err := json.Marshal(urls)
	if err != nil {
		return err
	}
	head := "const VERSION = \"field-" + hex.EncodeToString(sum[:6]) + "\";\nconst FILES = " + string(list) + ";\n"
	r.Response().Header().Set("Cache-Control", "no-cache")
	return r.Blob(http.StatusOK, "text/javascript; charset=utf-8", append([]byte(head), script...))
}

// meOfficer is an officer as the phone keeps the roster.
type meOfficer struct {
	ID    registry.OfficerID `json:"id"`
	Name  string             `json:"name"`
	Cert  string             `json:"cert"`
	Label string             `json:"label"`
	From  string             `json:"from,omitempty"`
	To    string             `json:"to,omitempty"`
}

// me is what a phone keeps of who is signed in, encrypted with the key that comes with it: the key is the account's, and is given to nobody else.
func (s area) me(r *kit.Request) error {
	today := r.Today()
	crew, err := s.Service.Crew(r.Ctx(), r.Actor, today)
	if err != nil {
		return err
	}
	farms, more, err := s.Service.FieldFarms(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	roster, err := s.Service.Officers(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	organs, _, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	campaigns, err := view.CampaignOptions(s.Server, r)
	if err != nil {
		return err
	}
	var officers []meOfficer
	for _, o := range roster {
		if o.Active {
			officers = append(officers, meOfficer{o.ID, o.Name, o.CertNo, strings.Join(view.NotEmpty(o.Name, o.CertNo), " · "), o.ValidFrom.Earliest(), o.ValidTo.Latest()})
		}
	}
	answer := map[string]any{
		"user": r.User.ID, "name": r.User.DisplayName, "key": s.DraftKey(r.User.ID), "organ_id": r.User.OrganID, "officers": officers, "organs": organs, "campaigns": campaigns,
		"districts": view.DistrictOptions(s.Server, r), "farms": farms, "more": more, "doubt": crew.Doubt,
	}
	if crew.Own != nil {
		answer["own"] = crew.Own.ID
	}
	if crew.Partner != nil {
		answer["partner"] = crew.Partner.ID
	}
	return r.JSON(http.StatusOK, answer)
}

// lastVisit is what the newest inspection of a farm leaves to the next one, as the form's values.
func (s area) lastVisit(r *kit.Request) error {
	id, err := kit.PathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	last, found, err := s.Service.LastVisit(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	if !found {
		return r.JSON(http.StatusOK, map[string]any{})
	}
	var x registry.Inspection
	lasting(&x, &last)
	f := r.NewForm(visitLabels)
	view.InspectionFields(f, &x)
	values := map[string]string{}
	for name := range f.Values {
		if v := f.Value(name); v != "" {
			values[name] = v
		}
	}
	return r.JSON(http.StatusOK, map[string]any{"on": last.StartedOn.String(), "kind": last.Kind, "values": values})
}
