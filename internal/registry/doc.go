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
// everything. Unknown: a nil amount or count, an empty Date or word is "not known", never zero and never 无. Date: year, month or
// day, whatever is known.
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
