package casefile

import (
	"errors"
	"fmt"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// documentScan keeps a scan among the case's files and links the document to it. The file is kept first: if the document was changed by
// somebody else meanwhile, the scan is on the case and the page says so.
func (s area) documentScan(r *kit.Request) error {
	x, file, err := s.documentOf(r)
	if err != nil {
		return err
	}
	scan, _, err := s.Receive(r, "case", int64(file.Case.ID), r.QueryParam("key"))
	var before *casework.Repeated[registry.Attachment]
	if errors.As(err, &before) {
		return r.UploadedTwice(before, scan, fmt.Sprintf("/documents/%d/edit#scan", x.ID))
	}
	var e *registry.Error
	if errors.As(err, &e) && e.Kind == registry.KindInvalid && len(e.Fields) > 0 {
		r.Flash("danger", "没有上传："+e.Fields[0].Message+"。")
		return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/documents/%d/edit#scan", x.ID))
	}
	if err != nil {
		return err
	}
	x.AttachmentID = scan.ID
	if err := s.Service.ChangeDocument(r.Ctx(), r.Actor, &x); err != nil {
		if registry.KindOf(err) != registry.KindStale {
			return err
		}
		r.Flash("warn", "扫描件“"+scan.Filename+"”已存入案件附件；这份文书刚被别人改过，没有关联，请再试一次。")
		return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/documents/%d/edit#scan", x.ID))
	}
	home := view.CasePlace(file.Case.ID, fmt.Sprintf("document-%d", x.ID))
	if doubt := scan.Mismatch(); doubt != "" {
		r.Flash("warn", "已上传扫描件“"+scan.Filename+"”，但"+doubt+"，请核对是不是这个文件。")
		return r.Redirect(http.StatusSeeOther, home)
	}
	return r.DoneAt("已上传扫描件“"+scan.Filename+"”。", home)
}
