package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// migrations hold the schema, one numbered file a step, one folder a database engine. A step has one number in both: TestSchemasAgree.
//
//go:embed migrations
var migrations embed.FS

// goMigrations are the steps of SQLite that SQL alone cannot take.
var goMigrations = []*goose.Migration{numberKeys, voids, caseNumberKeys}

func migrationsOf(engine string, dialect goose.Dialect, db *sql.DB, more ...goose.ProviderOption) (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations/"+engine)
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(dialect, db, dir, more...)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// newestOf is the number of the last step that this program knows.
func newestOf(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// newestSchema is that of SQLite's steps, without a database.
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

func newerSchema(what string, current, newest int64) error {
	return fmt.Errorf("%s由较新的 casebook 建立（结构第 %d 版，本程序只认到第 %d 版）；请换用新版程序，数据未作改动", what, current, newest)
}

func upgrade(ctx context.Context, p *goose.Provider, current, newest int64) error {
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("升级数据结构到第 %d 版失败，数据仍是第 %d 版：%w", newest, current, err)
	}
	return nil
}
