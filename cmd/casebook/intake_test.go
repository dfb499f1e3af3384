package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// typed puts bytes on the standard input of the commands of a test.
func typed(t *testing.T, b []byte) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdin
	os.Stdin = f
	t.Cleanup(func() { os.Stdin = old; _ = f.Close() })
}

func TestCite(t *testing.T) {
	const text = "该场违反了《水污染防治法》第三十九条和第十条的规定。"
	typed(t, []byte(text))
	out, err := casebook(t, "cite", "--on", "2024-10-05")
	if err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got) != 2 {
		t.Fatalf("cite = %s, %v; want two records", out, err)
	}
	r := got[0]
	for key, want := range map[string]any{"law": "中华人民共和国水污染防治法", "article": 39.0, "sub": nil, "paragraph": nil, "item": nil, "subitem": nil, "role": "violated", "version": "2017年修正", "held": "held"} {
		if v, there := r[key]; !there || v != want {
			t.Errorf("record[%q] = %v; want %v", key, v, want)
		}
	}
	runes := []rune(text)
	if start, end := int(r["start"].(float64)), int(r["end"].(float64)); string(runes[start:end]) != r["surface"] || runes[start] != '《' {
		t.Errorf("surface = %v at [%d,%d), which is %q", r["surface"], start, end, string(runes[start:end]))
	}
	if lines := strings.Split(strings.TrimSpace(out), "\n"); len(lines) != 4 {
		t.Errorf("cite printed %d lines; want a record a line between the brackets:\n%s", len(lines), out)
	}

	typed(t, nil)
	if out, err := casebook(t, "cite", "-"); err != nil || strings.TrimSpace(out) != "[]" {
		t.Errorf("cite of nothing = %q, %v; want []", out, err)
	}
}

func TestReadingRefusals(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	binary := file("a.pdf", []byte("%PDF-1.7\x00\x01\x02\x03"))
	large := file("large.txt", []byte(strings.Repeat("a", textLimit+1)))
	plain := file("plain.txt", []byte("今天天气很好。"))
	data := filepath.Join(dir, "data")
	demoIn(t, data)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"cite", "--on", "2024-13"}, "--on"},
		{[]string{"cite", "--on", "2024"}, "年月日"},
		{[]string{"cite", "a", "b"}, "用法"},
		{[]string{"cite", filepath.Join(dir, "none")}, "打不开文件"},
		{[]string{"cite", dir}, "读不了"},
		{[]string{"cite", binary}, "不是文本文件"},
		{[]string{"cite", large}, "超过 10 MB"},
		{[]string{"read", "bulletin", binary}, "不是文本文件"},
		{[]string{"read"}, "用法"},
		{[]string{"read", "novel"}, "用法"},
		{[]string{"import", "bulletin"}, "用法"},
		{[]string{"import", "bulletin", plain, "--published", "去年"}, "--published"},
		{[]string{"import", "bulletin", plain, "--data", filepath.Join(dir, "nothing")}, "没有登记册"},
		{[]string{"import", "bulletin", plain, "--data", data, "--as", "nobody"}, "nobody"},
		{[]string{"import", "bulletin", plain, "--data", data}, "没有读出案件"},
	} {
		if _, err := casebook(t, c.args...); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("casebook %v = %v; want one line with %q", c.args, err, c.want)
		}
	}
}

// twoCases is a made-up page: two cases between other news.
const twoCases = `城区公交优化三条线路，方便学生上下学。

案例一：恩平某绿野畜牧有限公司以逃避监管的方式排放水污染物案
【案情简介】2024年9月12日，江门市生态环境局恩平分局执法人员对恩平某绿野畜牧有限公司进行现场检查，该场存栏生猪2300头。检查发现，该公司把没有处理的养殖废水引到一口没有防渗的土坑，再用软管排到旁边的水沟。
【查处情况】该公司的行为违反了《中华人民共和国水污染防治法》第三十九条的规定。恩平分局依据《中华人民共和国水污染防治法》第八十三条第（三）项的规定，责令该公司立即改正违法行为，并处罚款12万元。

案例二：台山市某河口养殖场废水直排案
【案情简介】2024年7月，江门市生态环境局台山分局对台山市某河口养殖场进行检查，发现猪舍冲洗水没有处理就直接流进农田沟渠。
【查处情况】该场的行为违反了《畜禽规模养殖污染防治条例》第二十条的规定，台山分局责令其立即改正，并立案调查。

天气预报：明天多云，气温十八到二十五度，微风。
`

func TestReadAndImportBulletin(t *testing.T) {
	dir := t.TempDir()
	file, data := filepath.Join(dir, "page.txt"), filepath.Join(dir, "data")
	if err := os.WriteFile(file, []byte(twoCases), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := casebook(t, "read", "bulletin", file)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Cases []struct {
			District  string   `json:"district"`
			FoundOn   string   `json:"found_on"`
			HeadCount *int64   `json:"head_count"`
			Fine      *float64 `json:"fine_yuan"`
			Violated  []struct {
				Law     string `json:"law"`
				Article int    `json:"article"`
				Sub     *int   `json:"sub"`
			} `json:"violated"`
			Measures   []string `json:"measures"`
			Start, End int
		} `json:"cases"`
		Citations []map[string]any `json:"citations"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Cases) != 2 || len(got.Citations) != 3 {
		t.Fatalf("read bulletin: %d cases, %d citations, %v; want 2 and 3\n%s", len(got.Cases), len(got.Citations), err, out)
	}
	one, two := got.Cases[0], got.Cases[1]
	if one.District != "恩平市" || one.FoundOn != "2024-09-12" || one.HeadCount == nil || *one.HeadCount != 2300 || one.Fine == nil || *one.Fine != 120000 ||
		len(one.Violated) != 1 || one.Violated[0].Article != 39 || one.Violated[0].Sub != nil {
		t.Errorf("first case = %+v", one)
	}
	if two.District != "台山市" || two.FoundOn != "2024-07" || two.HeadCount != nil || two.Fine != nil || !strings.Contains(out, `"fine_yuan": null`) {
		t.Errorf("second case = %+v; want what is not told null", two)
	}

	demoIn(t, data)
	if out, err := casebook(t, "import", "bulletin", file, "--data", data, "--medium", "传单"); err == nil || !strings.Contains(err.Error(), "传单") {
		t.Errorf("a medium that is none = %q, %v; want it refused by name", out, err)
	}
	out, err = casebook(t, "import", "bulletin", file, "--data", data, "--source", "恩州日报", "--medium", "报纸", "--page", "A04版", "--published", "2024-12-16")
	if err != nil || strings.Count(out, "已导入：案件") != 2 {
		t.Fatalf("import bulletin = %q, %v; want two cases", out, err)
	}
	out, err = casebook(t, "import", "bulletin", file, "--data", data)
	if err != nil || strings.Count(out, "未导入：登记册里已有案件") != 2 {
		t.Errorf("the second import = %q, %v; want both left out", out, err)
	}
	if out, err := casebook(t, "verify", "--data", data); err != nil {
		t.Errorf("verify after the import: %v\n%s", err, out)
	}
}
