// Package casefile are the pages of a case and of what is on it: violations, documents, penalties and payments, reviews, the case sheet.
//
// A case's own page is a head that stays in sight and seven panels, one at a time, each at an address that works without a script:
// panels.go says what each reads, case_page.go makes it, view.CasePanels names the places on each, so that a link to a place (view.CasePlace)
// leads to its panel. What a panel shows is bounded: parts.go cuts long lists and pages the rest. The whole case is printed from its sheet.
//
// Adding a violation is one form in three steps: facts, a choice a law, a reason where one is asked; what else may be said is folded. Which
// exhibit proves which element (构成要件) of a violation is kept with the answer to the element's question (elements.go); the elements are
// those of the catalogue's violation types.
//
// A file a noun holds its form and its part of the case's page.
package casefile
