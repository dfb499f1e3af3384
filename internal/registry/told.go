package registry

// What is recorded on one noun answers what is asked of another: a sample's day of telling is the telling, an inspection that is a re-check is
// the re-check. These say it in one place for checks, next steps, clocks and ledgers.

// Telling is a monitoring result and whether the party was told of it.
type Telling struct {
	Of   string // in Chinese: the sample's point, or 监测报告
	Told bool
	On   Date // the first day on record; unknown where the document that tells has none
}

// Tellings are the monitoring results of a case: each sample, told by its own day or by a 告知监测结果 that is not certainly older than its
// report; and 监测报告 documents that are certainly newer than all the samples were told, or that stand alone.
func (f *CaseFile) Tellings() []Telling {
	var list []Telling
	var last Date // of the samples' own days
	for i := range f.Samples {
		x := &f.Samples[i]
		t := f.toldBy(x.Point, x.ReportOn)
		if !x.ToldOn.IsZero() {
			if !t.Told || t.On.IsZero() || x.ToldOn.Before(t.On) {
				t = Telling{x.Point, true, x.ToldOn}
			}
			if last.IsZero() || last.Before(x.ToldOn) {
				last = x.ToldOn
			}
		}
		list = append(list, t)
	}
	for i := range f.Documents {
		d := &f.Documents[i]
		if d.Kind == DocMonitoring && (len(f.Samples) == 0 || !last.IsZero() && last.Before(d.MadeOn)) {
			list = append(list, f.toldBy(string(d.Kind), d.MadeOn))
		}
	}
	return list
}

// SampleToldOn is the day on which the party was told a sample's result; unknown where there is none.
func (f *CaseFile) SampleToldOn(x *Sample) Date {
	if x.ToldOn.IsZero() {
		return f.toldBy(x.Point, x.ReportOn).On
	}
	return x.ToldOn
}

// toldBy is the first document that may have told a result of a report's day.
func (f *CaseFile) toldBy(of string, reported Date) Telling {
	for i := range f.Documents {
		d := &f.Documents[i]
		if d.Kind != DocMonitoringTold {
			continue
		}
		on := d.ServedOn
		if on.IsZero() {
			on = d.MadeOn
		}
		if !on.Before(reported) {
			return Telling{of, true, on}
		}
	}
	return Telling{Of: of}
}

// LoneRechecks are the re-checks that only an inspection records: no document of the case names it, or has its day.
func (f *CaseFile) LoneRechecks() []*Inspection {
	var list []*Inspection
	for i := range f.Inspections {
		x := &f.Inspections[i]
		if x.Kind == Recheck && !f.hasRecheck(x) {
			list = append(list, x)
		}
	}
	return list
}

func (f *CaseFile) hasRecheck(x *Inspection) bool {
	for i := range f.Documents {
		d := &f.Documents[i]
		if d.Kind == DocRecheck && (d.InspectionID == x.ID && x.ID != 0 || d.InspectionID == 0 && (d.MadeOn.IsZero() || d.MadeOn == x.StartedOn)) {
			return true
		}
	}
	return false
}

// RecheckOf is what a case's document says of a re-check that an inspection records.
func (x *Inspection) RecheckOf() Document {
	return Document{Kind: DocRecheck, MadeOn: x.StartedOn, OrganID: x.OrganID, Result: x.Rectified, ResultOn: x.rectifiedOn(), InspectionID: x.ID}
}

func (x *Inspection) rectifiedOn() Date {
	if x.Rectified == "" {
		return Date{}
	}
	return x.StartedOn
}

// FilingNumber is the number of the case's 立案 as it was typed; empty where no such document has one.
func (f *CaseFile) FilingNumber() string {
	for i := len(f.Documents) - 1; i >= 0; i-- {
		if d := &f.Documents[i]; d.Kind == DocFiling && d.NumberTyped != "" {
			return d.NumberTyped
		}
	}
	return ""
}
