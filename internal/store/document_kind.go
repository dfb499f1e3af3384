package store

import "casebook/internal/registry"

// DocumentKinds stores the kinds of document that were added to the program's.
var DocumentKinds = &Table[registry.KeptKind, *registry.KeptKind]{Entity: "document_kind", Noun: "文书种类", name: "document_kinds",
	id: func(x *registry.KeptKind) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.KeptKind, c *columns) {
		c.col("name", &x.Name)
		c.col("code", &x.Code)
		c.col("stage", &x.Stage)
		c.col("own", &x.Own)
		c.col("numbers", &x.Numbers)
		c.list("properties", &x.KindProperties)
		c.col("active", &x.Active)
		c.col("note", &x.Note)
	},
	known: true}

// KeptGeneration changes whenever a notice or a kind is added or a kind or the bureau changes.
type KeptGeneration struct{ Notices, Kinds, KindVersions, Bureau int64 }

// KeptGeneration reads where the three tables stand.
func (tx *Tx) KeptGeneration() (g KeptGeneration, err error) {
	err = tx.one([]any{&g.Notices, &g.Kinds, &g.KindVersions, &g.Bureau}, `SELECT COALESCE((SELECT MAX(id) FROM calendar_notices), 0),
		COALESCE((SELECT MAX(id) FROM document_kinds), 0), COALESCE((SELECT SUM(version) FROM document_kinds), 0),
		COALESCE((SELECT version FROM bureau WHERE id = 1), 0)`)
	return g, err
}

// KeptKinds lists the added kinds, oldest first.
func (tx *Tx) KeptKinds() ([]registry.KeptKind, error) { return DocumentKinds.list(tx, "ORDER BY id") }

// Kinds are the rows of the added kinds. They are read once a transaction, and only where a case is read or settled.
func (tx *Tx) Kinds() (registry.Kinds, error) {
	if tx.known.kinds != nil {
		return tx.known.kinds, nil
	}
	list, err := tx.KeptKinds()
	if err != nil {
		return nil, err
	}
	kinds := make(registry.Kinds, len(list))
	for i, k := range list {
		kinds[i] = k.DocumentKind
	}
	tx.known.kinds = kinds
	return kinds, nil
}

// KindUsed reports whether a document of a kind is on record.
func (tx *Tx) KindUsed(kind registry.DocKind) (used bool, err error) {
	err = tx.one([]any{&used}, "SELECT EXISTS (SELECT 1 FROM documents WHERE kind = $1)", kind)
	return used, err
}
