package casefile

import "casebook/internal/web/kit"

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{
	reviewFormPage{}, caseListPage{}, sheetsPage{}, caseFormPage{}, casePage{}, casePartPage{}, caseSheetPage{}, violationPickPage{},
	violationFormPage{}, documentPickPage{}, documentFormPage{}, penaltyFormPage{}, papersPage{}, paperPage{}, interrogationFormPage{}, stepsPage{}, elementsPage{},
}
