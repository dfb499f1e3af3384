package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Length limits of a password, in characters.
const (
	MinPassword = 12
	MaxPassword = 128
)

// guessed are what is tried first: words of lists of leaked passwords and of this trade, that make no password by adding digits
// to them.
var guessed = []string{"password", "passw0rd", "admin", "administrator", "qwerty", "qwertyuiop", "abc", "iloveyou", "welcome", "letmein", "root", "test", "user",
	"jiangmen", "huanbao", "shengtai", "huanjing", "zhifa", "casebook", "woaini", "mima", "环保", "生态环境局", "环境执法", "密码"}

// CheckNewPassword says, in Chinese, why a password may not be set. Length counts; composition is not asked for. local are further
// words that are tried first: the names of the bureau and its city.
func CheckNewPassword(username, password string, local ...string) error {
	n := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	switch {
	case n < MinPassword:
		return fmt.Errorf("密码至少 %d 个字符，现在是 %d 个", MinPassword, n)
	case n > MaxPassword:
		return fmt.Errorf("密码最多 %d 个字符", MaxPassword)
	case username != "" && strings.EqualFold(strings.TrimSpace(password), username):
		return errors.New("密码不能与用户名相同")
	}
	seen := map[rune]bool{}
	for _, r := range lower {
		seen[r] = true
	}
	core := strings.Trim(lower, "0123456789!@#$%^&*()_+-=.,? ")
	if len(seen) < 5 || core == "" && isRun(lower) {
		return errors.New("这个密码太容易猜到，请换一个")
	}
	for _, w := range slices.Concat([]string{username}, local, guessed) {
		w = strings.ToLower(w)
		if w != "" && core != "" && strings.ReplaceAll(core, w, "") == "" {
			return errors.New("这个密码太容易猜到，请换一个")
		}
	}
	return nil
}

// isRun reports digits that only count up or down (123456789012), as many keyboards' fingers do.
func isRun(s string) bool {
	steps := 0
	for i := 1; i < len(s); i++ {
		if d := int(s[i]) - int(s[i-1]); d == 1 || d == -1 || d == 9 || d == -9 || d == 0 {
			steps++
		}
	}
	return steps >= len(s)-2
}
