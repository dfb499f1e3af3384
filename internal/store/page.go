package store

import (
	"encoding/base64"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// cursor encodes where the next page of a list begins: the sort value and id of the last row shown. It also names the order,
// so that a cursor of one order is refused in another instead of giving a wrong page.
func cursor(byID bool, last [2]string) string { return Page{}.cursor(byID, last) }

func (p Page) cursor(byID bool, last [2]string) string {
	if byID {
		return base64.RawURLEncoding.EncodeToString([]byte(p.mark("i") + "|" + last[1]))
	}
	return base64.RawURLEncoding.EncodeToString([]byte(p.mark("d") + "|" + last[0] + "|" + last[1]))
}

// mark is how a cursor names the order: in capitals where it is the other way round.
func (p Page) mark(order string) string {
	if p.Up {
		return strings.ToUpper(order)
	}
	return order
}

// keyset appends the page's condition, order and limit (one row more than asked: it tells whether there is a next
// page). id is the column that holds the id: of the search table where one leads, so that its own order is used without sorting.
func keyset(q *query, p Page, byID bool, id, column string) error {
	before, way := " < ", " DESC"
	if p.Up {
		before, way = " > ", ""
	}
	if p.Cursor != "" {
		raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
		if err != nil {
			return errCursor
		}
		parts := strings.Split(string(raw), "|")
		last, err := strconv.ParseInt(parts[len(parts)-1], 10, 64)
		switch {
		case err != nil:
			return errCursor
		case byID && len(parts) == 2 && parts[0] == p.mark("i"):
			q.add(" AND "+id+before+"?", last)
		case !byID && len(parts) == 3 && parts[0] == p.mark("d"):
			q.add(" AND ("+column+", "+id+")"+before+"(?, ?)", parts[1], last)
		default:
			return errCursor
		}
	}
	if byID {
		q.add(" ORDER BY "+id+way+" LIMIT ?", p.Limit+1)
	} else {
		q.add(" ORDER BY "+column+way+", "+id+way+" LIMIT ?", p.Limit+1)
	}
	return nil
}

var errCursor = registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")

// after is where the page begins, of a list that is not in the order of its ids.
func (p Page) after() (value string, id int64, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	parts := strings.Split(string(raw), "|")
	if err != nil || len(parts) != 3 || parts[0] != p.mark("d") {
		return "", 0, errCursor
	}
	if id, err = strconv.ParseInt(parts[2], 10, 64); err != nil {
		return "", 0, errCursor
	}
	return parts[1], id, nil
}

// dueKeyset is keyset for the order of due days, the earliest first.
func dueKeyset(q *query, p Page, day, id string) error {
	if p.Cursor != "" {
		after, last, err := p.after()
		if err != nil {
			return err
		}
		q.add(" AND ("+day+", "+id+") > (?, ?)", after, last)
	}
	q.add(" ORDER BY "+day+", "+id+" LIMIT ?", p.Limit+1)
	return nil
}

// Page is one page of a list: Next is the cursor of the following page, empty on the last.
type Page struct {
	Cursor string
	Limit  int
	ByID   bool // last registered first, instead of the list's own order
	Up     bool // the order the other way round: the oldest first. For cases, inspections, farms and parties

	Uncounted bool // whoever asks does not say how many there are
}

// CountCap bounds what a count reads: a list says 1000+ rather than scan a million rows.
const CountCap = 1000
