package store

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
)

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
		if err := tx.markCasesOn(x.InspectionID); err != nil {
			return err // its report starts a clock
		}
		if x.Version > 1 {
			if _, err := tx.exec("DELETE FROM sample_results WHERE sample_id = $1", x.ID); err != nil {
				return err
			}
		}
		for i, r := range x.Results {
			multiple, _ := r.Multiple()
			if _, err := tx.exec(`INSERT INTO sample_results (sample_id, seq, pollutant, kind, value, unit, limit_value, limit_unit, limit_from, limit_ref, limit_reason,
				verdict, verdict_reason, multiple, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
				x.ID, i+1, r.Pollutant, r.Kind, r.Value, r.Unit, r.Limit, r.LimitUnit, r.LimitFrom, r.LimitRef, r.LimitReason, r.Verdict, r.VerdictReason, multiple, r.Note); err != nil {
				return fmt.Errorf("save result %d: %w", i+1, err)
			}
		}
		return nil
	},
	load: (*Tx).loadResults}

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
	q := newQuery("FROM sample_results WHERE sample_id IN ")
	q.add(in(q, ids) + " ORDER BY sample_id, seq")
	var id registry.SampleID
	var r registry.SampleResult
	return tx.eachRow([]string{"sample_id", "pollutant", "kind", "value", "unit", "limit_value", "limit_unit", "limit_from", "limit_ref", "limit_reason", "verdict", "verdict_reason", "note"},
		[]any{&id, &r.Pollutant, &r.Kind, &r.Value, &r.Unit, &r.Limit, &r.LimitUnit, &r.LimitFrom, &r.LimitRef, &r.LimitReason, &r.Verdict, &r.VerdictReason, &r.Note},
		func() {}, func() { byID[id].Results = append(byID[id].Results, r) }, func() {
			for _, s := range samples {
				s.Results = nil
			}
		}, q.sql(), q.args...)
}

// DropResults removes the results of a sample that is being deleted.
func (tx *Tx) DropResults(id registry.SampleID) error {
	if err := tx.markCases("SELECT case_id FROM case_inspections WHERE inspection_id = (SELECT inspection_id FROM samples WHERE id = $1)", int64(id)); err != nil {
		return err
	}
	_, err := tx.exec("DELETE FROM sample_results WHERE sample_id = $1", id)
	return err
}

// SamplesOf reads the samples of some inspections with their results.
func (tx *Tx) SamplesOf(ids []registry.InspectionID) (map[registry.InspectionID][]registry.Sample, error) {
	out := map[registry.InspectionID][]registry.Sample{}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id registry.InspectionID) bool {
		v := tx.made.visits[id]
		if v != nil {
			out[id] = v.samples
		}
		return v != nil
	})
	if len(ids) == 0 {
		return out, nil
	}
	q := newQuery("WHERE inspection_id IN ")
	q.add(in(q, ids) + " ORDER BY inspection_id, id")
	samples, err := Samples.list(tx, q.sql(), q.args...)
	if err != nil {
		return nil, err
	}
	ptrs := make([]*registry.Sample, len(samples))
	for i := range samples {
		ptrs[i] = &samples[i]
	}
	if err := tx.loadResults(ptrs); err != nil {
		return nil, err
	}
	for _, s := range samples {
		out[s.InspectionID] = append(out[s.InspectionID], s)
	}
	return out, nil
}
