package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// Organs, officers, campaigns and parties are plain rows: nothing hangs on them.

// Organs stores 机构.
var Organs = &Table[registry.Organ, *registry.Organ]{Entity: "organ", Noun: "机构", name: "organs",
	id: func(x *registry.Organ) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Organ, c *columns) {
		c.col("name", &x.Name)
		c.col("short_name", &x.ShortName)
		c.col("kind", &x.Kind)
		c.col("district_code", &x.DistrictCode)
		c.col("credit_code", &x.CreditCode)
		c.col("abbr", &x.Abbr)
		c.col("active", &x.Active)
	}}

// Officers stores 执法人员.
var Officers = &Table[registry.Officer, *registry.Officer]{Entity: "officer", Noun: "执法人员", name: "officers",
	id: func(x *registry.Officer) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Officer, c *columns) {
		c.col("name", &x.Name)
		ref(c, "organ_id", &x.OrganID)
		c.col("cert_no", &x.CertNo)
		c.date("valid_from", &x.ValidFrom)
		c.date("valid_to", &x.ValidTo)
		c.col("active", &x.Active)
	}}

// Campaigns stores 专项行动.
var Campaigns = &Table[registry.Campaign, *registry.Campaign]{Entity: "campaign", Noun: "专项行动", name: "campaigns",
	id: func(x *registry.Campaign) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Campaign, c *columns) {
		c.col("origin", &x.Origin)
		c.col("name", &x.Name)
		c.col("year", &x.Year)
		c.col("aim", &x.Aim)
		ref(c, "organ_id", &x.OrganID)
		c.col("note", &x.Note)
	}}

// Parties stores 当事人.
var Parties = &Table[registry.Party, *registry.Party]{Entity: "party", Noun: "当事人", name: "parties",
	id: func(x *registry.Party) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Party, c *columns) {
		c.col("origin", &x.Origin)
		c.col("kind", &x.Kind)
		c.col("name", &x.Name)
		c.col("public_name", &x.PublicName)
		c.col("credit_code", &x.CreditCode)
		c.col("credit_code_override", &x.CodeOverride)
		c.col("id_number", &x.IDNumber)
		c.col("legal_person", &x.LegalPerson)
		c.col("legal_person_title", &x.LegalPersonTitle)
		c.col("phone", &x.Phone)
		c.col("address", &x.Address)
		c.col("note", &x.Note)
		ref(c, "merged_into", &x.MergedInto)
	}}

// Users stores accounts.
var Users = &Table[registry.User, *registry.User]{Entity: "user", Noun: "用户", name: "users",
	id: func(x *registry.User) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.User, c *columns) {
		c.col("username", &x.Username)
		c.col("display_name", &x.DisplayName)
		c.col("role", &x.Role)
		ref(c, "organ_id", &x.OrganID)
		ref(c, "officer_id", &x.OfficerID)
		c.col("disabled", &x.Disabled)
		c.col("must_change", &x.MustChange)
		c.col("password_hash", &x.PasswordHash)
		c.maybeTime("last_sign_in", &x.LastSignIn)
	}}

// Farms stores 养殖场.
var Farms = &Table[registry.Farm, *registry.Farm]{Entity: "farm", Noun: "养殖场", name: "farms",
	id: func(x *registry.Farm) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Farm, c *columns) {
		c.col("origin", &x.Origin)
		c.col("name", &x.Name)
		c.col("public_name", &x.PublicName)
		c.col("district_code", &x.DistrictCode)
		c.col("town", &x.Town)
		c.col("address", &x.Address)
		ref(c, "operator_id", &x.OperatorID)
		c.place(&x.Place)
		c.col("area_m2", &x.AreaM2)
		c.date("production_since", &x.ProductionSince)
		c.col("raising_mode", &x.RaisingMode)
		c.col("barns", &x.Barns)
		c.col("manure_mode", &x.ManureMode)
		c.derived("main_species", x.MainSpecies())
		c.list("herds", &x.Herds)
		c.list("facilities", &x.Facilities)
		c.approval("eia", &x.EIA)
		c.approval("acceptance", &x.Acceptance)
		c.approval("permit", &x.Permit)
		c.col("zone_relation", &x.Zone.Relation)
		c.col("zone_plan_name", &x.Zone.PlanName)
		c.col("zone_plan_number", &x.Zone.PlanNumber)
		c.date("zone_plan_on", &x.Zone.PlanOn)
		c.col("zone_evidence", &x.Zone.Evidence)
		c.date("zone_checked_on", &x.Zone.CheckedOn)
		c.col("receiving_water", &x.ReceivingWater)
		c.col("control_section", &x.ControlSection)
		c.col("in_tanjiang", &x.InTanjiang)
		c.col("contact_name", &x.ContactName)
		c.col("contact_phone", &x.ContactPhone)
		c.col("note", &x.Note)
	},
	save: func(tx *Tx, x *registry.Farm) error {
		return tx.indexText("farm", int64(x.ID), normalise(joinText(x.Name, x.PublicName, tx.districtName(x.DistrictCode), x.Town, x.Address, x.MainSpecies(), x.Note)))
	}}

// Inspections stores 检查.
var Inspections = &Table[registry.Inspection, *registry.Inspection]{Entity: "inspection", Noun: "检查", name: "inspections",
	id: func(x *registry.Inspection) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Inspection, c *columns) {
		c.col("origin", &x.Origin)
		c.col("number", &x.Number)
		c.col("farm_id", &x.FarmID)
		ref(c, "party_id", &x.PartyID)
		ref(c, "organ_id", &x.OrganID)
		ref(c, "campaign_id", &x.CampaignID)
		c.col("kind", &x.Kind)
		c.date("started_on", &x.StartedOn)
		c.col("start_time", &x.StartTime)
		c.date("ended_on", &x.EndedOn)
		c.col("end_time", &x.EndTime)
		c.col("district_code", &x.DistrictCode)
		c.col("place", &x.Place)
		c.place(&x.Position)
		c.list("officers", &x.Officers)
		c.col("recorder", &x.Recorder)
		c.col("others", &x.Others)
		c.col("certificate_shown", &x.CertificateShown)
		c.col("rights_told", &x.RightsTold)
		c.col("present_name", &x.PresentName)
		c.col("present_title", &x.PresentTitle)
		c.col("present_phone", &x.PresentPhone)
		c.list("herds", &x.Herds)
		c.col("findings", &x.Findings)
		c.list("path", &x.Path)
		c.col("result", &x.Result)
		c.col("media", &x.Media)
		c.col("party_opinion", &x.PartyOpinion)
		c.col("state", &x.State)
		c.maybeTime("submitted_at", &x.SubmittedAt)
		c.col("submitted_by", &x.SubmittedBy)
		c.col("note", &x.Note)
	},
	save: func(tx *Tx, x *registry.Inspection) error {
		var farm, public string
		if err := tx.one([]any{&farm, &public}, "SELECT name, public_name FROM farms WHERE id = $1", x.FarmID); err != nil {
			if noRows(err) {
				return registry.Invalid("farm_id", "没有找到所选的养殖场，请重新选择")
			}
			return err
		}
		if err := tx.markCasesOfInspection(x.ID); err != nil {
			return err
		}
		return tx.indexText("inspection", int64(x.ID), normalise(joinText(x.Number, farm, public, tx.districtName(x.DistrictCode), x.Kind, x.Place, x.Findings, x.Note)))
	}}

func (tx *Tx) markCasesOfInspection(id registry.InspectionID) error {
	return tx.each(func(rows *sql.Rows) error {
		var c registry.CaseID
		if err := rows.Scan(&c); err != nil {
			return err
		}
		tx.cases[c] = true
		return nil
	}, "SELECT case_id FROM case_inspections WHERE inspection_id = $1", id)
}

// Samples stores 样品 with their results.
var Samples = &Table[registry.Sample, *registry.Sample]{Entity: "sample", Noun: "样品", name: "samples",
	id: func(x *registry.Sample) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Sample, c *columns) {
		c.col("inspection_id", &x.InspectionID)
		c.col("code", &x.Code)
		c.col("point", &x.Point)
		c.col("medium", &x.Medium)
		c.date("sampled_on", &x.SampledOn)
		c.col("sampled_time", &x.SampledTime)
		c.col("sampling_organ", &x.SamplingOrgan)
		c.col("analysis_organ", &x.AnalysisOrgan)
		c.col("report_number", &x.ReportNumber)
		c.date("report_on", &x.ReportOn)
		c.date("told_on", &x.ToldOn)
		c.col("standard_cited", &x.StandardCited)
		c.col("standard_review", &x.StandardReview)
		c.col("conclusion", &x.Conclusion)
		c.col("note", &x.Note)
	},
	save: func(tx *Tx, x *registry.Sample) error {
		if _, err := tx.exec("DELETE FROM sample_results WHERE sample_id = $1", x.ID); err != nil {
			return err
		}
		for i, r := range x.Results {
			multiple, _ := r.Multiple()
			if _, err := tx.exec(`INSERT INTO sample_results (sample_id, seq, pollutant, kind, value, unit, limit_value, limit_from, limit_ref, verdict, multiple, note)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
				x.ID, i+1, r.Pollutant, r.Kind, r.Value, r.Unit, r.Limit, r.LimitFrom, r.LimitRef, r.Verdict, multiple, r.Note); err != nil {
				return fmt.Errorf("save result %d: %w", i+1, err)
			}
		}
		return nil
	},
	load: func(tx *Tx, x *registry.Sample) error {
		return tx.loadResults([]*registry.Sample{x})
	}}

// loadResults fills in the results of several samples with one query.
func (tx *Tx) loadResults(samples []*registry.Sample) error {
	if len(samples) == 0 {
		return nil
	}
	byID := map[registry.SampleID]*registry.Sample{}
	ids := make([]registry.SampleID, len(samples))
	for i, s := range samples {
		byID[s.ID], ids[i] = s, s.ID
	}
	q := newQuery("SELECT sample_id, pollutant, kind, value, unit, limit_value, limit_from, limit_ref, verdict, note FROM sample_results WHERE sample_id IN ")
	q.add(in(q, ids) + " ORDER BY sample_id, seq")
	return tx.each(func(rows *sql.Rows) error {
		var id registry.SampleID
		var r registry.SampleResult
		if err := rows.Scan(&id, &r.Pollutant, &r.Kind, &r.Value, &r.Unit, &r.Limit, &r.LimitFrom, &r.LimitRef, &r.Verdict, &r.Note); err != nil {
			return err
		}
		byID[id].Results = append(byID[id].Results, r)
		return nil
	}, q.sql(), q.args...)
}

// EvidenceItems stores 证据.
var EvidenceItems = &Table[registry.Evidence, *registry.Evidence]{Entity: "evidence", Noun: "证据", name: "evidence",
	id: func(x *registry.Evidence) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Evidence, c *columns) {
		ref(c, "case_id", &x.CaseID)
		ref(c, "inspection_id", &x.InspectionID)
		c.col("seq", &x.Seq)
		c.col("kind", &x.Kind)
		c.col("title", &x.Title)
		c.col("number", &x.Number)
		c.col("maker", &x.Maker)
		c.date("made_on", &x.MadeOn)
		c.col("proves", &x.Proves)
		c.col("pages", &x.Pages)
		ref(c, "attachment_id", &x.AttachmentID)
		c.col("note", &x.Note)
	}}

// ReviewNotes stores 复核意见.
var ReviewNotes = &Table[registry.ReviewNote, *registry.ReviewNote]{Entity: "review_note", Noun: "复核意见", name: "review_notes",
	id: func(x *registry.ReviewNote) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.ReviewNote, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("about", &x.About)
		c.col("printed", &x.Printed)
		c.col("official", &x.Official)
		c.col("kind", &x.Kind)
		c.col("severity", &x.Severity)
		c.col("note", &x.Note)
		c.col("confidence", &x.Confidence)
	}}
