-- +goose Up
-- History made small: bodies packed (internal/store/packing), hashes and salts as bytes, times as milliseconds, words by number, and nothing that
-- stands in another row: a revision's time and actor are its audit entry's, an entry's prev_hash is the hash of the one before. All that was
-- written before is moved over; no hash and no digest changes, since both are over what is kept and not over how. history_packed, history_bytes
-- and history_ms are functions of our own (internal/store/lean_migration.go); what they cannot convert they leave as it was, for verify to name.
DROP TRIGGER IF EXISTS audit_log_no_update;
DROP TRIGGER IF EXISTS audit_log_no_delete;
ALTER TABLE audit_log RENAME TO audit_log_plain;
ALTER TABLE revisions RENAME TO revisions_plain;

-- Actors, roles and actions by number: a few hundred words stand in every entry. No foreign key, which would look up three rows for every
-- entry: the entry's hash is over the words. The two acts that fill the log come first, so that one condition tells the rare ones.
CREATE TABLE audit_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
INSERT INTO audit_words (id, word) VALUES (1, '新建'), (2, '修改');
INSERT INTO audit_words (word) SELECT DISTINCT actor FROM audit_log_plain WHERE true ON CONFLICT (word) DO NOTHING;
INSERT INTO audit_words (word) SELECT DISTINCT role FROM audit_log_plain WHERE true ON CONFLICT (word) DO NOTHING;
INSERT INTO audit_words (word) SELECT DISTINCT action FROM audit_log_plain WHERE true ON CONFLICT (word) DO NOTHING;

CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor INTEGER NOT NULL, role INTEGER NOT NULL, remote_ip TEXT NOT NULL, action INTEGER NOT NULL,
  entity TEXT NOT NULL, entity_id INTEGER NOT NULL, version INTEGER NOT NULL, detail TEXT NOT NULL, digest BLOB, hash BLOB NOT NULL
);
INSERT INTO audit_log (seq, at, actor, role, remote_ip, action, entity, entity_id, version, detail, digest, hash)
  SELECT a.seq, history_ms(a.at), (SELECT w.id FROM audit_words w WHERE w.word = a.actor), (SELECT w.id FROM audit_words w WHERE w.word = a.role), a.remote_ip,
    (SELECT w.id FROM audit_words w WHERE w.word = a.action), a.entity, a.entity_id, a.version, a.detail, history_bytes(NULLIF(a.digest, '')), history_bytes(a.hash)
  FROM audit_log_plain a WHERE a.chain_id = 1 AND typeof(a.seq) = 'integer' ORDER BY a.seq;

-- The case and the inspection that a record was on stand beside the body, since SQL cannot look into it. A revision that is not its entry's,
-- which only tampering leaves, gets a number below zero, where verify finds it without an entry.
CREATE TABLE revisions (
  audit_seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, entity_id INTEGER NOT NULL, version INTEGER NOT NULL, case_id INTEGER, inspection_id INTEGER,
  salt BLOB NOT NULL, body BLOB NOT NULL
);
INSERT INTO revisions (audit_seq, entity, entity_id, version, case_id, inspection_id, salt, body)
  SELECT a.seq, r.entity, r.entity_id, r.version, NULLIF(r.case_id, 0), NULLIF(r.inspection_id, 0), history_bytes(r.salt), history_packed(r.entity, r.body)
  FROM audit_log_plain a CROSS JOIN revisions_plain r ON r.entity = a.entity AND r.entity_id = a.entity_id AND r.version = a.version AND r.audit_seq = a.seq
  WHERE a.chain_id = 1 AND typeof(a.seq) = 'integer' ORDER BY a.seq;
INSERT INTO revisions (audit_seq, entity, entity_id, version, case_id, inspection_id, salt, body)
  SELECT -r.rowid, r.entity, r.entity_id, r.version, NULLIF(r.case_id, 0), NULLIF(r.inspection_id, 0), history_bytes(r.salt), history_packed(r.entity, r.body)
  FROM revisions_plain r WHERE NOT EXISTS (SELECT 1 FROM audit_log a
    WHERE a.seq = r.audit_seq AND a.entity = r.entity AND a.entity_id = r.entity_id AND a.version = r.version);

-- What was told twice and not alike, or of another chain: only tampering leaves any. verify names each.
CREATE TABLE audit_leftovers (seq TEXT NOT NULL, said TEXT NOT NULL);
INSERT INTO audit_leftovers (seq, said)
  SELECT a.seq, 'prev_hash ' || a.prev_hash FROM audit_log_plain a LEFT JOIN audit_log_plain b ON b.chain_id = 1 AND b.seq = a.seq - 1
    WHERE a.chain_id = 1 AND typeof(a.seq) = 'integer' AND a.prev_hash <> COALESCE(b.hash, '')
  UNION ALL SELECT seq, 'algorithm ' || algorithm FROM audit_log_plain WHERE algorithm <> 'sha256-v1'
  UNION ALL SELECT seq, 'chain ' || quote(chain_id) || ', at ' || quote(at) || ', actor ' || quote(actor) || ', role ' || quote(role) || ', remote_ip ' || quote(remote_ip)
      || ', action ' || quote(action) || ', entity ' || quote(entity) || ', entity_id ' || quote(entity_id) || ', version ' || quote(version) || ', detail ' || quote(detail)
      || ', digest ' || quote(digest) || ', prev_hash ' || quote(prev_hash) || ', hash ' || quote(hash)
    FROM audit_log_plain WHERE chain_id <> 1 OR typeof(seq) <> 'integer'
  UNION ALL SELECT r.audit_seq, r.entity || ' ' || r.entity_id || ' version ' || r.version || ', at ' || quote(r.at) || ', actor ' || quote(r.actor) || ', action ' || quote(r.action)
    FROM revisions_plain r LEFT JOIN audit_log_plain a ON a.chain_id = 1 AND a.seq = r.audit_seq
    WHERE a.seq IS NULL OR a.entity <> r.entity OR a.entity_id <> r.entity_id OR a.version <> r.version OR a.at <> r.at OR a.actor <> r.actor OR a.action <> r.action;

DROP TABLE revisions_plain;
DROP TABLE audit_log_plain;

CREATE INDEX audit_log_of ON audit_log(entity, entity_id);
CREATE INDEX audit_log_by ON audit_log(actor);
CREATE UNIQUE INDEX revisions_of ON revisions(entity, entity_id, version);
CREATE INDEX revisions_on_case ON revisions(case_id) WHERE case_id IS NOT NULL;
CREATE INDEX revisions_on_inspection ON revisions(inspection_id) WHERE inspection_id IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd

-- The text that search keeps of a record is packed as well. Into a new table: an update of every row keeps the pages it changes in memory.
CREATE TABLE search_texts_packed (
  entity TEXT NOT NULL, entity_id INTEGER NOT NULL, text BLOB NOT NULL, codes TEXT NOT NULL, guarded TEXT NOT NULL, PRIMARY KEY (entity, entity_id)
);
INSERT INTO search_texts_packed (entity, entity_id, text, codes, guarded)
  SELECT entity, entity_id, history_packed('search', text), codes, guarded FROM search_texts ORDER BY rowid;
DROP TABLE search_texts;
ALTER TABLE search_texts_packed RENAME TO search_texts;

-- Nothing asks for citations by their article across cases; the index was a fifth of what they take.
DROP INDEX citations_article;

-- +goose Down
SELECT 1;
