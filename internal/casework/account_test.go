package casework_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

func newAccounts(t *testing.T) (*casework.Service, *time.Time) {
	t.Helper()
	now := time.Date(2024, 12, 16, 9, 30, 0, 0, registry.Shanghai)
	dir := storetest.Dir(t)
	db, err := store.Open(context.Background(), dir, store.Options{Now: now, Database: enginetest.Database(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // the directory is removed anyway
	return casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return now }, Hasher: auth.NewHasher(auth.Cheap)}), &now
}

func TestFirstAdmin(t *testing.T) {
	ctx := context.Background()
	s, _ := newAccounts(t)
	password, created, err := s.EnsureFirstAdmin(ctx)
	if err != nil || !created || password == "" {
		t.Fatalf("EnsureFirstAdmin = %q, %v, %v; want a password and created", password, created, err)
	}
	if again, created, err := s.EnsureFirstAdmin(ctx); err != nil || created || again != "" {
		t.Errorf("second EnsureFirstAdmin = %q, %v, %v; want nothing", again, created, err)
	}
	_, u, err := s.SignIn(ctx, "admin", password, "10.0.0.1", "test")
	if err != nil || !u.MustChange || u.Role != registry.RoleAdmin || u.PasswordHash != "" {
		t.Errorf("SignIn = %+v, %v; want the admin, who must change the password, without its hash", u, err)
	}
}

// Neither passwords nor names that are no account may reach the log; everybody's sign-ins do.
func TestSignInIsAudited(t *testing.T) {
	ctx := context.Background()
	s, _ := newAccounts(t)
	password, _, err := s.EnsureFirstAdmin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, try := range [][2]string{{"admin", "a wrong guess"}, {"my secret typed into the wrong box", "x"}, {"admin", password}} {
		_, _, _ = s.SignIn(ctx, try[0], try[1], "10.0.0.1", "test") // the log tells
	}
	a, err := s.ActorNamed(ctx, "admin")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := s.Audit(ctx, a, casework.AuditFilter{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Action+" "+e.Actor+" "+e.RemoteIP)
	}
	want := []string{"登录 admin 10.0.0.1", "登录失败 未知账号 10.0.0.1", "登录失败 admin 10.0.0.1", "新建账号 系统:命令行 "}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("log %q, want %q", got, want)
	}
	b, err := json.Marshal(entries)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{password, "a wrong guess", "my secret"} {
		if strings.Contains(string(b), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestAccountRules(t *testing.T) {
	ctx := context.Background()
	s, now := newAccounts(t)
	if _, _, err := s.EnsureFirstAdmin(ctx); err != nil {
		t.Fatal(err)
	}
	admin, err := s.ActorNamed(ctx, "admin")
	if err != nil {
		t.Fatal(err)
	}
	officer := registry.User{Username: "officer", DisplayName: "李明", Role: registry.RoleOfficer}
	password, err := s.AddUser(ctx, admin, &officer)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := s.SignIn(ctx, "officer", password, "10.0.0.1", "test")
	if err != nil {
		t.Fatal(err)
	}
	a, u, err := s.Session(ctx, token)
	if err != nil || a.Username != "officer" || u.PasswordHash != "" {
		t.Fatalf("Session = %+v, %+v, %v", a, u, err)
	}

	t.Run("only administrators", func(t *testing.T) {
		if _, err := s.ListUsers(ctx, a); registry.KindOf(err) != registry.KindForbidden {
			t.Errorf("ListUsers by an officer: %v, want forbidden", err)
		}
		if _, err := s.ResetPassword(ctx, a, u.ID); registry.KindOf(err) != registry.KindForbidden {
			t.Errorf("ResetPassword by an officer: %v, want forbidden", err)
		}
	})
	t.Run("a new role ends sessions", func(t *testing.T) {
		x, err := s.GetUser(ctx, admin, u.ID)
		if err != nil {
			t.Fatal(err)
		}
		x.Role = registry.RoleAuditor
		if err := s.UpdateUser(ctx, admin, &x); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Session(ctx, token); registry.KindOf(err) != registry.KindUnsigned {
			t.Errorf("Session after the change: %v, want unsigned", err)
		}
		if _, _, err := s.SignIn(ctx, "officer", password, "10.0.0.1", "test"); err != nil {
			t.Errorf("the password was lost: %v", err)
		}
	})
	t.Run("set from the command line", func(t *testing.T) {
		if err := s.SetPassword(ctx, "officer", "short"); registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("SetPassword(short) = %v, want invalid", err)
		}
		if err := s.SetPassword(ctx, "nobody", "a long enough password"); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("SetPassword(nobody) = %v, want not found", err)
		}
		if err := s.SetPassword(ctx, "officer", "a long enough password"); err != nil {
			t.Fatal(err)
		}
		if _, u, err := s.SignIn(ctx, "officer", "a long enough password", "10.0.0.1", "test"); err != nil || u.MustChange {
			t.Errorf("SignIn = %+v, %v", u, err)
		}
	})
	t.Run("a disabled account", func(t *testing.T) {
		if err := s.SetDisabled(ctx, admin, u.ID, true); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.SignIn(ctx, "officer", "a long enough password", "10.0.0.1", "test"); registry.KindOf(err) != registry.KindUnsigned {
			t.Errorf("SignIn = %v, want unsigned", err)
		}
		if _, err := s.ActorNamed(ctx, "officer"); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("ActorNamed = %v, want conflict", err)
		}
	})
	t.Run("the last administrator", func(t *testing.T) {
		if err := s.SetDisabled(ctx, admin, admin.UserID, true); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("SetDisabled(last admin) = %v, want conflict", err)
		}
	})
	*now = now.Add(13 * time.Hour)
	if _, _, err := s.Session(ctx, token); registry.KindOf(err) != registry.KindUnsigned {
		t.Errorf("Session after 13 hours: %v, want unsigned", err)
	}
}
