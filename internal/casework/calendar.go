package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// Calendar says which days people work, as deadlines are counted: the calendar of the program under the notices that were kept.
func (s *Service) Calendar() statute.Calendar {
	if k := s.kept.Load(); k != nil {
		return k.calendar
	}
	return s.laws.Calendar()
}

// CalendarNotice is one import of a year's notice on holidays.
type CalendarNotice = store.CalendarNotice

// CalendarNotices lists the imports that were kept, oldest first: of each year the last counts.
func (s *Service) CalendarNotices(ctx context.Context, a registry.Actor) (list []CalendarNotice, err error) {
	err = s.read(ctx, a, registry.PermStatuteRead, func(tx *store.Tx) error {
		list, err = tx.CalendarNotices()
		return err
	})
	return list, err
}

// NoticeImport is a pasted notice. Year is 0 where the notice says it.
type NoticeImport struct {
	Text   string
	Year   int
	Source string // where it was taken from
}

// NoticePreview is what keeping a notice would do.
type NoticePreview struct {
	statute.HolidayNotice
	Revision int           // which import of the year it would be
	Covered  bool          // the calendar knows the year already
	Changes  []NoticeDelta // against the calendar as it stands; all days where the year is new
	State    string        // names the text read and the calendar it was compared with
}

// NoticeDelta is one day that changes. Before and After are words: 放假, 上班, 照常.
type NoticeDelta struct {
	Day           registry.Date
	Before, After string
}

// PreviewNotice reads a notice and says what it would change. Nothing is written.
func (s *Service) PreviewNotice(ctx context.Context, a registry.Actor, in NoticeImport) (*NoticePreview, error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return nil, err
	}
	if err := s.LoadKept(ctx); err != nil {
		return nil, err
	}
	return s.planNotice(in)
}

func (s *Service) planNotice(in NoticeImport) (*NoticePreview, error) {
	if strings.TrimSpace(in.Text) == "" {
		return nil, registry.Invalid("text", "请粘贴放假通知的全文")
	}
	n, problems := statute.ParseHolidays(in.Text, in.Year)
	if err := noticeError(problems); err != nil {
		return nil, err
	}
	cal := s.Calendar()
	p := &NoticePreview{HolidayNotice: n, Revision: 1, Covered: cal.Covers(n.Year)}
	for _, have := range s.kept.Load().notices {
		if have.Year == n.Year {
			p.Revision = have.Revision + 1
		}
	}
	next := cal.With(n.Year, n.Days)
	p.Changes = noticeDeltas(cal, next, n.Year)
	if p.Revision > 1 && len(p.Changes) == 0 {
		return nil, registry.Conflict("%d 年的放假安排已经录入，与这份通知完全相同，没有需要录入的变化。", n.Year)
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %d\n%s\n%v\n%v", n.Year, p.Revision, in.Text, cal.Days, n.Days)
	p.State = hex.EncodeToString(sum.Sum(nil))
	return p, nil
}

// noticeError makes the flaws of a notice problems of the pasted text, each with its line.
func noticeError(problems []statute.NoticeProblem) error {
	var p registry.Problems
	for _, x := range problems {
		switch {
		case x.Line == 0:
			p.Add("text", "%s", x.Message)
		default:
			p.Add("text", "第 %d 行（%s）：%s", x.Line, x.Text, x.Message)
		}
	}
	return p.Err()
}

// noticeDeltas compares two calendars day by day around a year.
func noticeDeltas(before, after statute.Calendar, year int) (list []NoticeDelta) {
	for day, end := registry.Day(year-1, 12, 1), registry.Day(year, 12, 31); !end.Before(day); day = day.AddDays(1) {
		a, b := dayWord(before, day), dayWord(after, day)
		if a != b {
			list = append(list, NoticeDelta{day, a, b})
		}
	}
	return list
}

func dayWord(c statute.Calendar, day registry.Date) string {
	d, ok := c.Day(day)
	switch {
	case !ok:
		return "照常"
	case d.Holiday:
		return "放假"
	}
	return "上班"
}

// NoticeKept says what was kept.
type NoticeKept struct {
	Year, Revision int
	Counted        bool // the due days of the cases were counted anew, or are being; false: the next start of the server does it
}

// KeepNotice keeps a notice that a person has seen in preview. expected is the preview's State; where the text or the calendar has changed
// since, nothing is written. Due days follow from the calendar: they are counted anew.
func (s *Service) KeepNotice(ctx context.Context, a registry.Actor, in NoticeImport, expected string) (done NoticeKept, err error) {
	p, err := s.PreviewNotice(ctx, a, in)
	if err != nil {
		return done, err
	}
	in.Source = registry.CleanText(in.Source)
	switch {
	case in.Source == "":
		return done, registry.Invalid("source", "请写明通知取自哪里：文号、网址或公报期号")
	case registry.RuneLen(in.Source) > 500:
		return done, registry.Invalid("source", "太长，最多 500 字")
	}
	moved := registry.Conflict("预览之后，通知文本或日历又有改动，没有写入。请重新预览再确认。")
	if p.State != expected {
		return done, moved
	}
	from := s.kept.Load().generation
	x := &store.CalendarNotice{Year: p.Year, Text: in.Text, Days: p.Days, Source: in.Source, At: s.now(), By: a.Username}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		if g, err := tx.KeptGeneration(); err != nil || g.Notices != from.Notices {
			return firstError(err, moved)
		}
		if err := tx.AddCalendarNotice(x); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: x.At, Action: "录入放假安排", Entity: "calendar_notice", EntityID: x.ID, Version: 1,
			Detail: fmt.Sprintf("%d 年，第 %d 次录入", x.Year, x.Revision)}, keptNotice(x))
	})
	if err != nil {
		return done, err
	}
	done = NoticeKept{Year: x.Year, Revision: x.Revision}
	// The notice is on disk: from here on a browser that goes away changes nothing.
	ctx = context.WithoutCancel(ctx)
	if err := s.LoadKept(ctx); err != nil {
		return done, err
	}
	done.Counted = s.dueChanged(ctx)
	return done, nil
}

func firstError(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// keptNotice is the revision of an import: the text itself stays in its own table.
func keptNotice(x *store.CalendarNotice) any {
	return struct {
		Year     int    `json:"year"`
		Revision int    `json:"revision"`
		Days     int    `json:"days"`
		SHA256   string `json:"sha256"`
		Source   string `json:"source"`
	}{x.Year, x.Revision, len(x.Days), x.SHA256, x.Source}
}
