// Package intake reads what people already have into drafts: published bulletins as they come from a newspaper page or a web
// site. It is a grammar, not a model: what it cannot read it leaves unknown, and says so.
//
// How a case is found. Look first at ReadBulletin in bulletin.go and at segment in cases.go.
//
//  1. Lines become paragraphs. Decode (decode.go) turns a file's bytes into text. lines.go joins the lines that columns broke and reads what each
//     line is: the heading of a case (headings.go), the marker of a section (sections.go), a row of a table (table.go), what a page prints around
//     its articles (linekind.go). What lines look like are shapes: regular expressions over the head of a line. A flow (flow.go) is running text that
//     remembers where each character stood.
//  2. Paragraphs become pieces (piece.go): sentences, items of a list, lines. Each is marked with what it says (mentions.go): acts, steps, fines,
//     authorities, words that look back or speak of all cases at once; with how it stands: a number, a bullet, a place in front, a label, a decision's
//     head, who asks and who answers; and with its party, in front of it, found in it or named in passing. Labels one under another are a card: it
//     begins with the first of them, or where that one comes again. The marks are bits: what the words of a file in lexicon/ mean is one of them.
//  3. Division (divide.go). A case is a run of pieces. It is worth what speaks for a beginning (the table beginnings) less what speaks against each piece
//     that follows (the table doubts), and it must be whole: somebody, and an act or a step of the authorities (isWhole). The division of the page into
//     cases and rest with the highest score is the answer: dynamic programming with a few beginnings in view, so that the work grows with the text.
//     Structure is evidence, never a condition. Who was named in a case before opens none of its own; a paragraph that begins as the case does
//     (反映“…, 镜头二：…) is the next one.
//  4. What stands in front of several cases or behind them is told of each (cases.go): a day, 分别罚款 2万元、3万元, an authority, but no
//     ministry's, which tells of others' cases; so are the notes under a list (footnotes.go), and the year that a page prints once for days
//     that have none (date.go). A case's text has parts: what was found, and what was done about it (parts.go); 举报内容, what others say before
//     anybody looked, quoted law and comments tell nothing of it.
//  5. Fields (draft.go). One scan finds each kind of mention with its place: days (date.go), amounts (fine.go), counts (herd.go), steps (measures.go),
//     organs (organ.go), counties (place.go), names (party.go). What has a form is a pattern (pattern.go), what is a word stands in lexicon/. A field
//     chooses among the mentions by their role: the day on which somebody looked, the fine imposed on the party, the organ that decided or found, the
//     county of that organ or of the party (district.go), who was looked into (who.go). Which article is cited, and why, is statute's to say
//     (citations.go). A Mark says by which words a value was decided, and whether to doubt it.
//
// What a case tells of the place (facilities, the way of the water, samples, papers) is read of its text by package facts; what the page prints in
// front of the cases (title, lead, byline) by notice.go.
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
