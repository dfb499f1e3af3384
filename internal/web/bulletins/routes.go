package bulletins

import (
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct{ *kit.Server }

// formLimit is what a form of a bulletin may have: two hundred cases of a few thousand characters, each up to nine bytes as browsers send it.
const formLimit = 32 << 20

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s}
	routes := []kit.Route{
		// Typical-case bulletins.
		kit.Get("/bulletins", registry.PermBulletinRead, a.bulletinList).MayLag(),
		kit.Get("/bulletins/new", registry.PermBulletinWrite, a.bulletinNew),
		kit.Post("/bulletins", registry.PermBulletinWrite, kit.CreateHandler(a.newBulletin)).Large(formLimit),
		kit.Post("/bulletins/autosave", registry.PermBulletinWrite, a.bulletinAutosaveNew).Large(formLimit),
		kit.Post("/bulletins/preview", registry.PermBulletinWrite, a.bulletinPreviewNew).Large(formLimit),
		kit.Get("/bulletins/:id", registry.PermBulletinRead, a.bulletinShow),
		kit.Get("/bulletins/:id/edit", registry.PermBulletinWrite, a.bulletinEdit),
		kit.Post("/bulletins/:id", registry.PermBulletinWrite, kit.UpdateHandler(a.storedBulletin)).Large(formLimit),
		kit.Post("/bulletins/:id/autosave", registry.PermBulletinWrite, a.bulletinAutosave).Large(formLimit),
		kit.Post("/bulletins/:id/preview", registry.PermBulletinWrite, a.bulletinPreview).Large(formLimit),

		// Its pictures: uploaded, chosen, cropped, covered, looked through.
		kit.Get("/bulletins/:id/pictures", registry.PermBulletinWrite, a.bulletinPictures),
		kit.Post("/bulletins/:id/pictures", registry.PermBulletinWrite, a.pictureUpload).Upload(pictureLimit),
		kit.Post("/bulletins/:id/pictures/choose", registry.PermBulletinWrite, a.pictureChoose),
		kit.Get("/bulletins/:id/pictures/choices/:file", registry.PermBulletinWrite, a.pictureThumbnail).Slow(time.Minute),
		kit.Get("/bulletins/:id/pictures/:file", registry.PermBulletinWrite, a.pictureEdit),
		kit.Post("/bulletins/:id/pictures/:file", registry.PermBulletinWrite, a.pictureSave),
		kit.Post("/bulletins/:id/pictures/:file/move", registry.PermBulletinWrite, a.pictureMove()),
		kit.Post("/bulletins/:id/pictures/:file/check", registry.PermBulletinWrite, a.pictureCheck()),
		kit.Get("/bulletins/:id/pictures/:file/original", registry.PermBulletinWrite, a.pictureOriginal).Slow(time.Minute),
		kit.Get("/bulletins/:id/pictures/:file/preview", registry.PermBulletinWrite, a.picturePreview).Slow(time.Minute),
		kit.Get("/bulletins/:id/pictures/:file/copy", registry.PermBulletinRead, a.pictureCopy).Slow(time.Minute),

		kit.Get("/bulletins/:id/versions", registry.PermBulletinRead, a.bulletinVersions),
		kit.Post("/bulletins/:id/submit", registry.PermBulletinWrite, a.bulletinSubmit),
		kit.Post("/bulletins/:id/answer", registry.PermBulletinStep, a.bulletinAnswer),

		// What readers of the public site say is wrong.
		kit.Get("/bulletin-reports", registry.PermBulletinWrite, a.reportList),
		kit.Get("/bulletin-reports/:id", registry.PermBulletinWrite, kit.EditHandler(a.storedReport)),
		kit.Post("/bulletin-reports/:id", registry.PermBulletinWrite, kit.UpdateHandler(a.storedReport)),
		kit.Post("/bulletins/:id/return", registry.PermBulletinStep, a.bulletinReturn),
		kit.Post("/bulletins/:id/approve", registry.PermBulletinStep, a.bulletinApprove),
		kit.Post("/bulletins/:id/withdraw", registry.PermBulletinApprove, a.bulletinWithdraw),
		kit.Post("/bulletins/:id/releases", registry.PermBulletinWrite, a.bulletinRelease),
		kit.Post("/bulletins/:id/publish", registry.PermBulletinApprove, a.bulletinPublish),
		kit.Post("/bulletins/:id/correct", registry.PermBulletinWrite, a.bulletinCorrect),
	}
	for _, f := range paperFormats {
		routes = append(routes, kit.Get("/bulletins/:id/"+f.Format, registry.PermBulletinRead, a.bulletinPaper(f)).Slow(time.Minute))
	}
	return routes
}
