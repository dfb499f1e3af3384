package main

import (
	"errors"
	"io/fs"
	"strings"

	"casebook/internal/registry"
)

// worded is an error in other words.
type worded struct {
	error
	words string
}

func (e worded) Error() string { return e.words }
func (e worded) Unwrap() error { return e.error }

// plain is an error as the line that a person reads: what is wrong with each value without the names of form fields, and what a file system says in Chinese. What was said
// before it, of where it is, stays.
func plain(err error) error {
	var domain *registry.Error
	if errors.As(err, &domain) && len(domain.Fields) > 0 {
		words := make([]string, len(domain.Fields))
		for i, f := range domain.Fields {
			words[i] = f.Message
		}
		return worded{err, strings.Replace(err.Error(), domain.Error(), strings.Join(words, "；"), 1)}
	}
	var file *fs.PathError
	if !errors.As(err, &file) {
		return err
	}
	var why string
	switch {
	case errors.Is(err, fs.ErrNotExist):
		why = "没有这个文件，请核对路径"
	case errors.Is(err, fs.ErrPermission):
		why = "没有权限，请核对文件的属主和权限"
	default:
		return err
	}
	return worded{err, strings.Replace(err.Error(), file.Error(), file.Path+"："+why, 1)}
}
