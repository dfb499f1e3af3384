package main

import (
	"cmp"
	"context"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store"
)

func user(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("user")
	role := fs.String("role", "officer", "officer、publisher、auditor 或 admin")
	name := fs.String("name", "", "姓名")
	officer := fs.String("officer", "", "对应的执法人员：执法证号或姓名")
	branch := fs.String("branch", "", "单位：机构名称、简称或辖区名称；不写的用执法人员的单位，都没有的可登记全市")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 {
		return fmt.Errorf("用法：casebook user add|passwd|disable 用户名")
	}
	if words[0] != "add" && (*officer != "" || *branch != "") {
		return fmt.Errorf("--officer 和 --branch 只用于 user add；已有账号的单位在“管理 → 账号”修改")
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // every change was committed
	switch words[0] {
	case "add":
		u := registry.User{Username: words[1], DisplayName: *name, Role: registry.Role(*role)}
		if err := tie(ctx, s, &u, *officer, *branch); err != nil {
			return err
		}
		if u.DisplayName == "" {
			u.DisplayName = u.Username
		}
		password, err := s.AddUser(ctx, registry.CommandLine, &u)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "已建立 %s（%s），一次性密码 %s\n", u.Username, u.Role.Chinese(), password)
		reach, err := s.Reach(ctx, registry.CommandLine, u)
		if err == nil && reach != "" {
			fmt.Fprintln(c.stdout, u.Username+reach)
		}
		return err
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

// tie finds the officer and the unit of a new account. Flags that cannot be understood name what may be written.
func tie(ctx context.Context, s *casework.Service, u *registry.User, officer, branch string) (err error) {
	if officer != "" {
		if u.OfficerID, err = s.OfficerCalled(ctx, registry.CommandLine, officer); err != nil {
			return fmt.Errorf("--officer：%w", err)
		}
		o, err := s.Officer(ctx, registry.CommandLine, u.OfficerID)
		if err != nil {
			return err
		}
		u.DisplayName = cmp.Or(u.DisplayName, o.Name)
	}
	if branch != "" {
		if u.OrganID, err = s.OrganCalled(ctx, registry.CommandLine, branch); err != nil {
			return fmt.Errorf("--branch：%w", err)
		}
	}
	return nil
}
