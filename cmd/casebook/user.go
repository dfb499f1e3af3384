package main

import (
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/store"
)

func user(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("user")
	role := fs.String("role", "officer", "officer、publisher、auditor 或 admin")
	name := fs.String("name", "", "姓名")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 {
		return fmt.Errorf("用法：casebook user add|passwd|disable 用户名")
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // every change was committed
	switch words[0] {
	case "add":
		u := registry.User{Username: words[1], DisplayName: *name, Role: registry.Role(*role)}
		if u.DisplayName == "" {
			u.DisplayName = u.Username
		}
		password, err := s.AddUser(ctx, registry.CommandLine, &u)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "已建立 %s（%s），一次性密码 %s\n", u.Username, u.Role.Chinese(), password)
		return nil
	case "passwd":
		password, err := s.ResetPasswordOf(ctx, registry.CommandLine, words[1])
		if err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "%s 的一次性密码 %s\n", words[1], password)
		return nil
	case "disable":
		if err := s.DisableNamed(ctx, registry.CommandLine, words[1]); err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, "已停用", words[1])
		return nil
	}
	return fmt.Errorf("没有 user %s；可用 add、passwd、disable", words[0])
}
