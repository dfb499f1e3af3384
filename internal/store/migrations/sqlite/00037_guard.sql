-- +goose Up
-- What the publication guard asks about may be answered for; head counts of drafts may be rounded; and it looks for the names of the whole register:
-- each beside its first three characters, by which a text is asked. An id is never given twice, since a server remembers up to where it knows them.
ALTER TABLE bulletins ADD COLUMN answers TEXT NOT NULL DEFAULT 'null';
ALTER TABLE bureau ADD COLUMN round_heads INTEGER NOT NULL DEFAULT 0;
CREATE TABLE guard_names (
  id INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, entity_id INTEGER NOT NULL, kind TEXT NOT NULL, head TEXT NOT NULL, name TEXT NOT NULL
);
CREATE INDEX guard_names_head ON guard_names(head, kind, name);
CREATE INDEX guard_names_of ON guard_names(entity, entity_id, kind, name);

-- +goose Down
SELECT 1;
