// Package intake reads what people already have into drafts: published bulletins as they come from a newspaper page or a web
// site. It is a grammar, not a model: what it cannot read it leaves unknown, and says so.
//
// Look first at ReadBulletin in bulletin.go. Decode (decode.go, html.go) turns a file's bytes into text before that. Then, in the order
// of reading: lines.go joins what columns broke into paragraphs (flow.go: a flow is running text that remembers where each character
// stood); headings.go and sections.go know the lines that open a case or a part of it; cases.go divides the page into cases, table.go
// the rows of a table; draft.go reads the fields, each with its own small grammar: organ.go, place.go, party.go, date.go, herd.go,
// fine.go with money.go, measures.go. Which article is cited, and why, is statute's to say.
//
// Each pass looks at every character a bounded number of times, so that ten megabytes of brackets cost no more than ten of prose. Package
// lineartest counts that; what is searched in assembly (strings.Index) and copied is not counted, and shows its time here:
//
//	go test ./internal/intake -run '^$' -bench Hostile
//
// What it must not do: write anything, guess, or decide. A draft becomes a record only when a person accepts it (casework).
package intake
