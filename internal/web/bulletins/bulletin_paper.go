package bulletins

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"casebook/internal/docx"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/wechat"
)

// paperFormat is a kind of file that a bulletin is made of. Each write makes the same bytes of the same bulletin and, on an error, nothing
// that may be sent.
type paperFormat struct {
	Format, MediaType string
	Label, Title      string // on the button, and what is explained of it
	Write             func(w io.Writer, b report.Bulletin) error
}

// paperFormats are the files of a bulletin, by the last part of their address: GET /bulletins/:id/pdf.
var paperFormats = []paperFormat{
	{"pdf", "application/pdf", "下载 PDF", "按所选版式排好的定稿", pdf.WriteBulletin},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "下载 Word", "可以继续编辑；字体没有嵌入，分页由 Word 决定", docx.Write},
	{"html", "text/html; charset=utf-8", "下载网页（公众号）", "用浏览器打开，全选复制，粘贴到公众号编辑器", wechat.WritePage},
}

// bulletinPaper sends the published copy as a file that is called by its title. design=公文 shows it in another design than the bulletin's own.
func (s area) bulletinPaper(format paperFormat) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[registry.BulletinID](r, "id")
		if err != nil {
			return err
		}
		design := r.QueryParam("design")
		if design != "" && !registry.BulletinDesigns.Has(design) {
			return registry.Invalid("design", "没有“%s”这种版式，可选：%s", design, strings.Join(registry.BulletinDesigns, "、"))
		}
		if design == "" { // the paper that the approval froze, or a draft's as it is
			f, err := s.Service.BulletinFile(r.Ctx(), r.Actor, id, format.Format)
			if err != nil {
				return err
			}
			r.Response().Header().Set("Content-Disposition", kit.FileDisposition(f.Filename))
			return r.Blob(http.StatusOK, f.Media, f.Content)
		}
		done, err := s.Service.Paper(r.Ctx())
		if err != nil {
			return err
		}
		defer done()
		b, name, err := s.Service.PrintBulletin(r.Ctx(), r.Actor, id, format.Format, design)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := format.Write(&out, b); err != nil {
			return err // *pdf.MissingGlyphs is invalid input and names the characters
		}
		done() // sending it to a slow browser needs no room
		r.Response().Header().Set("Content-Disposition", kit.FileDisposition(name))
		return r.Blob(http.StatusOK, format.MediaType, out.Bytes())
	}
}
