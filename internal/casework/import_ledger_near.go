package casework

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// nearShown is how many entries of the register are suggested for a name.
const nearShown = 3

// NearName is a farm or a party of a ledger that the register does not have under this name, with what may be the same there. A person decides; unless one is chosen it is entered
// anew, and can be merged later.
type NearName struct {
	Key         string // on a form
	Entity      string // farm or party
	Name        string
	Row         int // the first that names it
	Sheet       string
	Chosen      int64
	Suggestions []Suggestion

	told registry.NameTold
	core string
}

// Suggestion is an entry that may be the same, with the score of registry.NameScore.
type Suggestion struct {
	ID    int64
	Name  string
	Score int
	Why   string
}

// nearKey names the farm or the party of a row on a form.
func nearKey(entity string, rec *ledgerread.Record) string {
	name := partyKey(rec)
	if entity == "farm" {
		name = registry.NameKey(rec.Farm) + "|" + rec.DistrictCode
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(entity + "|" + name))
	return fmt.Sprintf("%016x", h.Sum64())
}

// nearNames are the farms and parties of new rows that the register does not have, where it has some that are like them.
func (s *Service) nearNames(tx *store.Tx, matches []LedgerMatch, chosen map[string]int64) ([]NearName, error) {
	near := nearer{tx: tx, places: s.placeNames(), seen: map[string]bool{}}
	for i := range matches {
		if err := near.row(&matches[i]); err != nil {
			return nil, err
		}
	}
	if err := near.compare("party", tx.PartyNames, s); err != nil {
		return nil, err
	}
	if err := near.compare("farm", tx.FarmNames, s); err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(near.list, func(x NearName) bool { return len(x.Suggestions) == 0 })
	for i := range list {
		list[i].Chosen = chosen[list[i].Key]
	}
	return list, nil
}

// placeNames are the names of the bureau's districts and towns, the longer first: no name of a farm is its own by them.
func (s *Service) placeNames() (names []string) {
	b := s.Bureau()
	names = append(names, b.City.Name, b.City.Short)
	for _, d := range b.Districts {
		names = append(names, d.Name, d.Short)
	}
	for _, towns := range s.towns() {
		for _, t := range towns {
			names = append(names, t, strings.TrimSuffix(t, "镇"))
		}
	}
	names = slices.DeleteFunc(names, func(n string) bool { return registry.RuneLen(n) < 2 })
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	return slices.Compact(names)
}

// nearer gathers the names, and finds what is like them in one pass over those of the register.
type nearer struct {
	tx     *store.Tx
	places []string
	seen   map[string]bool
	list   []NearName
}

func (n *nearer) row(x *LedgerMatch) error {
	rec := &x.Record
	if x.Fate != FateNew && !(rec.Farms && x.Why == chosenNear) {
		return nil
	}
	told := registry.NameTold{Name: rec.Party, District: rec.DistrictCode, Town: rec.Town, LegalPerson: rec.LegalPerson, Code: cmp.Or(rec.Code, rec.Person)}
	if rec.Party != "" && !strings.ContainsAny(rec.Party, "某×*＊") && (!rec.Farms && !rec.Visits || registry.NameKey(rec.Party) != registry.NameKey(rec.Farm)) {
		id, err := knownParty(n.tx, rec)
		if err != nil {
			return err
		}
		if id == 0 {
			n.add(x, "party", told)
		}
	}
	if rec.Farm == "" {
		return nil
	}
	same, err := n.tx.SameFarms(&registry.Farm{Name: rec.Farm, DistrictCode: rec.DistrictCode})
	if err == nil && len(same) == 0 {
		told.Name, told.Code = rec.Farm, ""
		n.add(x, "farm", told)
	}
	return err
}

func (n *nearer) add(x *LedgerMatch, entity string, told registry.NameTold) {
	key := nearKey(entity, &x.Record)
	if n.seen[key] {
		return
	}
	n.seen[key] = true
	n.list = append(n.list, NearName{Key: key, Entity: entity, Name: told.Name, Row: x.Row, Sheet: x.Sheet, told: told, core: registry.CoreName(told.Name, n.places)})
}

// compare goes through the names of the register once: those that share two characters in a row with a name, or its only one, are scored.
func (n *nearer) compare(entity string, names func(func(store.Named)) error, s *Service) error {
	byPair := map[string][]int{}
	for i := range n.list {
		if n.list[i].Entity == entity {
			for _, p := range pairsOf(n.list[i].core) {
				byPair[p] = append(byPair[p], i)
			}
		}
	}
	if len(byPair) == 0 {
		return nil
	}
	return names(func(there store.Named) {
		core := registry.CoreName(there.Name, n.places)
		scored := map[int]bool{}
		for _, p := range pairsOf(core) {
			for _, i := range byPair[p] {
				if scored[i] {
					continue
				}
				scored[i] = true
				if there.District == "" {
					there.District = s.districtNamed(there.Name)
				}
				x := &n.list[i]
				if score, why := registry.NameScore(x.told, there.NameTold, x.core, core); score >= registry.NearEnough {
					x.Suggestions = append(x.Suggestions, Suggestion{there.ID, there.Name, score, strings.Join(why, "，")})
					slices.SortStableFunc(x.Suggestions, func(a, b Suggestion) int { return b.Score - a.Score })
					x.Suggestions = x.Suggestions[:min(len(x.Suggestions), nearShown)]
				}
			}
		}
	})
}

// districtNamed is the code of the district that a name begins with; empty where it begins with none.
func (s *Service) districtNamed(name string) string {
	name = strings.TrimPrefix(name, s.Bureau().City.Name)
	for _, d := range s.Bureau().Districts {
		if d.Short != "" && strings.HasPrefix(name, d.Short) {
			return d.Code
		}
	}
	return ""
}

func pairsOf(text string) (pairs []string) {
	r := []rune(text)
	if len(r) < 2 {
		return []string{text}
	}
	for i := range r[1:] {
		pairs = append(pairs, string(r[i:i+2]))
	}
	return pairs
}
