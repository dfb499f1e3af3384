package registry

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind tells an outer layer what to answer; one table in web turns it into a status.
type Kind int

// The kinds of error the domain knows.
const (
	KindInternal    Kind = iota // a defect or a failing disk: nobody's typing can mend it
	KindInvalid                 // the input breaks a rule; Fields says which
	KindNotFound                // no such record
	KindConflict                // the record exists, is taken, is closed, or moved on
	KindStale                   // edited by someone else since it was read
	KindForbidden               // the actor's role does not allow it
	KindUnsigned                // nobody is signed in
	KindFull                    // no space left: nothing was written
	KindUnavailable             // a lock or a failing disk stands in the way: nothing was written
)

// FieldError names one input field and says, in Chinese, what is wrong and what to do.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error is a domain error that may be shown to a user: Message is Chinese and complete.
type Error struct {
	Kind       Kind
	Message    string
	Fields     []FieldError
	References []Reference // the records that it is about

	RetryAfter time.Duration // of KindUnavailable: when it is worth trying again; 0 where nobody knows
}

func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Message
	}
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Field + ": " + f.Message
	}
	if e.Message == "" {
		return strings.Join(parts, "; ")
	}
	return e.Message + " (" + strings.Join(parts, "; ") + ")"
}

// NotFound reports a missing record; what is the Chinese noun.
func NotFound(what string, id any) error {
	return &Error{Kind: KindNotFound, Message: fmt.Sprintf("没有找到%s（%v）。它可能已被删除，或链接有误。", what, id)}
}

// Conflict reports a rule broken by what is already recorded.
func Conflict(format string, args ...any) error {
	return &Error{Kind: KindConflict, Message: fmt.Sprintf(format, args...)}
}

// Forbidden reports an act the actor's role does not allow.
func Forbidden(format string, args ...any) error {
	return &Error{Kind: KindForbidden, Message: fmt.Sprintf(format, args...)}
}

// Invalid reports one wrong field.
func Invalid(field, format string, args ...any) error {
	return &Error{Kind: KindInvalid, Message: "有内容需要更正。", Fields: []FieldError{{field, fmt.Sprintf(format, args...)}}}
}

// Stale reports that a record has a newer version than the one the edit started from.
func Stale(what string, have, want int64) error {
	return &Error{Kind: KindStale, Message: fmt.Sprintf("%s已被他人修改（您打开的是第 %d 版，现在是第 %d 版）。", what, want, have)}
}

// KindOf returns the kind of err, KindInternal for errors that are not the domain's.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// Problems collects field errors while a record is checked; Err is nil when there are none.
type Problems struct{ list []FieldError }

// Add records a problem at a field.
func (p *Problems) Add(field, format string, args ...any) {
	p.list = append(p.list, FieldError{field, fmt.Sprintf(format, args...)})
}

// Merge takes over the field problems of err under a prefix; other errors count as one problem at the prefix.
func (p *Problems) Merge(prefix string, err error) {
	if err == nil {
		return
	}
	var e *Error
	if errors.As(err, &e) && len(e.Fields) > 0 {
		for _, f := range e.Fields {
			p.list = append(p.list, FieldError{prefix + f.Field, f.Message})
		}
		return
	}
	p.list = append(p.list, FieldError{strings.TrimSuffix(prefix, "."), err.Error()})
}

// Fields returns what was collected.
func (p *Problems) Fields() []FieldError { return p.list }

// Err returns a KindInvalid error with every collected problem, or nil.
func (p *Problems) Err() error {
	if len(p.list) == 0 {
		return nil
	}
	return &Error{Kind: KindInvalid, Message: "有内容需要更正。", Fields: p.list}
}
