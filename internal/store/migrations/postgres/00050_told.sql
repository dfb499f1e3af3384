-- +goose Up
-- Which cases of which approved bulletins were voided, or had their decision taken back, changed or contested since: derived from the case's file when it is
-- settled.
ALTER TABLE bulletin_cases ADD COLUMN turned BIGINT NOT NULL DEFAULT 0;
CREATE INDEX bulletin_cases_turned ON bulletin_cases(bulletin_id, case_id) WHERE turned = 1;

-- The words that published bulletins are found by, in the order of the site's lists; filled when the register is opened: see internal/store/public_term.go.
CREATE TABLE public_terms (
  term TEXT COLLATE "C" NOT NULL, published_at TEXT COLLATE "C" NOT NULL, bulletin_id BIGINT NOT NULL REFERENCES bulletins(id),
  PRIMARY KEY (term, published_at, bulletin_id)
);

-- Where readers of the public site tell what is wrong, beside its form.
ALTER TABLE bureau ADD COLUMN public_contact TEXT COLLATE "C" NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;
