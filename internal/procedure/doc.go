// Package procedure reads a case against the rules of procedure: which clocks run and how long they still have (Clocks), which defects
// a file review would find (Checks), and what usually comes next (Next).
//
// It warns and explains; it forbids nothing and changes nothing. What a record does not say is "cannot tell", never a guess. The
// deadlines are the dated data of package statute; what starts and ends each is the table in clock.go. Checks have three answers (存在问题,
// 未见问题, 无法判断); what they found when a decision or a closing was recorded stands in the audit log.
//
// Everything here is a pure function of a case file, the catalogue, a calendar and a day.
package procedure
