package law

import "casebook/internal/web/kit"

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{
	lawAdminPage{}, lawCheckPage{}, lawFormPage{}, lawPreviewPage{}, lawRevisionsPage{}, calendarPage{}, noticeFormPage{},
	statuteListPage{}, lawPage{}, lawVersionPage{}, comparePage{}, compareListPage{}, violationListPage{},
	violationTypePage{}, standardListPage{}, deadlineListPage{}, discretionPage{}, discretionTablePage{}, sheetPage{},
}
