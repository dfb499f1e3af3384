package registry

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// FileType is a kind of file that is taken, by its extension.
type FileType struct {
	Media    string
	Contents []string // what ContentOf may call its content
}

// fileTypes are the everyday files of an office, and what phones and recorders write: original evidence is kept unconverted.
var fileTypes = map[string]FileType{
	".jpg": {"image/jpeg", []string{contentJPEG}}, ".jpeg": {"image/jpeg", []string{contentJPEG}}, ".png": {"image/png", []string{contentPNG}},
	".heic": {"image/heic", []string{contentHEIF}}, ".heif": {"image/heif", []string{contentHEIF}}, ".webp": {"image/webp", []string{contentWebP}},
	".gif": {"image/gif", []string{contentGIF}}, ".bmp": {"image/bmp", []string{contentBMP}}, ".tif": {"image/tiff", []string{contentTIFF}}, ".tiff": {"image/tiff", []string{contentTIFF}},
	".pdf": {"application/pdf", []string{contentPDF}}, ".ofd": {"application/ofd", []string{contentZIP}},
	".doc":  {"application/msword", []string{contentOLE, contentText}}, // a web page or RTF saved as .doc is common
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{contentZIP}},
	".xls":  {"application/vnd.ms-excel", []string{contentOLE, contentText}}, ".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", []string{contentZIP}},
	".wps": {"application/vnd.ms-works", []string{contentOLE, contentZIP}}, ".et": {"application/vnd.ms-excel", []string{contentOLE, contentZIP}},
	".txt": {"text/plain", []string{contentText}}, ".csv": {"text/csv", []string{contentText}},
	".mp4": {"video/mp4", []string{contentMP4}}, ".mov": {"video/quicktime", []string{contentMP4}}, ".3gp": {"video/3gpp", []string{contentMP4}},
	".mp3": {"audio/mpeg", []string{contentMP3}}, ".m4a": {"audio/mp4", []string{contentMP4}}, ".wav": {"audio/wav", []string{contentWAV}}, ".amr": {"audio/amr", []string{contentAMR}},
	".zip": {"application/zip", []string{contentZIP}},
}

// FileTypeOf is the kind of a file by its name; ok is false where such files are not taken.
func FileTypeOf(name string) (t FileType, ok bool) {
	t, ok = fileTypes[strings.ToLower(path.Ext(name))]
	return t, ok
}

// What a file's content may be, in the words that pages show.
const (
	contentJPEG = "JPEG 图片"
	contentPNG  = "PNG 图片"
	contentHEIF = "HEIF 图片"
	contentWebP = "WebP 图片"
	contentGIF  = "GIF 图片"
	contentBMP  = "BMP 图片"
	contentTIFF = "TIFF 图片"
	contentPDF  = "PDF 文件"
	contentZIP  = "压缩包（含新版 Word、Excel、OFD）"
	contentOLE  = "旧版 Office、WPS 文件"
	contentMP4  = "MP4、3GP 音视频"
	contentMP3  = "MP3 录音"
	contentWAV  = "WAV 录音"
	contentAMR  = "AMR 录音"
	contentText = "文本"
	contentRAR  = "RAR 压缩包"
	contentEXE  = "可执行程序"
	contentNone = "认不出的内容"
)

// ContentHEIC is what ContentOf says of the pictures that iPhones take; no paper, page or editor that bulletins are for shows them.
const ContentHEIC = contentHEIF

// Pictures are the contents that a bulletin may show.
var Pictures = Terms{contentJPEG, contentPNG, contentWebP, contentGIF}

// ContentHead is how much of a file's beginning ContentOf looks at.
const ContentHead = 512

// magic are the marks at a place in a file. The first that fits tells: a HEIF picture is of the family of MP4.
var magic = []struct {
	at      int
	mark    string
	content string
}{
	{0, "\xFF\xD8\xFF", contentJPEG}, {0, "\x89PNG\r\n\x1A\n", contentPNG}, {0, "GIF8", contentGIF}, {0, "II*\x00", contentTIFF}, {0, "MM\x00*", contentTIFF},
	{8, "WEBP", contentWebP}, {8, "WAVE", contentWAV}, {0, "%PDF-", contentPDF}, {0, "PK\x03\x04", contentZIP}, {0, "PK\x05\x06", contentZIP},
	{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", contentOLE}, {4, "ftyphei", contentHEIF}, {4, "ftyphev", contentHEIF}, {4, "ftypmif1", contentHEIF}, {4, "ftypmsf1", contentHEIF},
	{4, "ftyp", contentMP4}, {4, "moov", contentMP4}, {4, "mdat", contentMP4}, {4, "wide", contentMP4}, {0, "ID3", contentMP3}, {0, "#!AMR", contentAMR},
	{0, "Rar!\x1A\x07", contentRAR}, {0, "MZ\x90", contentEXE}, {0, "\x7FELF", contentEXE},
}

// unmistakable are the contents that always begin with their mark: what ContentOf does not know is none of these. Text in GB 18030, an MP3
// without a tag and a PDF behind a foreign line begin in any way.
var unmistakable = []string{contentJPEG, contentPNG, contentHEIF, contentWebP, contentGIF, contentBMP, contentTIFF, contentZIP, contentWAV, contentAMR}

// ContentOf says what a file is by its beginning.
func ContentOf(head []byte) string {
	for _, m := range magic {
		if len(head) >= m.at && bytes.HasPrefix(head[m.at:], []byte(m.mark)) {
			return m.content
		}
	}
	switch {
	case len(head) > 14 && head[0] == 'B' && head[1] == 'M' && bytes.Equal(head[6:10], []byte{0, 0, 0, 0}):
		return contentBMP
	case len(head) > 1 && head[0] == 0xFF && head[1]&0xE6 == 0xE2: // a frame of MPEG layer III
		return contentMP3
	case isText(head):
		return contentText
	}
	return contentNone
}

// isText: UTF-8 without control characters. The last character may be cut. Text in GB 18030 tells nothing.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size == 1 {
			return len(head) < utf8.UTFMax && !utf8.FullRune(head)
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
			return false
		}
		head = head[size:]
	}
	return true
}

// FileDoubt says that the file of an exhibit or a document is not what its name promises; empty where it is.
func (f *CaseFile) FileDoubt(id AttachmentID) string {
	for i := range f.Files {
		if f.Files[i].ID == id {
			return f.Files[i].Mismatch()
		}
	}
	return ""
}

// Mismatch says that the content of a file is not what its name promises; empty where it is, where nobody can tell, and for files from before
// contents were looked at.
func (x *Attachment) Mismatch() string {
	t, ok := FileTypeOf(x.Filename)
	if x.Content == "" || !ok || slices.Contains(t.Contents, x.Content) {
		return ""
	}
	what := "内容却是" + x.Content
	switch {
	case x.Content == contentNone && slices.ContainsFunc(t.Contents, func(c string) bool { return !slices.Contains(unmistakable, c) }):
		return ""
	case x.Content == contentNone:
		what = "内容却认不出来，可能损坏或加密"
	case x.Content[0] < utf8.RuneSelf:
		what = "内容却是 " + x.Content
	}
	return "扩展名是 " + strings.ToLower(path.Ext(x.Filename)) + "，" + what
}
