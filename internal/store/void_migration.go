package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"

	"casebook/internal/registry"
)

// voids is the migration that adds voiding, merging of farms and what finds a farm that is there already: its name's key only Go can
// compute. voided holds a registry.Voiding as JSON, nothing for a record that counts. It stands at the end of the indexes from which the desk
// counts, so that they still cover it.
var voids = goose.NewGoMigration(29, &goose.GoFunc{RunTx: addVoids}, nil)

var voidStatements = []string{
	"ALTER TABLE farms ADD COLUMN voided TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE farms ADD COLUMN unvoid_reason TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE parties ADD COLUMN voided TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE parties ADD COLUMN unvoid_reason TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE inspections ADD COLUMN voided TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE inspections ADD COLUMN unvoid_reason TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE cases ADD COLUMN voided TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE cases ADD COLUMN unvoid_reason TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE farms ADD COLUMN merged_into INTEGER REFERENCES farms(id)",
	"DROP INDEX farms_district",
	"CREATE INDEX farms_district ON farms(district_code, id, voided, merged_into)",
	"DROP INDEX inspections_district",
	"CREATE INDEX inspections_district ON inspections(district_code, started_on DESC, id DESC, voided)",
	"DROP INDEX cases_district_stage",
	"CREATE INDEX cases_district_stage ON cases(district_code, stage, voided)",
	"CREATE INDEX cases_voided ON cases(id) WHERE voided <> ''",
	"DROP INDEX cases_number",
	"CREATE UNIQUE INDEX cases_number ON cases(number) WHERE number <> '' AND voided = ''",
	"CREATE INDEX inspections_number ON inspections(number) WHERE number <> ''",
	"ALTER TABLE farms ADD COLUMN name_key TEXT NOT NULL DEFAULT ''",
	"CREATE INDEX farms_merged ON farms(merged_into) WHERE merged_into IS NOT NULL",
	"CREATE INDEX farms_name ON farms(name_key, district_code)",
	"CREATE INDEX farms_permit ON farms(permit_number) WHERE permit_number <> ''",
	"CREATE INDEX farms_place ON farms(latitude, longitude) WHERE latitude IS NOT NULL",
	`CREATE TABLE farm_merges (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  farm_id INTEGER NOT NULL REFERENCES farms(id), into_id INTEGER NOT NULL REFERENCES farms(id), taken TEXT NOT NULL, reason TEXT NOT NULL,
  merged_by TEXT NOT NULL, moved TEXT NOT NULL, undone_at TEXT, undone_by TEXT NOT NULL, undo_reason TEXT NOT NULL
)`,
	"CREATE INDEX farm_merges_farm ON farm_merges(farm_id)",
	"CREATE INDEX farm_merges_into ON farm_merges(into_id)",
}

func addVoids(ctx context.Context, tx *sql.Tx) error {
	for _, statement := range voidStatements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	names := map[int64]string{}
	rows, err := tx.QueryContext(ctx, "SELECT id, name FROM farms")
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		names[id] = name
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for id, name := range names {
		if _, err := tx.ExecContext(ctx, "UPDATE farms SET name_key = $1 WHERE id = $2", registry.NameKey(name), id); err != nil {
			return fmt.Errorf("name of farm %d: %w", id, err)
		}
	}
	return nil
}
