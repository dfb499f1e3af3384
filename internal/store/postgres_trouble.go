package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"

	"github.com/jackc/pgx/v5/pgconn"

	"casebook/internal/registry"
)

// The server names the columns in a detail whose words are those of its language: 键值"(number_key, number_twin)=(…)" 已经存在.
var takenColumn = regexp.MustCompile(`\((\w+)[,)]`)

func (inPostgres) translate(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case "23505": // unique_violation
		if m := takenColumn.FindStringSubmatch(e.Detail); m != nil {
			return errTaken(e.TableName + "." + m[1])
		}
	case "23503": // foreign_key_violation
		return errReference
	case "22021", "22P05": // a character that no text of the database can hold
		return &registry.Error{Kind: registry.KindInvalid, Message: "文字里有不能保存的字符（空字符或残缺的编码）。请删去后重试。"}
	case "54000": // a text too long for an index
		return &registry.Error{Kind: registry.KindInvalid, Message: "有一处文字太长，不能保存。请缩短后重试。"}
	}
	return err
}

// troublesOf are the troubles that the server tells by its codes, or by the class of a code.
var troublesOf = map[string]trouble{
	"53100": diskFull, "25006": readOnly, "42501": denied, "55P03": busy, "40001": busy, "40P01": busy, "57014": busy, "58030": failing,
	"XX001": corrupt, "XX002": corrupt, "53300": crowded, "28": refused, "3D000": missing, "3F000": missing, "08": away, "53": away, "57": away, "58": failing, "25P03": away,
}

func (inPostgres) trouble(err error) trouble {
	var e *pgconn.PgError
	var cut *net.OpError
	switch {
	case errors.As(err, &e):
		if t, ok := troublesOf[e.Code]; ok {
			return t
		}
		return troublesOf[e.Code[:min(2, len(e.Code))]]
	case errors.As(err, &cut), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed), errors.Is(err, driver.ErrBadConn), pgconn.SafeToRetry(err), pgconn.Timeout(err):
		return away
	}
	if connecting := (*pgconn.ConnectError)(nil); errors.As(err, &connecting) {
		return away
	}
	return unclear
}

// postgresRemedies are the words for each trouble of a server, which they name first.
var postgresRemedies = map[trouble]string{
	away:     "连不上数据库服务器 %s：没有启动、正在启停、地址或端口不对，或网络不通。请检查服务器和 --db",
	refused:  "数据库服务器 %s 不接受这个用户：用户名或密码不对，或不许从这台机器连接。请检查 --db 里的用户、密码（也可放在 PGPASSWORD 或 ~/.pgpass）和服务器的 pg_hba.conf",
	missing:  "数据库服务器上没有 %s 这个数据库或模式。请先建立：createdb -E UTF8 -T template0 -O 用户 数据库名",
	crowded:  "数据库服务器 %s 的连接数已满。请调大 max_connections，或停掉别的程序",
	denied:   "用户在数据库 %s 里没有所需的权限。请让它成为数据库的所有者：ALTER DATABASE 数据库名 OWNER TO 用户",
	readOnly: "数据库 %s 是只读的：连到了备机，或服务器设置了只读。请连到主机，或解除只读",
	diskFull: "数据库服务器 %s 的磁盘已满。请清理磁盘或扩容后重试；已登记的数据没有损坏",
	busy:     "数据库 %s 正被另一项操作占用（升级、维护或长时间的事务）。请稍后重试",
	failing:  "数据库服务器 %s 的磁盘出错。请检查服务器的磁盘和日志",
	corrupt:  "数据库 %s 已损坏。请停止使用，检查服务器的磁盘，从备份恢复",
}

func (inPostgres) explain(db *DB, err error) error {
	var d *diagnosis
	if err == nil || errors.As(err, &d) {
		return err
	}
	if words, known := postgresRemedies[(inPostgres{}).trouble(err)]; known {
		return &diagnosis{fmt.Sprintf(words, db.place), err}
	}
	return explain(db.dir, err)
}
