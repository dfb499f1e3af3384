package registry

import "testing"

// Each row lists the shapes of one text as official texts print it.
func TestPlainText(t *testing.T) {
	for want, shapes := range map[string][]string{
		"水污染防治法第三十九条": {"⽔污染防治法第三⼗九条", "水污染防治法第三十\u2060九条", "水\u00ad污染防治法第三\ufe0f十九条\u200b", "水污染防治法第三十九条\U000E0100"},
		"人民西见长青户":     {"⼈⺠⻄⻅⻓⻘⼾"},
		"第39条":        {"第３９条", "第𝟑𝟗条", "第３\u200d9条"},
		"（二）、〔2024〕，「甲」『乙』《丙》：": {"﹙二﹚﹑﹝2024﹞﹐｢甲｣﹃乙﹄«丙»﹕", "(二)､❲２０２４❳,﹁甲﹂﹃乙﹄≪丙≫∶", "（二）、〔2024〕，「甲」『乙』《丙》："},
		"“甲”；乙？丙！丁。":            {"❝甲❞﹔乙﹖丙﹗丁｡", "〝甲〞;乙?丙!丁。"},
		"3.5-4.5~6%":            {"３．５－４．５～６％", "3․5−4﹒5∼6﹪"},
		"買買提·艾力":                {"買買提·艾力", "買買提·艾力"},
	} {
		for _, s := range append(shapes, want) {
			if got := PlainText(s); got != want {
				t.Errorf("PlainText(%+q) = %q, want %q", s, got, want)
			}
		}
	}
	for _, apart := range []string{"。·.", "（〔【[", "「“《〈", "，、", "—-"} {
		if got := PlainText(apart); got != apart {
			t.Errorf("PlainText(%q) = %q: these are different marks", apart, got)
		}
	}
}

// The two folds are one: what Plain makes the same, Fold makes the same, and what Fold drops unseen, Plain does.
func TestFoldGoesOnFromPlain(t *testing.T) {
	for r := rune(1); r <= 0x2FFFF; r++ {
		if r >= 0xD800 && r <= 0xDFFF {
			continue
		}
		p := Plain(r)
		switch {
		case p == Unseen:
			if got := Fold(string(r)); got != "" {
				t.Errorf("%U %c is unseen to Plain, %q to Fold", r, r, got)
			}
		case p != r && Fold(string(p)) != Fold(string(r)):
			t.Errorf("Plain(%U %c) = %c, which Fold reads as %q; the character itself as %q", r, r, p, Fold(string(p)), Fold(string(r)))
		case p != r && Plain(p) != p:
			t.Errorf("Plain(%U %c) = %c, and that is %c again", r, r, p, Plain(p))
		}
	}
}
