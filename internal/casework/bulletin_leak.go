package casework

import (
	"casebook/internal/registry"
	"casebook/internal/store"
)

// BulletinLeak is a leak and where it stands.
type BulletinLeak struct {
	Where string
	registry.Leak
}

func refuseLeaks(leaks []BulletinLeak) error {
	if len(leaks) == 0 {
		return nil
	}
	var p registry.Problems
	for _, l := range leaks {
		p.Add("cases", "%s含有%s“%s”，请改写", l.Where, l.Kind, l.Text)
	}
	return p.Err()
}

// leaks checks everything that would be published against the secrets of all cases in the bulletin: a name masked in one case
// must not come back in another.
func (s *Service) leaks(tx *store.Tx, x *registry.Bulletin) ([]BulletinLeak, error) {
	ids := make([]registry.CaseID, len(x.Cases))
	for i, c := range x.Cases {
		ids[i] = c.CaseID
	}
	files, err := tx.CaseFiles(ids)
	if err != nil {
		return nil, err
	}
	bureau := s.Bureau()
	var secrets registry.Secrets
	for _, f := range files {
		secrets = append(secrets, bureau.SecretsOf(f)...)
	}
	var out []BulletinLeak
	look := func(where, text string) {
		for _, l := range bureau.FindLeaks(text, secrets) {
			out = append(out, BulletinLeak{where, l})
		}
	}
	look("标题", x.Title)
	look("导语", x.Lead)
	look("署名", x.Issuer+"\n"+x.Byline)
	look("文头和版记", x.AddressedTo+"\n"+x.CopiedTo)
	for i, c := range x.Cases {
		n := registry.ChineseNumeral(i + 1)
		look("案件"+n+"标题", c.Title)
		look("案件"+n+"案情", c.Facts)
		look("案件"+n+"查处情况", c.Handling)
		look("案件"+n+"排污路径图", c.Path.Words())
	}
	return out, nil
}
