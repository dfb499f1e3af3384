-- +goose Up
-- What somebody was asked and answered, question by question; one person at a time.
CREATE TABLE interrogations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER REFERENCES cases(id), inspection_id INTEGER REFERENCES inspections(id),
  number TEXT NOT NULL, asked_on TEXT NOT NULL, asked_on_latest TEXT NOT NULL, start_time TEXT NOT NULL, end_time TEXT NOT NULL, place TEXT NOT NULL,
  name TEXT NOT NULL, gender TEXT NOT NULL, age INTEGER, id_kind TEXT NOT NULL, id_number TEXT NOT NULL, employer TEXT NOT NULL, title TEXT NOT NULL,
  phone TEXT NOT NULL, address TEXT NOT NULL, service_address TEXT NOT NULL, relation TEXT NOT NULL, guardian TEXT NOT NULL,
  officers TEXT NOT NULL, recorder TEXT NOT NULL, certificate_shown TEXT NOT NULL, rights_told TEXT NOT NULL, recusal TEXT NOT NULL,
  recusal_reason TEXT NOT NULL, answers TEXT NOT NULL, opinion TEXT NOT NULL, refusal TEXT NOT NULL, witness TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX interrogations_case ON interrogations(case_id, asked_on, id) WHERE case_id IS NOT NULL;
CREATE INDEX interrogations_inspection ON interrogations(inspection_id, asked_on, id) WHERE inspection_id IS NOT NULL;

-- Papers that were signed and scanned back: the legal originals. While reason is empty, one locks what it says in its record.
CREATE TABLE signed_papers (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER REFERENCES cases(id), inspection_id INTEGER REFERENCES inspections(id),
  entity TEXT NOT NULL, entity_id INTEGER NOT NULL, paper TEXT NOT NULL, of_version INTEGER NOT NULL, digest TEXT NOT NULL,
  attachment_id INTEGER NOT NULL REFERENCES attachments(id), reason TEXT NOT NULL
);
CREATE INDEX signed_papers_case ON signed_papers(case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX signed_papers_inspection ON signed_papers(inspection_id, id) WHERE inspection_id IS NOT NULL;
CREATE INDEX signed_papers_of ON signed_papers(entity, entity_id, id);
CREATE UNIQUE INDEX signed_papers_in_force ON signed_papers(entity, entity_id, paper) WHERE reason = '';

-- The fixed wordings of papers that an administrator changed, a row a kind of paper.
CREATE TABLE paper_wordings (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  paper TEXT NOT NULL UNIQUE, texts TEXT NOT NULL, note TEXT NOT NULL
);

-- +goose Down
SELECT 1;
