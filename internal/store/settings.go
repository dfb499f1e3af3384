package store

// Setting reads a fact about the register itself; empty when it was never set.
func (tx *Tx) Setting(name string) (value string, err error) {
	err = tx.one([]any{&value}, "SELECT value FROM settings WHERE name = $1", name)
	if noRows(err) {
		return "", nil
	}
	return value, err
}

// SetSetting writes one.
func (tx *Tx) SetSetting(name, value string) error {
	_, err := tx.exec("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return err
}

// Empty reports whether the register holds no farm, case or inspection: only then may demo data be loaded into it.
func (tx *Tx) Empty() (bool, error) {
	var n int
	err := tx.one([]any{&n}, "SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM farms LIMIT 1) AS f) + (SELECT COUNT(*) FROM (SELECT 1 FROM parties LIMIT 1) AS p)")
	return n == 0, err
}
