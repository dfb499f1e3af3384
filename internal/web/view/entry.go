package view

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// InspectionFields lists the inputs of an inspection, both ways.
func InspectionFields(f *kit.Form, x *registry.Inspection) {
	f.Meta(&x.Meta)
	f.Text("number", &x.Number)
	kit.Word(f, "origin", &x.Origin)
	kit.Ref(f, "farm_id", &x.FarmID)
	kit.Ref(f, "party_id", &x.PartyID)
	kit.Ref(f, "organ_id", &x.OrganID)
	kit.Ref(f, "campaign_id", &x.CampaignID)
	f.Text("kind", &x.Kind)
	f.Date("started_on", &x.StartedOn)
	f.Text("start_time", &x.StartTime)
	f.Date("ended_on", &x.EndedOn)
	f.Text("end_time", &x.EndTime)
	f.Text("place", &x.Place)
	PositionFields(f, "position", &x.Position)
	kit.Rows(f, "officers", &x.Officers, func(f *kit.Form, x *registry.OfficerRef) {
		kit.Ref(f, "officer_id", &x.OfficerID)
		f.Text("name", &x.Name)
		f.Text("cert_no", &x.CertNo)
	})
	f.Text("recorder", &x.Recorder)
	f.Text("others", &x.Others)
	kit.Word(f, "certificate_shown", &x.CertificateShown)
	kit.Word(f, "rights_told", &x.RightsTold)
	f.Text("present_name", &x.PresentName)
	f.Text("present_title", &x.PresentTitle)
	f.Text("present_phone", &x.PresentPhone)
	f.Text("present_gender", &x.PresentGender)
	f.Text("present_id_number", &x.PresentIDNumber)
	f.Text("present_unit", &x.PresentUnit)
	f.Text("present_address", &x.PresentAddress)
	kit.Word(f, "recusal", &x.Recusal)
	f.Text("production", &x.Production)
	f.Text("procedures", &x.Procedures)
	f.Text("facilities", &x.Facilities)
	HerdFields(f, &x.Herds)
	f.Text("findings", &x.Findings)
	kit.Rows(f, "path.nodes", &x.Path.Nodes, func(f *kit.Form, x *registry.PathNode) {
		f.Text("kind", &x.Kind)
		f.Text("name", &x.Name)
		numbers(f, "after", &x.After)
		f.Text("lining", &x.Lining)
		f.Text("place", &x.Place)
		f.Text("state", &x.State)
	})
	f.Text("path.receiving_water", &x.Path.ReceivingWater)
	f.Text("result", &x.Result)
	f.Text("rectified", &x.Rectified)
	f.Text("media", &x.Media)
	f.Text("party_opinion", &x.PartyOpinion)
	f.Text("uncounted", &x.Uncounted)
	f.Text("signature", &x.Signature)
	f.Text("refusal_reason", &x.RefusalReason)
	f.Text("witness", &x.Witness)
	f.Text("note", &x.Note)
}

// numbers binds a short list of numbers: 1、3 or 1,3 or 1 3.
func numbers(f *kit.Form, name string, list *[]int) {
	words := make([]string, len(*list))
	for i, n := range *list {
		words[i] = strconv.Itoa(n)
	}
	f.Bind(name, strings.Join(words, "、"), func(s string) error {
		*list = nil
		for part := range strings.FieldsFuncSeq(registry.HalfWidth(s), func(c rune) bool { return strings.ContainsRune("、,;/和 ", c) }) {
			n, err := strconv.Atoi(part)
			if err != nil {
				return fmt.Errorf("“%s”不是环节的序号；多个用顿号分开，如 1、3", kit.Clip(part))
			}
			*list = append(*list, n)
		}
		return nil
	})
}

// SampleFields lists the inputs of a sample.
func SampleFields(f *kit.Form, x *registry.Sample) {
	f.Meta(&x.Meta)
	f.Text("code", &x.Code)
	f.Text("point", &x.Point)
	f.Text("medium", &x.Medium)
	f.Date("sampled_on", &x.SampledOn)
	f.Text("sampled_time", &x.SampledTime)
	f.Text("sampling_organ", &x.SamplingOrgan)
	f.Text("analysis_organ", &x.AnalysisOrgan)
	f.Text("report_number", &x.ReportNumber)
	f.Date("report_on", &x.ReportOn)
	f.Date("told_on", &x.ToldOn)
	f.Text("standard_cited", &x.StandardCited)
	f.Text("standard_review", &x.StandardReview)
	kit.Rows(f, "results", &x.Results, func(f *kit.Form, x *registry.SampleResult) {
		f.Text("pollutant", &x.Pollutant)
		f.Text("kind", &x.Kind)
		f.Text("value", &x.Value)
		f.Text("unit", &x.Unit)
		f.Text("limit", &x.Limit)
		f.Text("limit_unit", &x.LimitUnit)
		f.Text("limit_from", &x.LimitFrom)
		f.Text("limit_ref", &x.LimitRef)
		f.Text("limit_reason", &x.LimitReason)
		f.Text("verdict", &x.Verdict)
		f.Text("verdict_reason", &x.VerdictReason)
		f.Text("note", &x.Note)
	})
	f.Text("conclusion", &x.Conclusion)
	f.Text("note", &x.Note)
}

// EvidenceFields lists the inputs of an exhibit.
func EvidenceFields(f *kit.Form, x *registry.Evidence) {
	f.Meta(&x.Meta)
	f.IntValue("seq", &x.Seq)
	f.Text("kind", &x.Kind)
	f.Text("title", &x.Title)
	f.Text("number", &x.Number)
	f.Text("maker", &x.Maker)
	f.Date("made_on", &x.MadeOn)
	f.Text("made_time", &x.MadeTime)
	f.Text("place", &x.Place)
	f.Text("subject", &x.Subject)
	f.Text("proves", &x.Proves)
	f.Int("pages", &x.Pages)
	kit.Ref(f, "attachment_id", &x.AttachmentID)
	f.Text("note", &x.Note)
}

// HerdFields lists the inputs of the animals of a farm, or as found at an inspection.
func HerdFields(f *kit.Form, herds *[]registry.Herd) {
	kit.Rows(f, "herds", herds, func(f *kit.Form, x *registry.Herd) {
		f.Text("species", &x.Species)
		f.Text("stage", &x.Stage)
		f.Text("basis", &x.Basis)
		f.Int("count", &x.Count)
		f.Text("qualifier", &x.Qualifier)
		f.Date("as_of", &x.AsOf)
	})
}

// place binds a point, typed in decimal degrees or in 度分秒.
func PositionFields(f *kit.Form, name string, x *registry.Place) {
	degrees := func(field string, p **float64, parse func(string) (float64, error)) {
		show := ""
		if *p != nil {
			show = strconv.FormatFloat(**p, 'f', -1, 64)
		}
		f.Bind(name+"."+field, show, func(s string) error {
			*p = nil
			if s == "" {
				return nil
			}
			v, err := parse(s)
			if err != nil {
				return err
			}
			*p = &v
			return nil
		})
	}
	degrees("longitude", &x.Longitude, registry.ParseLongitude)
	degrees("latitude", &x.Latitude, registry.ParseLatitude)
	f.Text(name+".datum", &x.Datum)
}
