package store

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Session is one sign-in of one account, found by the hash of its token.
type Session struct {
	TokenHash string
	UserID    registry.UserID
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	RemoteIP  string
	UserAgent string
}

// UserByName reads an account by what is typed to sign in.
func (tx *Tx) UserByName(username string) (registry.User, error) {
	return Users.first(tx, "WHERE username = $1", username, username)
}

// Accounts lists every account: those in use first, by name.
func (tx *Tx) Accounts() ([]registry.User, error) {
	return Users.list(tx, "ORDER BY disabled, username, id")
}

// ActiveAdmins counts the administrators who can sign in, but for one.
func (tx *Tx) ActiveAdmins(except registry.UserID) (n int, err error) {
	err = tx.one([]any{&n}, "SELECT COUNT(*) FROM users WHERE role = $1 AND disabled = 0 AND id <> $2", string(registry.RoleAdmin), int64(except))
	return n, err
}

// SignedIn notes when an account last signed in. That is no edit: the version stays, and no revision holds it.
func (tx *Tx) SignedIn(id registry.UserID, at time.Time) error {
	_, err := tx.exec("UPDATE users SET last_sign_in = $1 WHERE id = $2", instantText(at), int64(id))
	return err
}

// AddSession stores a session.
func (tx *Tx) AddSession(x Session) error {
	_, err := tx.exec(`INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at, remote_ip, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		x.TokenHash, int64(x.UserID), instantText(x.CreatedAt), instantText(x.SeenAt), instantText(x.ExpiresAt), x.RemoteIP, x.UserAgent)
	if err != nil {
		return fmt.Errorf("store session: %w", err)
	}
	return nil
}

// SessionByHash reads a session; one that does not exist is not found.
func (tx *Tx) SessionByHash(hash string) (x Session, err error) {
	err = tx.one([]any{&x.TokenHash, (*int64)(&x.UserID), instant{&x.CreatedAt}, instant{&x.SeenAt}, instant{&x.ExpiresAt}, &x.RemoteIP, &x.UserAgent},
		`SELECT token_hash, user_id, created_at, seen_at, expires_at, remote_ip, user_agent FROM sessions WHERE token_hash = $1`, hash)
	if noRows(err) {
		return x, registry.NotFound("登录", "")
	}
	return x, err
}

// SignedInBy reads a session with its account, in one statement: every request asks for both.
func (tx *Tx) SignedInBy(hash string) (x Session, u registry.User, err error) {
	var c columns
	Users.bind(&u, &c)
	err = tx.one(append([]any{&x.TokenHash, instant{&x.SeenAt}, instant{&x.ExpiresAt}, &x.RemoteIP, &u.ID}, c.ptrs...), signedInBy(c.names), hash)
	x.UserID = u.ID
	if noRows(err) {
		return x, u, registry.NotFound("登录", "")
	}
	return x, u, err
}

func signedInBy(columns []string) string {
	return "SELECT s.token_hash, s.seen_at, s.expires_at, s.remote_ip, u.id, u." + strings.Join(columns, ", u.") + " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1"
}

// TouchSession notes that a session was used.
func (tx *Tx) TouchSession(hash string, at time.Time) error {
	_, err := tx.exec("UPDATE sessions SET seen_at = $1 WHERE token_hash = $2", instantText(at), hash)
	return err
}

// EndSession removes one session; removing none is no error.
func (tx *Tx) EndSession(hash string) error {
	_, err := tx.exec("DELETE FROM sessions WHERE token_hash = $1", hash)
	return err
}

// EndSessions removes every session of an account.
func (tx *Tx) EndSessions(id registry.UserID) error {
	_, err := tx.exec("DELETE FROM sessions WHERE user_id = $1", int64(id))
	return err
}

// SweepSignIns removes sessions past their end and failures too old to count.
func (tx *Tx) SweepSignIns(now, failuresBefore time.Time) error {
	if _, err := tx.exec("DELETE FROM sessions WHERE expires_at < $1", instantText(now)); err != nil {
		return err
	}
	_, err := tx.exec("DELETE FROM sign_in_failures WHERE at < $1", instantText(failuresBefore))
	return err
}

// SignInFailures lists when the newest failures of a key were, newest first.
func (tx *Tx) SignInFailures(key string, limit int) (at []time.Time, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var t time.Time
		err := rows.Scan(instant{&t})
		at = append(at, t)
		return err
	}, "SELECT at FROM sign_in_failures WHERE key = $1 ORDER BY at DESC LIMIT $2", key, limit)
	return at, err
}

// AddSignInFailure counts a failure against a key.
func (tx *Tx) AddSignInFailure(key string, at time.Time) error {
	_, err := tx.exec("INSERT INTO sign_in_failures (key, at) VALUES ($1, $2)", key, instantText(at))
	return err
}

// ForgetSignInFailures clears a key's failures.
func (tx *Tx) ForgetSignInFailures(key string) error {
	_, err := tx.exec("DELETE FROM sign_in_failures WHERE key = $1", key)
	return err
}

// Users stores accounts.
var Users = &Table[registry.User, *registry.User]{Entity: "user", Noun: "用户", name: "users",
	id: func(x *registry.User) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.User, c *columns) {
		c.col("username", &x.Username)
		c.col("display_name", &x.DisplayName)
		c.col("role", &x.Role)
		ref(c, "organ_id", &x.OrganID)
		ref(c, "officer_id", &x.OfficerID)
		c.col("disabled", &x.Disabled)
		c.col("must_change", &x.MustChange)
		c.col("password_hash", &x.PasswordHash)
		c.maybeTime("last_sign_in", &x.LastSignIn)
	},
	derived: func(to, from *registry.User) { to.LastSignIn = from.LastSignIn }}
