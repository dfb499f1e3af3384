package pdf

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// renamed is a font of a few characters of the embedded serif that bears other names and rights.
func renamed(t *testing.T, family string, rights int, characters string) []byte {
	t.Helper()
	codes := &chars{}
	for _, r := range characters {
		codes.add(r)
	}
	file, _ := serif.load().subset(codes)
	m, err := parseSFNT(string(file))
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][]byte{}
	for name, at := range m.table {
		tables[name] = []byte(m.font[at.from : at.from+at.size])
	}
	units := utf16.Encode([]rune(family))
	var words []byte
	for _, u := range units {
		words = binary.BigEndian.AppendUint16(words, u)
	}
	name := []byte{}
	for _, v := range []int{0, 1, 18, 3, 1, 0x804, 1, len(words), 0} {
		name = binary.BigEndian.AppendUint16(name, uint16(v))
	}
	tables["name"] = append(name, words...)
	binary.BigEndian.PutUint16(tables["OS/2"][8:], uint16(rights))
	return assemble(tables)
}

func TestUseFonts(t *testing.T) {
	dir := t.TempDir()
	t.Cleanup(func() {
		if _, err := UseFonts(""); err != nil {
			t.Error(err)
		}
	})
	plain := bulletinBytes(t, designed("公文"))
	font := renamed(t, "仿宋_GB2312", 0, "关于畜禽养殖环境执法专项行动")
	collection := binary.BigEndian.AppendUint32([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01"), 16)
	kaiti := renamed(t, "KaiTi", 8, "简要案情")
	for at := 12; at < 12+16*int(binary.BigEndian.Uint16(kaiti[4:])); at += 16 { // places count from the beginning of the collection
		binary.BigEndian.PutUint32(kaiti[at+8:], binary.BigEndian.Uint32(kaiti[at+8:])+16)
	}
	for name, data := range map[string][]byte{
		"a.ttf": font, "b.ttf": renamed(t, "FZXiaoBiaoSong-B05S", 4, "关于通报"), "c.ttc": append(collection, kaiti...),
		"d.ttf": renamed(t, "SimHei", 2, "一、"), "e.ttf": renamed(t, "Comic Sans", 0, "一"), "f.otf": []byte("OTTO1234567890123456"), "g.ttf": font[:len(font)/2],
		"h.ttf": renamed(t, "FangSong", 0, "关于"), "i.ttf": {}, "readme.txt": []byte("not a font"), "j.ttf": renamed(t, "SimHei", 0x100, "一、"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	uses, err := UseFonts(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, u := range uses {
		list = append(list, u.String())
	}
	got := strings.Join(list, "\n")
	for _, want := range []string{"小标宋：FZXiaoBiaoSong-B05S（b.ttf）", "仿宋：仿宋_GB2312（a.ttf）", "黑体：内嵌黑体", "楷体：KaiTi（c.ttc）", "d.ttf：没有使用；字体不许嵌入文件（fsType 0x2）",
		"e.ttf：没有使用；字体名称“Comic Sans”不是小标宋、仿宋、黑体或楷体", "f.otf：没有使用；是 OpenType CFF 字体", "g.ttf：没有使用；", "h.ttf：没有使用；仿宋已用 a.ttf", "i.ttf：没有使用；", "j.ttf：没有使用；字体不许嵌入文件（fsType 0x100）"} {
		if !strings.Contains(got, want) {
			t.Errorf("UseFonts does not say %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "readme") {
		t.Errorf("UseFonts speaks of a file that is no font:\n%s", got)
	}
	given := bulletinBytes(t, designed("公文"))
	if fonts := run(t, given, "pdffonts"); strings.Count(fonts, "+Licensed") != 3 || !strings.Contains(fonts, "+NotoSansSCBold") {
		t.Errorf("the paper has the fonts\n%s", fonts)
	}
	// What a licensed font lacks comes from the embedded ones: the paper says the same.
	if a, b := run(t, given, "pdftotext", "-raw"), run(t, plain, "pdftotext", "-raw"); solid(a) != solid(b) {
		t.Errorf("with fonts of the administrator the paper says\n%s\nwant\n%s", a, b)
	}
	if _, err := UseFonts(filepath.Join(dir, "nothing")); err == nil || !strings.Contains(err.Error(), "读不了字体目录") {
		t.Errorf("UseFonts of no folder = %v", err)
	}
	if _, err := UseFonts(""); err != nil {
		t.Fatal(err)
	}
	if string(bulletinBytes(t, designed("公文"))) != string(plain) {
		t.Error("without the folder the paper is not what it was")
	}
}
