package imports

import "casebook/internal/web/kit"

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{
	importsPage{}, bulletinImportPage{}, readingPage{}, publicationPage{}, sourcePage{}, ledgerStartPage{}, ledgerPage{}, batchPage{},
}
