package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// reconcileFile bounds the workbook of another system, and reconcileRows what is compared at once.
const (
	reconcileFile = 20 << 20
	reconcileRows = 50_000
)

// KeepSheet keeps an uploaded table of another system for the pages that compare it, and returns its name. It is no record: nothing refers to it, and the next start of the server
// removes it.
func (s *Service) KeepSheet(ctx context.Context, a registry.Actor, r io.Reader) (name string, err error) {
	if err := a.May(registry.PermReconcile); err != nil {
		return "", err
	}
	name, _, err = s.db.SaveFile(r, reconcileFile)
	return name, err
}

// Sheet is an uploaded table.
func (s *Service) Sheet(a registry.Actor, name string) ([]byte, error) {
	if err := a.May(registry.PermReconcile); err != nil {
		return nil, err
	}
	f, err := s.db.OpenFile(name)
	if registry.KindOf(err) == registry.KindNotFound {
		return nil, &registry.Error{Kind: registry.KindNotFound, Message: "上传的文件已经清理（系统重新启动过），请重新上传再核对。"}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	return io.ReadAll(io.LimitReader(f, reconcileFile+1))
}

// SheetHash is the SHA-256 of an uploaded table.
func (s *Service) SheetHash(a registry.Actor, name string) (string, error) {
	b, err := s.Sheet(a, name)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), err
}

// Side says where a difference stands.
type Side string

// The sides.
const (
	OnlyThere Side = "只在对方"
	OnlyHere  Side = "只在本册"
	Different Side = "内容不同"
)

// Difference is one thing that the two sides do not have alike.
type Difference struct {
	Side        Side
	Number      string
	Row         int // in the sheet; 0: only here
	CaseID      registry.CaseID
	Field       string // of what differs
	Here, There string
}

// Unread is a row of the sheet that could not be compared, with why.
type Unread struct {
	Row int
	Why string
}

// Reconciliation is what comparing came to. Nothing of it is stored.
type Reconciliation struct {
	Rows, Here, Same int // rows of the sheet that were read; decisions of the register in the period; pairs without a difference
	Aside, Hidden    int // rows that are none of the table: totals, signatures; rows that are hidden in the sheet, which are compared too
	Differences      []Difference
	Unread           []Unread
	From, To         registry.Date // of the decisions that are looked for there
}

// Count is how many differences stand on a side.
func (r *Reconciliation) Count(side Side) (n int) {
	for _, d := range r.Differences {
		if d.Side == side {
			n++
		}
	}
	return n
}

// Reconcile compares the rows of a sheet with the decisions of the register, by number, however it is spelt. From and to are the days of the decisions that the other side should have: those of the
// register outside are not missed there. Zero is open.
func (s *Service) Reconcile(ctx context.Context, a registry.Actor, head ledgerread.SheetHead, rows iter.Seq2[ledgerread.PlainRow, error], from, to registry.Date) (r Reconciliation, err error) {
	if err := a.May(registry.PermReconcile); err != nil {
		return r, err
	}
	if err := registry.CheckSpan(from, to); err != nil {
		return r, registry.Invalid("to", "%s", err)
	}
	done, err := s.whole(ctx)
	if err != nil {
		return r, err
	}
	defer done()
	r.From, r.To = from, to
	there, err := r.read(ctx, &head, rows)
	if err != nil {
		return r, err
	}
	met := map[string]bool{}
	err = s.read(ctx, a, registry.PermReconcile, func(tx *store.Tx) error {
		for after := int64(0); ; {
			list, err := tx.Decisions(after, batch)
			if err != nil || len(list) == 0 {
				return err
			}
			after = list[len(list)-1].ID
			for i := range list {
				r.compare(&list[i], there, &head, met)
			}
		}
	})
	if err != nil {
		return r, err
	}
	for key, x := range there {
		if !met[key] {
			r.Differences = append(r.Differences, Difference{Side: OnlyThere, Number: x.Number, Row: x.Row, There: x.Party})
		}
	}
	slices.SortStableFunc(r.Differences, func(a, b Difference) int {
		if a.Side != b.Side {
			return slices.Index(sides, a.Side) - slices.Index(sides, b.Side)
		}
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return int(a.CaseID - b.CaseID)
	})
	return r, nil
}

var sides = []Side{Different, OnlyThere, OnlyHere}

// read takes the rows of the sheet below its header in, by the key of their number. Of two with one number the second is told, but where the two are merged.
func (r *Reconciliation) read(ctx context.Context, head *ledgerread.SheetHead, rows iter.Seq2[ledgerread.PlainRow, error]) (map[string]*ledgerread.SheetRow, error) {
	there := map[string]*ledgerread.SheetRow{}
	n := 0
	for row, err := range rows {
		n++
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if n <= head.Row {
			continue
		}
		blank, aside := head.Aside(row)
		if aside {
			r.Aside++
		}
		if blank || aside {
			continue
		}
		if row.Hidden {
			r.Hidden++
		}
		x, err := head.ReadRow(n, row)
		key := ledgerread.NumberKey(x.Number)
		switch before, twice := there[key]; {
		case err == nil && twice && x.On && before.Has != nil:
			before.Join(&x)
			r.Rows++
			continue
		case err != nil:
			r.Unread = append(r.Unread, Unread{n, err.Error()})
			if key == "" || twice {
				continue
			}
			x.Has = nil // the decision is there, and is not missed; its values are not compared
		case twice:
			r.Unread = append(r.Unread, Unread{n, fmt.Sprintf("文号“%s”与第 %d 行重复，只核对了第 %d 行", x.Number, before.Row, before.Row)})
			continue
		default:
			r.Rows++
		}
		if len(there) == reconcileRows {
			return nil, registry.Invalid("file", "表里超过 %d 行，请分年度或分单位上传", reconcileRows)
		}
		there[key] = &x
	}
	if len(there) == 0 && len(r.Unread) == 0 {
		return nil, registry.Invalid("file", "表头下面没有一行数据")
	}
	return there, nil
}

// compare compares a decision with the row that has its number.
func (r *Reconciliation) compare(d *store.Decision, there map[string]*ledgerread.SheetRow, head *ledgerread.SheetHead, met map[string]bool) {
	within := (r.From.IsZero() || d.On.Latest() >= r.From.Earliest()) && (r.To.IsZero() || !d.On.IsZero() && d.On.Earliest() <= r.To.Latest())
	x := there[d.Key]
	if x == nil {
		if within {
			r.Here++
			r.Differences = append(r.Differences, Difference{Side: OnlyHere, Number: d.Number, CaseID: d.CaseID, Here: strings.Join(d.Names, "、")})
		}
		return
	}
	r.Here++
	met[d.Key] = true
	if x.Has == nil {
		return
	}
	before := len(r.Differences)
	add := func(field ledgerread.SheetField, here, theirs string) {
		label := ""
		for _, f := range ledgerread.SheetFields {
			if f.Field == field {
				label = f.Label
			}
		}
		r.Differences = append(r.Differences, Difference{Different, d.Number, x.Row, d.CaseID, label, here, theirs})
	}
	for _, f := range ledgerread.SheetFields {
		if f.Field == ledgerread.FieldNumber || head.Of[f.Field] == 0 {
			continue
		}
		if here, theirs, same := bothSides(d, x, f.Field); !same {
			add(f.Field, here, theirs)
		}
	}
	if len(r.Differences) == before {
		r.Same++
	}
}

// bothSides are a field's values on both sides in words, and whether they are one value. What neither side has is the same; what one alone has is a difference.
func bothSides(d *store.Decision, x *ledgerread.SheetRow, field ledgerread.SheetField) (here, there string, same bool) {
	has := x.Has[field]
	switch field {
	case ledgerread.FieldParty:
		parties := append([]string{x.Party}, x.More...)
		here, there = strings.Join(d.Names, "、"), strings.Join(parties, "、")
		known := func(p string) bool {
			return slices.ContainsFunc(d.Names, func(n string) bool { return registry.NameKey(n) == registry.NameKey(p) })
		}
		unknown := func(p string) bool { return !known(p) }
		same = !slices.ContainsFunc(parties, func(p string) bool { // several may stand in one cell
			return !known(p) && (len(d.Names) < 2 || slices.ContainsFunc(strings.FieldsFunc(p, apart), unknown))
		})
	case ledgerread.FieldCode:
		here, there = maskedCodes(d.Codes), registry.MaskID(x.Code)
		same = slices.Contains(d.Codes, x.Code)
		if !same && here == there {
			here, there = here+"（隐去的几位不同）", there+"（隐去的几位不同）"
		}
	case ledgerread.FieldFine:
		if d.Fine != nil {
			here = d.Fine.String() + " 元"
		}
		if d.Unknown {
			here = strings.TrimPrefix(here+"，另有金额未填", "，")
		}
		if has {
			there = x.Fine.String() + " 元"
		}
		same = has && !d.Unknown && (d.Fine != nil && *d.Fine == x.Fine || d.Fine == nil && x.Fine == 0)
	case ledgerread.FieldOn:
		here, there = d.On.String(), x.DecidedOn.String()
		same = d.On == x.DecidedOn
	case ledgerread.FieldKinds:
		here, there = strings.Join(d.Kinds, "、"), strings.Join(x.Kinds, "、")
		same = sameWords(d.Kinds, x.Kinds)
	}
	if !has {
		same = here == ""
	}
	return orBlank(here), orBlank(there), same
}

// apart are the signs between several parties in one cell.
func apart(r rune) bool { return strings.ContainsRune("、，,；;/\n", r) }

func orBlank(s string) string {
	if s == "" {
		return "空白"
	}
	return s
}

func maskedCodes(codes []string) string {
	masked := make([]string, len(codes))
	for i, c := range codes {
		masked[i] = registry.MaskID(c)
	}
	return strings.Join(masked, "、")
}

func sameWords(a, b []string) bool {
	set := func(list []string) []string {
		list = slices.Clone(list)
		slices.Sort(list)
		return slices.Compact(list)
	}
	return slices.Equal(set(a), set(b))
}
