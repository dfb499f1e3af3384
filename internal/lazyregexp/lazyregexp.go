// Package lazyregexp compiles a regular expression when it is first used: reading texts takes some three hundred, most commands and requests use none of
// them, and compiling all took a fifth of the shortest commands' time. In tests all are compiled at once, so that a faulty one is found by any test of its
// package, as the package of the same name within Go's own sources does it.
package lazyregexp

import (
	"io"
	"regexp"
	"sync"
	"testing"
)

// Regexp has the methods of regexp.Regexp that are asked for.
type Regexp struct {
	expr    string
	longest bool
	once    sync.Once
	re      *regexp.Regexp
}

// New panics, at the latest when the expression is used, where it is none.
func New(expr string) *Regexp {
	if testing.Testing() {
		regexp.MustCompile(expr)
	}
	return &Regexp{expr: expr}
}

// Longest makes it find the longest match, as that of regexp does; it is called before the expression is used.
func (re *Regexp) Longest() { re.longest = true }

func (re *Regexp) compiled() *regexp.Regexp {
	re.once.Do(func() {
		re.re = regexp.MustCompile(re.expr)
		if re.longest {
			re.re.Longest()
		}
	})
	return re.re
}

func (re *Regexp) MatchString(s string) bool            { return re.compiled().MatchString(s) }
func (re *Regexp) FindString(s string) string           { return re.compiled().FindString(s) }
func (re *Regexp) FindStringIndex(s string) []int       { return re.compiled().FindStringIndex(s) }
func (re *Regexp) FindStringSubmatch(s string) []string { return re.compiled().FindStringSubmatch(s) }
func (re *Regexp) FindStringSubmatchIndex(s string) []int {
	return re.compiled().FindStringSubmatchIndex(s)
}
func (re *Regexp) FindAllString(s string, n int) []string { return re.compiled().FindAllString(s, n) }
func (re *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return re.compiled().FindAllStringIndex(s, n)
}
func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return re.compiled().FindAllStringSubmatch(s, n)
}
func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return re.compiled().FindAllStringSubmatchIndex(s, n)
}
func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return re.compiled().FindAllSubmatchIndex(b, n)
}
func (re *Regexp) ReplaceAllString(s, to string) string { return re.compiled().ReplaceAllString(s, to) }
func (re *Regexp) ReplaceAllStringFunc(s string, to func(string) string) string {
	return re.compiled().ReplaceAllStringFunc(s, to)
}
func (re *Regexp) Split(s string, n int) []string { return re.compiled().Split(s, n) }
func (re *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int {
	return re.compiled().FindReaderSubmatchIndex(r)
}
func (re *Regexp) MatchReader(r io.RuneReader) bool { return re.compiled().MatchReader(r) }
