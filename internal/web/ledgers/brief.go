package ledgers

import (
	"cmp"
	"io"

	"casebook/internal/casework"
	"casebook/internal/docx"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

// briefFormats are the files that a brief may be.
var briefFormats = map[string]struct {
	media string
	write casework.BriefWriter
}{
	"pdf":  {"application/pdf", pdf.WriteBrief},
	"docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.WriteBrief},
}

var briefLabels = kit.Labels{"kind": "周报或月报", "on": "哪一天所在的周或月", "format": "文件格式"}

var briefKinds = []kit.Option{{Value: "week", Label: "周报"}, {Value: "month", Label: "月报"}}

// briefFile is a week or a month on one page.
func (s area) briefFile(r *kit.Request) error {
	f := kit.FormOf(r.QueryParams(), briefLabels)
	var q casework.BriefAsk
	var kind, format string
	f.Text("kind", &kind)
	f.Text("format", &format)
	f.Date("on", &q.On)
	kind, format = cmp.Or(kind, "week"), cmp.Or(format, "pdf")
	as, known := briefFormats[format]
	if !known {
		f.Add("format", "简报有 pdf 和 docx 两种文件，没有“%s”", kit.Clip(format))
	}
	if kind != "week" && kind != "month" {
		f.Add("kind", "简报有周报（week）和月报（month），没有“%s”", kit.Clip(kind))
	}
	onlyKnown(r, f, briefLabels)
	if !f.OK() {
		return &registry.Error{Kind: registry.KindInvalid, Message: "没有导出简报。", Fields: f.Errors}
	}
	q.Week = kind == "week"
	if q.On.IsZero() {
		q.On = s.Service.Today()
	}
	return s.Service.SealedBrief(r.Ctx(), r.Actor, q, format, r.Response(), func(w io.Writer, b report.Brief) error {
		h := r.Response().Header()
		h.Set("Content-Disposition", kit.FileDisposition(q.Name()+"."+format))
		h.Set("Content-Type", as.media)
		return as.write(w, b)
	})
}
