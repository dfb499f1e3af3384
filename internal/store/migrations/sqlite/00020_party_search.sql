-- +goose Up
-- Parties are searched as cases are. Texts from before are indexed anew when the register is opened: see internal/store/reindex.go.
CREATE VIRTUAL TABLE search_parties USING fts5(pairs, content='', contentless_delete=1, detail=none, tokenize='ascii');

-- +goose Down
SELECT 1;
