// Package api is the register for programs: JSON under /api/v1, the same records and rules as on the pages. Field names are the domain's.
//
// The past: GET /api/v1/statistics?as_of=2026-06-30 are the figures as they were at the end of that day (past is true; what lists of today say is left out).
// GET /api/v1/ledger is a sealed export, answered at once: profile, format (xlsx, csv, jsonl), sheet, as_of, date, from, to, district_code and the other
// filters of /api/v1/cases. GET /api/v1/ledger/diff?from_day=2026-05-31&to_day=2026-06-30 is the workbook of what differs; without to_day until now.
//
// A list behind a number of statistics: /api/v1/cases?counted=decided&from=2026-01&to=2026-06 are the cases that statistics count in these months by that
// date, line=species|生猪 (registry.CaseLine) those of one line; /api/v1/inspections?monthly=1&cased=1 those that the check table counts,
// /api/v1/farms?idle=2026 the farms that were not inspected in the year, /api/v1/parties?repeated=2026-01..2026-06 those with several cases in the months.
//
// Look first at api.go (one resource a noun), then json.go (how a body is read and what is wrong with it named).
package api
