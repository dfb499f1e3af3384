package casework

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// What releases and corrections are called in the audit log.
const (
	actRelease = "登记发布"
	actPublish = "发布到公众网站"
	actCorrect = "更正"
)

// maxReleases is more places than a bulletin is ever published in.
const maxReleases = 50

// ReleaseBulletin records that an approved bulletin was published somewhere: when, where, by whom. It publishes nothing by itself.
func (s *Service) ReleaseBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, r registry.BulletinRelease) error {
	return s.moveBulletin(ctx, act{actor: a, perm: registry.PermBulletinWrite, action: actRelease}, id, version, func(_ *store.Tx, x *registry.Bulletin) error {
		if x.State != registry.BulletinApproved {
			return registry.Conflict("这期通报%s；批准之后才登记发布。", x.State)
		}
		r.Site = false
		if err := s.checkRelease(x, &r); err != nil {
			return err
		}
		r.UserID, r.At = a.UserID, s.now()
		x.Releases = append(slices.Clone(x.Releases), r)
		return nil
	})
}

func (s *Service) checkRelease(x *registry.Bulletin, r *registry.BulletinRelease) error {
	r.Where, r.URL = registry.CleanText(r.Where), registry.CleanText(r.URL)
	var p registry.Problems
	today := s.Today()
	switch {
	case r.On.IsZero():
		p.Add("release.on", "请填写发布日期")
	case today.Before(r.On):
		p.Add("release.on", "发布日期 %s 还没有到", r.On)
	case x.ApprovedAt != nil && r.On.Before(registry.DateOf(*x.ApprovedAt)) && len(x.Opinions) > 0:
		p.Add("release.on", "发布日期早于批准之日 %s，请核对", registry.DateOf(*x.ApprovedAt))
	}
	if !registry.PublicationMedia.Has(r.Medium) {
		p.Add("release.medium", "请选择发布在哪种媒体")
	}
	if r.Where == "" && r.URL == "" {
		p.Add("release.where", "请写明发布在哪里：报纸名称和版面、网站或公众号的名称；或填写网址")
	}
	if registry.RuneLen(r.Where) > 200 {
		p.Add("release.where", "太长，最多 200 字")
	}
	if u, err := url.Parse(r.URL); r.URL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(r.URL) > 2000) {
		p.Add("release.url", "网址应以 http:// 或 https:// 开头")
	}
	same := func(o registry.BulletinRelease) bool {
		return o.On == r.On && o.Medium == r.Medium && o.Where == r.Where && o.URL == r.URL
	}
	if slices.ContainsFunc(x.Releases, same) {
		p.Add("release.where", "这次发布已经登记过")
	}
	if len(x.Releases) >= maxReleases {
		p.Add("release.where", "一期通报最多登记 %d 次发布", maxReleases)
	}
	return p.Err()
}

// PublishBulletin puts an approved bulletin on the public site of this register. Of two who do so at once one does, and the other is told.
func (s *Service) PublishBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64) error {
	if err := a.May(registry.PermBulletinApprove); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		x, err := store.Bulletins.Get(tx, int64(id))
		if err != nil {
			return err
		}
		switch {
		case x.Public():
			return registry.Conflict("这期通报已经在 %s 发布到公众网站，没有再发布一次。", x.PublishedAt.In(registry.Shanghai).Format("2006-01-02 15:04"))
		case x.State != registry.BulletinApproved:
			return registry.Conflict("这期通报%s；只有已批准的才能发布。", x.State)
		case x.Version != version:
			return registry.Stale("通报", x.Version, version)
		}
		files, err := filesOf(tx, &x)
		if err != nil {
			return err
		}
		turns, err := s.turnsIn(tx, &x, files)
		if err != nil {
			return err
		}
		for _, t := range turns {
			if !t.Contested {
				return registry.Conflict("%s在批准之后已%s，不能发布；请更正后重新送审，或撤回。", t.Label, t.What)
			}
		}
		if err := gate(&x, files, true, "cases", "批准时已说明"); err != nil {
			return err
		}
		now := s.now()
		x.PublishedAt = &now
		x.Releases = append(slices.Clone(x.Releases), registry.BulletinRelease{On: registry.DateOf(now), Medium: "其他网站", Where: "本系统公众网站", Site: true, UserID: a.UserID, At: now})
		return changeIn(tx, s, act{actor: a, action: actPublish}, store.Bulletins, &x)
	})
}

// CorrectBulletin begins the correction of an approved bulletin: a new draft with its words, which says what was wrong. The old one stays as
// it is; both name each other.
func (s *Service) CorrectBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, note string) (made registry.BulletinID, err error) {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return 0, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		was, err := store.Bulletins.Get(tx, int64(id))
		switch {
		case err != nil:
			return err
		case was.State != registry.BulletinApproved:
			return registry.Conflict("这期通报%s；只有已批准的才需要更正，草稿可以直接修改。", was.State)
		case was.Version != version:
			return registry.Stale("通报", was.Version, version)
		}
		others, err := tx.CorrectionsOf(id)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.State == registry.BulletinDraft || o.State == registry.BulletinSubmitted {
				return registry.Conflict("这期通报的更正（通报 %d）还在%s，请在那里修改。", o.ID, o.State)
			}
		}
		x := registry.Bulletin{Origin: was.Origin, Title: was.Title, Lead: was.Lead, Issuer: was.Issuer, Byline: was.Byline, Dated: was.Dated, CampaignID: was.CampaignID,
			Design: was.Design, Number: was.Number, AddressedTo: was.AddressedTo, CopiedTo: was.CopiedTo, Sections: was.Sections, Cases: was.Cases, State: registry.BulletinDraft, AuthorID: a.UserID, CorrectsID: id, CorrectionNote: registry.CleanText(note)}
		x.Pictures = slices.Clone(was.Pictures)
		for i := range x.Pictures { // what was wrong may stand in one of them
			x.Pictures[i].CheckedSHA256, x.Pictures[i].CheckerID = "", 0
		}
		x.Wrote(a.UserID) // whose words they were has been read by another
		if x.CorrectionNote == "" {
			return registry.Invalid("correction_note", "请写明更正了什么、为什么")
		}
		detail := fmt.Sprintf("更正通报 %d", id)
		if _, err := addIn(tx, s, act{actor: a, action: actCorrect, detail: detail}, store.Bulletins, &x, s.settable(&x)); err != nil {
			return err
		}
		made = x.ID
		return nil
	})
	return made, err
}
