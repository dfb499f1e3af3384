package wechat

import (
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// The looks. Colours are those of the paper; sizes are in pixels, for a phone.
const (
	styleAll     = "font-size:16px;line-height:1.8;color:#222222;letter-spacing:0.5px;text-align:justify;"
	styleTitle   = "font-size:22px;line-height:1.5;font-weight:bold;text-align:center;margin:0 0 12px 0;"
	styleBy      = "font-size:13px;line-height:1.6;color:#595959;text-align:center;margin:0 0 16px 0;padding:0 0 10px 0;border-bottom:1px solid #0b5d5e;"
	styleMark    = "font-size:14px;font-weight:bold;text-align:center;margin:0 0 12px 0;color:#9a4b00;"
	styleText    = "margin:0 0 12px 0;text-indent:2em;"
	styleHead    = "font-size:18px;line-height:1.5;font-weight:bold;color:#0b5d5e;margin:28px 0 12px 0;padding:0 0 0 10px;border-left:4px solid #0b5d5e;"
	styleBox     = "margin:16px 0;padding:12px 14px;background-color:#f1f3f2;border-left:3px solid #0b5d5e;"
	styleBoxHead = "font-size:15px;font-weight:bold;color:#0b5d5e;margin:0 0 8px 0;"
	styleLaw     = "font-size:15px;font-weight:bold;margin:0 0 4px 0;"
	styleQuote   = "font-size:15px;line-height:1.7;margin:0 0 4px 0;text-indent:2em;"
	styleSmall   = "font-size:12px;line-height:1.6;color:#595959;margin:0 0 10px 0;"
	styleRed     = "font-size:26px;line-height:1.4;font-weight:bold;color:#d01010;text-align:center;margin:0 0 8px 0;"
	styleNumber  = "text-align:center;margin:0 0 16px 0;padding:0 0 8px 0;border-bottom:2px solid #d01010;"
	styleMast    = "font-size:13px;line-height:1.6;color:#595959;text-align:center;margin:0 0 14px 0;padding:0 0 6px 0;border-bottom:4px double #0b5d5e;"
	styleBig     = "font-size:26px;line-height:1.4;font-weight:bold;text-align:center;margin:0 0 8px 0;"
	styleWriter  = "font-size:13px;color:#595959;text-align:center;margin:0 0 16px 0;"
	stylePicture = "margin:16px 0 4px 0;text-align:center;"
	styleImage   = "max-width:100%;height:auto;"
	styleCaption = "font-size:13px;line-height:1.6;color:#595959;text-align:center;margin:0 0 16px 0;"
	styleSigned  = "text-align:right;margin:0;"
)

// Write writes the fragment to be pasted. Errors are those of w.
func Write(w io.Writer, b report.Bulletin) error {
	if _, err := io.WriteString(w, fragment(b)); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	return nil
}

// WritePage writes the fragment as a file of its own: what a browser opens, and people copy from.
func WritePage(w io.Writer, b report.Bulletin) error {
	page := `<!doctype html>` + "\n" + `<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>` + text(oneLine(b.Title)) +
		`</title></head><body style="max-width:677px;margin:24px auto;padding:0 16px;">` + "\n" + fragment(b) + "</body></html>\n"
	if _, err := io.WriteString(w, page); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	return nil
}

type writer struct{ strings.Builder }

// put writes an element with its look around text.
func (w *writer) put(tag, style, s string) {
	if s = strings.TrimSpace(s); s != "" {
		fmt.Fprintf(w, `<%s style="%s">%s</%s>`+"\n", tag, style, text(s), tag)
	}
}

func fragment(b report.Bulletin) string {
	w := &writer{}
	fmt.Fprintf(w, `<section style="%s">`+"\n", styleAll)
	for _, m := range b.Marks {
		if m = oneLine(m); m != "" {
			w.put("p", styleMark, "【"+m+"】")
		}
	}
	official := b.Design == "公文"
	w.head(b)
	for _, p := range lines(b.Lead) {
		w.put("p", styleText, p)
	}
	w.pictures(b.Pictures)
	for i, c := range b.Cases {
		label := oneLine(c.Label) + "\u3000"
		if official {
			label = registry.ChineseNumeral(i+1) + "、"
		}
		w.put("h2", styleHead, strings.Trim(label+oneLine(c.Title), "\u3000"))
		w.caseText(&c, b.Parts(&c))
	}
	if official {
		date := oneLine(b.Signed)
		if date == "" {
			date = oneLine(b.Dated)
		}
		w.put("p", styleSigned, oneLine(b.Issuer))
		w.put("p", styleSigned, date)
	}
	for _, n := range b.Notes {
		if n = oneLine(n); n != "" {
			w.put("p", styleSmall, "注\u3000"+n)
		}
	}
	if b.Draft { // there are no pages: whoever copies the end of it sees it too
		w.put("p", styleMark, "【"+strings.Join(b.Marks, "】【")+"】")
	}
	w.WriteString("</section>\n")
	return w.String()
}

// head is what stands over the text, by design.
func (w *writer) head(b report.Bulletin) {
	title, issuer := oneLine(b.Title), oneLine(b.Issuer)
	switch b.Design {
	case "公文":
		if issuer != "" {
			w.put("p", styleRed, issuer+"文件")
			fmt.Fprintf(w, `<p style="%s">%s</p>`+"\n", styleNumber, text(oneLine(b.Number)))
		}
		w.put("h1", styleTitle, title)
		if to := strings.TrimRight(oneLine(b.AddressedTo), "：: "); to != "" {
			w.put("p", "margin:0 0 12px 0;", to+"：")
		}
	case "报纸":
		w.put("p", styleMast, strings.Trim(issuer+"\u3000"+oneLine(b.Dated), "\u3000"))
		w.put("h1", styleBig, title)
		w.put("p", styleWriter, oneLine(b.Byline))
	default:
		w.put("h1", styleTitle, title)
		var by []string
		for _, s := range []string{b.Issuer, b.Byline, b.Dated} {
			if s = oneLine(s); s != "" {
				by = append(by, s)
			}
		}
		w.put("p", styleBy, strings.Join(by, "\u3000"))
	}
}

func (w *writer) caseText(c *report.BulletinCase, parts []report.BulletinPart) {
	for _, s := range parts {
		if s.Part == registry.PartLaw {
			w.box(s.Heading, c.Quotes)
			w.pictures(s.Pictures)
			continue
		}
		for i, p := range lines(s.Paragraphs...) {
			name := ""
			if i == 0 {
				name = `<strong style="color:#0b5d5e;">` + text(s.Heading) + "</strong>\u3000"
			}
			fmt.Fprintf(w, `<p style="%s">%s%s</p>`+"\n", styleText, name, text(p))
		}
		if s.Part == registry.PartFacts && c.Path != nil && len(c.Path.Nodes) > 0 {
			w.put("p", styleText, "排污路径："+report.DrawPath(*c.Path, report.PathPaper).Words)
		}
		w.pictures(s.Pictures)
	}
}

// pictures stand in the text itself: the file needs nothing beside it.
func (w *writer) pictures(list []report.Picture) {
	for _, p := range list {
		if len(p.JPEG) == 0 {
			continue
		}
		fmt.Fprintf(w, `<p style="%s"><img style="%s" width="%d" alt="%s" src="data:image/jpeg;base64,%s"></p>`+"\n", stylePicture, styleImage, p.Width, text(p.Alt), base64.StdEncoding.EncodeToString(p.JPEG))
		w.put("p", styleCaption, p.Words())
	}
}

// box is the quoted law on its grey ground.
func (w *writer) box(heading string, quotes []report.StatuteQuote) {
	fmt.Fprintf(w, `<section style="%s">`+"\n", styleBox)
	w.put("p", styleBoxHead, heading)
	for _, q := range quotes {
		w.put("p", styleLaw, q.Name())
		for _, p := range lines(q.Text) {
			w.put("p", styleQuote, p)
		}
		w.put("p", styleSmall, q.Mark())
	}
	w.WriteString("</section>\n")
}

func text(s string) string { return html.EscapeString(registry.CleanText(s)) }

// lines are the paragraphs of a text, without blanks around them.
func lines(texts ...string) (out []string) {
	for _, t := range texts {
		for s := range strings.SplitSeq(registry.CleanText(t), "\n") {
			if s = strings.Trim(s, " \t\u3000"); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

func oneLine(s string) string { return strings.Join(lines(s), " ") }
