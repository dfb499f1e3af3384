package casework

import (
	"cmp"
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// SampleLimits is what the catalogue says of the results of a sample: by its day and medium, where it was taken and at which farm.
type SampleLimits struct {
	On       registry.Date // the sample's day, else the inspection's
	District string
	FarmKind string // 新建场 or 现有场, where the farm's records tell
	FarmWhy  string
	Offers   []statute.LimitOffer // one a result
	Remarks  []statute.StandardRemark
	question statute.LimitQuestion // without a pollutant
}

// LimitsOf asks the catalogue about a sample that is being typed.
func (s *Service) LimitsOf(ctx context.Context, a registry.Actor, x *registry.Sample) (l SampleLimits, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		ins, farm, err := sampleOf(tx, x)
		if err == nil {
			l = limitsOf(s.Law(), x, &ins, farm)
		}
		return err
	})
	return l, err
}

// sampleOf reads what a sample is of.
func sampleOf(tx *store.Tx, x *registry.Sample) (ins registry.Inspection, farm *registry.Farm, err error) {
	if ins, err = store.Inspections.Get(tx, int64(x.InspectionID)); err != nil {
		return ins, nil, err
	}
	farm, err = maybe(tx, store.Farms, ins.FarmID)
	return ins, farm, err
}

// limitsOf is what the catalogue says of a sample of an inspection of a farm.
func limitsOf(law *statute.Catalogue, x *registry.Sample, ins *registry.Inspection, farm *registry.Farm) SampleLimits {
	q := statute.SampleQuestion(law, x, ins, farm)
	l := SampleLimits{On: q.On, District: q.District, FarmKind: q.Farm, Remarks: law.SampleRemarks(x, q), question: q}
	if farm != nil {
		_, l.FarmWhy = law.FarmKind(farm.ProductionSince, farm.EIA.On)
	}
	for _, r := range x.Results {
		q.Pollutant = r.Pollutant
		l.Offers = append(l.Offers, law.OfferLimits(q, r.LimitRef, x.StandardCited))
	}
	return l
}

// fill gives the results without a limit the one that the catalogue leaves no choice about. What a report concluded, or nobody
// evaluates, has none.
func (l SampleLimits) fill(x *registry.Sample) {
	for i := range x.Results {
		if r := &x.Results[i]; r.Limit == "" && r.LimitFrom != registry.LimitAsPrinted && r.Verdict != registry.VerdictNone && r.Kind != registry.ResultVerdict && l.Offers[i].Only != nil {
			l.Offers[i].Only.Fill(r)
		}
	}
}

// settleSample fills in what follows from the catalogue and the numbers before a sample is stored: limits of an own sample, the unit of a
// limit out of the catalogue, verdicts. It refuses a limit of an own sample that is none of the catalogue's and has no reason.
func (s *Service) settleSample(tx *store.Tx, x *registry.Sample) error {
	x.Clean()
	ins, farm, err := sampleOf(tx, x)
	if registry.KindOf(err) == registry.KindNotFound {
		return nil // refused where references are
	}
	if err != nil {
		return err
	}
	return s.judgeSample(&ins, farm, x)
}

// judgeSample is settleSample for a sample of which is known what it is of.
func (s *Service) judgeSample(ins *registry.Inspection, farm *registry.Farm, x *registry.Sample) error {
	x.Clean()
	l := limitsOf(s.Law(), x, ins, farm)
	own := ins.Origin == registry.OriginField
	if own {
		l.fill(x)
	}
	var p registry.Problems
	q := l.question
	for i := range x.Results {
		r := &x.Results[i]
		at := func(f string) string { return fmt.Sprintf("results.%d.%s", i, f) }
		l.Offers[i].KeepUnit(r, own)
		q.Pollutant = r.Pollutant
		switch differs := s.Law().Differs(q, r, r.LimitRef, x.StandardCited); {
		case !own:
		case r.Limit == "" && r.LimitFrom == registry.LimitFromCatalogue && r.LimitReason == "":
			p.Add(at("limit"), "标准目录不能确定这一项的限值：%s%s", l.Offers[i].Missing, l.Offers[i].Words())
		case r.Limit != "" && differs != "" && r.LimitReason == "":
			p.Add(at("limit_reason"), "限值 %s 与标准目录所列（%s）不同，请写明改用的理由，如排污许可证载明的限值", cmp.Or(r.Limit+" "+cmp.Or(r.LimitUnit, r.Unit), r.Limit), differs)
		}
	}
	x.Judge()
	return p.Err()
}
