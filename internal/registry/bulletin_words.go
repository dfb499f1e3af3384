package registry

import (
	"fmt"
	"strings"
)

// BulletinWords are the words of one field of a bulletin as they are published.
type BulletinWords struct {
	Field string // of the form: cases.0.facts
	Where string // 案件一案情
	Text  string
}

// Words lists everything of the bulletin that is published and that a person wrote or chose, where there is something. The guard, the fonts, the search of
// the public site and the four eyes all go by it: what is not here is not looked at.
func (x *Bulletin) Words() (list []BulletinWords) {
	add := func(field, where, text string) {
		if strings.TrimSpace(text) != "" {
			list = append(list, BulletinWords{field, where, text})
		}
	}
	add("title", "标题", x.Title)
	add("lead", "导语", x.Lead)
	add("issuer", "发布机关", x.Issuer)
	add("byline", "署名", x.Byline)
	add("correction_note", "更正说明", x.CorrectionNote)
	add("number", "发文字号", x.Number)
	add("addressed_to", "主送", x.AddressedTo)
	add("copied_to", "抄送", x.CopiedTo)
	for i, s := range x.Sections {
		add(fmt.Sprintf("sections.%d.heading", i), "第"+ChineseNumeral(i+1)+"栏名称", s.Heading)
	}
	for i, c := range x.Cases {
		field, where := fmt.Sprintf("cases.%d.", i), "案件"+ChineseNumeral(i+1)
		add(field+"title", where+"标题", c.Title)
		add(field+"facts", where+"案情", c.Facts)
		add(field+"handling", where+"查处情况", c.Handling)
		add(field+"meaning", where+"典型意义", c.Meaning)
		add(field+"show_path", where+"排污路径图", c.Path.Words())
	}
	for i, pic := range x.Pictures { // never the name of a file: no paper and no page shows it
		field, where := fmt.Sprintf("pictures.%d.", i), PictureName(i)
		add(field+"caption", where+"说明", pic.Caption)
		add(field+"credit", where+"来源", pic.Credit)
		add(field+"alt", where+"替代文字", pic.Alt)
	}
	return list
}

// PublicText is all of Words.
func (x *Bulletin) PublicText() string {
	var parts []string
	for _, w := range x.Words() {
		parts = append(parts, w.Text)
	}
	return strings.Join(parts, "\n")
}
