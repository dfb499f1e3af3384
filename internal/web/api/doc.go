// Package api is the register for programs: JSON under /api/v1, the same records and rules as on the pages. Field names are the domain's.
//
// Look first at api.go (one resource a noun), then json.go (how a body is read and what is wrong with it named).
package api
