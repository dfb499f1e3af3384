// Package store keeps the register in a database: SQL written once, for SQLite today and PostgreSQL later.
//
// It must not decide anything: permission, validation and history belong to casework, which calls Write with one closure per
// act. Only this package imports database/sql and a driver, and only it writes SQL: what others read or change has a named method.
//
// Look first at store.go (opening, the two handles, the lock), then tx.go (one transaction a request), table.go (how a noun is
// stored: a list of its columns, from which the statements of single rows follow), and one noun: farm.go is the plainest with a
// list of its own.
package store
