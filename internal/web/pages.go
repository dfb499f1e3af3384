package web

// pageTypes lists every page: a test checks each template under templates/pages against its struct, also in branches that no
// test runs, and that no template is without one.
var pageTypes = []page{
	errorPage{}, mergePage{}, homePage{}, morePage{}, deskPage{}, weekPage{},
	signInPage{}, passwordPage{},
	lawAdminPage{}, lawCheckPage{}, lawFormPage{}, lawPreviewPage{}, lawRevisionsPage{},
	userListPage{}, userPage{}, oneTimePage{}, organListPage{}, organPage{}, bureauPage{}, officerListPage{}, officerPage{},
	calendarPage{}, noticeFormPage{}, kindListPage{}, kindPage{}, reviewFormPage{},
	farmListPage{}, farmPage{}, farmFormPage{}, partyListPage{}, partyPage{}, partyFormPage{}, duplicatesPage{}, partyMergePage{},
	inspectionListPage{}, inspectionPage{}, inspectionFormPage{}, sampleFormPage{}, evidenceFormPage{},
	caseListPage{}, caseFormPage{}, casePage{}, caseSheetPage{}, violationPickPage{}, violationFormPage{}, documentPickPage{}, documentFormPage{}, penaltyFormPage{},
	statuteListPage{}, lawPage{}, lawVersionPage{}, comparePage{}, compareListPage{}, violationListPage{}, violationTypePage{}, standardListPage{}, deadlineListPage{}, discretionPage{}, discretionTablePage{}, sheetPage{},
	importsPage{}, bulletinImportPage{}, readingPage{}, publicationPage{},
	bulletinListPage{}, bulletinPage{}, bulletinFormPage{}, exportPage{}, auditPage{},
}
