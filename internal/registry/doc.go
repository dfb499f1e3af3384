// Package registry is the domain of casebook: the nouns of environmental enforcement on livestock farms, their rules, and
// nothing else. It imports the standard library only; no clock, no SQL, no HTTP, no law text (that is package statute).
//
// # The life of a case
//
// Officers inspect a Farm (Inspection). Most inspections find nothing and that is their end. Where one finds something, Samples
// may be taken and Evidence kept; a Case is opened on one or more inspections. It names its parties (Party, at the act), and each
// Violation with the articles it breached and those it is punished under (Citation), in the version in force when the act ended.
// Then follow Documents, as facts in their own order: perhaps 责令改正 before 立案, 复查, 告知, 行政处罚决定, 移送, 结案. The Stage is
// computed from them (StageOf) and never set. A decision carries Penalties, penalties are paid (Payment). What is published is a
// copy from an allow-list of fields (Bulletin), approved by a second person, checked for leaks (FindLeaks).
//
// # Three things everywhere
//
// Origin: where a record comes from; an own inspection must be complete when it is submitted, a published case may lack almost
// everything. Unknown: a nil amount or count, an empty Date or word is "not known", never zero and never 无; sums count it apart. Date:
// year, month or day, whatever is known; its precision follows from its earliest and latest day, so that two columns hold it.
//
// # Rules told in one place
//
// A field is declared once, in the FieldInfo list of its noun (field.go): labels, history, merging and masking follow, and tests name the
// file that a new field still lacks. A kind is a row (dockind.go): stage, service, term, amount, results, which clock it stops; an
// administrator's kind is such a row too. A fact is told once: told.go and exhibit.go say which noun answers what is asked of another.
// Which characters are the same is said in fold.go; running text is read through the finer half of it, plain.go. Stored is what was typed.
//
// A mistake is voided, not deleted (void.go): a voided record keeps its number and history, is struck through, and leaves every list,
// total, clock and look-up; what keeps a record from being voided is the table RestsOn. The ledger says how many cases were voided and
// their numbers, so that gaps are explained.
//
// A document takes back only what it names as far as the record tells: 撤销处罚 annuls the decisions before it, 变更处罚 replaces; their
// money leaves the totals and stays visible. Every total reconciles, and a property test says so.
//
// Which date counts is chosen and said (basis.go: one rule a date, printed with the figures). Each decision counts on its own day with the
// penalties in force that rest on it, each payment on its own. A date known by month or year counts where it lies wholly in the span, and
// who was left out for that is counted; of findings, as in lists, what overlaps.
//
// A published case names its source once (Publication): medium, date, page and address, with the title of each case and the articles in
// the order of the print; what the case is called here, and which article the act breached, is ours. A published citation is recorded as it
// was printed, also where the paragraph does not exist; our remark stands beside it.
//
// A draw of cases can be repeated by anybody (draw.go): cases are ordered by the SHA-256 of the seed, a line break and their id, and the
// smallest are taken; the population is named by the SHA-256 of its ids. A draw is made once, never changed and never taken back; drawing
// again is another draw, also in the log. Results are seen by auditors and administrators, and by officers of the branch whose case it is
// (of the city's officers all).
//
// The publication guard (guard.go) reads folded text, for what the records of its cases hold (every personal field, by a test) and for what
// looks personal whoever it belongs to.
//
// # Glossary
//
//	养殖场 Farm            the place and its animals
//	当事人 Party           who is answerable: a company, cooperative, household business, family farm or person
//	检查 Inspection        现场检查（勘察）笔录 and its facts
//	排污路径 DischargePath  the places the waste water passes, with branches
//	样品 Sample            采样 and 监测报告; a result is a value, a bound, 未检出 or only a verdict
//	证据 Evidence          an exhibit: kind, title, number, maker, date, what it proves
//	案件 Case              行政处罚案件, or what may become one
//	违法行为 Violation      one act, its type, facts, dates and articles
//	引用 Citation          law + version + 条之款项目, and whether the text is held
//	文书 Document          a document or step of the procedure
//	文书种类 DocKind        its name; what a document of the kind has stands in its row, DocumentKind (dockind.go)
//	阶段 Stage             where the case stands, computed
//	处罚 Penalty           of 行政处罚法第九条; 责令改正 and 移送拘留 are not among them
//	缴款 Payment           money received
//	通报 Bulletin          典型案例, 以案说法
//	公开资料 Publication    a published text that cases were taken from
//	复核意见 ReviewNote     our remark beside what a source printed
//	机构 Organ             市局 decides, 分局 handles
//	分局 Branch            the unit whose officers write the records of a district
//	执法人员 Officer        with a certificate number and its validity
//	专项行动 Campaign       inspections under one heading
//	作废 Voiding           why a record entered by mistake counts no longer
//	修订 Revision          the full after-image of a change
//	审计 AuditEntry        one link of the hash chain
package registry
