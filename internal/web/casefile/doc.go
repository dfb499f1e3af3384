// Package casefile are the pages of a case and of what is on it: violations, documents, penalties and payments, reviews, the case sheet. A
// case's own page stands in case_page.go; a file a noun holds its form and its part of that page.
package casefile
