// Package statute is the law catalogue: the texts of the statutes this register cites, article by article and version by
// version; the types of violation with what they breach and what they cost; discharge limits, deadlines, discretion
// tables and the holiday calendar.
//
// The facts are the files under catalogue/. They are compiled into the binary and can be read, compared and corrected by
// somebody who knows the law and not the code:
//
//	catalogue/laws/<law>/<version>.txt   the articles of one version (format: ParseText in lawtext.go)
//	catalogue/violations/<group>.json    types of violation by group
//	catalogue/history.json               versions known to have been in force whose text is not held
//	catalogue/successors.json            which article came after which, and what stands beside the Code: inferred, and said so
//	catalogue/standards.json  deadlines.json  discretion.json  calendar.json
//
// An administrator's imported texts are laid over them at run time: Catalogue.With in stored.go.
//
// Look first at Catalogue in catalogue.go, then at Offer in offer.go, which is where an officer meets all this; range.go places
// a fine on a range, discretion.go works a 裁量 table through.
//
// # Which law applies
//
// An act is judged by the law in force when it ended; where a date is partial, an act straddles a change, or versions overlap, every
// candidate is offered and a person chooses with a reason. Since 2026-08-15 the 生态环境法典 stands beside regulations that were not
// repealed: both are offered, neither is preferred, and the comparison puts both and their fines side by side. There is no official table from
// old articles to the Code: successions are mostly 整理者判断. On a day after a law's repeal a citation means its last version; before a
// statute came into force, its first. The record keeps the text, and the case review says that it did not apply. Of a rule that may have
// been made anew under its old name nothing is said.
//
// # Texts, limits, deadlines
//
// A citation points at a text by its hash; the text is kept. Imported texts are append-only: the same version corrected is a revision, an
// amended law a version. 已核对 belongs to the words of the articles: a corrected text loses it.
//
// A limit is the catalogue's, or has a reason. The one limit that fits is filled in; several are listed, and naming a standard is the choice
// among them. The verdict follows from the numbers and is contradicted only with a reason; a bound on both sides of the limit, or two units,
// give none.
//
// Working or calendar days, and whether an end on a day of rest moves, are properties of each rule, since laws differ. Deadlines count on a
// kept calendar: a rule that runs into a year whose holidays nobody has entered says so and computes nothing. An administrator pastes the
// year's notice.
//
// Citations in running text are read by package cite, which asks this catalogue through cited.go; package diff compares texts.
//
// What it must not do: touch a database, the network or the clock; decide. Where the law leaves a judgement (two bases, two
// versions, the old statute or the Code) it returns all candidates and says why in Chinese. It holds excerpts only, so a
// provision has three answers (held, not held, absent), an amount nobody has verified stays empty, and every text and
// mapping carries the confidence it was recorded with. No text here has been checked against the official gazette: an
// administrator does that, and Version.Checked then says so.
package statute
