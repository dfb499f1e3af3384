package web

import (
	"net/http"
	"time"

	"casebook/internal/registry"
)

// Route is one line of the product. A route without a permission, or with one that no role has, does not start.
type Route struct {
	Method     string
	Path       string
	Permission registry.Permission
	handle     func(*Server, *request) error
	limit      int64         // bytes a body may have
	timeout    time.Duration // until the request's context ends
	file       bool          // answers with a file: not compressed again
}

const (
	formLimit   = 2 << 20
	pageTimeout = 30 * time.Second
)

func get(path string, p registry.Permission, h func(*Server, *request) error) Route {
	return Route{Method: http.MethodGet, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

func post(path string, p registry.Permission, h func(*Server, *request) error) Route {
	return Route{Method: http.MethodPost, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

func patch(path string, p registry.Permission, h func(*Server, *request) error) Route {
	return Route{Method: http.MethodPatch, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

// upload allows a larger body, for multipart forms.
func (r Route) upload(limit int64) Route { r.limit, r.timeout = limit, 5*time.Minute; return r }

// slow allows a file or an export more time, and sends it uncompressed: PDF, xlsx and photos are compressed already.
func (r Route) slow(d time.Duration) Route { r.timeout, r.file = d, true; return r }

// Routes is the product as a table: method, path, permission, handler. Everything is registered from it, and the role-matrix
// test is generated from it.
func Routes() []Route {
	return []Route{
		// Public: no sign-in.
		get("/healthz", registry.PermPublic, (*Server).health),
		get("/static/:file", registry.PermPublic, (*Server).static),
		get("/favicon.ico", registry.PermPublic, (*Server).favicon),
		get("/robots.txt", registry.PermPublic, (*Server).robots),
		get("/login", registry.PermPublic, (*Server).signInPage),
		post("/login", registry.PermPublic, (*Server).signIn),

		// About oneself.
		get("/", registry.PermSelf, (*Server).home),
		get("/desk", registry.PermRecordRead, (*Server).desk),
		get("/desk/week", registry.PermRecordRead, (*Server).deskWeek),
		get("/more", registry.PermSelf, (*Server).more),
		get("/password", registry.PermSelf, (*Server).passwordPage),
		post("/password", registry.PermSelf, (*Server).passwordChange),
		post("/logout", registry.PermSelf, (*Server).signOut),

		// Farms and parties.
		get("/farms", registry.PermRecordRead, (*Server).farmList),
		get("/farms/new", registry.PermRecordWrite, (*Server).farmNew),
		post("/farms", registry.PermRecordWrite, (*Server).farmCreate),
		get("/farms/:id", registry.PermRecordRead, (*Server).farmShow),
		get("/farms/:id/edit", registry.PermRecordWrite, (*Server).farmEdit),
		post("/farms/:id", registry.PermRecordWrite, (*Server).farmUpdate),
		post("/farms/:id/attachments", registry.PermRecordWrite, attachTo("farm", "farms")).upload(uploadLimit),
		get("/parties", registry.PermRecordRead, (*Server).partyList),
		get("/parties/duplicates", registry.PermRecordRead, (*Server).partyDuplicates),
		get("/parties/new", registry.PermRecordWrite, (*Server).partyNew),
		post("/parties", registry.PermRecordWrite, (*Server).partyCreate),
		get("/parties/:id", registry.PermRecordRead, (*Server).partyShow),
		get("/parties/:id/edit", registry.PermRecordWrite, (*Server).partyEdit),
		post("/parties/:id", registry.PermRecordWrite, (*Server).partyUpdate),
		get("/parties/:id/merge", registry.PermRecordWrite, (*Server).partyMergeForm),
		post("/parties/:id/merge", registry.PermRecordWrite, (*Server).partyMerge),
		post("/parties/:id/unmerge", registry.PermRecordWrite, (*Server).partyUnmerge),

		// Inspections and what hangs on them.
		get("/inspections", registry.PermRecordRead, (*Server).inspectionList),
		get("/inspections/new", registry.PermRecordWrite, (*Server).inspectionNew),
		post("/inspections", registry.PermRecordWrite, (*Server).inspectionCreate),
		get("/inspections/:id", registry.PermRecordRead, (*Server).inspectionShow),
		get("/inspections/:id/edit", registry.PermRecordWrite, (*Server).inspectionEdit),
		post("/inspections/:id", registry.PermRecordWrite, (*Server).inspectionUpdate),
		post("/inspections/:id/submit", registry.PermRecordWrite, (*Server).inspectionSubmit),
		post("/inspections/:id/attachments", registry.PermRecordWrite, attachTo("inspection", "inspections")).upload(uploadLimit),
		get("/inspections/:id/samples/new", registry.PermRecordWrite, (*Server).sampleNew),
		post("/inspections/:id/samples", registry.PermRecordWrite, (*Server).sampleCreate),
		get("/samples/:id", registry.PermRecordRead, (*Server).sampleShow),
		get("/samples/:id/edit", registry.PermRecordWrite, (*Server).sampleEdit),
		post("/samples/:id", registry.PermRecordWrite, (*Server).sampleUpdate),
		post("/samples/:id/delete", registry.PermRecordWrite, (*Server).sampleDelete),
		get("/inspections/:id/evidence/new", registry.PermRecordWrite, (*Server).evidenceNew),
		post("/inspections/:id/evidence", registry.PermRecordWrite, (*Server).evidenceCreate),
		get("/cases/:id/evidence/new", registry.PermRecordWrite, (*Server).evidenceNew),
		post("/cases/:id/evidence", registry.PermRecordWrite, (*Server).evidenceCreate),
		post("/cases/:id/attachments", registry.PermRecordWrite, attachTo("case", "cases")).upload(uploadLimit),
		get("/evidence/:id", registry.PermRecordRead, (*Server).evidenceShow),
		get("/evidence/:id/edit", registry.PermRecordWrite, (*Server).evidenceEdit),
		post("/evidence/:id", registry.PermRecordWrite, (*Server).evidenceUpdate),
		post("/evidence/:id/delete", registry.PermRecordWrite, (*Server).evidenceDelete),

		// Cases: the file and what is on it.
		get("/cases", registry.PermRecordRead, (*Server).caseList),
		get("/cases/new", registry.PermRecordWrite, (*Server).caseNew),
		post("/cases", registry.PermRecordWrite, (*Server).caseCreate),
		get("/cases/:id", registry.PermRecordRead, (*Server).caseShow),
		get("/cases/:id/edit", registry.PermRecordWrite, (*Server).caseEdit),
		get("/cases/:id/sheet", registry.PermRecordRead, (*Server).caseSheet),
		get("/cases/:id/sheet.pdf", registry.PermRecordRead, (*Server).caseSheetPDF).slow(time.Minute),
		post("/cases/:id", registry.PermRecordWrite, (*Server).caseUpdate),
		post("/cases/:id/reviews", registry.PermRecordWrite, (*Server).reviewCreate),
		get("/reviews/:id/edit", registry.PermRecordWrite, (*Server).reviewEdit),
		post("/reviews/:id", registry.PermRecordWrite, (*Server).reviewUpdate),
		post("/reviews/:id/delete", registry.PermRecordWrite, (*Server).reviewDelete),
		post("/cases/:id/reopen", registry.PermRecordWrite, (*Server).caseReopen),
		post("/history/:entity/:id/restore", registry.PermRecordWrite, (*Server).recordRestore),
		get("/cases/:id/violations/new", registry.PermRecordWrite, (*Server).violationNew),
		post("/cases/:id/violations", registry.PermRecordWrite, (*Server).violationCreate),
		get("/violations/:id/edit", registry.PermRecordWrite, (*Server).violationEdit),
		post("/violations/:id", registry.PermRecordWrite, (*Server).violationUpdate),
		post("/violations/:id/confirm", registry.PermRecordWrite, (*Server).violationConfirm),
		post("/violations/:id/delete", registry.PermRecordWrite, (*Server).violationDelete),
		get("/cases/:id/documents/new", registry.PermRecordWrite, (*Server).documentNew),
		post("/cases/:id/documents", registry.PermRecordWrite, (*Server).documentCreate),
		get("/documents/:id/edit", registry.PermRecordWrite, (*Server).documentEdit),
		post("/documents/:id", registry.PermRecordWrite, (*Server).documentUpdate),
		post("/documents/:id/delete", registry.PermRecordWrite, (*Server).documentDelete),
		post("/documents/:id/scan", registry.PermRecordWrite, (*Server).documentScan).upload(uploadLimit),
		get("/cases/:id/penalties/new", registry.PermRecordWrite, (*Server).penaltyNew),
		post("/cases/:id/penalties", registry.PermRecordWrite, (*Server).penaltyCreate),
		get("/penalties/:id/edit", registry.PermRecordWrite, (*Server).penaltyEdit),
		post("/penalties/:id", registry.PermRecordWrite, (*Server).penaltyUpdate),
		post("/penalties/:id/delete", registry.PermRecordWrite, (*Server).penaltyDelete),
		post("/cases/:id/payments", registry.PermRecordWrite, (*Server).paymentCreate),
		post("/payments/:id/delete", registry.PermRecordWrite, (*Server).paymentDelete),

		// Reading what people already have.
		get("/imports", registry.PermRecordWrite, (*Server).imports),
		get("/imports/bulletin", registry.PermRecordWrite, (*Server).bulletinImport),
		post("/imports/bulletin", registry.PermRecordWrite, (*Server).bulletinRead).upload(textUpload),
		post("/imports/bulletin/cases", registry.PermRecordWrite, (*Server).bulletinAccept).upload(acceptedUpload),
		get("/imports/bulletin/:id", registry.PermRecordRead, (*Server).publicationShow),

		// The law catalogue.
		get("/statutes", registry.PermStatuteRead, (*Server).statuteList),
		get("/statutes/violations", registry.PermStatuteRead, (*Server).violationList),
		get("/statutes/violations/:code", registry.PermStatuteRead, (*Server).violationType),
		get("/statutes/standards", registry.PermStatuteRead, (*Server).standardList),
		get("/statutes/deadlines", registry.PermStatuteRead, (*Server).deadlineList),
		get("/statutes/discretion", registry.PermStatuteRead, (*Server).discretionList),
		get("/statutes/discretion/:table", registry.PermStatuteRead, (*Server).discretionTable),
		post("/violations/:id/discretion-sheets", registry.PermRecordWrite, (*Server).sheetCreate),
		get("/discretion-sheets/:id", registry.PermRecordRead, (*Server).sheetShow),
		get("/statutes/compare", registry.PermStatuteRead, (*Server).statuteCompareList),
		get("/statutes/compare/:law/:provision", registry.PermStatuteRead, (*Server).statuteCompare),
		get("/statutes/:law", registry.PermStatuteRead, (*Server).lawShow),
		get("/statutes/:law/:version", registry.PermStatuteRead, (*Server).lawVersion),
		get("/statutes/:law/:version/revisions", registry.PermStatuteRead, (*Server).lawRevisions),

		// Administration.
		get("/admin/users", registry.PermAdmin, (*Server).userList),
		get("/admin/users/new", registry.PermAdmin, (*Server).userNew),
		post("/admin/users", registry.PermAdmin, (*Server).userCreate),
		get("/admin/users/:id", registry.PermAdmin, (*Server).userEdit),
		post("/admin/users/:id", registry.PermAdmin, (*Server).userUpdate),
		post("/admin/users/:id/disabled", registry.PermAdmin, (*Server).userDisable),
		post("/admin/users/:id/password", registry.PermAdmin, (*Server).userResetPassword),
		get("/admin/organs", registry.PermAdmin, (*Server).organList),
		get("/admin/organs/new", registry.PermAdmin, (*Server).organNew),
		post("/admin/organs", registry.PermAdmin, (*Server).organCreate),
		get("/admin/organs/:id", registry.PermAdmin, (*Server).organEdit),
		post("/admin/organs/:id", registry.PermAdmin, (*Server).organUpdate),
		get("/admin/officers", registry.PermAdmin, (*Server).officerList),
		get("/admin/officers/new", registry.PermAdmin, (*Server).officerNew),
		post("/admin/officers", registry.PermAdmin, (*Server).officerCreate),
		get("/admin/officers/:id", registry.PermAdmin, (*Server).officerEdit),
		post("/admin/officers/:id", registry.PermAdmin, (*Server).officerUpdate),
		get("/admin/bureau", registry.PermAdmin, (*Server).bureauEdit),
		post("/admin/bureau", registry.PermAdmin, (*Server).bureauUpdate),
		get("/admin/calendar", registry.PermAdmin, (*Server).calendarShow),
		get("/admin/calendar/new", registry.PermAdmin, (*Server).noticeNew),
		post("/admin/calendar/preview", registry.PermAdmin, (*Server).noticePreview),
		post("/admin/calendar", registry.PermAdmin, (*Server).noticeCreate).slow(10 * time.Minute), // counts every open case anew
		get("/admin/document-kinds", registry.PermAdmin, (*Server).kindList),
		get("/admin/document-kinds/new", registry.PermAdmin, (*Server).kindNew),
		post("/admin/document-kinds", registry.PermAdmin, (*Server).kindCreate),
		get("/admin/document-kinds/:id", registry.PermAdmin, (*Server).kindEdit),
		post("/admin/document-kinds/:id", registry.PermAdmin, (*Server).kindUpdate),
		get("/admin/laws", registry.PermAdmin, (*Server).lawAdmin),
		get("/admin/laws/new", registry.PermAdmin, (*Server).lawNew),
		post("/admin/laws/preview", registry.PermAdmin, (*Server).lawPreview).upload(lawUpload),
		post("/admin/laws", registry.PermAdmin, (*Server).lawCreate).upload(lawUpload),
		get("/admin/laws/:law/:version/check", registry.PermAdmin, (*Server).lawCheckForm),
		post("/admin/laws/:law/:version/check", registry.PermAdmin, (*Server).lawCheck),
		post("/admin/laws/:law/:version/uncheck", registry.PermAdmin, (*Server).lawUncheck),

		// Typical-case bulletins.
		get("/bulletins", registry.PermBulletinRead, (*Server).bulletinList),
		get("/bulletins/new", registry.PermBulletinWrite, (*Server).bulletinNew),
		post("/bulletins", registry.PermBulletinWrite, (*Server).bulletinCreate),
		get("/bulletins/:id", registry.PermBulletinRead, (*Server).bulletinShow),
		get("/bulletins/:id/edit", registry.PermBulletinWrite, (*Server).bulletinEdit),
		post("/bulletins/:id", registry.PermBulletinWrite, (*Server).bulletinUpdate),
		post("/bulletins/:id/submit", registry.PermBulletinWrite, (*Server).bulletinSubmit),
		post("/bulletins/:id/return", registry.PermBulletinWrite, (*Server).bulletinReturn),
		post("/bulletins/:id/approve", registry.PermBulletinApprove, (*Server).bulletinApprove),
		post("/bulletins/:id/withdraw", registry.PermBulletinApprove, (*Server).bulletinWithdraw),
		get("/bulletins/:id/pdf", registry.PermBulletinRead, (*Server).bulletinPDF).slow(time.Minute),

		// Ledgers.
		get("/exports", registry.PermExport, (*Server).exportPage),
		get("/exports/ledger.xlsx", registry.PermExport, (*Server).exportLedger).slow(10 * time.Minute),

		// The audit log.
		get("/audit", registry.PermAuditRead, (*Server).auditList),
		post("/audit/verify", registry.PermAuditRead, (*Server).auditVerify).slow(time.Minute),

		// JSON: the same records for programs. Children hang under their parent.
		get("/api/v1/farms", registry.PermRecordRead, (*Server).apiFarmList),
		post("/api/v1/farms", registry.PermRecordWrite, (*Server).apiFarmCreate),
		get("/api/v1/farms/:id", registry.PermRecordRead, (*Server).apiFarmShow),
		patch("/api/v1/farms/:id", registry.PermRecordWrite, (*Server).apiFarmPatch),
		post("/api/v1/farms/:id/attachments", registry.PermRecordWrite, attach("farm")).upload(uploadLimit),
		get("/api/v1/parties", registry.PermRecordRead, (*Server).apiPartyList),
		post("/api/v1/parties", registry.PermRecordWrite, (*Server).apiPartyCreate),
		get("/api/v1/parties/:id", registry.PermRecordRead, (*Server).apiPartyShow),
		patch("/api/v1/parties/:id", registry.PermRecordWrite, (*Server).apiPartyPatch),
		post("/api/v1/parties/:id/attachments", registry.PermRecordWrite, attach("party")).upload(uploadLimit),
		get("/api/v1/inspections", registry.PermRecordRead, (*Server).apiInspectionList),
		post("/api/v1/inspections", registry.PermRecordWrite, (*Server).apiInspectionCreate),
		get("/api/v1/inspections/:id", registry.PermRecordRead, (*Server).apiInspectionShow),
		patch("/api/v1/inspections/:id", registry.PermRecordWrite, (*Server).apiInspectionPatch),
		get("/api/v1/inspections/:id/samples", registry.PermRecordRead, (*Server).apiSampleList),
		post("/api/v1/inspections/:id/samples", registry.PermRecordWrite, (*Server).apiSampleCreate),
		get("/api/v1/inspections/:id/samples/:child", registry.PermRecordRead, (*Server).apiSampleShow),
		patch("/api/v1/inspections/:id/samples/:child", registry.PermRecordWrite, (*Server).apiSamplePatch),
		post("/api/v1/inspections/:id/attachments", registry.PermRecordWrite, attach("inspection")).upload(uploadLimit),
		get("/api/v1/cases", registry.PermRecordRead, (*Server).apiCaseList),
		post("/api/v1/cases", registry.PermRecordWrite, (*Server).apiCaseCreate),
		get("/api/v1/cases/:id", registry.PermRecordRead, (*Server).apiCaseShow),
		patch("/api/v1/cases/:id", registry.PermRecordWrite, (*Server).apiCasePatch),
		get("/api/v1/cases/:id/violations", registry.PermRecordRead, (*Server).apiViolationList),
		post("/api/v1/cases/:id/violations", registry.PermRecordWrite, (*Server).apiViolationCreate),
		get("/api/v1/cases/:id/violations/:child", registry.PermRecordRead, (*Server).apiViolationShow),
		patch("/api/v1/cases/:id/violations/:child", registry.PermRecordWrite, (*Server).apiViolationPatch),
		get("/api/v1/cases/:id/documents", registry.PermRecordRead, (*Server).apiDocumentList),
		post("/api/v1/cases/:id/documents", registry.PermRecordWrite, (*Server).apiDocumentCreate),
		get("/api/v1/cases/:id/documents/:child", registry.PermRecordRead, (*Server).apiDocumentShow),
		patch("/api/v1/cases/:id/documents/:child", registry.PermRecordWrite, (*Server).apiDocumentPatch),
		get("/api/v1/cases/:id/penalties", registry.PermRecordRead, (*Server).apiPenaltyList),
		post("/api/v1/cases/:id/penalties", registry.PermRecordWrite, (*Server).apiPenaltyCreate),
		get("/api/v1/cases/:id/penalties/:child", registry.PermRecordRead, (*Server).apiPenaltyShow),
		patch("/api/v1/cases/:id/penalties/:child", registry.PermRecordWrite, (*Server).apiPenaltyPatch),
		get("/api/v1/cases/:id/payments", registry.PermRecordRead, (*Server).apiPaymentList),
		post("/api/v1/cases/:id/payments", registry.PermRecordWrite, (*Server).apiPaymentCreate),
		get("/api/v1/cases/:id/payments/:child", registry.PermRecordRead, (*Server).apiPaymentShow),
		patch("/api/v1/cases/:id/payments/:child", registry.PermRecordWrite, (*Server).apiPaymentPatch),
		post("/api/v1/cases/:id/attachments", registry.PermRecordWrite, attach("case")).upload(uploadLimit),
		get("/api/v1/bulletins", registry.PermBulletinRead, (*Server).apiBulletinList),
		post("/api/v1/bulletins", registry.PermBulletinWrite, (*Server).apiBulletinCreate),
		get("/api/v1/bulletins/:id", registry.PermBulletinRead, (*Server).apiBulletinShow),
		patch("/api/v1/bulletins/:id", registry.PermBulletinWrite, (*Server).apiBulletinPatch),
		post("/api/v1/bulletins/:id/attachments", registry.PermRecordWrite, attach("bulletin")).upload(uploadLimit),
		get("/attachments/:id", registry.PermRecordRead, (*Server).attachmentShow).slow(10 * time.Minute),
	}
}
