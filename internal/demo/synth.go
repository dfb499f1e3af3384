package demo

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// batchSize is how many cases one transaction holds: pages of the file that several change are written once, and nobody else writes while a register is loaded.
const batchSize = 1000

// partSize is after how many cases their rows are let go: the collector looks at all that is held.
const partSize = 100

// Synthesize adds n invented cases (origin 示例) on about a third as many farms, and an inspection that found nothing for every four of them, in transactions
// of 1,000 cases through the audited path. They come in the order of time, give or take a fortnight, as people enter them: so a new row lies beside the last
// ones in every index that is led by a day, as in a register that grew by itself. The same seed on registers that hold the same gives the same records. progress, if not
// nil, is told after each commit how many cases are done. A second run takes numbers that the first did not.
func Synthesize(ctx context.Context, s *casework.Service, n int, seed uint64, progress func(done int)) error {
	have, err := readUnits(ctx, s)
	if err != nil {
		return fmt.Errorf("synthesize: %w", err)
	}
	g := &generator{units: have, offers: offers{law: s.Law(), held: map[offerKey]*chosen{}}, series: map[string]int{}, seed: seed, cases: n, farms: make([]farmIDs, (n+2)/3)}
	for done := 0; done < n; {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := min(done+batchSize, n)
		var next *generator
		// A context that can end makes the driver watch it with a goroutine a statement, a quarter of the time: a batch is short,
		// so it is let finish, and the loop asks between batches.
		err := s.Bulk(context.WithoutCancel(ctx), registry.CommandLine, func(b *casework.Bulk) error {
			// Everything that a batch changes is a copy, so that the closure can run again.
			next = g.clone(rand.New(rand.NewPCG(seed, uint64(done))), &loader{b: b, law: s.Law(), units: g.units.clone()})
			return next.batch(done, end)
		})
		if err != nil {
			return fmt.Errorf("synthesize cases %d to %d: %w", done+1, end, err)
		}
		for i, ids := range next.made {
			next.farms[i] = ids
		}
		g, done = next, end
		if progress != nil {
			progress(done)
		}
	}
	return nil
}

// generator makes up cases.
type generator struct {
	*rand.Rand
	l      *loader
	units  units
	offers offers
	// series counts the document numbers given out, by 机关代字, kind and year. All start above the number of inspections that
	// were there before, and a series takes at most one number per case: a later run starts above an earlier one's last.
	series map[string]int
	base   int

	seed  uint64
	cases int // all that are made
	at    int // the number of the one that is being made
	// farms are the ids of those that are stored, by their numbers; made are those of this batch, before it is committed.
	farms []farmIDs
	made  map[int]farmIDs
}

// farmIDs are what a farm was stored under; zero before.
type farmIDs struct {
	farm  registry.FarmID
	party registry.PartyID
}

func (g *generator) clone(r *rand.Rand, l *loader) *generator {
	return &generator{Rand: r, l: l, units: l.units, offers: g.offers, series: maps.Clone(g.series), base: g.base, seed: g.seed, cases: g.cases, farms: g.farms, made: map[int]farmIDs{}}
}

// farm is the one of a number. What is invented of it follows from that, so that none is held.
func (g *generator) farm(i int) *place {
	of := &generator{Rand: rand.New(rand.NewPCG(^g.seed, uint64(i)))}
	p := of.place()
	p.number = i
	ids, ok := g.made[i]
	if !ok {
		ids = g.farms[i]
	}
	p.farm.ID, p.party.ID, p.farm.OperatorID = ids.farm, ids.party, ids.party
	return p
}

// stored notes that a farm is.
func (g *generator) stored(p *place) { g.made[p.number] = farmIDs{p.farm.ID, p.party.ID} }

// oneIn is true once in n times.
func (g *generator) oneIn(n int) bool { return g.IntN(n) == 0 }

// between is a number from a to b, both included.
func (g *generator) between(a, b int) int { return a + g.IntN(b-a+1) }

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

// batch writes the cases from one number up to another.
func (g *generator) batch(from, to int) error {
	if err := g.l.addUnits(); err != nil {
		return err
	}
	if err := g.l.b.MarkDemo(); err != nil {
		return err
	}
	g.units = g.l.units
	if g.base == 0 {
		id, err := g.cleanVisit(g.farm(0))
		if err != nil {
			return err
		}
		g.base = int(id) + 100
	}
	numbers := make([]int, to-from)
	var farms []registry.FarmID
	var parties []registry.PartyID
	for i := range numbers {
		numbers[i] = g.IntN(len(g.farms))
		if ids := g.farms[numbers[i]]; ids.farm != 0 {
			farms, parties = append(farms, ids.farm), append(parties, ids.party)
		}
	}
	if err := g.l.b.Foresee(farms, parties); err != nil {
		return err
	}
	for g.at = from; g.at < to; g.at++ {
		p := g.farm(numbers[g.at-from])
		if err := g.oneCase(p); err != nil {
			return err
		}
		if g.at%4 == 0 {
			if _, err := g.cleanVisit(p); err != nil {
				return err
			}
		}
		if (g.at+1)%partSize == 0 {
			if err := g.l.b.Part(); err != nil {
				return err
			}
		}
	}
	return nil
}

// number gives out the next number of a series: 江恩环罚〔2024〕27号.
func (g *generator) number(d registry.District, code string, on registry.Date) string {
	year, _, _ := on.YMD()
	key := fmt.Sprintf("江%s环%s〔%d〕", d.Abbr, code, year)
	g.series[key]++
	return fmt.Sprintf("%s%d号", key, g.base+g.series[key])
}

// oneCase stores one case on a farm.
func (g *generator) oneCase(p *place) error {
	f, err := g.caseFile(p)
	if err != nil {
		return err
	}
	if err := g.l.keep(f); err != nil {
		return err
	}
	p.farm, p.party = *f.Farm, f.Parties[0] // with their ids now
	g.stored(p)
	return nil
}

// cleanVisit stores an inspection that found nothing.
func (g *generator) cleanVisit(p *place) (registry.InspectionID, error) {
	if p.farm.ID == 0 {
		f := &registry.CaseFile{Farm: &p.farm, Parties: []registry.Party{p.party}, Case: registry.Case{Parties: make([]registry.CaseParty, 1)}}
		if err := g.l.keepParties(f); err != nil {
			return 0, err
		}
		p.party = f.Parties[0]
		if err := g.l.keepFarm(f); err != nil {
			return 0, err
		}
		g.stored(p)
	}
	x := g.visit(p, g.day())
	x.FarmID, x.PartyID, x.OrganID, x.DistrictCode = p.farm.ID, p.party.ID, g.units.branches[p.district.Code], p.district.Code
	x.Result, x.Findings = registry.NoViolationFound, g.cleanFindings(p)
	err := g.l.b.Inspection(&x)
	return x.ID, err
}

// offers caches what the catalogue offers: the half of a month is as fine as laws change within the years of the data.
type offers struct {
	law  *statute.Catalogue
	held map[offerKey]*chosen
}

type offerKey struct {
	code, half string
	permit     registry.Tri
	basin      registry.Tri
}

// chosen is the first candidate of an offer without what competes with it.
type chosen struct {
	label     string
	citations []registry.Citation
	fine      *statute.PenaltyRange
	why       string // the offer's reason for a choice; empty where none is needed
	orders    bool   // only after an order was refused (禁养区)
}

func (o offers) choose(t *statute.ViolationType, end registry.Date, permit, basin registry.Tri) (*chosen, error) {
	y, m, d := end.YMD()
	first := registry.Day(y, m, 1)
	if d >= 15 {
		first = registry.Day(y, m, 15)
	}
	key := offerKey{t.Code, first.String(), permit, basin}
	if c, ok := o.held[key]; ok {
		return c, nil
	}
	known := func(t registry.Tri) *bool {
		yes := t == registry.Yes
		return &yes
	}
	offer, err := o.law.Offer(t.Code, registry.Date{}, first, statute.Circumstances{PermitHolder: known(permit), InTanjiangBasin: known(basin), DistrictCode: cityCode})
	if err != nil {
		return nil, err
	}
	c := &chosen{label: t.Label, orders: len(t.Preconditions) > 0}
	if len(offer.Candidates) > 0 {
		c.take(offer.Candidates[0])
	}
	if offer.NeedsChoice {
		c.why = "示例数据：取目录列出的第一项。" + offer.Why
	}
	o.held[key] = c
	return c, nil
}

func (c *chosen) take(cand statute.Candidate) {
	seen := map[string]bool{}
	for _, list := range [][]statute.OfferedCitation{cand.Breached, cand.Liability} {
		for _, x := range list {
			key := string(x.Role) + x.LawID + x.Provision.Key()
			if x.Competing || seen[key] || x.Holding != registry.Held {
				continue
			}
			seen[key] = true
			c.citations = append(c.citations, x.Citation)
		}
	}
	// The amount of the cited article; where the article only refers to another law (依照……规定处罚), that law's.
	for _, cited := range []bool{true, false} {
		for i := range cand.Penalties {
			p := &cand.Penalties[i]
			basis := p.Basis[0]
			if p.Kind == "罚款" && p.Max != nil && (!cited || c.cites(basis.LawID, basis.Article)) {
				c.fine = p
				return
			}
		}
	}
}

func (c *chosen) cites(lawID string, article int) bool {
	for _, x := range c.citations {
		if x.Role == registry.RoleBasis && x.LawID == lawID && x.Article == article {
			return true
		}
	}
	return false
}
