package store

import "embed"

// migrations hold the schema, one numbered file a step, one folder a database engine.
//
//go:embed migrations
var migrations embed.FS
