package store

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"testing"
)

// Documents from before the key get it. Where two have one number in two spellings both stay, and the second is marked.
func TestAddNumberKeys(t *testing.T) {
	ctx := context.Background()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	db.SetMaxOpenConns(1)
	run := func(statement string) error {
		_, err := db.ExecContext(ctx, statement)
		return err
	}
	for _, statement := range []string{
		"CREATE TABLE documents (id INTEGER PRIMARY KEY, number_normalized TEXT NOT NULL, organ_name TEXT NOT NULL)",
		"CREATE UNIQUE INDEX documents_number ON documents(number_normalized) WHERE number_normalized <> '' AND organ_name = ''",
		`INSERT INTO documents VALUES (1, '江恩环罚〔2026〕7号', ''), (2, '江恩环罚〔2026〕07号', ''), (3, '江恩环罚〔2026〕第7号', '公安局'), (4, '', ''), (5, '', ''),
			(6, '江恩环罚〔2026〕70号', ''), (7, '江恩环罚〔2026〕7', '')`,
	} {
		if err := run(statement); err != nil {
			t.Fatal(err)
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := addNumberKeys(ctx, tx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	var got []string
	rows, err := db.QueryContext(ctx, "SELECT number_key, number_twin FROM documents ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // of a test
	for rows.Next() {
		var key string
		var twin int
		if err := rows.Scan(&key, &twin); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(key, " ", twin))
	}
	const seven = "江恩环罚(2026)7 "
	if want := []string{seven + "0", seven + "2", seven + "0", " 0", " 0", "江恩环罚(2026)70 0", seven + "7"}; !reflect.DeepEqual(got, want) || rows.Err() != nil {
		t.Errorf("keys and twins %q, %v; want %q", got, rows.Err(), want)
	}
	for statement, refused := range map[string]bool{
		"INSERT INTO documents VALUES (8, '江恩环罚〔2026〕007号', '', '江恩环罚(2026)7', 0)":    true,
		"INSERT INTO documents VALUES (9, '江恩环罚〔2026〕007号', '公安局', '江恩环罚(2026)7', 0)": false,
	} {
		if err := run(statement); (err != nil) != refused {
			t.Errorf("%s: %v; want it refused: %v", statement, err, refused)
		}
	}
}

// A case's number from before the key: a voided case gave its number free, and the second of two spellings is marked.
func TestAddCaseNumberKeys(t *testing.T) {
	ctx := context.Background()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	db.SetMaxOpenConns(1)
	for _, statement := range []string{
		"CREATE TABLE cases (id INTEGER PRIMARY KEY, number TEXT NOT NULL, voided TEXT NOT NULL)",
		"CREATE UNIQUE INDEX cases_number ON cases(number) WHERE number <> '' AND voided = ''",
		"INSERT INTO cases VALUES (1, '江恩环立〔2026〕7号', '{}'), (2, '江恩环立〔2026〕07号', ''), (3, '江恩环立〔2026〕第7号', ''), (4, '', ''), (5, '', '')",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := addCaseNumberKeys(ctx, tx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := db.QueryRowContext(ctx, "SELECT GROUP_CONCAT(number_key || ' ' || number_twin, '|') FROM cases WHERE number <> ''").Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "江恩环立(2026)7 0|江恩环立(2026)7 0|江恩环立(2026)7 3"; got != want {
		t.Errorf("keys and twins %q, want %q", got, want)
	}
}
