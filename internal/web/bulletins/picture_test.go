package bulletins_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/registry/registrytest"
	"casebook/internal/web"
	"casebook/internal/web/public"
	"casebook/internal/web/webtest"
)

// photo is a picture of stripes, whose hue a seed tells from others.
func photo(seed uint8) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			p.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), seed, 255})
			if x/4%2 == 0 {
				p.SetRGBA(x, y, color.RGBA{255 - uint8(x), 20, seed, 255})
			}
		}
	}
	return p
}

func photoJPEG(t testing.TB, seed uint8) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, photo(seed), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sent is a file of an upload.
type sent struct {
	name    string
	content []byte
}

func (f *flow) upload(key string, of registry.CaseID, files ...sent) *webtest.Page {
	f.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	write := func(part io.Writer, err error, content []byte) {
		if err == nil {
			_, err = part.Write(content)
		}
		f.must(err)
	}
	part, err := w.CreateFormField("case_id")
	write(part, err, []byte(fmt.Sprint(of)))
	for _, s := range files {
		part, err := w.CreateFormFile("file", s.name)
		write(part, err, s.content)
	}
	f.must(w.Close())
	return f.As(registry.RolePublisher).Do(http.MethodPost, "/bulletins/1/pictures?key="+key, &body, http.Header{"Content-Type": {w.FormDataContentType()}})
}

// check ticks every picture of the bulletin, as the page shows it.
func (f *flow) check(username string) {
	f.t.Helper()
	for _, p := range f.bulletin().Pictures {
		f.must(f.Service.CheckPicture(context.Background(), f.actor(username), 1, f.bulletin().Version, p.FileID, p.CopySHA256, true))
	}
}

// Everything that a file says beside its pixels, and its name, is in no copy, paper, page, feed or exported file; the original is in the register as it came.
func TestPictureTellsNothingOfItsFile(t *testing.T) {
	f := newFlow(t)
	const secret = "Camera-of-Li-Si-22.18N-112.30E"
	var p bytes.Buffer
	f.must(png.Encode(&p, photo(9)))
	original := registrytest.PhotoWithSecrets(photoJPEG(t, 1), secret)
	chart := registrytest.WithPNGChunk(registrytest.WithPNGChunk(p.Bytes(), "tEXt", []byte("Author\x00"+secret)), "eXIf", registrytest.EXIF(1, secret))
	f.upload("k", f.id, sent{"黄大力家门口.jpg", original}, sent{"黄大力.png", chart}).Want(http.StatusSeeOther)
	b := f.bulletin()
	if len(b.Pictures) != 2 {
		t.Fatalf("%d pictures were taken", len(b.Pictures))
	}
	for i, file := range [][]byte{original, chart} {
		sum := sha256.Sum256(file)
		kept, err := os.ReadFile(filepath.Join(f.DB.Dir(), "attachments", b.Pictures[i].SHA256[:2], b.Pictures[i].SHA256))
		if err != nil || b.Pictures[i].SHA256 != hex.EncodeToString(sum[:]) || !bytes.Equal(kept, file) {
			t.Errorf("the original of picture %d is not as it came: %v", i+1, err)
		}
	}
	f.check("publisher")
	f.submit("publisher")
	f.must(f.approve("publisher2"))
	f.must(f.Service.PublishBulletin(context.Background(), f.actor("publisher2"), 1, f.bulletin().Version))
	f.OpenSite(true)
	b = f.bulletin()

	copies := make([][]byte, len(b.Pictures))
	for i, p := range b.Pictures {
		page := f.As(registry.RoleOfficer).Get(fmt.Sprintf("/bulletins/1/pictures/%d/copy", p.FileID)).Want(http.StatusOK)
		copies[i] = []byte(page.Body)
		if sum := sha256.Sum256(copies[i]); hex.EncodeToString(sum[:]) != p.CopySHA256 || page.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("the copy of picture %d is another: %v", i+1, page.Header)
		}
	}
	holds := func(where string, content []byte) {
		t.Helper()
		for _, w := range []string{secret, "Li-Si", "Exif", "xmpmeta", "8BIM", "ICC_PROFILE", "黄大力"} {
			if bytes.Contains(content, []byte(w)) {
				t.Errorf("%s holds %q", where, w)
			}
		}
	}
	whole := func(where string, content []byte) {
		t.Helper()
		holds(where, content)
		for i, c := range copies {
			if !bytes.Contains(content, c) {
				t.Errorf("%s does not hold the copy of picture %d as it was approved", where, i+1)
			}
		}
	}
	for _, design := range registry.BulletinDesigns {
		q := "?design=" + url.QueryEscape(design)
		reader := f.As(registry.RoleAuditor)
		whole(design+" PDF", []byte(reader.Get("/bulletins/1/pdf"+q).Want(http.StatusOK).Body))
		whole(design+" docx", unpacked(t, reader.Get("/bulletins/1/docx"+q).Want(http.StatusOK).Body))
		whole(design+" HTML", inlined(t, reader.Get("/bulletins/1/html"+q).Want(http.StatusOK).Body))
	}
	whole("frozen PDF", []byte(f.As(registry.RoleAuditor).Get("/bulletins/1/pdf").Want(http.StatusOK).Body))

	anybody := f.Browser()
	at := "/public/bulletins/" + b.Slug
	for _, path := range []string{"/public", at, at + ".json", "/public/bulletins.json", "/public/feed.atom"} {
		holds(path, []byte(anybody.Get(path).Want(http.StatusOK).Body))
	}
	whole(at+".pdf", []byte(anybody.Get(at+".pdf").Want(http.StatusOK).Body))
	page := anybody.Get(at).Want(http.StatusOK).Check()
	for i, p := range b.Pictures {
		src := at + "/pictures/" + p.CopySHA256 + ".jpg"
		if !strings.Contains(page.Body, src) || anybody.Get(src).Want(http.StatusOK).Body != string(copies[i]) {
			t.Errorf("the public page has not the copy of picture %d", i+1)
		}
	}
	files := map[string][]byte{}
	server, err := web.New(web.Options{Service: f.Service, Now: f.Now})
	f.must(err)
	_, err = public.Export(context.Background(), server, "", "", func(name string, body []byte) error { files[name] = body; return nil })
	f.must(err)
	for name, body := range files {
		holds("exported "+name, body)
	}
	for i, p := range b.Pictures {
		if !bytes.Equal(files["bulletins/"+b.Slug+"/pictures/"+p.CopySHA256+".jpg"], copies[i]) {
			t.Errorf("the exported folder has not the copy of picture %d", i+1)
		}
	}
	f.must(f.Service.WithdrawBulletin(context.Background(), f.actor("publisher2"), 1, f.bulletin().Version, "误发"))
	anybody.Get(at + "/pictures/" + b.Pictures[0].CopySHA256 + ".jpg").Want(http.StatusGone)
}

func unpacked(t *testing.T, body string) (all []byte) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range z.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, file.Name...), b...)
	}
	return all
}

// inlined is a page with the pictures that stand in it as data.
func inlined(t *testing.T, body string) []byte {
	t.Helper()
	all := []byte(body)
	for _, m := range regexp.MustCompile(`src="data:image/jpeg;base64,([^"]+)"`).FindAllStringSubmatch(body, -1) {
		b, err := base64.StdEncoding.DecodeString(m[1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}

// A picture that nobody looked through keeps the bulletin from being handed in; what changes how it looks takes the tick away; who touched a picture does not sign.
func TestPictureIsLookedThrough(t *testing.T) {
	f := newFlow(t)
	ctx := context.Background()
	f.upload("k", 0, sent{"现场.jpg", photoJPEG(t, 3)}).Want(http.StatusSeeOther)
	page := f.As(registry.RolePublisher).Get("/bulletins/1").Want(http.StatusOK, "图片一", "还没有人看过成品").Check()
	page.Submit("/bulletins/1/submit").Want(http.StatusUnprocessableEntity, "图片一：还没有人看过成品").Check()

	file := f.bulletin().Pictures[0].FileID
	list := f.As(registry.RolePublisher).Get("/bulletins/1/pictures").Want(http.StatusOK, "人脸、车牌", "现场.jpg").Check()
	list.Submit(fmt.Sprintf("/bulletins/1/pictures/%d/check", file), "checked", "1").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "宣传发布甲看过成品")
	if !f.bulletin().Pictures[0].Checked() {
		t.Fatal("the tick was not noted")
	}
	edit := func(fields ...string) *webtest.Page {
		t.Helper()
		at := fmt.Sprintf("/bulletins/1/pictures/%d", file)
		return f.As(registry.RolePublisher).Get(at).Want(http.StatusOK).Check().Submit(at, fields...)
	}
	edit("caption", "取样现场").Want(http.StatusSeeOther)
	if !f.bulletin().Pictures[0].Checked() {
		t.Error("a caption took the tick away")
	}
	before := f.bulletin().Pictures[0].CopySHA256
	edit("covers.0.x", "100", "covers.0.y", "200", "covers.0.w", "300", "covers.0.h", "300").Want(http.StatusSeeOther)
	if p := f.bulletin().Pictures[0]; p.Checked() || p.CopySHA256 == before || p.CheckerID != 0 {
		t.Errorf("after a cover the picture is still looked through: %+v", p)
	}
	// The tick of a page that shows the copy of before counts for nothing.
	err := f.Service.CheckPicture(ctx, f.actor("publisher"), 1, f.bulletin().Version, file, before, true)
	if registry.KindOf(err) != registry.KindConflict {
		t.Errorf("the tick under another copy: %v", err)
	}
	list.Submit(fmt.Sprintf("/bulletins/1/pictures/%d/check", file), "checked", "1").Want(http.StatusConflict, "又有改动")

	f.check("publisher2") // whoever looks through it has a hand in it
	f.submit("publisher")
	if err := f.approve("publisher2"); registry.KindOf(err) != registry.KindForbidden || !strings.Contains(err.Error(), "改动图片一") {
		t.Errorf("who looked through a picture signs: %v", err)
	}
	f.account(registry.User{Username: "third", DisplayName: "丙", Role: registry.RolePublisher})
	seen := f.SignedIn("third").Get("/bulletins/1").Want(http.StatusOK, "图片一", "取样现场", "宣传发布乙看过成品").Check()
	if !strings.Contains(seen.Body, fmt.Sprintf("/bulletins/1/pictures/%d/copy", file)) {
		t.Error("the approver is not shown the copy")
	}
	f.must(f.approve("third"))
	if b := f.bulletin(); b.Pictures[0].Checked() != true || len(b.Papers) != 3 {
		t.Errorf("approved with %+v", b.Pictures)
	}
	// From here on nothing moves it.
	if err := f.Service.DropPicture(ctx, f.actor("publisher"), 1, f.bulletin().Version, file); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a picture of an approved bulletin is taken out: %v", err)
	}
	made, err := f.Service.CorrectBulletin(ctx, f.actor("publisher"), 1, f.bulletin().Version, "改正")
	f.must(err)
	if p := f.numbered(made).Pictures; len(p) != 1 || p[0].Checked() {
		t.Errorf("the correction has %+v", p)
	}
}

// What is said under a picture goes through the guard like any other word, and names the picture.
func TestCaptionsAreGuarded(t *testing.T) {
	f := newFlow(t)
	f.upload("k", f.id, sent{"现场.jpg", photoJPEG(t, 3)}).Want(http.StatusSeeOther)
	p := f.bulletin().Pictures[0]
	p.Caption, p.Credit, p.Alt = "现场，联系 13800138000", "供图：13900139000", "车牌粤J12345"
	f.must(f.Service.ChangePicture(context.Background(), f.actor("publisher"), 1, f.bulletin().Version, p))
	f.check("publisher")
	f.As(registry.RolePublisher).Get("/bulletins/1").Want(http.StatusOK).Submit("/bulletins/1/submit").
		Want(http.StatusUnprocessableEntity, "图片一说明含有", "图片一来源含有", "图片一替代文字含有")
	p.Caption, p.Credit, p.Alt = "说明", "\u05d0", ""
	err := f.Service.ChangePicture(context.Background(), f.actor("publisher"), 1, f.bulletin().Version, p)
	if registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "credit") {
		t.Errorf("a letter that no paper sets: %v", err)
	}
}

// What is no picture, lies about itself, is broken, or is too much, is refused by its name and in words; the others of the same upload are taken.
func TestRefusedPictures(t *testing.T) {
	f := newFlow(t)
	heic := append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), make([]byte, 600)...)
	good := photoJPEG(t, 5)
	bomb := pngOfSize(t, 20_000, 20_000)
	f.upload("k", 0, sent{"一.heic", heic}, sent{"二.jpg", heic}, sent{"三.png", good}, sent{"四.txt", []byte("文字")}, sent{"五.jpg", good[:400]}, sent{"六.png", bomb}, sent{"七.exe", good}, sent{"好.jpg", good}).
		Want(http.StatusUnprocessableEntity, "已加入 1 张", "一.heic：这是 HEIC", "二.jpg：这是 HEIC", "“兼容性最佳”", "三.png：扩展名是 .png，内容却是 JPEG", "四.txt：", "五.jpg：图片不完整或已损坏",
			"六.png：图片有 20000 × 20000 像素，太大", "七.exe：不接收").Check()
	if n := len(f.bulletin().Pictures); n != 1 {
		t.Errorf("%d pictures were taken, want the good one", n)
	}
	f.upload("k", 0).Want(http.StatusUnprocessableEntity, "请选择")
	f.upload("k", 99, sent{"好.jpg", good}).Want(http.StatusUnprocessableEntity, "所选的案件不在这期通报里")
	// 40 MB of noise in a PNG: streamed, its pixels within the limit.
	large := append(bytes.Clone(good), make([]byte, 40<<20)...)
	f.upload("k2", 0, sent{"很大.jpg", large}).Want(http.StatusSeeOther)
	f.upload("k3", 0, sent{"更大.jpg", append(bytes.Clone(good), make([]byte, 65<<20)...)}).Want(http.StatusUnprocessableEntity, "更大.jpg：文件太大：最大 64 MB")
}

// pngOfSize is a PNG that says it is so large.
func pngOfSize(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	row := image.NewGray(image.Rect(0, 0, w, 1))
	if err := png.Encode(&b, row); err != nil {
		t.Fatal(err)
	}
	return registrytest.WithPNGSize(b.Bytes(), w, h)
}

// The same upload twice takes each file once; another file under the same key is another picture.
func TestPictureSentTwice(t *testing.T) {
	f := newFlow(t)
	for range 2 {
		f.upload("key", 0, sent{"甲.jpg", photoJPEG(t, 1)}, sent{"乙.jpg", photoJPEG(t, 2)}).Want(http.StatusSeeOther)
	}
	f.upload("key", 0, sent{"丙.jpg", photoJPEG(t, 3)}).Want(http.StatusSeeOther)
	if n := len(f.bulletin().Pictures); n != 3 {
		t.Errorf("%d pictures, want 3", n)
	}
}

// Pictures of a case's files are evidence: choosing one copies nothing but its name in the register, once, for its case.
func TestPictureOfACase(t *testing.T) {
	f := newFlow(t)
	ctx := context.Background()
	file, _, err := f.Service.AddAttachment(ctx, f.actor("officer"), "case", int64(f.id), "现场 王五.jpg", bytes.NewReader(photoJPEG(t, 7)), "")
	f.must(err)
	_, _, err = f.Service.AddAttachment(ctx, f.actor("officer"), "case", int64(f.id), "记录.txt", strings.NewReader("不是图片"), "")
	f.must(err)
	_, _, err = f.Service.AddAttachment(ctx, f.actor("officer"), "case", int64(f.id), "手机.heic", strings.NewReader("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "")
	f.must(err)
	page := f.As(registry.RolePublisher).Get("/bulletins/1/pictures").Want(http.StatusOK, "从案件的附件里选", "现场 王五.jpg", "另有 1 张 HEIC").WantNot("记录.txt").Check()
	f.As(registry.RolePublisher).Get(fmt.Sprintf("/bulletins/1/pictures/choices/%d", file.ID)).Want(http.StatusOK)
	value := fmt.Sprintf("%d-%d", f.id, file.ID)
	page.Submit("/bulletins/1/pictures/choose", "choice", value).Want(http.StatusSeeOther)
	page.Submit("/bulletins/1/pictures/choose", "choice", value).Want(http.StatusUnprocessableEntity, "已经在通报里")
	p := f.bulletin().Pictures
	if len(p) != 1 || p[0].CaseID != f.id || p[0].FromID != file.ID || p[0].FileID == file.ID || p[0].SHA256 != file.SHA256 {
		t.Fatalf("chosen: %+v", p)
	}
	// A case that leaves the bulletin takes its pictures along.
	f.edit("publisher", func(x *registry.Bulletin) { x.Cases = nil })
	if n := len(f.bulletin().Pictures); n != 0 {
		t.Errorf("%d pictures of a case that is not in the bulletin any more", n)
	}
}

// The form of a picture works by numbers alone: rows are added, what is wrong is said and kept, the preview shows what is typed.
func TestPictureForm(t *testing.T) {
	f := newFlow(t)
	f.upload("k", 0, sent{"甲.jpg", photoJPEG(t, 1)}, sent{"乙.jpg", photoJPEG(t, 2)}).Want(http.StatusSeeOther)
	file := f.bulletin().Pictures[0].FileID
	at := fmt.Sprintf("/bulletins/1/pictures/%d", file)
	c := f.As(registry.RolePublisher)
	page := c.Get(at).Want(http.StatusOK).Check()
	more := page.Submit(at, "_add", "covers", "caption", "还没写完", "covers.0.w", "100", "covers.0.h", "100").Want(http.StatusOK, "还没写完")
	if form := more.Form(at); !form.Has("covers.3.x") || form.Get("covers.0.x") != "0" && form.Get("covers.0.x") != "" {
		t.Errorf("the button gave %v", form)
	}
	shown := page.Submit(at, "_add", "preview", "crop.w", "500", "crop.h", "500", "covers.0.x", "10", "covers.0.w", "100", "covers.0.h", "100", "covers.0.how", "涂盖").Want(http.StatusOK)
	src := regexp.MustCompile(`src="([^"]*preview\?[^"]*)" alt="按`).FindStringSubmatch(shown.Body)
	if src == nil || !strings.Contains(src[1], "crop=0%2C0%2C500%2C500") || !strings.Contains(src[1], "fill=10%2C0%2C100%2C100") {
		t.Fatalf("the preview is %v", src)
	}
	img, err := jpeg.Decode(strings.NewReader(c.Get(strings.ReplaceAll(src[1], "&amp;", "&")).Want(http.StatusOK).Body))
	if err != nil || img.Bounds().Dx() != 200 || img.Bounds().Dy() != 150 {
		t.Errorf("the preview is %v, %v", img.Bounds(), err)
	}
	for name, fields := range map[string][]string{
		"no number":      {"covers.0.x", "abc", "covers.0.w", "10", "covers.0.h", "10"},
		"beyond":         {"covers.0.x", "900", "covers.0.w", "200", "covers.0.h", "10"},
		"no height":      {"covers.0.x", "900", "covers.0.w", "20"},
		"a crop outside": {"crop.x", "900", "crop.w", "200", "crop.h", "10"},
		"a long caption": {"caption", strings.Repeat("长", 201)},
		"wide in a case": {"wide", "1", "case_id", fmt.Sprint(f.id)},
	} {
		fields = append(fields, "credit", "供图")
		back := page.Submit(at, fields...).Want(http.StatusUnprocessableEntity).Check().Form(at)
		for i := 0; i < len(fields); i += 2 {
			if back.Get(fields[i]) != fields[i+1] {
				t.Errorf("%s: %s came back as %q", name, fields[i], back.Get(fields[i]))
			}
		}
	}
	if p := f.bulletin().Pictures[0]; p.Credit != "" || len(p.Covers) > 0 {
		t.Errorf("a refused form was stored: %+v", p)
	}
	move := c.Get("/bulletins/1/pictures").Want(http.StatusOK)
	move.Submit(at+"/move", "to", "down").Want(http.StatusSeeOther)
	if f.bulletin().Pictures[1].FileID != file {
		t.Error("the picture was not moved")
	}
	move.Submit(at+"/move", "to", "up").Want(http.StatusConflict, "又有改动").Check()
	page.Submit(at, "caption", "取样").Want(http.StatusConflict, "没有保存").Check().Submit(at).Want(http.StatusSeeOther)
	c.Get(at + "/preview?crop=1,2").Want(http.StatusUnprocessableEntity)
	c.Get(at + "/preview?mosaic=0,0,2000,10").Want(http.StatusUnprocessableEntity)
	c.Get("/bulletins/1/pictures/999").Want(http.StatusNotFound)
	c.Get("/bulletins/1/pictures").Want(http.StatusOK).Submit(at+"/move", "to", "out").Want(http.StatusSeeOther)
	if n := len(f.bulletin().Pictures); n != 1 {
		t.Errorf("%d pictures are left", n)
	}
}

// A draft's picture is nobody's outside: not without signing in, not on the public site, and the original only for who writes.
func TestPicturesOfADraftStayInside(t *testing.T) {
	f := newFlow(t)
	f.OpenSite(true)
	f.upload("k", 0, sent{"甲.jpg", photoJPEG(t, 1)}).Want(http.StatusSeeOther)
	p := f.bulletin().Pictures[0]
	at := fmt.Sprintf("/bulletins/1/pictures/%d", p.FileID)
	for _, path := range []string{at + "/copy", at + "/original", at + "/preview", at} {
		f.Browser().Get(path).Want(http.StatusSeeOther)
	}
	for _, path := range []string{at + "/original", at + "/preview", at} {
		f.As(registry.RoleOfficer).Get(path).Want(http.StatusForbidden)
	}
	f.As(registry.RolePublisher).Get(at + "/original").Want(http.StatusOK)
	f.As(registry.RoleAuditor).Get("/audit?entity=bulletin").Want(http.StatusOK, "查看原图")
	// Another bulletin's address does not open it.
	now := f.Now()
	other := registry.Bulletin{Title: "另一期", Cases: []registry.BulletinCase{{CaseID: f.id}}}
	_, err := f.Service.AddBulletin(context.Background(), f.actor("publisher"), &other)
	f.must(err)
	other = f.SetBulletin(other.ID, func(x *registry.Bulletin) { x.State, x.PublishedAt = registry.BulletinApproved, &now })
	for _, hash := range []string{p.CopySHA256, p.SHA256, "x", strings.Repeat("0", 64)} {
		f.Browser().Get("/public/bulletins/" + other.Slug + "/pictures/" + hash + ".jpg").Want(http.StatusNotFound)
	}
}

// A file that somebody changes on the disk is found by verify, and goes nowhere.
func TestSwappedPictureIsFound(t *testing.T) {
	f := newFlow(t)
	ctx := context.Background()
	f.upload("k", 0, sent{"甲.jpg", photoJPEG(t, 1)}).Want(http.StatusSeeOther)
	if r, err := f.Service.Verify(ctx, registry.CommandLine); err != nil || len(r.Defects) > 0 {
		t.Fatalf("before: %v %v", r.Defects, err)
	}
	p := f.bulletin().Pictures[0]
	for _, hash := range []string{p.CopySHA256, p.SHA256} {
		name := filepath.Join(f.DB.Dir(), "attachments", hash[:2], hash)
		was, err := os.ReadFile(name)
		f.must(err)
		f.must(os.WriteFile(name, photoJPEG(t, 8), 0o600))
		r, err := f.Service.Verify(ctx, registry.CommandLine)
		if err != nil || len(r.Defects) != 1 {
			t.Errorf("verify says %v, %v of %s", r.Defects, err, hash[:8])
		}
		if hash == p.CopySHA256 {
			if _, err := f.Service.PictureCopy(ctx, f.actor("publisher"), 1, p.FileID); err == nil {
				t.Error("a copy that was changed on the disk is handed out")
			}
		}
		f.must(os.WriteFile(name, was, 0o600))
	}
}
