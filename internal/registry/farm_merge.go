package registry

import (
	"encoding/json"
	"fmt"
	"slices"
)

// FarmMerge is PartyMerge for farms. Of the fields in which the two differ a person says which value the one that stays has.
type FarmMerge struct {
	ID FarmMergeID `json:"id"`
	Meta
	FarmID FarmID   `json:"farm_id"` // entered twice; hidden afterwards
	IntoID FarmID   `json:"into_id"` // the one that stays
	Taken  []string `json:"taken"`   // the fields whose value the one that stays took from the other
	Merging
}

// Clean normalises what was typed.
func (x *FarmMerge) Clean() {
	x.Merging.Clean()
	slices.Sort(x.Taken)
	if x.Taken = slices.Compact(x.Taken); x.Taken == nil {
		x.Taken = []string{}
	}
}

// Validate checks the merge.
func (x *FarmMerge) Validate() error {
	var p Problems
	p.Merge("", x.validate("养殖场", int64(x.FarmID), int64(x.IntoID)))
	for _, name := range x.Taken {
		if f, ok := FarmFields.Find(name); !ok || f.ReadOnly || f.NoInput != "" {
			p.Add("taken", "没有“%s”这一项", name)
		}
	}
	return p.Err()
}

// TakeFields gives a record the values that another of its noun has in some fields, as JSON names them.
func TakeFields[T any](to *T, from T, names []string) error {
	var target, source map[string]json.RawMessage
	for _, x := range []struct {
		record any
		into   *map[string]json.RawMessage
	}{{*to, &target}, {from, &source}} {
		b, err := json.Marshal(x.record)
		if err != nil {
			return fmt.Errorf("write a record: %w", err)
		}
		if err := json.Unmarshal(b, x.into); err != nil {
			return fmt.Errorf("read a record: %w", err)
		}
	}
	for _, name := range names {
		delete(target, name)
		if v, ok := source[name]; ok {
			target[name] = v
		}
	}
	b, err := json.Marshal(target)
	if err != nil {
		return fmt.Errorf("write a record: %w", err)
	}
	var taken T
	if err := json.Unmarshal(b, &taken); err != nil {
		return fmt.Errorf("read a record: %w", err)
	}
	*to = taken
	return nil
}
