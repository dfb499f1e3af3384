package registry

import (
	"errors"
	"fmt"
	"strconv"

	"casebook/internal/lazyregexp"
)

// clockShape is a time of day as people write it: 9:05, 09：05, 9.05, 0905, 9时5分, 9点05, 9时.
var clockShape = lazyregexp.New(`^([0-9]{1,2})(?:[:.时点]([0-9]{1,2})分?|[时点]整?)$|^([0-9]{2})([0-9]{2})$`)

// ParseClock reads a time of day and writes it as HH:MM, so that times compare as text; empty stays empty. It is Asia/Shanghai, as on the
// record. 24:00 is no time: it is 00:00 of the next day.
func ParseClock(s string) (string, error) {
	folded := Fold(s)
	if folded == "" {
		return "", nil
	}
	m := clockShape.FindStringSubmatch(folded)
	if m == nil {
		return "", errors.New("时间请写成 09:30 这样的 24 小时制")
	}
	hour, _ := strconv.Atoi(m[1] + m[3])
	minute, _ := strconv.Atoi(m[2] + m[4]) // empty: the full hour
	if hour > 23 || minute > 59 {
		return "", fmt.Errorf("没有“%s”这个时间；请写成 09:30 这样的 24 小时制，午夜写 00:00", clip(s, 10))
	}
	return fmt.Sprintf("%02d:%02d", hour, minute), nil
}

// cleanClock writes a time that can be read as HH:MM; another stays for Validate to name.
func cleanClock(s *string) {
	if t, err := ParseClock(*s); err == nil {
		*s = t
	}
}

// clock adds a problem unless s is HH:MM or empty, and tells whether there is a time to compare.
func (p *Problems) clock(field, s string) bool {
	_, err := ParseClock(s)
	if err != nil {
		p.Add(field, "%s", err)
	}
	return s != "" && err == nil
}
