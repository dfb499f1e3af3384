package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// A head and an export that left the register are checked later, without it and with it, also after a restore, where the key is another.
func TestWhatLeftTheRegister(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	run := func(want string, args ...string) string {
		t.Helper()
		out, err := casebook(t, args...)
		if err != nil {
			out += err.Error()
		}
		if !strings.Contains(out, want) {
			t.Fatalf("casebook %v: %v\n%s\nwant %q", args, err, out, want)
		}
		return out
	}
	refused := func(want string, args ...string) {
		t.Helper()
		if out, err := casebook(t, args...); err == nil || !strings.Contains(out+err.Error(), want) {
			t.Errorf("casebook %v: %v\n%s\nwant a refusal with %q", args, err, out, want)
		}
	}
	data := at("data")
	run("示例", "demo", "--data", data)
	run("DC-2026-0001", "export", "ledger", "--data", data, "-o", at("a.xlsx"))
	run("DC-2026-0002", "export", "ledger", "--data", data, "-o", at("b.xlsx"))
	a, err := os.ReadFile(at("a.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(at("b.xlsx")); err != nil || !bytes.Equal(a, b) {
		t.Errorf("the same export twice: %v, the same bytes %v", err, bytes.Equal(a, b))
	}
	run("已签署审计链", "head", "--data", data, "-o", at("head.json"))
	run("公钥", "head", "key", "--data", data, "-o", at("key.pem"))

	refused("请先做完整核验", "verify", "--since-last", "--data", data)
	run("核验通过", "verify", "--data", data)
	if out := run("增量核验通过", "verify", "--since-last", "--data", data); !strings.Contains(out, "没有核验的：") || !strings.Contains(out, "只有完整核验能发现") {
		t.Errorf("verify --since-last does not say what it left out:\n%s", out)
	}

	run("就是给出的公钥", "verify", "export", at("a.xlsx"), "--key", at("key.pem"))
	run("是本登记册导出的原件 DC-2026-0001", "verify", "export", at("a.xlsx"), "--data", data)
	edited := bytes.Clone(a)
	edited[len(edited)/2] ^= 1
	for name, body := range map[string][]byte{"edited.xlsx": edited, "edited.xlsx.seal.json": readAll(t, at("a.xlsx.seal.json"))} {
		if err := os.WriteFile(at(name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	refused("文件改动过", "verify", "export", at("edited.xlsx"))
	refused("没有导出过这个内容的文件", "verify", "export", at("edited.xlsx"), "--data", data)
	refused("不能判断", "verify", "export", at("key.pem"))
	refused("链头文件", "verify", "--head", at("a.xlsx.seal.json"), "--data", data)
	refused("用法", "verify", "exports", at("a.xlsx"))
	refused("无法读取", "verify", "--head", at("none.json"), "--data", data)
	run("今天的审计链从它接下来", "verify", "--head", at("head.json"), "--data", data)

	run("已备份到", "backup", at("backup"), "--data", data)
	run("", "restore", at("backup"), "--data", at("restored"))
	if _, err := os.Stat(filepath.Join(at("restored"), "head.key")); err == nil {
		t.Error("the backup holds the private key")
	}
	run("启用的密钥", "verify", "--head", at("head.json"), "--data", at("restored"))
	run("与给出的公钥相同", "verify", "--head", at("head.json"), "--key", at("key.pem"), "--data", at("restored"))
	run("是本登记册导出的原件 DC-2026-0001", "verify", "export", at("a.xlsx"), "--data", at("restored"))
	refused("第一条就不同", "verify", "--head", at("head.json"), "--data", otherRegister(t))
}

func otherRegister(t *testing.T) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), "other")
	if out, err := casebook(t, "demo", "--data", data); err != nil {
		t.Fatal(out, err)
	}
	return data
}

func readAll(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// An export to a disk without room leaves no file, and its record says that it failed.
func TestExportWithoutRoom(t *testing.T) {
	disk := storetest.NewDisk(t, "16") // less than a ledger
	data := t.TempDir()
	demoIn(t, data)
	if out, err := casebook(t, "export", "ledger", "--data", data, "-o", filepath.Join(disk.Dir, "a.xlsx")); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("an export to a full disk: %v\n%s", err, out)
	}
	if left, err := os.ReadDir(disk.Dir); err != nil || len(left) > 0 {
		t.Errorf("on the full disk there are %v, %v", left, err)
	}
	raw := enginetest.Raw(t, data)
	var state, trouble, hash string
	if err := raw.QueryRow("SELECT state, trouble, sha256 FROM exports").Scan(&state, &trouble, &hash); err != nil || state != "失败" || hash != "" || !strings.Contains(trouble, "no space left") {
		t.Errorf("the record says %s, %s, %s, %v", state, trouble, hash, err)
	}
}
