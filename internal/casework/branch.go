package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Whose a record is, and that a write keeps to the actor's branch, store/branch.go decides: write confines the transaction. What stands
// here is for those who ask before they write: the guard of a form, and a page that shows no button which would be refused.

// MayWrite refuses a record of another branch than the actor's. A record that is not there is for the use case to miss.
func (s *Service) MayWrite(ctx context.Context, a registry.Actor, entity string, id int64) error {
	if a.Branch == nil {
		return nil
	}
	return s.db.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(tx, a); err != nil {
			return err
		}
		tx.Confine(a.Branch)
		if err := tx.MayRead(entity, "这个页面", id); err != nil {
			return err
		}
		return tx.MayWrite(entity, id)
	})
}

// hidden reports, inside a write, a record that the actor may not read: reads are not narrowed there, since what is derived rests on other
// branches' records too. A refusal must not tell of it, and nothing may be hung on it by its number.
func hidden(tx *store.Tx, entity string, id int64) bool {
	b, err := tx.Bureau()
	return err == nil && b.OwnBranchOnly && tx.MayWrite(entity, id) != nil
}

// veil takes the words of what the actor may not read from the records that a page or a refusal names.
func veil(tx *store.Tx, list []registry.Reference) []registry.Reference {
	for i, r := range list {
		if hidden(tx, r.Entity, r.ID) || tx.MayRead(r.Entity, "", r.ID) != nil {
			list[i].Title = "由其他单位登记"
		}
	}
	return list
}

// titleFor is the title of a case that a refusal speaks of, inside a write; of one that the actor may not read it says only whose it is.
func titleFor(tx *store.Tx, id registry.CaseID, title string) string {
	if hidden(tx, store.Cases.Entity, int64(id)) {
		return "其他单位办理的一件案件"
	}
	return title
}

// Reach says in a sentence where an account may write.
func (s *Service) Reach(ctx context.Context, a registry.Actor, u registry.User) (words string, err error) {
	err = s.read(ctx, a, registry.PermSelf, func(tx *store.Tx) error {
		x, err := boundActor(tx, u, "")
		if err != nil || !u.Role.Can(registry.PermRecordWrite) {
			return err
		}
		b, err := tx.Bureau()
		if err != nil {
			return err
		}
		switch {
		case x.Branch == nil:
			words = "可以登记、修改全市的记录。"
		case x.Branch.DistrictCode == "":
			words = "所在的" + x.Branch.Name + "已不管辖任何辖区，只能查看。请改定单位。"
		default:
			words = "登记、修改限于" + x.Branch.Name + "（" + b.DistrictName(x.Branch.DistrictCode) + "）的记录。"
		}
		if x.Branch != nil && b.OwnBranchOnly {
			words += "查看也限于本分局。"
		}
		return nil
	})
	return words, err
}

// Foreign says to an officer of a branch why a record's page offers nothing to write: 本案由开平分局办理，您只能查看. It is empty where the
// officer may write, and for roles that never do.
type Foreign string

// foreignTo says it of the stored record. what is how the page calls it: 本案由…办理.
func foreignTo(tx *store.Tx, a registry.Actor, what, does, entity string, id int64) (Foreign, error) {
	tx.Confine(a.Branch)
	err := tx.MayWrite(entity, id)
	if registry.KindOf(err) != registry.KindForbidden || err == nil {
		return "", err
	}
	codes, err := tx.DistrictsOf(entity, id)
	if err != nil {
		return "", err
	}
	b, err := tx.Bureau()
	if err != nil {
		return "", err
	}
	return Foreign(what + "由" + b.UnitOf(codes[0]) + does + "，您只能查看。"), nil
}
