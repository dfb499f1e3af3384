package ledgers

import "casebook/internal/web/kit"

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{
	exportPage{}, closingsPage{}, statisticsPage{}, similarPage{}, profileListPage{}, profilePage{}, auditPage{}, verifyPage{}, exportListPage{}, jobListPage{}, importJobsPage{}, registerPage{},
	drawListPage{}, drawFormPage{}, drawPage{}, drawSheetsPage{}, resultPage{}, scoreSheetListPage{}, scoreSheetPage{},
	reconcileStartPage{}, reconcilePage{},
}
