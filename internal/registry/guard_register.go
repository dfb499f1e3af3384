package registry

import "strings"

// GuardHead is how many characters of a name the register is asked by: no shorter name is looked for in the text of a bulletin that has nothing to
// do with it, since two characters stand in every second sentence.
const GuardHead = 3

// GuardPerson is the kind of the names of persons whom records of the register name, and no case of a bulletin does.
const GuardPerson = "其他人姓名"

// GuardNamesOfParty are the names under which a party is looked for in bulletins that are not about it: in the form that texts are compared in.
func (b *Bureau) GuardNamesOfParty(x *Party) Secrets {
	return b.guardNames("其他当事人名称", x.Name, GuardPerson, x.LegalPerson)
}

// GuardNamesOfFarm are those of a farm.
func (b *Bureau) GuardNamesOfFarm(x *Farm) Secrets {
	return b.guardNames("其他养殖场名称", x.Name, GuardPerson, x.ContactName)
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
		if key := guardLetters(s.Text); RuneLen(key) >= GuardHead && !have[key] {
			have[key] = true
			list = append(list, Secret{s.Kind, key})
		}
	}
	return list
}

// guardLetters is a name as texts are compared: folded, letters and figures alone.
func guardLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if letter(r) {
			return r
		}
		return -1
	}, guardKey(Fold(s)))
}

// GuardHeads are the beginnings that the names in a text can have, each once: every GuardHead characters of it.
func GuardHeads(texts ...string) (heads []string) {
	seen := map[[GuardHead]rune]bool{}
	for _, t := range texts {
		r := []rune(guardLetters(t))
		for i := 0; i+GuardHead <= len(r); i++ {
			if key := [GuardHead]rune(r[i : i+GuardHead]); !seen[key] {
				seen[key] = true
				heads = append(heads, string(r[i:i+GuardHead]))
			}
		}
	}
	return heads
}
