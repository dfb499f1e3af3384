// Package intake reads what people already have into drafts: published bulletins as they come from a newspaper page or a web
// site. It is a grammar, not a model: what it cannot read it leaves unknown, and says so.
//
// How a case is found. Look first at ReadBulletin in bulletin.go and at segment in cases.go.
//
//  1. Decode (decode.go) turns a file's bytes into text. lines.go joins what columns broke into paragraphs; a flow (flow.go) is
//     running text that remembers where each character stood.
//  2. Mentions (piece.go, piece_opening.go). Paragraphs are divided into pieces: sentences, items of a list, lines. One pass marks what each mentions: the
//     party and how it stands there, acts, steps, fines, authorities, words that look back or speak of all cases at once, and the marks
//     of structure: a number, a heading, a bullet, a place in front, a label, the head of a decision, a row of a table (table.go), who asks
//     and who answers. Labels one under another are a card: it begins with the first of them, or where that one comes again.
//  3. Division (divide.go). A case is a run of pieces. It is worth what speaks for a beginning (beginnings) less what speaks against each
//     piece that follows (doubts, endings), and it must be whole: somebody, and an act or a step of the authorities. The division of the
//     page into cases and rest with the highest score is the answer: dynamic programming with a few beginnings in view, so that the work
//     grows with the text. Structure is evidence, never a condition. Who was named in a case before opens none of its own; a paragraph that
//     begins as the case does (反映“…, 镜头二：…) is the next one.
//  4. What stands in front of several cases or behind them is told of each (cases.go): a day, 分别罚款 2万元、3万元, an authority, but no
//     ministry's, which tells of others' cases; so are the notes under a list (footnotes.go), and the year that a page prints once for days
//     that have none (date.go). What others say before anybody looked, 举报内容, is a section that tells nothing of the case, as quoted law and
//     comments are (sections.go).
//  5. Fields (draft.go). One scan finds each kind of mention with its place: days (date.go), amounts (fine.go), counts (herd.go), steps (measures.go),
//     organs (organ.go), counties (place.go), names (party.go). What has a form is a pattern (pattern.go), what is a word stands in lexicon/. A field
//     chooses among the mentions by their role: the day on which somebody looked, the fine imposed on the party, the organ that decided or found, the
//     county of that organ or of the party (district.go), who was looked into (who.go). Which article is cited, and why, is statute's to say
//     (citations.go). A Mark says by which words a value was decided, and whether to doubt it.
//
// What a case tells of the place (facilities, the way of the water, samples, papers) is read of its text by package facts; what the page prints in
// front of the cases (title, lead, byline) by notice.go. A table is read in table.go: its columns are told by its header, else by what their
// cells hold. A letter on one line is found in lines.go.
//
// The words stand in lexicon/, the weights in divide.go; both were tuned on the texts of intake/compose, a part of which is kept unseen for
// the figure in README.
//
// Each pass looks at every character a bounded number of times, so that ten megabytes of brackets cost no more than ten of prose. Package
// lineartest counts that; what is searched in assembly (strings.Index) and copied is not counted, and shows its time here:
//
//	go test ./internal/intake -run '^$' -bench Hostile
//
// What it must not do: write anything, guess, or decide. A draft becomes a record only when a person accepts it (casework).
package intake
