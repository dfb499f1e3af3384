-- +goose Up
-- What a client sent with the UUID of a record it made, as a digest: the same UUID again with the same content is the same create, with
-- other content it is not. The digest is salted with the UUID. Records made before have none.
CREATE TABLE creations (
  entity TEXT NOT NULL, client_uid TEXT NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (entity, client_uid)
);

-- +goose Down
SELECT 1;
