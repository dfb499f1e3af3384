package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

const (
	minPostgres = 150000
	// schemaWait is how long a server waits for another that is bringing the schema up to date.
	schemaWait = 10 * time.Second
)

func (db *DB) openPostgres(ctx context.Context, opt Options) (fresh bool, err error) {
	config, err := postgresConfig(opt.Database)
	if err != nil {
		return fresh, err
	}
	db.place = addressOf(config)
	if exists(filepath.Join(db.dir, fileName)) {
		return fresh, fmt.Errorf("目录 %s 里有一个 SQLite 登记册（%s）。用 --db 时，请用 --data 指定另一个目录存放附件", db.dir, fileName)
	}
	if opt.Exclusive {
		if err := os.MkdirAll(db.dir, 0o750); err != nil {
			return fresh, explain(db.dir, fmt.Errorf("无法建立数据目录 %s：%w", db.dir, err))
		}
		if err := probe(db.dir); err != nil {
			return fresh, explain(db.dir, err)
		}
	}
	fresh, schema, err := db.prepareDatabase(ctx, config, opt)
	if err != nil {
		return fresh, err
	}
	c := postgresConnector{stdlib.GetConnector(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error { return db.enter(ctx, c, schema, opt.Unfinished) }))}
	db.handles(sql.OpenDB(c), sql.OpenDB(c), opt)
	if opt.Exclusive {
		if err = db.ownFolder(ctx); err == nil && opt.Standby != "" {
			err = db.openStandby(schema, opt)
		}
	}
	return fresh, err
}

// addressOf names a database in messages.
func addressOf(config *pgx.ConnConfig) string {
	return fmt.Sprintf("%s/%s（用户 %s）", net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))), config.Database, config.User)
}

// registerName is the file that says whose attachments a folder holds.
const registerName = "casebook.register"

// settingRegister says the same in the database. It is of the place, not of the register: a copy has its own.
const settingRegister = "register"

// ownFolder holds a folder of attachments to one register: a start sweeps files that its register does not know. Several nodes share a folder: they
// look at it in turn, and the file that names the register is whole from its first moment.
func (db *DB) ownFolder(ctx context.Context) error {
	id, err := db.settled(ctx, settingRegister)
	if err != nil {
		return err
	}
	db.register = id
	return db.InTurn(ctx, "folder", func() error {
		path := filepath.Join(db.dir, registerName)
		switch kept, err := os.ReadFile(path); { //nolint:gosec // in the data directory
		case err == nil && strings.TrimSpace(string(kept)) == id:
			return nil
		case err == nil:
			return fmt.Errorf("目录 %s 存放的是另一个登记册的附件。请用 --data 指定数据库 %s 自己的目录", db.dir, db.place)
		case !errors.Is(err, fs.ErrNotExist):
			return explain(db.dir, err)
		case exists(filepath.Join(db.dir, "attachments")):
			return fmt.Errorf("目录 %s 里有附件，却没有说明属于哪个登记册的 %s。确是数据库 %s 的（如恢复以后），请把 %s 写入这个文件；不是的，请用 --data 指定另一个目录", db.dir, registerName, db.place, id)
		}
		whole := path + ".new"
		return explain(db.dir, errors.Join(os.WriteFile(whole, []byte(id+"\n"), 0o600), os.Rename(whole, path)))
	})
}

// postgresConfig reads an address. What it leaves out comes from the environment and the password file, as PostgreSQL's own tools have it.
func postgresConfig(address string) (*pgx.ConnConfig, error) {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return nil, errors.New("--db 应写成 postgres://用户@主机:端口/数据库；用 SQLite 的不写 --db")
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("读不懂 --db：%w", err) // the driver leaves the password out
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	dialer := net.Dialer{Timeout: config.ConnectTimeout, Control: giveUp, KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	config.DialFunc = dialer.DialContext
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "casebook"
	}
	return config, nil
}

// sessionSettings: a write waits for others as long as it does on SQLite, and the server gives up connections that a cut left behind with
// their locks. An acknowledged commit survives a power cut, so synchronous_commit is never off.
var sessionSettings = [][2]string{
	{"lock_timeout", "'10s'"}, {"statement_timeout", "0"}, {"idle_in_transaction_session_timeout", "'5min'"},
	{"tcp_keepalives_idle", "15"}, {"tcp_keepalives_interval", "5"}, {"tcp_keepalives_count", "3"}, {"tcp_user_timeout", "30000"},
}

// enter readies a new connection, and refuses one to a register whose schema was changed since, or that a copy fills. While it is open nobody
// changes the schema.
func (db *DB) enter(ctx context.Context, c *pgx.Conn, schema int64, unfinished bool) error {
	for _, set := range sessionSettings {
		if _, said := c.Config().RuntimeParams[set[0]]; !said { // the address may say otherwise
			if _, err := c.Exec(ctx, "SET "+set[0]+" = "+set[1]); err != nil {
				return err
			}
		}
	}
	if _, err := c.Exec(ctx, `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
		SELECT pg_advisory_lock_shared(`+openLock+`)`); err != nil {
		return err
	}
	var current int64
	var marked bool
	if err := c.QueryRow(ctx, "SELECT COALESCE(MAX(version_id), 0), to_regclass(quote_ident(current_schema()) || '."+unfinishedMark+"') IS NOT NULL FROM goose_db_version WHERE is_applied").Scan(&current, &marked); err != nil {
		return err
	}
	if marked && !unfinished {
		return db.unfinished("casebook copy 或 restore")
	}
	if current != schema {
		return &diagnosis{fmt.Sprintf("数据库的结构已由第 %d 版改为第 %d 版。请换用新版程序，重新启动", schema, current), errOutdated}
	}
	return nil
}

var errOutdated = errors.New("the schema was changed while this server was running")

// postgresConnector makes connections that take arguments as ours do.
type postgresConnector struct{ driver.Connector }

func (c postgresConnector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &postgresConn{made.(*stdlib.Conn)}, nil
}

// prepareDatabase judges a database by what it is and holds, makes the register in an empty one, and brings its schema up to date.
func (db *DB) prepareDatabase(ctx context.Context, config *pgx.ConnConfig, opt Options) (fresh bool, schema int64, err error) {
	setup := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, setup.Close()) }()
	c, err := setup.Conn(ctx) // holds the lock under which another of the pool changes the schema
	if err != nil {
		return fresh, 0, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	fresh, err = db.judge(ctx, c, opt)
	if err != nil {
		return fresh, 0, err
	}
	p, err := migrationsOf("postgres", goose.DialectPostgres, setup)
	if err != nil {
		return fresh, 0, err
	}
	newest := newestOf(p)
	for waited := time.Duration(0); ; waited += schemaWait / 50 {
		current, err := schemaOf(ctx, c)
		switch {
		case err != nil:
			return fresh, 0, err
		case current > newest:
			return fresh, 0, newerSchema("数据库 "+db.place+" ", current, newest)
		case current == newest:
			return fresh, newest, nil
		}
		var alone bool
		if err := c.QueryRowContext(ctx, "SELECT pg_try_advisory_lock("+openLock+")").Scan(&alone); err != nil {
			return fresh, 0, err
		}
		if alone {
			if current, err = schemaOf(ctx, c); err != nil || current == newest { // another was first
				return fresh, newest, err
			}
			if !fresh {
				opt.Logger.Info("the schema is brought up to date", "from", current, "to", newest)
			}
			return fresh, newest, upgrade(ctx, p, current, newest)
		}
		if waited >= schemaWait {
			return fresh, 0, db.heldByOthers(ctx, c, current, newest)
		}
		select {
		case <-ctx.Done():
			return fresh, 0, ctx.Err()
		case <-time.After(schemaWait / 50):
		}
	}
}

// judge refuses a server that is too old or cannot be written, and a database that is not ours; fresh is true for an empty one.
func (db *DB) judge(ctx context.Context, c *sql.Conn, opt Options) (fresh bool, err error) {
	var version, tables int
	var encoding, schema string
	var noWrites, ours, unfinished bool // noWrites: a standby, or made so
	if err := c.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('transaction_read_only') = 'on', COALESCE(current_schema(), ''),
		COALESCE(obj_description(to_regclass(quote_ident(current_schema()) || '.audit_head'), 'pg_class') = 'casebook', false),
		(SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname NOT IN ('goose_db_version', $1)),
		to_regclass(quote_ident(current_schema()) || '.' || $1) IS NOT NULL`, unfinishedMark,
	).Scan(&version, &encoding, &noWrites, &schema, &ours, &tables, &unfinished); err != nil {
		return false, err
	}
	if unfinished && !opt.Unfinished {
		command := "casebook copy 或 restore"
		if err := c.QueryRowContext(ctx, "SELECT command FROM "+unfinishedMark).Scan(&command); err != nil && !noRows(err) {
			return false, err
		}
		return false, db.unfinished(command)
	}
	switch {
	case version < minPostgres:
		return false, fmt.Errorf("数据库服务器 %s 是 PostgreSQL %d，需要 15 或更新的版本", db.place, version/10000)
	case encoding != "UTF8":
		return false, fmt.Errorf("数据库 %s 的编码是 %s，应为 UTF8：请用 createdb -E UTF8 -T template0 另建一个", db.place, encoding)
	case schema == "":
		return false, fmt.Errorf("数据库 %s 里没有可用的模式（schema）：请检查 --db 里的 search_path 和用户的权限", db.place)
	case !ours && tables > 0:
		return false, fmt.Errorf("数据库 %s 里是别的程序的表，没有登记册，未作任何改动。请为 casebook 单独建立一个数据库", db.place)
	case !ours && opt.MustExist:
		return false, fmt.Errorf("数据库 %s 里没有登记册；请检查 --db，或先运行 casebook serve --db …", db.place)
	case noWrites && (!ours || opt.Exclusive):
		return false, fmt.Errorf(postgresRemedies[readOnly], db.place)
	}
	return !ours, nil
}

// schemaOf is the number of the last step that a database took; 0 for none.
func schemaOf(ctx context.Context, c *sql.Conn) (current int64, err error) {
	var known bool
	if err := c.QueryRowContext(ctx, "SELECT to_regclass(quote_ident(current_schema()) || '.goose_db_version') IS NOT NULL").Scan(&known); err != nil || !known {
		return 0, err
	}
	err = c.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&current)
	return current, err
}

// heldByOthers says who keeps the schema from being changed.
func (db *DB) heldByOthers(ctx context.Context, c *sql.Conn, current, newest int64) error {
	var others string
	if err := c.QueryRowContext(ctx, `SELECT COALESCE(string_agg(DISTINCT COALESCE(host(a.client_addr), '服务器本机'), '、'), '') FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
		WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
			AND l.classid = 1128354630 AND l.objid = hashtext(current_schema())::oid`).Scan(&others); err != nil {
		return err
	}
	return fmt.Errorf("数据库 %s 的结构是第 %d 版，本程序要升级到第 %d 版，但还有旧版 casebook 连着（%s）。请先全部停止，再启动新版；数据未作改动", db.place, current, newest, others)
}
