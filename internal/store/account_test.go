package store_test

import (
	"slices"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

func TestAccounts(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	users := []registry.User{{Username: "wang", Role: registry.RoleAdmin}, {Username: "chen", Role: registry.RoleOfficer}, {Username: "an", Role: registry.RoleAdmin, Disabled: true},
		{Username: "li", Role: registry.RoleAdmin}}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range users {
			if err := store.Users.Insert(tx, &users[i], storetest.Now); err != nil {
				return err
			}
		}
		return tx.SignedIn(users[1].ID, storetest.Now)
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		list, err := tx.Accounts()
		var names []string
		for _, u := range list {
			names = append(names, u.Username)
		}
		if want := []string{"chen", "li", "wang", "an"}; err != nil || !slices.Equal(names, want) {
			t.Errorf("Accounts = %v, %v; want %v: those in use first", names, err, want)
		}
		for _, c := range []struct {
			except registry.UserID
			want   int
		}{{0, 2}, {users[0].ID, 1}, {users[1].ID, 2}, {users[2].ID, 2}} {
			if n, err := tx.ActiveAdmins(c.except); err != nil || n != c.want {
				t.Errorf("ActiveAdmins but %d = %d, %v; want %d", c.except, n, err, c.want)
			}
		}
		u, err := tx.UserByName("chen")
		if err != nil || u.ID != users[1].ID || u.LastSignIn == nil || !u.LastSignIn.Equal(storetest.Now) || u.Version != 1 {
			t.Errorf("UserByName(chen) = %+v, %v; want user %d, signed in, unchanged", u, err, users[1].ID)
		}
		if _, err := tx.UserByName("zhao"); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("UserByName(zhao) = %v, want not found", err)
		}
		return nil
	})
}

func TestSessions(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	u := newWorld(t, db).user
	session := func(hash string, ends time.Duration) store.Session {
		return store.Session{TokenHash: hash, UserID: u.ID, CreatedAt: storetest.Now, SeenAt: storetest.Now, ExpiresAt: storetest.Now.Add(ends), RemoteIP: "10.0.0.1", UserAgent: "手机"}
	}
	live := func() (hashes []string) {
		storetest.Read(t, db, func(tx *store.Tx) error {
			for _, h := range []string{"a", "b", "c", "d"} {
				if _, err := tx.SessionByHash(h); err == nil {
					hashes = append(hashes, h)
				} else if registry.KindOf(err) != registry.KindNotFound {
					return err
				}
			}
			return nil
		})
		return hashes
	}
	is := func(when string, want ...string) {
		t.Helper()
		if got := live(); !slices.Equal(got, want) {
			t.Errorf("%s: sessions %v, want %v", when, got, want)
		}
	}
	is("at first")
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i, h := range []string{"a", "b", "c", "d"} {
			if err := tx.AddSession(session(h, time.Duration(i)*time.Hour)); err != nil {
				return err
			}
		}
		return tx.TouchSession("d", storetest.Now.Add(time.Minute))
	})
	is("signed in four times", "a", "b", "c", "d")
	storetest.Read(t, db, func(tx *store.Tx) error {
		want := session("d", 3*time.Hour)
		want.SeenAt = storetest.Now.Add(time.Minute)
		if got, err := tx.SessionByHash("d"); err != nil || got != want {
			t.Errorf("SessionByHash = %+v, %v; want %+v", got, err, want)
		}
		return nil
	})
	if err := storetest.Try(db, func(tx *store.Tx) error { return tx.AddSession(session("a", time.Hour)) }); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("one token for two sessions: %v, want a conflict", err)
	}
	storetest.Write(t, db, func(tx *store.Tx) error { return tx.EndSession("c") })
	is("signed out once", "a", "b", "d")
	storetest.Write(t, db, func(tx *store.Tx) error { return tx.EndSession("c") })
	is("and again", "a", "b", "d")
	storetest.Write(t, db, func(tx *store.Tx) error { return tx.SweepSignIns(storetest.Now.Add(time.Hour), storetest.Now) })
	is("an hour later", "b", "d") // one that ends that moment still counts
	storetest.Write(t, db, func(tx *store.Tx) error { return tx.EndSessions(u.ID) })
	is("signed out everywhere")
}

func TestSignInFailures(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	at := func(minutes ...int) (list []time.Time) {
		for _, m := range minutes {
			list = append(list, storetest.Now.Add(time.Duration(m)*time.Minute))
		}
		return list
	}
	is := func(when, key string, limit int, want []time.Time) {
		t.Helper()
		storetest.Read(t, db, func(tx *store.Tx) error {
			if got, err := tx.SignInFailures(key, limit); err != nil || !slices.EqualFunc(got, want, time.Time.Equal) {
				t.Errorf("%s: failures of %s %v, %v; want %v", when, key, got, err, want)
			}
			return nil
		})
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for _, f := range at(1, 3, 2) {
			if err := tx.AddSignInFailure("name:liu", f); err != nil {
				return err
			}
		}
		return tx.AddSignInFailure("ip:10.0.0.1", storetest.Now)
	})
	is("three", "name:liu", 10, at(3, 2, 1))
	is("the newest two", "name:liu", 2, at(3, 2))
	storetest.Write(t, db, func(tx *store.Tx) error { return tx.SweepSignIns(storetest.Now, at(2)[0]) })
	is("swept", "name:liu", 10, at(3, 2))
	is("swept", "ip:10.0.0.1", 10, nil)
	storetest.Write(t, db, func(tx *store.Tx) error { return tx.ForgetSignInFailures("name:liu") })
	is("forgotten", "name:liu", 10, nil)
}

func TestSettings(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	is := func(want string) {
		t.Helper()
		storetest.Read(t, db, func(tx *store.Tx) error {
			if got, err := tx.Setting("demo"); err != nil || got != want {
				t.Errorf("Setting = %q, %v; want %q", got, err, want)
			}
			return nil
		})
	}
	is("")
	for _, v := range []string{"1", "2"} {
		storetest.Write(t, db, func(tx *store.Tx) error { return tx.SetSetting("demo", v) })
		is(v)
	}
	empty := func(want bool) {
		t.Helper()
		storetest.Read(t, db, func(tx *store.Tx) error {
			if got, err := tx.Empty(); err != nil || got != want {
				t.Errorf("Empty = %v, %v; want %v", got, err, want)
			}
			return nil
		})
	}
	empty(true)
	newWorld(t, db)
	empty(false)
}
