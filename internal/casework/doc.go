// Package casework is what people do with the register: each use case asks whether the actor may, whether the record is valid,
// and then writes once, with the audit entry and the revision in the same transaction.
//
// It must not know HTTP, HTML, SQL or the clock: time comes from Config.Now, persistence from store. Every write of the product
// passes here, so that none can skip permission or audit.
//
// Look first at record.go (add, change, remove: the shape of every write), then at write in service.go (the order in which a write ends:
// rows, what is derived from them, revisions, audit), then case.go.
package casework
