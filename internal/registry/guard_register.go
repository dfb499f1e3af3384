package registry

import "strings"

// GuardHead is how many characters of a name the register is asked by: no shorter name is looked for in the text of a bulletin that has nothing to
// do with it, since two characters stand in every second sentence.
const GuardHead = 3

// The kinds of the names of records that no case of a bulletin is about: of persons whom they name, of parties, of farms; and what follows the kind of a
// name that is short.
const (
	GuardPerson = "其他人姓名"
	GuardParty  = "其他当事人名称"
	GuardFarm   = "其他养殖场名称"
	GuardShort  = "简称"
)

// GuardNamesOfParty are the names under which a party is looked for in bulletins that are not about it: in the form that texts are compared in.
func (b *Bureau) GuardNamesOfParty(x *Party) Secrets {
	return b.guardNames(GuardParty, x.Name, GuardPerson, x.LegalPerson)
}

// GuardNamesOfFarm are those of a farm.
func (b *Bureau) GuardNamesOfFarm(x *Farm) Secrets {
	return b.guardNames(GuardFarm, x.Name, GuardPerson, x.ContactName)
}

func (b *Bureau) guardNames(kind, name, personKind, person string) (list Secrets) {
	c := b.places()
	for _, d := range append(b.Districts, b.City) {
		c.publish(d.Name, d.Short)
	}
	c.name(kind, name)
	for _, n := range namesIn(person) {
		c.add(personKind, n)
	}
	have := map[string]bool{}
	for _, s := range c.secrets {
		if key := GuardLetters(s.Text); s.near == nearNone && RuneLen(key) >= GuardHead && !have[key] {
			have[key] = true
			list = append(list, Secret{Kind: s.Kind, Text: key})
		}
	}
	return list
}

// GuardLetters is a name or a text as they are compared: folded, letters and figures alone.
func GuardLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if letter(r) {
			return r
		}
		return -1
	}, guardKey(Fold(s)))
}
