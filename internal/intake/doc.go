// Package intake reads what people already have into drafts: published bulletins as they come from a newspaper page or a web
// site. It is a grammar, not a model: what it cannot read it leaves unknown, and says so.
//
// Look first at ReadBulletin in bulletin.go. Decode turns a file's bytes into text before that.
//
// What it must not do: write anything, guess, or decide. A draft becomes a record only when a person accepts it (casework).
package intake
