package registry

import (
	"strings"
	"unicode"
)

// Plain is the finer of the two folds, for what reads running text: a character becomes the one that official texts print for it. It
// brings together what differs in shape and width only (⽔ and 水, ３ and 3, ﹙ and （), and keeps apart what a reader must tell apart
// (。 and ·, （ and 〔, “ and 「). Fold goes on from there. One character stays one character, so that places in a text stay;
// Unseen stands for what has no shape at all.
//
//	Plain('⺠') == '民'    Plain('﹑') == '、'    Plain('\u2060') == Unseen
func Plain(r rune) rune {
	if uint32(r) >= 0x10000 {
		return plainBeyond(r)
	}
	if page := plainPages[r>>8]; page != nil {
		if to := page[r&0xFF]; to != 0 {
			return to
		}
	}
	return r
}

// Unseen is what Plain gives for a character that cannot be seen.
const Unseen rune = -1

// PlainText is s as Plain reads it, without what cannot be seen.
func PlainText(s string) string { return strings.Map(Plain, s) }

// shapes are the other shapes of the marks that official texts use.
var shapes = map[rune]string{
	'（': "(﹙❨⟮⦅｟︵", '）': ")﹚❩⟯⦆｠︶",
	'〔': "﹝❲︹", '〕': "﹞❳︺",
	'[': "⟦〚﹇", ']': "⟧〛﹈",
	'【': "︻", '】': "︼", '〖': "〘︗", '〗': "〙︘",
	'「': "｢﹁", '」': "｣﹂", '『': "﹃", '』': "﹄",
	'《': "«≪⟪︽", '》': "»≫⟫︾", '〈': "‹⟨〈︿", '〉': "›⟩〉﹀",
	'“': "❝〝", '”': "❞〞〟", '‘': "❛", '’': "❜",
	'，': ",﹐︐‚", '、': "﹑､︑", '。': "｡︒", '；': ";﹔︔", '：': ":﹕︰∶︓", '？': "?﹖︖", '！': "!﹗︕",
	'…': "⋯︙", '—': "―─⸺︱", '-': "﹣‐‑–−", '~': "∼〜", '.': "﹒․", '/': "⁄∕", '%': "﹪", '*': "﹡", '¥': "￥", '○': "◯⭕",
}

// plainPages hold what Plain gives, by the upper and the lower byte of a character; 0 is the character itself.
var plainPages = func() (pages [256]*[256]rune) {
	set := func(r, to rune) {
		if pages[r>>8] == nil {
			pages[r>>8] = new([256]rune)
		}
		pages[r>>8][r&0xFF] = to
	}
	for _, marks := range unicode.Mn.R16 {
		for r := rune(marks.Lo); r <= rune(marks.Hi); r += rune(marks.Stride) {
			set(r, Unseen)
		}
	}
	for r := rune(0x80); r <= 0xFFFF; r++ {
		if Invisible(r) {
			set(r, Unseen)
		}
	}
	for _, table := range []string{radicals, compatibility} {
		pairs := []rune(table)
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] < 0x10000 {
				set(pairs[i], pairs[i+1])
			}
		}
	}
	for r := rune(0xFF01); r <= 0xFF5E; r++ { // full-width ASCII
		if r != '＜' && r != '＞' { // brackets of a title on some keyboards, as < is not
			set(r, r-0xFEE0)
		}
	}
	for to, others := range shapes {
		for _, r := range others {
			set(r, to)
			if r > ' ' && r < 0x80 {
				set(r+0xFEE0, to)
			}
		}
	}
	return pages
}()

// plainBeyond is Plain for characters behind the first plane: ideographs and figures of another shape, and what cannot be seen.
func plainBeyond(r rune) rune {
	if r >= 0x2F800 && r <= 0x2FA1D || r >= 0x1D7CE && r <= 0x1D7FF {
		if to, ok := foldTable[r]; ok {
			return to
		}
	}
	if Invisible(r) || unicode.Is(unicode.Mn, r) {
		return Unseen
	}
	return r
}
