package casework

import (
	"context"

	"casebook/internal/paper"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// wordings are the fixed wordings of papers as an administrator changed them.
func wordings(tx *store.Tx) (paper.Wordings, error) {
	list, err := tx.PaperWordings()
	if err != nil {
		return nil, err
	}
	w := make(paper.Wordings, len(list))
	for i := range list {
		w[list[i].Paper] = list[i].Map()
	}
	return w, nil
}

// PaperWordings are those that were changed.
func (s *Service) PaperWordings(ctx context.Context, a registry.Actor) (list []registry.PaperWording, err error) {
	err = s.read(ctx, a, registry.PermAdmin, func(tx *store.Tx) error {
		list, err = tx.PaperWordings()
		return err
	})
	return list, err
}

// PaperWording is the wordings of a kind of paper; of one that nobody changed, new ones with the text that is shipped.
func (s *Service) PaperWording(ctx context.Context, a registry.Actor, key string) (x registry.PaperWording, err error) {
	k, ok := paper.WordingGroup(key)
	if !ok {
		return x, registry.NotFound("这种文书的用语", key)
	}
	err = s.read(ctx, a, registry.PermAdmin, func(tx *store.Tx) error {
		list, err := tx.PaperWordings()
		for i := range list {
			if list[i].Paper == key {
				x = list[i]
			}
		}
		return err
	})
	changed := x
	x.Paper, x.Texts = key, nil
	for _, w := range k.Wordings {
		text, ok := changed.Text(w.Key)
		if !ok {
			text = w.Default
		}
		x.Texts = append(x.Texts, registry.WordingText{Key: w.Key, Text: text})
	}
	return x, err
}

// AddPaperWording keeps the wordings of a kind for the first time, ChangePaperWording over those before. Braces that stand for nothing are refused.
func (s *Service) AddPaperWording(ctx context.Context, a registry.Actor, x *registry.PaperWording) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.PaperWordings, x, bracesStand(x))
}

// ChangePaperWording stores edited wordings.
func (s *Service) ChangePaperWording(ctx context.Context, a registry.Actor, x *registry.PaperWording) error {
	return change(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.PaperWordings, x, bracesStand(x))
}

func bracesStand(x *registry.PaperWording) check {
	return func(*store.Tx) error {
		k, ok := paper.WordingGroup(x.Paper)
		if !ok {
			return registry.NotFound("这种文书的用语", x.Paper)
		}
		return k.CheckWordings(x.Map())
	}
}
