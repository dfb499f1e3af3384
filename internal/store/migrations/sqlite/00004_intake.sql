-- +goose Up

-- Published texts that cases were taken from. The text is an attachment of each of its cases, under the same sha256; text_start
-- and text_end are code points of it.
CREATE TABLE publications (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  name TEXT NOT NULL, url TEXT NOT NULL, published_on TEXT NOT NULL, published_on_latest TEXT NOT NULL,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, imported_by TEXT NOT NULL
);
CREATE INDEX publications_sha256 ON publications(sha256);

CREATE TABLE publication_cases (
  publication_id INTEGER NOT NULL REFERENCES publications(id), seq INTEGER NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id),
  text_start INTEGER NOT NULL, text_end INTEGER NOT NULL,
  PRIMARY KEY (publication_id, seq)
);
CREATE INDEX publication_cases_case ON publication_cases(case_id);

-- A case that is in the register already is found by the published name of its party.
CREATE INDEX parties_public_name ON parties(public_name) WHERE public_name <> '';
