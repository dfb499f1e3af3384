-- +goose Up

-- Conventions: dates are two columns, <name> and <name>_latest (YYYY-MM-DD, '' = unknown); the precision follows from them.
-- Instants are UTC text with milliseconds. Money is integer 分, NULL = unknown. 0/1 for yes/no columns. JSON only for lists
-- that belong to their row and are never searched by themselves. AUTOINCREMENT where rows can be deleted: an id that came back
-- would meet the revisions of the deleted record.

CREATE TABLE organs (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE, short_name TEXT NOT NULL, kind TEXT NOT NULL, district_code TEXT NOT NULL, credit_code TEXT NOT NULL,
  abbr TEXT NOT NULL, active INTEGER NOT NULL
);

CREATE TABLE officers (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  name TEXT NOT NULL, organ_id INTEGER REFERENCES organs(id), cert_no TEXT NOT NULL UNIQUE,
  valid_from TEXT NOT NULL, valid_from_latest TEXT NOT NULL, valid_to TEXT NOT NULL, valid_to_latest TEXT NOT NULL, active INTEGER NOT NULL
);

CREATE TABLE users (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  username TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL, organ_id INTEGER REFERENCES organs(id),
  officer_id INTEGER REFERENCES officers(id), disabled INTEGER NOT NULL, must_change INTEGER NOT NULL, password_hash TEXT NOT NULL,
  last_sign_in TEXT
);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), created_at TEXT NOT NULL, seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL, remote_ip TEXT NOT NULL, user_agent TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions(user_id);
CREATE INDEX sessions_expiry ON sessions(expires_at);

-- Failed sign-ins, counted per account and per address inside a window; kept in the database so that a restart forgives nobody.
CREATE TABLE sign_in_failures (key TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX sign_in_failures_key ON sign_in_failures(key, at);

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  origin TEXT NOT NULL, name TEXT NOT NULL, year INTEGER NOT NULL, aim TEXT NOT NULL, organ_id INTEGER REFERENCES organs(id), note TEXT NOT NULL
);

CREATE TABLE parties (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  origin TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, public_name TEXT NOT NULL, credit_code TEXT NOT NULL,
  credit_code_override TEXT NOT NULL, id_number TEXT NOT NULL, legal_person TEXT NOT NULL, legal_person_title TEXT NOT NULL,
  phone TEXT NOT NULL, address TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX parties_credit_code ON parties(credit_code) WHERE credit_code <> '';
CREATE INDEX parties_id_number ON parties(id_number) WHERE id_number <> '';
CREATE INDEX parties_name ON parties(name);

CREATE TABLE farms (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  origin TEXT NOT NULL, name TEXT NOT NULL, public_name TEXT NOT NULL, district_code TEXT NOT NULL, town TEXT NOT NULL, address TEXT NOT NULL,
  operator_id INTEGER REFERENCES parties(id), longitude REAL, latitude REAL, datum TEXT NOT NULL, area_m2 REAL,
  production_since TEXT NOT NULL, production_since_latest TEXT NOT NULL, raising_mode TEXT NOT NULL, barns INTEGER, manure_mode TEXT NOT NULL,
  main_species TEXT NOT NULL, herds TEXT NOT NULL, facilities TEXT NOT NULL,
  eia_state TEXT NOT NULL, eia_kind TEXT NOT NULL, eia_number TEXT NOT NULL, eia_on TEXT NOT NULL, eia_on_latest TEXT NOT NULL,
  eia_valid_to TEXT NOT NULL, eia_valid_to_latest TEXT NOT NULL,
  acceptance_state TEXT NOT NULL, acceptance_kind TEXT NOT NULL, acceptance_number TEXT NOT NULL, acceptance_on TEXT NOT NULL,
  acceptance_on_latest TEXT NOT NULL, acceptance_valid_to TEXT NOT NULL, acceptance_valid_to_latest TEXT NOT NULL,
  permit_state TEXT NOT NULL, permit_kind TEXT NOT NULL, permit_number TEXT NOT NULL, permit_on TEXT NOT NULL, permit_on_latest TEXT NOT NULL,
  permit_valid_to TEXT NOT NULL, permit_valid_to_latest TEXT NOT NULL,
  zone_relation TEXT NOT NULL, zone_plan_name TEXT NOT NULL, zone_plan_number TEXT NOT NULL, zone_plan_on TEXT NOT NULL, zone_plan_on_latest TEXT NOT NULL,
  zone_evidence TEXT NOT NULL, zone_checked_on TEXT NOT NULL, zone_checked_on_latest TEXT NOT NULL,
  receiving_water TEXT NOT NULL, control_section TEXT NOT NULL, in_tanjiang TEXT NOT NULL, contact_name TEXT NOT NULL, contact_phone TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX farms_district ON farms(district_code, id);
CREATE INDEX farms_species ON farms(main_species, id);
CREATE INDEX farms_operator ON farms(operator_id);

CREATE TABLE inspections (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  origin TEXT NOT NULL, number TEXT NOT NULL, farm_id INTEGER NOT NULL REFERENCES farms(id), party_id INTEGER REFERENCES parties(id),
  organ_id INTEGER REFERENCES organs(id), campaign_id INTEGER REFERENCES campaigns(id), kind TEXT NOT NULL,
  started_on TEXT NOT NULL, started_on_latest TEXT NOT NULL, start_time TEXT NOT NULL, ended_on TEXT NOT NULL, ended_on_latest TEXT NOT NULL, end_time TEXT NOT NULL,
  district_code TEXT NOT NULL, place TEXT NOT NULL, longitude REAL, latitude REAL, datum TEXT NOT NULL,
  officers TEXT NOT NULL, recorder TEXT NOT NULL, others TEXT NOT NULL, certificate_shown TEXT NOT NULL, rights_told TEXT NOT NULL,
  present_name TEXT NOT NULL, present_title TEXT NOT NULL, present_phone TEXT NOT NULL, herds TEXT NOT NULL, findings TEXT NOT NULL,
  path TEXT NOT NULL, result TEXT NOT NULL, media TEXT NOT NULL, party_opinion TEXT NOT NULL, state TEXT NOT NULL, submitted_at TEXT, submitted_by TEXT NOT NULL,
  note TEXT NOT NULL, cased INTEGER NOT NULL DEFAULT 0 -- whether a case rests on it: kept by the transaction that joins them, re-checked by verify
);
CREATE INDEX inspections_started ON inspections(started_on DESC, id DESC);
CREATE INDEX inspections_farm ON inspections(farm_id, started_on);
CREATE INDEX inspections_district ON inspections(district_code, started_on DESC, id DESC);
-- What waits on the desk: violations found without a case, cases on the way to a decision.
CREATE INDEX inspections_uncased ON inspections(started_on DESC, id DESC) WHERE result = '发现违法' AND cased = 0;
CREATE INDEX inspections_drafts ON inspections(state, id) WHERE state = '草稿';

CREATE TABLE samples (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  inspection_id INTEGER NOT NULL REFERENCES inspections(id), code TEXT NOT NULL, point TEXT NOT NULL, medium TEXT NOT NULL,
  sampled_on TEXT NOT NULL, sampled_on_latest TEXT NOT NULL, sampled_time TEXT NOT NULL, sampling_organ TEXT NOT NULL, analysis_organ TEXT NOT NULL,
  report_number TEXT NOT NULL, report_on TEXT NOT NULL, report_on_latest TEXT NOT NULL, told_on TEXT NOT NULL, told_on_latest TEXT NOT NULL,
  standard_cited TEXT NOT NULL, standard_review TEXT NOT NULL, conclusion TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX samples_inspection ON samples(inspection_id);

-- multiple is (value - limit) / limit as the domain computed it; value and limit keep the report's own digits.
CREATE TABLE sample_results (
  sample_id INTEGER NOT NULL REFERENCES samples(id), seq INTEGER NOT NULL, pollutant TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
  unit TEXT NOT NULL, limit_value TEXT NOT NULL, limit_from TEXT NOT NULL, limit_ref TEXT NOT NULL, verdict TEXT NOT NULL, multiple TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (sample_id, seq)
);

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, entity_id INTEGER NOT NULL, filename TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL,
  size INTEGER NOT NULL, created_at TEXT NOT NULL, uploaded_by TEXT NOT NULL, idempotency_key TEXT UNIQUE
);
CREATE INDEX attachments_entity ON attachments(entity, entity_id);
CREATE INDEX attachments_sha256 ON attachments(sha256);

-- stage is computed from the documents by registry.StageOf in the transaction that writes them; verify recomputes it.
CREATE TABLE cases (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  origin TEXT NOT NULL, title TEXT NOT NULL, number TEXT NOT NULL, district_code TEXT NOT NULL, deciding_organ_id INTEGER REFERENCES organs(id),
  handling_organ_id INTEGER REFERENCES organs(id), campaign_id INTEGER REFERENCES campaigns(id), farm_id INTEGER REFERENCES farms(id),
  source TEXT NOT NULL, found_on TEXT NOT NULL, found_on_latest TEXT NOT NULL, summary TEXT NOT NULL, handling TEXT NOT NULL, stage TEXT NOT NULL, note TEXT NOT NULL,
  on_the_way INTEGER NOT NULL DEFAULT 1 -- not decided, not ended otherwise: follows from the stage
);
CREATE UNIQUE INDEX cases_number ON cases(number) WHERE number <> '';
CREATE INDEX cases_found ON cases(found_on DESC, id DESC);
CREATE INDEX cases_district ON cases(district_code, found_on DESC, id DESC);
CREATE INDEX cases_stage ON cases(stage, found_on DESC, id DESC);
-- The desk counts cases by district and stage from this index alone.
CREATE INDEX cases_district_stage ON cases(district_code, stage);
CREATE INDEX cases_origin ON cases(origin, found_on DESC, id DESC);
CREATE INDEX cases_on_the_way ON cases(found_on DESC, id DESC) WHERE on_the_way = 1;
CREATE INDEX cases_farm ON cases(farm_id);

CREATE TABLE case_parties (
  case_id INTEGER NOT NULL REFERENCES cases(id), seq INTEGER NOT NULL, party_id INTEGER NOT NULL REFERENCES parties(id), role TEXT NOT NULL, name_at_act TEXT NOT NULL,
  PRIMARY KEY (case_id, seq), UNIQUE (case_id, party_id)
);
CREATE INDEX case_parties_party ON case_parties(party_id);

CREATE TABLE case_inspections (
  case_id INTEGER NOT NULL REFERENCES cases(id), seq INTEGER NOT NULL, inspection_id INTEGER NOT NULL REFERENCES inspections(id),
  PRIMARY KEY (case_id, seq), UNIQUE (case_id, inspection_id)
);
CREATE INDEX case_inspections_inspection ON case_inspections(inspection_id);

CREATE TABLE review_notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id), about TEXT NOT NULL, printed TEXT NOT NULL, official TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL,
  note TEXT NOT NULL, confidence TEXT NOT NULL
);
CREATE INDEX review_notes_case ON review_notes(case_id);

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER REFERENCES cases(id), inspection_id INTEGER REFERENCES inspections(id), seq INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, number TEXT NOT NULL,
  maker TEXT NOT NULL, made_on TEXT NOT NULL, made_on_latest TEXT NOT NULL, proves TEXT NOT NULL, pages INTEGER, attachment_id INTEGER REFERENCES attachments(id), note TEXT NOT NULL,
  CHECK (case_id IS NOT NULL OR inspection_id IS NOT NULL)
);
CREATE INDEX evidence_case ON evidence(case_id);
CREATE INDEX evidence_inspection ON evidence(inspection_id);

CREATE TABLE violations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id), seq INTEGER NOT NULL, type_code TEXT NOT NULL, facts TEXT NOT NULL,
  act_from TEXT NOT NULL, act_from_latest TEXT NOT NULL, act_to TEXT NOT NULL, act_to_latest TEXT NOT NULL, continuing TEXT NOT NULL, place TEXT NOT NULL,
  checklist TEXT NOT NULL, version_choice TEXT NOT NULL, choice_reason TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX violations_case ON violations(case_id, seq);
CREATE INDEX violations_type ON violations(type_code, case_id);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id), seq INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, number_normalized TEXT NOT NULL,
  made_on TEXT NOT NULL, made_on_latest TEXT NOT NULL, served_on TEXT NOT NULL, served_on_latest TEXT NOT NULL, service_mode TEXT NOT NULL,
  organ_id INTEGER REFERENCES organs(id), organ_name TEXT NOT NULL, people TEXT NOT NULL, content TEXT NOT NULL, order_mode TEXT NOT NULL,
  due_on TEXT NOT NULL, due_on_latest TEXT NOT NULL, result TEXT NOT NULL, result_on TEXT NOT NULL, result_on_latest TEXT NOT NULL, result_note TEXT NOT NULL,
  persons INTEGER CHECK (persons >= 0), amount_fen INTEGER CHECK (amount_fen >= 0), attachment_id INTEGER REFERENCES attachments(id), note TEXT NOT NULL
);
CREATE INDEX documents_case ON documents(case_id, seq);
CREATE UNIQUE INDEX documents_number ON documents(number_normalized) WHERE number_normalized <> '' AND organ_name = '';
CREATE INDEX documents_kind ON documents(kind, made_on);

CREATE TABLE citations (
  owner TEXT NOT NULL CHECK (owner IN ('violation', 'document')), owner_id INTEGER NOT NULL, seq INTEGER NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id),
  role TEXT NOT NULL, standing TEXT NOT NULL, law TEXT NOT NULL, law_id TEXT NOT NULL, version_id TEXT NOT NULL,
  article INTEGER NOT NULL, sub INTEGER NOT NULL, paragraph INTEGER NOT NULL, item INTEGER NOT NULL, subitem INTEGER NOT NULL,
  holding TEXT NOT NULL, text_hash TEXT NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (owner_id, owner, seq)
);
-- With owner first, in the key or here, SQLite would read every citation of a kind to find those of a few cases.
CREATE INDEX citations_case ON citations(case_id, owner, owner_id, seq);
CREATE INDEX citations_article ON citations(law_id, article, paragraph, item);

-- The text a citation pointed at when it was written. Immutable; verify re-hashes it.
CREATE TABLE statute_texts (
  hash TEXT PRIMARY KEY, law TEXT NOT NULL, version_name TEXT NOT NULL, provision TEXT NOT NULL, text TEXT NOT NULL, kept_at TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER statute_texts_no_update BEFORE UPDATE ON statute_texts BEGIN SELECT RAISE(ABORT, 'statute texts are immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statute_texts_no_delete BEFORE DELETE ON statute_texts BEGIN SELECT RAISE(ABORT, 'statute texts are immutable'); END;
-- +goose StatementEnd

CREATE TABLE penalties (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id), document_id INTEGER REFERENCES documents(id), party_id INTEGER REFERENCES parties(id), kind TEXT NOT NULL,
  amount_fen INTEGER CHECK (amount_fen >= 0), content TEXT NOT NULL, pay_by TEXT NOT NULL, pay_by_latest TEXT NOT NULL, range_reason TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX penalties_case ON penalties(case_id);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id), penalty_id INTEGER NOT NULL REFERENCES penalties(id), paid_on TEXT NOT NULL, paid_on_latest TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), receipt TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX payments_case ON payments(case_id);

CREATE TABLE bulletins (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  origin TEXT NOT NULL, title TEXT NOT NULL, lead TEXT NOT NULL, issuer TEXT NOT NULL, byline TEXT NOT NULL, dated TEXT NOT NULL, dated_latest TEXT NOT NULL,
  campaign_id INTEGER REFERENCES campaigns(id), state TEXT NOT NULL, author_id INTEGER REFERENCES users(id), approver_id INTEGER REFERENCES users(id),
  approved_at TEXT, withdraw_reason TEXT NOT NULL
);

CREATE TABLE bulletin_cases (
  bulletin_id INTEGER NOT NULL REFERENCES bulletins(id), seq INTEGER NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id), title TEXT NOT NULL,
  facts TEXT NOT NULL, handling TEXT NOT NULL, quotes TEXT NOT NULL,
  PRIMARY KEY (bulletin_id, seq), UNIQUE (bulletin_id, case_id)
);
CREATE INDEX bulletin_cases_case ON bulletin_cases(case_id);

-- History: the full after-image of each change, and a gapless hash chain over who did what.
CREATE TABLE revisions (
  entity TEXT NOT NULL, entity_id INTEGER NOT NULL, version INTEGER NOT NULL, audit_seq INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  salt TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (entity, entity_id, version)
);

CREATE TABLE audit_log (
  chain_id INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, remote_ip TEXT NOT NULL, action TEXT NOT NULL,
  entity TEXT NOT NULL, entity_id INTEGER NOT NULL, version INTEGER NOT NULL, detail TEXT NOT NULL, digest TEXT NOT NULL,
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL, algorithm TEXT NOT NULL,
  PRIMARY KEY (chain_id, seq)
);
CREATE INDEX audit_log_entity ON audit_log(entity, entity_id);
CREATE INDEX audit_log_actor ON audit_log(actor, seq);
-- +goose StatementBegin
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd

CREATE TABLE audit_head (chain_id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL);
INSERT INTO audit_head (chain_id, seq, hash) VALUES (1, 0, '');

-- What search reads: normalised text per record, and its overlapping pairs of characters.
CREATE TABLE search_texts (entity TEXT NOT NULL, entity_id INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (entity, entity_id));
CREATE VIRTUAL TABLE search_cases USING fts5(pairs, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE search_farms USING fts5(pairs, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE search_inspections USING fts5(pairs, content='', contentless_delete=1, detail=none, tokenize='ascii');

-- Facts about the register itself: whether it is a demo, its audit salt.
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- +goose Down
SELECT 1;
