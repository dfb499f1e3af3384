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
// Citations in running text are read by package cite, which asks this catalogue through cited.go; package diff compares texts.
//
// What it must not do: touch a database, the network or the clock; decide. Where the law leaves a judgement (two bases, two
// versions, the old statute or the Code) it returns all candidates and says why in Chinese. It holds excerpts only, so a
// provision has three answers (held, not held, absent), an amount nobody has verified stays empty, and every text and
// mapping carries the confidence it was recorded with. No text here has been checked against the official gazette: an
// administrator does that, and Version.Checked then says so.
package statute
