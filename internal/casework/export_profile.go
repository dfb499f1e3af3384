package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// ExportProfiles lists the forms of export that a person made or that others share.
func (s *Service) ExportProfiles(ctx context.Context, a registry.Actor) (list []registry.ExportProfile, err error) {
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		list, err = tx.ExportProfiles(a.UserID)
		return err
	})
	return list, err
}

// ExportProfile reads one that the person may use. Somebody else's private one is not found.
func (s *Service) ExportProfile(ctx context.Context, a registry.Actor, id registry.ProfileID) (registry.ExportProfile, error) {
	x, err := get(ctx, s, a, registry.PermExport, store.ExportProfiles, int64(id))
	if err == nil && !x.Shared && x.OwnerID != a.UserID {
		return registry.ExportProfile{}, registry.NotFound(store.ExportProfiles.Noun, int64(id))
	}
	return x, err
}

// AddExportProfile keeps a form of export for the person who made it.
func (s *Service) AddExportProfile(ctx context.Context, a registry.Actor, x *registry.ExportProfile) (repeated bool, err error) {
	x.OwnerID = a.UserID
	return add(ctx, s, act{actor: a, perm: registry.PermExport}, store.ExportProfiles, x, profileFits(x))
}

// ChangeExportProfile changes one; the owner alone may.
func (s *Service) ChangeExportProfile(ctx context.Context, a registry.Actor, x *registry.ExportProfile) error {
	return change(ctx, s, act{actor: a, perm: registry.PermExport}, store.ExportProfiles, x, func(tx *store.Tx) error {
		was, err := store.ExportProfiles.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		x.OwnerID = was.OwnerID
		return ownProfile(&was, a)
	}, profileFits(x))
}

// RemoveExportProfile deletes one; its history stays.
func (s *Service) RemoveExportProfile(ctx context.Context, a registry.Actor, id registry.ProfileID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermExport}, store.ExportProfiles, int64(id), version, func(tx *store.Tx) error {
		was, err := store.ExportProfiles.Get(tx, int64(id))
		if err != nil {
			return err
		}
		return ownProfile(&was, a)
	})
}

func ownProfile(x *registry.ExportProfile, a registry.Actor) error {
	switch {
	case x.OwnerID == a.UserID:
		return nil
	case x.Shared:
		return registry.Forbidden("“%s”是同事的导出方案，只能由建立它的人修改或删除；要改的，另存一份自己的", x.Name)
	}
	return registry.NotFound(store.ExportProfiles.Noun, int64(x.ID))
}

// profileFits refuses columns that there are not, and a name that somebody would find something else under.
func profileFits(x *registry.ExportProfile) check {
	return func(tx *store.Tx) error {
		if _, err := report.Custom(x); err != nil {
			return err
		}
		if _, taken := report.ProfileByName(x.Name); taken || x.Name == "statistics" {
			return registry.Invalid("name", "“%s”是系统自带的导出方案，请换个名称", x.Name)
		}
		list, err := tx.ExportProfiles(x.OwnerID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(o registry.ExportProfile) bool { return o.Name == x.Name && o.ID != x.ID }) {
			return registry.Invalid("name", "已有名为“%s”的导出方案（自己的或同事共用的），请换个名称", x.Name)
		}
		return nil
	}
}

// ExportForm is the form that an export will have; what is wrong with the export is told before anything is written.
func (s *Service) ExportForm(ctx context.Context, a registry.Actor, x Export) (p report.Profile, err error) {
	if err := a.May(registry.PermExport); err != nil {
		return p, err
	}
	if err := s.checkExport(x); err != nil {
		return p, err
	}
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		form, err := s.profileOf(tx, a, x.Profile)
		if err == nil {
			p, err = *form, mayExport(form, a)
		}
		return err
	})
	return p, err
}

// OfferedProfiles are the program's own forms of export that a person may use.
func OfferedProfiles(a registry.Actor) (list []report.Profile) {
	for i := range report.Profiles {
		if mayExport(&report.Profiles[i], a) == nil {
			list = append(list, report.Profiles[i])
		}
	}
	return list
}

// mayExport refuses a form with whole numbers of persons to who may not see them.
func mayExport(p *report.Profile, a registry.Actor) error {
	if p.Credit() && a.May(registry.PermPersonalRead) != nil {
		return registry.Forbidden("“%s”写出完整的代码和证件号，只有能查看这些号码的人（执法人员、审计员）可以导出", p.Name)
	}
	return nil
}

// profileOf finds the form of an export by its key or name: the program's, then the person's own, then shared ones.
func (s *Service) profileOf(tx *store.Tx, a registry.Actor, name string) (*report.Profile, error) {
	if name == "" {
		return &report.Profiles[0], nil
	}
	if p, ok := report.ProfileByName(name); ok {
		return &p, nil
	}
	x, found, err := tx.ExportProfileNamed(a.UserID, name)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, registry.Invalid("profile", "没有导出方案“%s”；系统自带的有：%s", name, profileNames())
	}
	p, err := report.Custom(&x)
	return &p, err
}

// profileNames lists the program's forms of export with their keys.
func profileNames() string {
	out := ""
	for i, p := range report.Profiles {
		if i > 0 {
			out += "、"
		}
		out += p.Name + "（" + p.Key + "）"
	}
	return out
}
