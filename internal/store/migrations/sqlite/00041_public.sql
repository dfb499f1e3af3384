-- +goose Up
-- The public site: whether it is open, the address of each bulletin there, what a reader may look for, and what readers say is wrong.
ALTER TABLE bureau ADD COLUMN public_site INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bulletins ADD COLUMN slug TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletins ADD COLUMN facets TEXT NOT NULL DEFAULT 'null';
CREATE UNIQUE INDEX bulletins_slug ON bulletins(slug) WHERE slug <> '';

-- By what a bulletin is found, as it was when it was published: district, species, type (of violation), law (quoted). Only bulletins that the site shows.
CREATE TABLE public_facets (
  kind TEXT NOT NULL, word TEXT NOT NULL, published_at TEXT NOT NULL, bulletin_id INTEGER NOT NULL REFERENCES bulletins(id),
  PRIMARY KEY (kind, word, published_at, bulletin_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX public_facets_bulletin ON public_facets(bulletin_id, kind, word);
CREATE TABLE public_facet_counts (kind TEXT NOT NULL, word TEXT NOT NULL, bulletins INTEGER NOT NULL, PRIMARY KEY (kind, word)) WITHOUT ROWID;
CREATE TABLE public_texts (bulletin_id INTEGER PRIMARY KEY REFERENCES bulletins(id), published_at TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX public_texts_order ON public_texts(published_at, bulletin_id);

CREATE TABLE bulletin_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  bulletin_id INTEGER NOT NULL REFERENCES bulletins(id), words TEXT NOT NULL, contact TEXT NOT NULL, state TEXT NOT NULL,
  answer TEXT NOT NULL, handler_id INTEGER REFERENCES users(id), handled_at TEXT
);
CREATE INDEX bulletin_reports_state ON bulletin_reports(state, id);
CREATE INDEX bulletin_reports_bulletin ON bulletin_reports(bulletin_id, state);

-- +goose Down
SELECT 1;
