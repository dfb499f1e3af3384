package imports

import (
	"time"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct{ *kit.Server }

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s}
	return []kit.Route{
		// Reading what people already have.
		kit.Get("/imports", registry.PermRecordWrite, a.imports),
		kit.Get("/imports/bulletin", registry.PermRecordWrite, a.bulletinImport),
		kit.Post("/imports/bulletin", registry.PermRecordWrite, a.bulletinRead).Upload(textUpload),
		kit.Post("/imports/bulletin/cases", registry.PermRecordWrite, a.bulletinAccept).Upload(acceptedUpload),
		kit.Get("/imports/bulletin/:id", registry.PermRecordRead, a.publicationShow),
		// Ledgers: uploaded, looked through, brought in as a batch.
		kit.Get("/imports/ledger", registry.PermRecordWrite, a.ledgerStart),
		kit.Post("/imports/ledger", registry.PermRecordWrite, a.ledgerUpload).Upload(ledgerread.MaxFile + 1<<20),
		kit.Get("/imports/ledger/:ledger", registry.PermRecordWrite, a.ledgerShow),
		kit.Post("/imports/ledger/:ledger", registry.PermRecordWrite, a.ledgerImport).Upload(1 << 20),
		kit.Get("/imports/ledger/:ledger/rejected.xlsx", registry.PermRecordWrite, a.ledgerRejected).Slow(2 * time.Minute),
		kit.Get("/imports/batches/:id", registry.PermRecordWrite, a.batchShow),
		kit.Post("/imports/batches/:id/undo", registry.PermRecordWrite, a.batchUndo),
		// Where cases were published, also those that were entered by hand.
		kit.Get("/imports/sources/new", registry.PermRecordWrite, a.sourceNew),
		kit.Post("/imports/sources", registry.PermRecordWrite, kit.CreateHandler(a.newSource)),
		kit.Get("/imports/bulletin/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedSource)),
		kit.Post("/imports/bulletin/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedSource)),
	}
}
