package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf16"
)

// role is what a face is for, by the names of GB/T 9704.
type role int

const (
	roleText    role = iota // whatever the block says: serif, or sans where bold
	roleTitle               // 小标宋: titles, 发文机关标志
	roleBody                // 仿宋: the body of an official paper
	roleSection             // 黑体: 一、
	roleSub                 // 楷体: （一）
	roles
)

var roleNames = [roles]string{roleTitle: "小标宋", roleBody: "仿宋", roleSection: "黑体", roleSub: "楷体"}

// familyNames are pieces of the names that fonts of a role bear, in small letters without blanks.
var familyNames = [roles][]string{
	roleTitle:   {"小标宋", "xiaobiaosong", "xbs"},
	roleBody:    {"仿宋", "fangsong", "simfang"},
	roleSection: {"黑体", "simhei", "heiti"},
	roleSub:     {"楷体", "kaiti", "simkai"},
}

// embedded is said where an administrator gave no font of a role.
var embedded = [roles]string{roleTitle: "内嵌宋体加粗", roleBody: "内嵌宋体", roleSection: "内嵌黑体", roleSub: "内嵌宋体"}

// faceSet are the faces that administrators gave; nil where they gave none.
type faceSet [roles]*face

// given is set when a server or a command starts and read by every paper.
var given atomic.Pointer[faceSet]

// face is the face that sets a role, and the outline that makes it as heavy as the one it stands for.
func (r role) face(size float64) (f *face, stroke float64) {
	if set := given.Load(); set != nil && set[r] != nil {
		return set[r], 0
	}
	switch r {
	case roleTitle:
		return serif, size * 0.028
	case roleSection:
		return sans, 0
	}
	return serif, 0
}

// FontUse says which font sets what: for the log and for administrators.
type FontUse struct {
	Role string // 小标宋, 仿宋, 黑体, 楷体
	Font string // the name of the font, or which embedded one stands in
	File string // empty: embedded
	Note string // why a file was not taken
}

func (u FontUse) String() string {
	s := u.Role + "：" + u.Font
	if u.File != "" {
		s += "（" + u.File + "）"
	}
	if u.Note != "" {
		s += "；" + u.Note
	}
	return s
}

// UseFonts takes the fonts of a folder that GB/T 9704 names and that we may not ship: files are told by the names in them, whatever they are called.
// A file that cannot be used is passed over and its FontUse says why; only a folder that cannot be read is an error. To be called
// before papers are made: a paper in the making may have some of both. An empty dir goes back to the embedded fonts.
func UseFonts(dir string) ([]FontUse, error) {
	var set faceSet
	var uses, notes []FontUse
	for r := roleTitle; r < roles; r++ {
		uses = append(uses, FontUse{Role: roleNames[r], Font: embedded[r]})
	}
	if dir == "" {
		given.Store(nil)
		taken.Store(&uses)
		return uses, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("读不了字体目录 %s：%w", dir, err)
	}
	for _, e := range entries {
		ext := strings.ToLower(filepath.Ext(e.Name()))
		if e.IsDir() || !slices.Contains([]string{".ttf", ".ttc", ".otf"}, ext) {
			continue
		}
		refuse := func(why string) { notes = append(notes, FontUse{Role: e.Name(), Font: "没有使用", Note: why}) }
		m, names, err := readFont(filepath.Join(dir, e.Name()))
		if err != nil {
			refuse(err.Error())
			continue
		}
		r := roleOf(names)
		switch {
		case r == roleText:
			refuse("字体名称“" + names[0] + "”不是小标宋、仿宋、黑体或楷体")
			continue
		case set[r] != nil:
			refuse(roleNames[r] + "已用 " + uses[r-1].File)
			continue
		}
		set[r] = &face{family: fmt.Sprintf("Licensed%d", r), load: func() *metrics { return m }, licensed: true}
		uses[r-1].Font, uses[r-1].File = names[0], e.Name()
	}
	given.Store(&set)
	uses = append(uses, notes...)
	taken.Store(&uses)
	return uses, nil
}

// taken is what UseFonts said last.
var taken atomic.Pointer[[]FontUse]

// Fonts says which font sets what now, and why files of the administrator's folder are not taken.
func Fonts() []FontUse {
	if uses := taken.Load(); uses != nil {
		return *uses
	}
	uses, _ := UseFonts("") // no folder, no error
	return uses
}

// maxFontFile is what a font file may take: the largest of the office fonts has some 20 MB.
const maxFontFile = 64 << 20

// readFont reads a font file and its names. Errors say in words what is wrong with it.
func readFont(path string) (m *metrics, names []string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fmt.Errorf("读不了：%w", err)
	}
	if info.Size() > maxFontFile {
		return nil, nil, fmt.Errorf("超过 %d MB", maxFontFile>>20)
	}
	data, err := os.ReadFile(path) //nolint:gosec // an administrator names the folder
	if err != nil {
		return nil, nil, fmt.Errorf("读不了：%w", err)
	}
	if strings.HasPrefix(string(data), "OTTO") {
		return nil, nil, fmt.Errorf("是 OpenType CFF 字体，只能用 TrueType（glyf）轮廓的字体")
	}
	defer func() { // a broken file leads beyond its end
		if p := recover(); p != nil {
			m, names, err = nil, nil, fmt.Errorf("文件已损坏")
		}
	}()
	if m, err = parseSFNT(string(data)); err != nil {
		return nil, nil, fmt.Errorf("不是能用的 TrueType 字体（%w）", err)
	}
	if len(m.font) < m.at("glyf")+m.table["glyf"].size || len(m.font) < m.at("loca")+m.table["loca"].size {
		return nil, nil, fmt.Errorf("文件不完整")
	}
	if t := m.table["OS/2"]; t.size >= 10 {
		// OpenType OS/2 fsType: 2 restricted, 0x100 no subsetting, 0x200 bitmaps only. A paper embeds a subset.
		if kind := m.font.u16(t.from + 8); kind&0xF == 2 || kind&0x300 != 0 {
			return nil, nil, fmt.Errorf("字体不许嵌入文件（fsType %#x）", kind)
		}
	}
	if names = m.names(); len(names) == 0 {
		return nil, nil, fmt.Errorf("没有字体名称")
	}
	return m, names, nil
}

// names are the family and full names of a font, in its Unicode records (platforms 0 and 3).
func (m *metrics) names() (list []string) {
	at := m.at("name")
	storage := at + m.font.u16(at+4)
	for i := range m.font.u16(at + 2) {
		rec := at + 6 + 12*i
		if p, id := m.font.u16(rec), m.font.u16(rec+6); p != 0 && p != 3 || id != 1 && id != 4 && id != 16 {
			continue
		}
		from, n := storage+m.font.u16(rec+10), m.font.u16(rec+8)
		var units []uint16
		for k := 0; k+1 < n; k += 2 {
			units = append(units, uint16(m.font.u16(from+k)))
		}
		if s := string(utf16.Decode(units)); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

func roleOf(names []string) role {
	for r := roleTitle; r < roles; r++ {
		for _, name := range names {
			name = strings.ToLower(strings.ReplaceAll(name, " ", ""))
			for _, piece := range familyNames[r] {
				if strings.Contains(name, piece) {
					return r
				}
			}
		}
	}
	return roleText
}
