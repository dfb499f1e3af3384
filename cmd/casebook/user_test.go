package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUserAddTiesOfficerAndBranch(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	demoIn(t, data)
	add := func(args ...string) (string, error) {
		return casebook(t, append([]string{"user", "add", "--data", data}, args...)...)
	}
	for _, c := range []struct {
		name, want string
		args       []string
	}{
		{"the officer's unit is the account's", "登记、修改限于恩平分局（恩平市）的记录", []string{"shen", "--officer", "SL440785001"}},
		{"an officer by name", "登记、修改限于恩平分局", []string{"han", "--officer", "韩示例"}},
		{"a branch by its short name", "登记、修改限于开平分局", []string{"kai", "--branch", "开平分局"}},
		{"a branch by its district", "登记、修改限于台山分局", []string{"tai", "--branch", "台山市"}},
		{"the branch that is named goes before the officer's", "登记、修改限于鹤山分局", []string{"wei", "--officer", "SL440785002", "--branch", "鹤山"}},
		{"the city", "可以登记、修改全市的记录", []string{"yang", "--branch", "市局"}},
		{"neither", "可以登记、修改全市的记录", []string{"none"}},
	} {
		if out, err := add(c.args...); err != nil || !strings.Contains(out, c.want) || !strings.Contains(out, "一次性密码") {
			t.Errorf("%s: %q, %v; want %s", c.name, out, err, c.want)
		}
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"没有在用的机构“惠州分局”，可写：市局、蓬江分局", []string{"x", "--branch", "惠州分局"}},
		{"执法人员名册里没有“无此人”", []string{"x", "--officer", "无此人"}},
	} {
		if out, err := add(c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("user add %v: %q, %v; want %s", c.args, out, err, c.want)
		}
	}
	if _, err := casebook(t, "user", "passwd", "shen", "--branch", "开平分局", "--data", data); err == nil {
		t.Error("user passwd --branch = nil error: the flag would be ignored without a word")
	}

	// A command run as an account keeps to the account's branch.
	text := filepath.Join(t.TempDir(), "page.txt")
	page := "案例一：台山市某河口养殖场废水直排案\n【案情简介】2024年7月，江门市生态环境局台山分局对台山市某河口养殖场进行检查，发现猪舍冲洗水没有处理就直接流进农田沟渠。\n" +
		"【查处情况】该场的行为违反了《畜禽规模养殖污染防治条例》第二十条的规定，台山分局责令其立即改正，并立案调查。\n"
	if err := os.WriteFile(text, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := casebook(t, "import", "bulletin", text, "--as", "shen", "--data", data); err == nil || !strings.Contains(err.Error()+out, "由台山分局办理") {
		t.Errorf("import of another branch's case: %q, %v", out, err)
	}
	if out, err := casebook(t, "import", "bulletin", text, "--as", "tai", "--data", data); err != nil {
		t.Errorf("import of the own branch's case: %q, %v", out, err)
	}
	if out, err := casebook(t, "verify", "--data", data); err != nil {
		t.Errorf("verify: %q, %v", out, err)
	}
}
