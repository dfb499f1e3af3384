package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// kept is what an administrator keeps beside the laws, as it was last read: the calendar, further kinds of document and the bureau.
type kept struct {
	calendar   statute.Calendar
	notices    []store.CalendarNotice
	kinds      []registry.KeptKind
	bureau     *registry.Bureau
	generation store.KeptGeneration
}

// LoadKept reads the kept calendar, the kinds of document and the bureau, if they changed since they were last read.
func (s *Service) LoadKept(ctx context.Context) error {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	have := s.kept.Load()
	next := &kept{calendar: s.laws.Calendar()}
	current := false
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if next.generation, err = tx.KeptGeneration(); err != nil {
			return err
		}
		if current = have != nil && have.generation == next.generation; current {
			return nil
		}
		if next.notices, err = tx.CalendarNotices(); err != nil {
			return err
		}
		if next.kinds, err = tx.KeptKinds(); err != nil {
			return err
		}
		next.bureau, err = tx.Bureau()
		return err
	})
	if err != nil || current {
		return err
	}
	for _, n := range next.notices { // oldest first: of each year the last stands
		for i := range n.Days {
			n.Days[i].Source = n.Source
		}
		next.calendar = next.calendar.With(n.Year, n.Days)
	}
	s.kept.Store(next)
	return nil
}

// DocumentKinds lists the kinds to choose from: the program's, then those that an administrator added and has not made inactive. 恢复办理 is
// not among them: a closed case has a button of its own for it.
func (s *Service) DocumentKinds() []registry.DocumentKind {
	list := slices.DeleteFunc(slices.Clone(registry.DocumentKinds), func(k registry.DocumentKind) bool { return k.Name == registry.DocReopened })
	for _, k := range s.keptKinds() {
		if k.Active {
			list = append(list, k.DocumentKind)
		}
	}
	return list
}

// DocumentKind finds a kind by name, also one that is no longer used.
func (s *Service) DocumentKind(name registry.DocKind) (registry.DocumentKind, bool) {
	if k, ok := registry.DocumentKindByName(name); ok {
		return k, true
	}
	for _, k := range s.keptKinds() {
		if k.Name == name {
			return k.DocumentKind, true
		}
	}
	return registry.DocumentKind{}, false
}

func (s *Service) keptKinds() []registry.KeptKind {
	if k := s.kept.Load(); k != nil {
		return k.kinds
	}
	return nil
}

// knownKind refuses a kind that nobody keeps, and one made inactive, except on the document that has it already; and a result that an
// added kind does not have.
func knownKind(x *registry.Document) check {
	return func(tx *store.Tx) error {
		if _, ok := registry.DocumentKindByName(x.Kind); ok {
			return nil
		}
		list, err := tx.KeptKinds()
		if err != nil {
			return err
		}
		for _, k := range list {
			switch {
			case k.Name != x.Kind:
			case k.Active:
				return k.CheckResult(x.Result)
			default:
				if was, err := store.Documents.Get(tx, int64(x.ID)); err == nil && was.Kind == x.Kind {
					return k.CheckResult(x.Result)
				}
				return registry.Invalid("kind", "“%s”已停用；请从列表选择其他种类", x.Kind)
			}
		}
		return registry.Invalid("kind", "没有“%s”这种文书；请从列表选择，或选“%s”并在内容里写明", x.Kind, registry.DocOther)
	}
}

// KeptKinds lists the added kinds for the administrator.
func (s *Service) KeptKinds(ctx context.Context, a registry.Actor) (list []registry.KeptKind, err error) {
	err = s.read(ctx, a, registry.PermAdmin, func(tx *store.Tx) error {
		list, err = tx.KeptKinds()
		return err
	})
	return list, err
}

// KeptKind reads one added kind.
func (s *Service) KeptKind(ctx context.Context, a registry.Actor, id registry.KindID) (registry.KeptKind, error) {
	return get(ctx, s, a, registry.PermAdmin, store.DocumentKinds, int64(id))
}

// AddKind adds a kind of document.
func (s *Service) AddKind(ctx context.Context, a registry.Actor, x *registry.KeptKind) (repeated bool, err error) {
	x.Active = true
	if repeated, err = add(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.DocumentKinds, x, knownEnd(x)); err != nil {
		return repeated, err
	}
	return repeated, s.kindsChanged(ctx)
}

// kindsChanged reads the kinds anew, and has due days computed anew where a deadline of theirs changed. The change is on disk: a browser that
// goes away, or due days that cannot be counted now, change nothing.
func (s *Service) kindsChanged(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := s.LoadKept(ctx); err != nil {
		return err
	}
	s.dueChanged(ctx)
	return nil
}

// knownEnd refuses a deadline that a kind ends which nobody keeps.
func knownEnd(x *registry.KeptKind) check {
	return func(tx *store.Tx) error {
		kind := x.Deadline.EndedBy
		if kind == "" || kind == x.Name {
			return nil
		}
		kinds, err := tx.Kinds()
		if err != nil {
			return err
		}
		if _, ok := kinds.Find(kind); !ok {
			return registry.Invalid("deadline.ended_by", "没有“%s”这种文书；请从列表选择", kind)
		}
		return nil
	}
}

// ChangeKind makes an added kind inactive or active again, and changes its note and properties, as far as the documents on record allow
// (DocumentKind.Become). The rest stays: documents rest on it. Due days are computed anew where its deadline changed.
func (s *Service) ChangeKind(ctx context.Context, a registry.Actor, x *registry.KeptKind) error {
	err := change(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.DocumentKinds, x, func(tx *store.Tx) error {
		was, err := store.DocumentKinds.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		used, err := tx.KindUsed(was.Name)
		if err != nil {
			return err
		}
		next := x.KindProperties
		x.DocumentKind = was.DocumentKind
		if err := x.Become(next, used); err != nil {
			return err
		}
		return x.Validate()
	}, knownEnd(x))
	if err != nil {
		return err
	}
	return s.kindsChanged(ctx)
}
