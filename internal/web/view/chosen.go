package view

import (
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// IDList is how an address names chosen cases: 3,5,9.
func IDList(ids []registry.CaseID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(list, ",")
}

// CaseIDs reads an IDList; the same case twice is one.
func CaseIDs(typed string) (ids []registry.CaseID, err error) {
	had := map[registry.CaseID]bool{}
	for s := range strings.SplitSeq(typed, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 1 {
			return nil, registry.Invalid("ids", "“%s”不是案件的登记编号，应是用逗号分开的数字", s)
		}
		if id := registry.CaseID(n); !had[id] {
			had[id] = true
			ids = append(ids, id)
		}
	}
	return ids, nil
}
