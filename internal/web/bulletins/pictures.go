package bulletins

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// pictureLimit is what one upload may have: a dozen photos of a phone, or one of the largest.
const pictureLimit = 130 << 20

var pictureLabels = kit.Labels{"file": "图片", "case_id": "放在哪里", "caption": "图片说明", "credit": "来源", "alt": "替代文字", "wide": "通栏（报纸版式，只能一张）",
	"crop": "裁剪", "crop.x": "左", "crop.y": "上", "crop.w": "宽", "crop.h": "高", "covers": "遮盖", "covers.*.x": "左", "covers.*.y": "上", "covers.*.w": "宽", "covers.*.h": "高", "covers.*.how": "怎样遮",
	"checked": "看过成品"}

// picturesPage lists the pictures of a draft, and what it can choose from.
type picturesPage struct {
	kit.Layout
	casework.PicturesPage
	Form    *kit.Form
	Groups  []pictureGroup
	Upload  string // where files are sent to; the key makes a second click harmless
	Places  []kit.Option
	Choices []pictureChoiceGroup
	Room    int // how many more the bulletin takes
	HEIC    int // files of cases that must be converted first
}

func (picturesPage) Template() string { return "bulletins/pictures" }

// pictureGroup are the pictures of the lead, or of a case.
type pictureGroup struct {
	Title string
	List  []pictureLine
}

// pictureLine is a picture in the list.
type pictureLine struct {
	registry.BulletinPicture
	Name, Filename string // 图片一; as it came
	Address        string
	Src            string
	Checker        string
	First, Last    bool
	Version        int64
	Token          string // of the page's forms
}

// pictureChoiceGroup are the pictures among the files of a case.
type pictureChoiceGroup struct {
	Title string
	List  []pictureChoice
}

type pictureChoice struct {
	casework.PictureChoice
	Value, Src, SizeText string
}

// pictureSrc is the address of a picture's copy. Its hash is in it, so that a browser may keep what it has.
func pictureSrc(id registry.BulletinID, file registry.AttachmentID, hash string) string {
	return fmt.Sprintf("/bulletins/%d/pictures/%d/copy?v=%s", id, file, hash[:min(12, len(hash))])
}

// placesOf are the places where a picture of the bulletin may stand.
func placesOf(x *registry.Bulletin) (list []kit.Option) {
	for i, c := range x.Cases {
		list = append(list, kit.Option{Value: kit.Itoa(int64(c.CaseID)), Label: "案件" + registry.ChineseNumeral(i+1) + "　" + c.Title})
	}
	return list
}

func (s area) bulletinPictures(r *kit.Request) error {
	return s.showPictures(r, r.NewForm(pictureLabels))
}

func (s area) showPictures(r *kit.Request, f *kit.Form) error {
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.PicturesPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	b := &x.Bulletin
	if b.State != registry.BulletinDraft {
		r.Flash("warn", fmt.Sprintf("这期通报%s，不能再改图片。", b.State))
		return r.Go("/bulletins/%d", id)
	}
	p := picturesPage{Layout: r.Layout("图片"), PicturesPage: x, Form: f, Places: placesOf(b), Room: registry.MaxBulletinPictures - len(b.Pictures),
		Upload: fmt.Sprintf("/bulletins/%d/pictures?key=%s", id, kit.NewUUID())}
	p.Groups = pictureGroups(&x, f.Token)
	for _, c := range x.Choices {
		if c.HEIC {
			p.HEIC++
			continue
		}
		if c.Taken {
			continue
		}
		title := "案件" + registry.ChineseNumeral(c.N)
		if n := len(p.Choices); n == 0 || p.Choices[n-1].Title != title {
			p.Choices = append(p.Choices, pictureChoiceGroup{Title: title})
		}
		g := &p.Choices[len(p.Choices)-1]
		g.List = append(g.List, pictureChoice{c, fmt.Sprintf("%d-%d", c.CaseID, c.File.ID), fmt.Sprintf("/bulletins/%d/pictures/choices/%d", id, c.File.ID), view.SizeText(c.File.Size)})
	}
	return r.Form(f, p)
}

// pictureGroups are the pictures by where they stand, in the order of the paper.
func pictureGroups(x *casework.PicturesPage, token string) (list []pictureGroup) {
	b := &x.Bulletin
	group := func(title string, of registry.CaseID) {
		g := pictureGroup{Title: title}
		for i, p := range b.Pictures {
			if p.CaseID == of {
				g.List = append(g.List, pictureLine{BulletinPicture: p, Name: registry.PictureName(i), Filename: x.Names[p.FileID], Checker: x.Checkers[p.CheckerID], Version: b.Version, Token: token,
					Address: fmt.Sprintf("/bulletins/%d/pictures/%d", b.ID, p.FileID), Src: pictureSrc(b.ID, p.FileID, p.CopySHA256)})
			}
		}
		if n := len(g.List); n > 0 {
			g.List[0].First, g.List[n-1].Last = true, true
			list = append(list, g)
		}
	}
	group("导语", 0)
	for i, c := range b.Cases {
		group("案件"+registry.ChineseNumeral(i+1)+"　"+c.Title, c.CaseID)
	}
	return list
}

// pictureUpload takes the pictures of a form, one by one as they come: none is held whole. One that is refused says why, by its name; the others are taken.
func (s area) pictureUpload(r *kit.Request) error {
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return kit.BadRequest("上传应是 multipart/form-data，图片放在名为 file 的部分。")
	}
	f := r.NewForm(pictureLabels)
	taken, had, err := s.takePictures(r, f, id, parts)
	if err != nil {
		return err
	}
	switch {
	case f.OK() && taken+had == 0:
		f.Add("file", "请选择要上传的图片")
	case f.OK():
		said := fmt.Sprintf("已加入 %d 张图片。请写图片说明，遮盖人脸、车牌，再看成品勾选。", taken)
		if taken == 0 {
			said = "这些图片刚才已经加入了，没有再加一次。"
		}
		return r.Done(said, "/bulletins/%d/pictures", id)
	}
	if taken > 0 {
		f.Message = fmt.Sprintf("已加入 %d 张，下面的没有加入。", taken)
	}
	return s.showPictures(r, f)
}

// takePictures takes the files of a body; what is refused of one stands in the form.
func (s area) takePictures(r *kit.Request, f *kit.Form, id registry.BulletinID, parts *multipart.Reader) (taken, had int, err error) {
	of := kit.QueryID[registry.CaseID](r, "case_id")
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return taken, had, nil
		case kit.IsTooLarge(err):
			return taken, had, err
		case err != nil:
			return taken, had, kit.BadRequest("上传的内容不完整，请重试。")
		}
		if part.FormName() == "case_id" {
			typed, err := io.ReadAll(io.LimitReader(part, 20))
			if err != nil {
				return taken, had, err
			}
			n, _ := strconv.ParseInt(strings.TrimSpace(string(typed)), 10, 64)
			of = registry.CaseID(n)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		repeated, err := s.Service.AddPicture(r.Ctx(), r.Actor, id, of, part.FileName(), part, r.QueryParam("key"))
		switch {
		case err == nil && repeated:
			had++
		case err == nil:
			taken++
		case kit.IsTooLarge(err) || registry.KindOf(err) != registry.KindInvalid:
			return taken, had, err
		default:
			for _, p := range kit.ProblemOf(err).Errors {
				f.Add(cmp.Or(p.Field, "file"), "%s：%s", clipName(part.FileName()), p.Message)
			}
		}
	}
}

func clipName(s string) string {
	if utf8.RuneCountInString(s) > 40 {
		return string([]rune(s)[:40]) + "…"
	}
	return s
}

// pictureChoose takes pictures of the cases' files.
func (s area) pictureChoose(r *kit.Request) error {
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(pictureLabels)
	if err != nil {
		return err
	}
	chosen := map[registry.AttachmentID]registry.CaseID{}
	for _, v := range f.Values["choice"] {
		of, file, _ := strings.Cut(v, "-")
		c, err1 := strconv.ParseInt(of, 10, 64)
		n, err2 := strconv.ParseInt(file, 10, 64)
		if err1 == nil && err2 == nil && len(chosen) < registry.MaxBulletinPictures {
			chosen[registry.AttachmentID(n)] = registry.CaseID(c)
		}
	}
	n, err := s.Service.ChoosePictures(r.Ctx(), r.Actor, id, chosen)
	if err == nil {
		return r.Done(fmt.Sprintf("已选用 %d 张案件里的图片。请写图片说明，遮盖人脸、车牌，再看成品勾选。", n), "/bulletins/%d/pictures", id)
	}
	if err := f.Refuse(err); err != nil {
		return err
	}
	return s.showPictures(r, f)
}

// picturePath reads which picture an address is about.
func picturePath(r *kit.Request) (id registry.BulletinID, file registry.AttachmentID, err error) {
	if id, err = kit.PathID[registry.BulletinID](r, "id"); err != nil {
		return id, file, err
	}
	file, err = kit.PathID[registry.AttachmentID](r, "file")
	return id, file, err
}

// pictureAct is a button of the list.
func (s area) pictureAct(done func(f *kit.Form) string, do func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, file registry.AttachmentID, f *kit.Form) error) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, file, err := picturePath(r)
		if err != nil {
			return err
		}
		f, err := r.ReadForm(pictureLabels)
		if err != nil {
			return err
		}
		err = do(r.Ctx(), r.Actor, id, f.Version, file, f)
		switch {
		case err == nil:
			return r.DoneAt(done(f), fmt.Sprintf("/bulletins/%d/pictures#picture-%d", id, file))
		case registry.KindOf(err) == registry.KindStale:
			f.Status, f.Message = http.StatusConflict, "您打开页面之后，通报又有改动。下面是现在的图片，请看过再操作。"
		default:
			if err := f.Refuse(err); err != nil {
				return err
			}
		}
		return s.showPictures(r, f)
	}
}

func (s area) pictureMove() func(*kit.Request) error {
	return s.pictureAct(func(f *kit.Form) string {
		if f.Value("to") == "out" {
			return "已移出这期通报。"
		}
		return "已换位。"
	}, func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, file registry.AttachmentID, f *kit.Form) error {
		switch to := f.Value("to"); to {
		case "up", "down":
			return s.Service.MovePicture(ctx, a, id, version, file, to == "up")
		case "out":
			return s.Service.DropPicture(ctx, a, id, version, file)
		}
		return kit.BadRequest("没有这个操作。")
	})
}

func (s area) pictureCheck() func(*kit.Request) error {
	return s.pictureAct(func(f *kit.Form) string {
		if f.Value("checked") == "" {
			return "已取消勾选，送审前要再看一遍。"
		}
		return "已记下：成品看过，可以送审。"
	}, func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, file registry.AttachmentID, f *kit.Form) error {
		return s.Service.CheckPicture(ctx, a, id, version, file, f.Value("copy"), f.Value("checked") != "")
	})
}

// picturePage is the form of one picture.
type picturePage struct {
	kit.Layout
	Form     *kit.Form
	Bulletin registry.Bulletin
	Picture  registry.BulletinPicture
	Name     string
	Address  string
	Original string // upright and whole, to draw on
	Preview  string // as it would look with what is typed
	Places   []kit.Option
	Ways     []kit.Option
}

func (picturePage) Template() string { return "bulletins/picture" }

// wayFill is the word of the form for a cover in one colour.
const wayFill = "涂盖"

// pictureFields binds what is said of a picture and done to it.
func pictureFields(f *kit.Form, p *registry.BulletinPicture) {
	kit.Ref(f, "case_id", &p.CaseID)
	f.Text("caption", &p.Caption)
	f.Text("credit", &p.Credit)
	f.Text("alt", &p.Alt)
	f.Bool("wide", &p.Wide)
	areaFields(f, "crop.", &p.Crop)
	if !f.Filling && p.Crop.IsZero() {
		p.Crop = registry.PictureArea{}
	}
	kit.Rows(f, "covers", &p.Covers, func(f *kit.Form, c *registry.PictureCover) {
		areaFields(f, "", &c.Area)
		how := ""
		if c.Fill {
			how = wayFill
		}
		f.Text("how", &how)
		c.Fill = how == wayFill
	})
}

// areaFields binds a rectangle in thousandths. Blank is 0: of a rectangle that begins at the edge nobody need type it.
func areaFields(f *kit.Form, prefix string, a *registry.PictureArea) {
	zero := a.IsZero()
	for _, x := range []struct {
		name string
		n    *int
	}{{"x", &a.X}, {"y", &a.Y}, {"w", &a.W}, {"h", &a.H}} {
		show := strconv.Itoa(*x.n)
		if zero {
			show = ""
		}
		f.Bind(prefix+x.name, show, func(typed string) error {
			*x.n = 0
			if typed == "" {
				return nil
			}
			n, err := strconv.Atoi(typed)
			if err != nil || n < 0 || n > registry.PictureParts {
				return fmt.Errorf("请填 0 到 %d 的整数：整张图的宽、高各分成 %d 份", registry.PictureParts, registry.PictureParts)
			}
			*x.n = n
			return nil
		})
	}
}

func (s area) pictureEdit(r *kit.Request) error {
	return s.showPicture(r, nil)
}

// showPicture shows the form; f is nil for one that is filled from the picture.
func (s area) showPicture(r *kit.Request, f *kit.Form) error {
	id, file, err := picturePath(r)
	if err != nil {
		return err
	}
	x, err := s.Service.Bulletin(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	i := x.Picture(file)
	if i < 0 {
		return registry.NotFound("这张图片", file)
	}
	if x.State != registry.BulletinDraft {
		r.Flash("warn", fmt.Sprintf("这期通报%s，不能再改图片。", x.State))
		return r.Go("/bulletins/%d", id)
	}
	pic := x.Pictures[i]
	typed := pic
	if f == nil {
		f = r.NewForm(pictureLabels)
		f.Version = x.Version
		pictureFields(f, &pic)
	} else {
		read := *f // what is typed, as far as it can be read, is what the preview shows
		read.Errors = nil
		pictureFields(&read, &typed)
	}
	address := fmt.Sprintf("/bulletins/%d/pictures/%d", id, file)
	return r.Form(f, picturePage{Layout: r.Layout(registry.PictureName(i)), Form: f, Bulletin: x, Picture: pic, Name: registry.PictureName(i), Address: address, Places: placesOf(&x),
		Original: address + "/original", Preview: address + "/preview?" + previewQuery(&typed), Ways: []kit.Option{{Value: wayFill, Label: wayFill}}})
}

// previewQuery says in an address how a picture shall look.
func previewQuery(p *registry.BulletinPicture) string {
	q := url.Values{}
	write := func(a registry.PictureArea) string { return fmt.Sprintf("%d,%d,%d,%d", a.X, a.Y, a.W, a.H) }
	if !p.Crop.IsZero() {
		q.Set("crop", write(p.Crop))
	}
	for _, c := range p.Covers {
		name := "mosaic"
		if c.Fill {
			name = "fill"
		}
		q.Add(name, write(c.Area))
	}
	return q.Encode()
}

func (s area) pictureSave(r *kit.Request) error {
	id, file, err := picturePath(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(pictureLabels)
	if err != nil {
		return err
	}
	in := registry.BulletinPicture{FileID: file}
	pictureFields(f, &in)
	if !f.OK() {
		return s.showPicture(r, f)
	}
	err = s.Service.ChangePicture(r.Ctx(), r.Actor, id, f.Version, in)
	switch {
	case err == nil:
		return r.DoneAt("图片已保存。请看成品，再勾选。", fmt.Sprintf("/bulletins/%d/pictures#picture-%d", id, file))
	case registry.KindOf(err) == registry.KindStale:
		f.Status, f.Message = http.StatusConflict, "您打开页面之后，通报又有改动，没有保存。填的内容还在下面，核对后再保存一次。"
		if x, err := s.Service.Bulletin(r.Ctx(), r.Actor, id); err == nil {
			f.Version = x.Version
		}
	default:
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	f.Relocate(map[string]string{"crop": "crop.x"})
	return s.showPicture(r, f)
}

// privately sends a picture that only who is signed in may see.
func privately(r *kit.Request, jpeg []byte, keep string) error {
	h := r.Response().Header()
	h.Set("Cache-Control", keep)
	h.Set("X-Content-Type-Options", "nosniff")
	return r.Blob(http.StatusOK, "image/jpeg", jpeg)
}

const (
	forAWhile = "private, max-age=3600"
	notKept   = "private, no-store"
)

// pictureCopy sends the copy that is, or would be, published.
func (s area) pictureCopy(r *kit.Request) error {
	id, file, err := picturePath(r)
	if err != nil {
		return err
	}
	f, err := s.Service.PictureCopy(r.Ctx(), r.Actor, id, file)
	if err != nil {
		return err
	}
	r.Response().Header().Set("ETag", `"`+f.SHA256+`"`)
	return privately(r, f.Content, forAWhile)
}

func (s area) pictureOriginal(r *kit.Request) error {
	id, file, err := picturePath(r)
	if err != nil {
		return err
	}
	jpeg, err := s.Service.OriginalPicture(r.Ctx(), r.Actor, id, file)
	if err != nil {
		return err
	}
	return privately(r, jpeg, notKept)
}

// picturePreview renders a picture as the address says: ?crop=x,y,w,h&mosaic=…&fill=….
func (s area) picturePreview(r *kit.Request) error {
	id, file, err := picturePath(r)
	if err != nil {
		return err
	}
	var p registry.BulletinPicture
	for name, values := range r.QueryParams() {
		for _, v := range values {
			var a registry.PictureArea
			if n, err := fmt.Sscanf(v, "%d,%d,%d,%d", &a.X, &a.Y, &a.W, &a.H); err != nil || n != 4 || max(a.X, a.Y, a.W, a.H) > registry.PictureParts || min(a.X, a.Y, a.W, a.H) < 0 {
				return registry.Invalid(name, "范围应是四个数：左,上,宽,高，各 0 到 %d", registry.PictureParts)
			}
			switch name {
			case "crop":
				p.Crop = a
			case "mosaic", "fill":
				p.Covers = append(p.Covers, registry.PictureCover{Area: a, Fill: name == "fill"})
			default:
				return registry.Invalid(name, "没有这个参数")
			}
		}
	}
	jpeg, err := s.Service.PreviewPicture(r.Ctx(), r.Actor, id, file, p.Crop, p.Covers)
	if err != nil {
		return err
	}
	return privately(r, jpeg, notKept)
}

func (s area) pictureThumbnail(r *kit.Request) error {
	_, file, err := picturePath(r)
	if err != nil {
		return err
	}
	jpeg, err := s.Service.ChoiceThumbnail(r.Ctx(), r.Actor, file)
	if err != nil {
		return err
	}
	return privately(r, jpeg, forAWhile)
}

// paperPicture is a picture on a page of the register.
type paperPicture struct {
	report.Picture
	Src string
}

// pictureLook says of a picture whether a writer looked through its copy.
type pictureLook struct {
	Name, Src, Words string
	Unfit            []casework.Unfit
	Checker          string
}

func pictureLooks(b *casework.BulletinPage) (list []pictureLook) {
	for i := range b.Bulletin.Pictures {
		p := &b.Bulletin.Pictures[i]
		list = append(list, pictureLook{registry.PictureName(i), pictureSrc(b.Bulletin.ID, p.FileID, p.CopySHA256), p.Caption, casework.PictureFitness(p), b.Checkers[p.CheckerID]})
	}
	return list
}

func paperPictures(id registry.BulletinID, list []report.Picture) (out []paperPicture) {
	for _, p := range list {
		out = append(out, paperPicture{p, pictureSrc(id, p.File, p.SHA256)})
	}
	return out
}
