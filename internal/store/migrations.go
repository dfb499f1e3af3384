package store

import (
	"embed"
	"fmt"

	"github.com/pressly/goose/v3"
)

// migrations hold the schema, one numbered file a step, one folder a database engine.
//
//go:embed migrations
var migrations embed.FS

// goMigrations are the steps that SQL alone cannot take.
var goMigrations = []*goose.Migration{numberKeys, voids, caseNumberKeys}

// newestSchema is the number of the last step that this program knows.
func newestSchema() (newest int64, err error) {
	list, err := migrations.ReadDir("migrations/sqlite")
	if err != nil {
		return 0, err
	}
	for _, e := range list {
		n, err := goose.NumericComponent(e.Name())
		if err != nil {
			return 0, fmt.Errorf("read migrations: %w", err)
		}
		newest = max(newest, n)
	}
	for _, m := range goMigrations {
		newest = max(newest, m.Version)
	}
	return newest, nil
}
