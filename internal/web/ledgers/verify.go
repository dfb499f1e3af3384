package ledgers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
	"casebook/internal/xlsx"
)

// A file that comes back is told by its hash: whether the register gave it out, when and to whom. What differs from today is found by making the export
// again. Old heads of the audit chain are held to today's chain.

const (
	verifyFile    = 64 << 20 // of an uploaded file, in bytes; longer ones are for the command
	verifyUpload  = verifyFile + 1<<20
	compareLimit  = 2 * time.Minute // until the comparison with today is given up; what the hash tells stands
	headsShown    = 10
	linesShown    = 100
	sealExtension = ".seal.json"
)

var verifyLabels = kit.Labels{"file": "文件"}

type verifyPage struct {
	kit.Layout
	Form    *kit.Form
	Verdict *verdict
	Heads   []casework.SignedHead
	Key     string // id of the key that signs; empty where there is none
	Trouble string // why there is none
}

func (verifyPage) Template() string { return "ledgers/verify-index" }

// verdict is what is to be said of an uploaded file.
type verdict struct {
	Tone     string // ok, warn, danger
	Title    string
	Name     string
	Size     string
	SHA256   string
	Points   []string
	Exports  []exportRow
	Files    []fileRow
	Compared string
	Lines    []string
}

type fileRow struct {
	registry.Attachment
	Href string
}

func (s area) verifyPage(r *kit.Request) error {
	return s.showVerify(r, r.NewForm(verifyLabels), nil)
}

func (s area) showVerify(r *kit.Request, f *kit.Form, v *verdict) error {
	p := verifyPage{Layout: r.Layout("核验").FullWidth(), Form: f, Verdict: v}
	var err error
	if p.Heads, err = s.Service.Heads(r.Ctx(), r.Actor, 0, headsShown); err != nil {
		return err
	}
	key, err := s.Service.PublicKey(r.Actor)
	if err != nil {
		p.Trouble = kit.FirstProblem(err)
	} else {
		p.Key = key.ID()
	}
	return r.Form(f, p)
}

// verifyUploaded answers the upload itself: nothing of the file is kept.
func (s area) verifyUploaded(r *kit.Request) error {
	f := r.NewForm(verifyLabels)
	file, name, err := received(r)
	if err != nil {
		return err
	}
	if file == nil {
		f.Add("file", "请选择要核验的文件")
		return s.showVerify(r, f, nil)
	}
	defer os.Remove(file.Name()) //nolint:errcheck // of a temporary file
	defer file.Close()           //nolint:errcheck // as above
	h := sha256.New()
	size, err := io.Copy(h, file)
	if err != nil {
		return err
	}
	if size == 0 {
		f.Add("file", "文件是空的")
		return s.showVerify(r, f, nil)
	}
	v := &verdict{Name: name, Size: view.SizeText(size), SHA256: hex.EncodeToString(h.Sum(nil))}
	if err := s.judge(r, v, file, size); err != nil {
		return err
	}
	return s.showVerify(r, f, v)
}

// received is the uploaded file in a temporary one; nil where none was chosen.
func received(r *kit.Request) (file *os.File, name string, err error) {
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return nil, "", kit.BadRequest("上传应是 multipart/form-data，文件放在名为 file 的部分。")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, "", nil
		}
		if err != nil {
			return nil, "", unread(err)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		tmp, err := os.CreateTemp("", "casebook-verify-*")
		if err != nil {
			return nil, "", err
		}
		n, err := io.Copy(tmp, io.LimitReader(part, verifyFile+1))
		if err == nil && n > verifyFile {
			err = kit.StatusError{Status: http.StatusRequestEntityTooLarge, Message: fmt.Sprintf("文件超过 %d MB：请在服务器上用 casebook verify export 核验。", verifyFile>>20)}
		} else if err != nil {
			err = unread(err)
		}
		if err == nil {
			_, err = tmp.Seek(0, io.SeekStart)
		}
		if err != nil {
			return nil, "", errors.Join(err, tmp.Close(), os.Remove(tmp.Name()))
		}
		return tmp, path.Base(strings.ReplaceAll(part.FileName(), "\\", "/")), nil
	}
}

func unread(err error) error {
	if kit.IsTooLarge(err) {
		return err
	}
	return kit.BadRequest("上传的内容不完整，请重试。")
}

// judge says what is known of a file.
func (s area) judge(r *kit.Request, v *verdict, file *os.File, size int64) error {
	if size <= seal.MaxFile {
		text := make([]byte, size)
		if _, err := file.ReadAt(text, 0); err != nil {
			return err
		}
		if h, err := seal.ReadHead(text); err == nil {
			return s.judgeHead(r, v, h)
		}
		if e, err := seal.ReadExport(text); err == nil {
			return s.judgeSeal(r, v, &e)
		}
		if strings.HasSuffix(v.Name, sealExtension) || strings.HasPrefix(v.Name, "head-") {
			v.Points = append(v.Points, "它像链头或封签文件，但内容被改写过，读不出来；请用原样的文件。")
		}
	}
	ours, err := s.Service.FileByHash(r.Ctx(), r.Actor, v.SHA256)
	if err != nil {
		return err
	}
	s.found(v, ours)
	switch {
	case len(ours.Exports) > 0:
		v.Tone, v.Title = "ok", "是本登记册导出的原件，没有改动"
		x := ours.Exports[0]
		if x.Format == "xlsx" {
			return s.compare(r, v, file, size, seal.Claim{Kind: x.Kind, Request: x.Request, Branch: x.Branch, Position: x.Position}, false)
		}
		return nil
	case ours.Ours():
		v.Tone, v.Title = "ok", "是本登记册留存的文件，没有改动"
		return nil
	}
	v.Tone, v.Title = "danger", "不是本登记册导出或留存的原件"
	v.Points = append(v.Points, "没有一次导出、也没有一个留存的文件有这个摘要：文件改动过，或者不是从这里出去的。")
	return s.claimed(r, v, file, size)
}

// found puts the records of a file into words.
func (s area) found(v *verdict, ours casework.OurFile) {
	for _, x := range ours.Exports {
		v.Exports = append(v.Exports, exportRowOf(x))
	}
	for _, a := range ours.Attachments {
		row := fileRow{a, fmt.Sprintf("/attachments/%d", a.ID)}
		if a.Entity == "bulletin" {
			row.Href = fmt.Sprintf("/bulletins/%d", a.EntityID)
		}
		v.Files = append(v.Files, row)
	}
}

// claimed reads what a file that is not ours says of itself, and where it says that it came from here, what was changed.
func (s area) claimed(r *kit.Request, v *verdict, file *os.File, size int64) error {
	claim, ok, err := s.claimOf(r, file, size)
	if err != nil {
		return err
	}
	if !ok {
		return s.judgeText(r, v, file, size)
	}
	own, err := s.Service.RegisterID(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	if claim.Register != own {
		v.Points = append(v.Points, fmt.Sprintf("它自称是另一个登记册（%s）的导出，本册是 %s。", claim.Register, own))
		return nil
	}
	v.Points = append(v.Points, fmt.Sprintf("它自称是本登记册的导出：%s，条件：%s，数据位置第 %d 条（%s）。", claim.Kind, filterText(claim.Filters), claim.Position.Seq, shanghai(claim.Position.At)))
	return s.compare(r, v, file, size, claim, true)
}

// judgeText looks for the export that a text file was before somebody edited it.
func (s area) judgeText(r *kit.Request, v *verdict, file *os.File, size int64) error {
	text := make([]byte, size)
	if _, err := file.ReadAt(text, 0); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Ctx(), compareLimit)
	defer cancel()
	x, err := s.Service.FindText(ctx, r.Actor, v.Name, text, Files)
	if err != nil && ctx.Err() != nil && r.Ctx().Err() == nil {
		v.Compared = "案件太多，没有来得及与以前的导出比较。"
		return nil
	}
	if err != nil || x == nil {
		return err
	}
	d := xlsx.CompareRows(x.Export.Kind, x.Was, x.Is)
	v.Points = append(v.Points, fmt.Sprintf("看列名和内容，它应是 %s（%s %s，条件：%s）改动后的文件。", x.Export.Number(), x.Export.Kind, x.Export.Format, filterText(x.Export.Filters)))
	v.Compared = "重做了那次的原件。文件与原件相比：" + d.Words() + "。"
	v.Lines = d.Lines()
	return nil
}

func (s area) claimOf(r *kit.Request, file *os.File, size int64) (c seal.Claim, ok bool, err error) {
	done, err := s.Service.Paper(r.Ctx())
	if err != nil {
		return c, false, err
	}
	defer done()
	w, err := xlsx.Read(file, size)
	if err != nil {
		return c, false, nil //nolint:nilerr // it is no workbook, and says nothing
	}
	defer w.Close() //nolint:errcheck // only read
	c, err = seal.ReadClaim(w.Claim())
	return c, err == nil, nil
}

// compare makes the export again and tells what differs. Where that cannot be done, it says so: what the hash tells stands.
func (s area) compare(r *kit.Request, v *verdict, file *os.File, size int64, claim seal.Claim, original bool) error {
	ctx, cancel := context.WithTimeout(r.Ctx(), compareLimit)
	defer cancel()
	d, same, err := s.again(ctx, r.Actor, file, size, claim, original)
	switch {
	case err != nil && ctx.Err() != nil && r.Ctx().Err() == nil:
		v.Compared = "案件太多，没有来得及逐行比较；请在服务器上用 casebook verify export 比较。"
		return nil
	case err != nil && registry.KindOf(err) != registry.KindInternal:
		v.Compared = "没有逐行比较：" + kit.FirstProblem(err)
		return nil
	case err != nil:
		return err
	case same:
		v.Compared = "登记册自那以来没有改动，重做了原件。文件与原件相比：" + d.Words() + "。"
	case original && claim.Kind == casework.KindDraw:
		v.Compared = "评查结果在那以后有改动，按今天的结果重做。今天的与文件相比：" + d.Words() + "。"
	case original:
		v.Compared = "登记册自那以后有改动，按历史重做了当时的原件。文件与原件相比：" + d.Words() + "。"
	default:
		v.Compared = "与今天同样条件的导出相比：" + d.Words() + "。箭头左边是文件里的，右边是今天的。"
	}
	v.Lines = d.Lines()
	if len(v.Lines) > linesShown {
		v.Lines = append(v.Lines[:linesShown], fmt.Sprintf("……页面只列 %d 处", linesShown))
	}
	return nil
}

func (s area) again(ctx context.Context, a registry.Actor, file *os.File, size int64, claim seal.Claim, original bool) (d xlsx.Differences, same bool, err error) {
	tmp, err := os.CreateTemp("", "casebook-again-*")
	if err != nil {
		return d, false, err
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // of a temporary file
	defer tmp.Close()           //nolint:errcheck // as above
	if same, err = s.Service.Again(ctx, a, claim, original, tmp, workbooks); err != nil {
		return d, same, err
	}
	done, err := s.Service.Paper(ctx)
	if err != nil {
		return d, same, err
	}
	defer done()
	was, err := xlsx.Read(file, size)
	if err != nil {
		return d, same, registry.Invalid("file", "%s", err)
	}
	defer was.Close() //nolint:errcheck // only read
	made, err := tmp.Seek(0, io.SeekEnd)
	if err != nil {
		return d, same, err
	}
	now, err := xlsx.Read(tmp, made)
	if err != nil {
		return d, same, err
	}
	defer now.Close() //nolint:errcheck // only read
	if same || original {
		was, now = now, was // from the original to the file
	}
	d, err = xlsx.Compare(was, now)
	return d, same, err
}

// workbooks write an export anew.
var workbooks = casework.Writers{Ledger: xlsx.WriteLedger, Difference: xlsx.WriteDifference,
	Listing: func(w io.Writer, l report.Listing) ([]int, error) { return xlsx.WriteListing(w, l, "") }}

func (s area) judgeHead(r *kit.Request, v *verdict, h seal.Head) error {
	x, err := s.Service.CheckHead(r.Ctx(), r.Actor, h, nil)
	if err != nil {
		return err
	}
	v.Tone, v.Title = "ok", fmt.Sprintf("今天的审计链从这个链头（第 %d 条）接下来", h.Seq)
	if !x.OK() {
		v.Tone, v.Title = "danger", "这个链头与今天的登记册不符"
	}
	v.Points = append([]string{fmt.Sprintf("审计链头：%s，第 %d 条 %.16s，签于 %s。", h.Name, h.Seq, h.Hash, shanghai(h.SignedAt))}, x.Findings()...)
	return nil
}

func (s area) judgeSeal(r *kit.Request, v *verdict, e *seal.Export) error {
	x, err := s.Service.CheckSeal(r.Ctx(), r.Actor, e, nil)
	if err != nil {
		return err
	}
	ours, err := s.Service.FileByHash(r.Ctx(), r.Actor, e.SHA256)
	if err != nil {
		return err
	}
	s.found(v, ours)
	v.Points = append(v.Points, fmt.Sprintf("导出的封签：%s %s，%s，条件：%s，数据位置第 %d 条；它封的文件 SHA-256 是 %s。", e.Name, e.Number, e.Kind, filterText(e.Filters), e.Position.Seq, e.SHA256))
	switch {
	case !x.Signed:
		v.Tone, v.Title = "danger", "封签的签名无效：内容与签名不符"
	case x.Known == "":
		v.Tone, v.Title = "danger", "封签不是本登记册的密钥签的"
	case len(ours.Exports) == 0:
		v.Tone, v.Title = "danger", "封签的签名有效，但本登记册没有导出过这个文件"
	default:
		v.Tone, v.Title = "ok", "封签有效：它封的是本登记册导出的文件"
		v.Points = append(v.Points, "密钥 "+e.Key+"，"+x.Known+"。要核对文件本身，请再上传文件。")
	}
	return nil
}

func filterText(filters []string) string {
	if len(filters) == 0 {
		return "全部案件"
	}
	return strings.Join(filters, "；")
}

// shanghai is an instant of a signed file as people read it; as it stands where it is none.
func shanghai(instant string) string {
	t, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return instant
	}
	return t.In(registry.Shanghai).Format("2006-01-02 15:04:05")
}

// signHead signs the head of the chain and hands its file out.
func (s area) signHead(r *kit.Request) error {
	h, err := s.Service.SignHead(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	return r.Done(fmt.Sprintf("已签署审计链第 %d 条，请下载链头文件，交到登记册以外保存", h.Head.Seq), "/verify#heads")
}

func (s area) headFile(r *kit.Request) error {
	id, err := kit.PathID[int64](r, "id")
	if err != nil {
		return err
	}
	list, err := s.Service.Heads(r.Ctx(), r.Actor, id+1, 1)
	if err != nil {
		return err
	}
	if len(list) == 0 || list[0].ID != id {
		return registry.NotFound("签名链头", id)
	}
	return sendSigned(r, casework.HeadFile(list[0]), list[0].Head)
}

func (s area) keyFile(r *kit.Request) error {
	key, err := s.Service.PublicKey(r.Actor)
	if err != nil {
		return err
	}
	r.Response().Header().Set("Content-Disposition", kit.FileDisposition("公钥-"+key.ID()+".pem"))
	return r.Blob(http.StatusOK, "application/x-pem-file", key.PEM())
}

func sendSigned(r *kit.Request, name string, v any) error {
	text, err := seal.Text(v)
	if err != nil {
		return err
	}
	r.Response().Header().Set("Content-Disposition", kit.FileDisposition(name))
	return r.Blob(http.StatusOK, "application/json", text)
}

type exportListPage struct {
	kit.Layout
	List kit.List
	Rows []exportRow
}

func (exportListPage) Template() string { return "ledgers/verify-exports" }

// exportRow is a record of an export as lists show it.
type exportRow struct {
	registry.ExportRecord
	Filter string
	Cases  int    // rows of its first sheet
	Again  string // the page that asks for it again; empty where it cannot be
	Size   string
	Done   bool
	At     string // the instant of the newest record that it holds
}

func exportRowOf(x registry.ExportRecord) exportRow {
	row := exportRow{ExportRecord: x, Filter: filterText(x.Filters), Done: x.State == registry.ExportDone, At: shanghai(x.Position.At)}
	if row.Done {
		row.Size = view.SizeText(x.Size)
	}
	if len(x.Rows) > 0 {
		row.Cases = x.Rows[0].Rows
	}
	asked, masked, err := casework.ExportOf(x.Request)
	switch {
	case err != nil, masked, asked.Table != "":
	case asked.Draw != 0:
		row.Again = "/draws/" + kit.Itoa(int64(asked.Draw))
	case asked.Span != nil:
		v := exportQuery(asked)
		if asked.Span.Closing != 0 {
			v.Set("closing", kit.Itoa(int64(asked.Span.Closing)))
		}
		for name, day := range map[string]registry.Date{"from_day": asked.Span.From, "to_day": asked.Span.To} {
			if !day.IsZero() {
				v.Set(name, day.String())
			}
		}
		row.Again = "/exports/diff.xlsx?" + v.Encode()
	default:
		row.Again = "/exports?" + exportQuery(asked).Encode()
	}
	return row
}

func (s area) exportList(r *kit.Request) error {
	l := r.List(kit.Filter{Name: "actor", Label: "账号"}, kit.Filter{Name: "day", Label: "日期", Date: true})
	p := exportListPage{Layout: r.Layout("导出记录").FullWidth(), List: l}
	if l.Refused {
		return r.Page(p)
	}
	list, next, err := s.Service.Exports(r.Ctx(), r.Actor, casework.ExportFilter{Actor: l.Get("actor"), Day: l.Date("day")}, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize})
	if err != nil {
		return err
	}
	for _, x := range list {
		p.Rows = append(p.Rows, exportRowOf(x))
	}
	p.List.Paged(len(list), next, -1, false)
	return r.Page(p)
}

// exportSeal hands out the seal of an export.
func (s area) exportSeal(r *kit.Request) error {
	id, err := kit.PathID[registry.ExportID](r, "id")
	if err != nil {
		return err
	}
	e, err := s.Service.ExportSeal(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	return sendSigned(r, e.Number+sealExtension, e)
}
