// Package archtest keeps the import table of the design as a test: who may import whom, which package alone may touch a library, who may
// read the clock, and that every package says what it is for. It also holds README, comments and the gate to the code: what README names is
// there, so is what this comment and others name, and the race step knows every concurrent package.
//
// # Changed this, run that
//
// A package's own tests come first. What else would notice:
//
//   - a rule of a noun: go test ./internal/registry
//   - a field of a noun: go test ./internal/registry ./internal/store -run Field;
//     then go test ./internal/report ./internal/web/view ./internal/web/api -run Every
//   - a kind of document, what starts or ends a clock: go test ./internal/registry ./internal/procedure ./internal/report
//   - a law text, a violation type, a deadline's text: go test ./internal/statute;
//     offers changed on purpose: go test ./internal/statute -run Offer -update
//   - what rests on what (who may not be voided, deleted, taken off): go test ./internal/store -run Rest;
//     then go test ./internal/casework -run "Void|Stay"
//   - who shares a commit, what a write may take for known: go test ./internal/store -run "Group|PowerCut|Settle";
//     then go test ./internal/demo -run Synthesize
//   - SQL, a migration: go test ./internal/store; on PostgreSQL .ci/run postgres (or CASEBOOK_TEST_DB=postgres://… before any test);
//     the picture of the tables: go test ./internal/store -run Schema -update
//   - what is signed, sealed exports, files that come back: go test ./internal/seal; go test ./internal/xlsx -run "RandomEdits|Compare";
//     go test ./internal/casework -run "Same|FileSays|Failed|Heads|Daily"; go test ./internal/demo -run "Rewritten|Tampering";
//     go test ./cmd/casebook -run "Left|Room"
//   - jobs, 我的导出, a verification since the last: go test ./internal/casework -run "Job|VerifySince";
//     go test ./internal/web/ledgers -run LargeExport; with CASEBOOK_TEST_DB set as well
//   - history, audit, verify, what a case takes on disk: go test ./internal/store/packing;
//     go test ./internal/store -run "Upgrade|Audit|Verify|Flipped|Images|Indexes"; go test ./internal/demo -run "Growth|Dictionaries"
//   - backup, restore, what is said of disks and locks: go test ./internal/store -run "Backup|Restore|Disk|Damage";
//     then go test ./cmd/casebook -run "Backup|Disk|Permission"
//   - copy, and a backup or restore of a PostgreSQL register: .ci/run postgres, or with CASEBOOK_TEST_DB set
//     go test ./internal/store -run "Copy|Backup|Restore|Flipped"; then go test ./cmd/casebook -run "Copy|Database"
//   - how a server starts, what goes on behind it, memory: go test ./internal/store -run "Ended|Check|Damage|Refresh";
//     go test ./internal/heavy; then go test ./cmd/casebook -run "Kill|Behind|Memory"
//   - what is told of the past, which date counts, closed months: go test ./internal/registry -run Counted;
//     go test ./internal/demo -run Past; go test ./internal/casework -run "ClosedMonth|DifferenceOf"
//   - what statistics count, the page, the brief: go test ./cmd/casebook -run Statistics (command, page and API alike);
//     go test ./internal/demo -run Statistics -args -registers 3 (kept figures against a
//     recount, and each number followed to its list); go test ./internal/web/ledgers -run Links; go test ./internal/pdf ./internal/docx
//     -run Brief; raise factRules in casework/fact.go
//   - zones, positions, the map, the cap on visits: go test ./internal/geo ./internal/web/maps; go test ./internal/demo -run SampleZones;
//     a million vertices: go test ./internal/geo -run '^$' -bench Million
//   - a list, a filter, an index: go test ./internal/store -run "Flat|IndexesAreRead" -v prints the pages read at two sizes; a new filter has
//     a row in store/flat_filter_test.go, another list in store/flat_test.go
//   - a use case: go test ./internal/casework
//   - a template, style sheet or script: serve --demo --dev shows it at the next request; then go test ./internal/web -run Template
//   - how templates are executed: go test ./internal/web/draw; every page of every test is drawn by html/template too, and compared
//   - the desk, lists, views, the search box: go test ./internal/web/home; go test ./internal/web -run "Lists|Sorted|ListViews|Columns|Chosen|SearchBox"
//   - how a page looks or reads to who cannot see it: go test ./internal/web -run EveryPageFits opens each at both widths and asks axe-core of each fourth (-args -every-page: of all)
//   - a page or handler: go test -short ./internal/web/casefile (its room); then go test ./internal/web -run Journey
//   - entry on a phone, uploads in pieces, the grid of samples, what is kept unsent:
//     go test ./internal/web/field ./internal/registry -run "Visit|Upload|Grid|Scene|Photo|Shell|Draft"; then
//     go test ./internal/web -run FieldEntry -v prints taps, fields and loads
//   - the usual documents registered together, what a form begins with: go test ./internal/web/casefile -run Steps; then
//     go test ./internal/web -run BlankToClosed -v prints loads, fields and clicks of a whole case
//   - a route or a permission: go test ./internal/web -run Route -update; then go test ./internal/web -run RoleMatrix
//   - the bulletin's reader: go test ./internal/intake; then go test ./internal/lineartest; a form that it misreads: a layout in
//     internal/intake/compose, then go test ./internal/intake -run ComposedTexts -missed all
//   - another reader of texts (the guard, citations, a law, a notice): go test ./internal/lineartest
//   - what a bulletin's page, form and moves read: go test ./internal/casework -run BulletinsAskOnce; then the benchmarks ScaleBulletin, Guard
//   - what the guard looks for: go test ./internal/registry -run Guard; then go test ./internal/casework -run '^$' -bench Guard -benchtime 300x
//   - what is done to a picture, what of a file is refused: go test ./internal/picture; go test ./internal/picture -fuzz FuzzPicture;
//     then go test ./internal/web/bulletins -run Picture
//   - a paper of the case file (what it must hold, its words, how it is set): go test ./internal/paper; words of the invented case's papers:
//     -run Golden -update
//   - how a paper is set, its fonts; the Word file, the HTML: go test ./internal/pdf ./internal/docx ./internal/wechat;
//     texts changed on purpose: with -run Golden -update
//   - a form of export, a column of one, the credit template: go test ./internal/report -run "Profile|Credit|Decisions|Sorter";
//     go test ./internal/flatfile; go test ./internal/web/ledgers
//   - a sheet, a paper, the demo: look at what changed: go test ./cmd/casebook -run Samples -update
//   - what ledgers are read by: go test ./internal/ledgerread; go test ./internal/ledgerread -fuzz FuzzRead -fuzztime 10s
//   - a file review, a reconciliation, the audit page: go test ./internal/ledgerread -run "Sheet|CSV";
//     then go test ./internal/web -run "FileReview|Reconcile|Audit|Refused"
//   - who imports whom; README: go test ./internal/archtest
//
// # How to add
//
// Each list names the files to touch, in this order, and the tests that are red until all are. An inspection stands for any noun.
//
// A field (also grep its neighbour's name: a field that a rule reads has more places than these):
//
//  1. internal/registry/inspection.go: the struct, and what Validate refuses
//  2. internal/registry/fields_inspection.go: its FieldInfo: name, label, kind of value, personal or not, what it is absent from on purpose
//  3. internal/store/migrations/sqlite and internal/store/migrations/postgres: the column, in a new migration of one number;
//     internal/store/inspection.go: read and written; testdata/schema.md drawn anew
//  4. internal/web/records/inspection_form.go and templates/pages/records/inspections-form.html: asked for;
//     templates/pages/records/inspections-show.html: shown
//  5. internal/web/api/api_nouns.go: only where programs get it masked; they read and set it without
//  6. internal/report/cases.go, internal/report/actions.go or internal/report/details.go: the ledger's column, unless its FieldInfo says why
//     there is none
//
// TestFieldsAreTheStructs, TestColumnsKeepEveryField, TestFormsAskForEveryField, TestPagesShowEveryText, TestHistoryNamesEveryField,
// TestLedgerTellsEveryField and TestSchemaPicture each name the file that is missing. Labels, history, merging and masking follow from the
// FieldInfo.
//
// A kind of document (an administrator adds one in 管理, with the same properties, without code; here one that rules speak of):
//
//  1. internal/registry/dockind.go: its constant and its row
//  2. internal/procedure/clock.go, internal/procedure/next.go: where it starts or ends a clock, or is a next step
//
// TestDocumentKinds, TestKindsAreNamedOnce, TestStepsAreKnown.
//
// A page:
//
//  1. templates/pages/records/farms-show.html: the template, in its room's folder
//  2. internal/web/records/farm.go: the page's struct and its handler; internal/web/records/pages.go: the struct in the list
//  3. internal/web/records/routes.go: path and permission; internal/web/navigation.go where people find it in the frame. A route that writes:
//     whose record its address is about, in internal/web/written.go, and a row in internal/web/branch_test.go
//  4. internal/casework/farm.go: the use case that it calls
//
// TestTemplatesFitTheirPages, TestRouteTable, TestRoleMatrix, TestRoleMatrixOfBranches, TestImportTable.
//
// A statute (an administrator enters an official text in 法规文本, or casebook law import; here one that is shipped):
//
//  1. internal/statute/catalogue/laws: a folder of the law, a text file of the version, as its neighbours are
//  2. internal/statute/catalogue/violations: the violation types that cite it; internal/statute/catalogue/words.json: what officers call them,
//     to find them by; internal/statute/catalogue/history.json: versions whose text is not held
//  3. internal/statute/catalogue/successors.json: what came before and after its articles
//
// TestEmbeddedIsWhole, TestReferencesAreHeld, TestViolationTypesAreComplete, TestWordsOfOfficers, TestOfferTable.
//
// A deadline (a plain one of an administrator's kind is part of its row; here one of the law):
//
//  1. internal/statute/catalogue/deadlines.json: basis, length, unit, whether an end on a day of rest moves, confidence
//  2. internal/procedure/clock.go: what starts and ends it in a case, in its place among the others
//
// TestEveryDeadlineRuns, TestEveryDeadlineHasAPlace, TestClocks.
package archtest
