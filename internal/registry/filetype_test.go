package registry

import "testing"

func TestMismatch(t *testing.T) {
	for _, c := range []struct{ name, head, content, mismatch string }{
		{"IMG_0001.heif", "\x00\x00\x00\x18ftypheic", contentHEIF, ""},
		{"VID_20260305.3gp", "\x00\x00\x00\x18ftyp3gp4", contentMP4, ""},
		{"录音.amr", "#!AMR\n\x3c", contentAMR, ""},
		{"照片.JPG", "\xFF\xD8\xFF\xE0\x00\x10JFIF", contentJPEG, ""},
		{"笔录.docx", "PK\x03\x04\x14\x00", contentZIP, ""},
		{"说明.txt", "现场有渗坑\n两处", contentText, ""},
		{"说明.txt", "现场有渗坑\xe4\xb8", contentText, ""},    // cut within a character
		{"说明.txt", "\xcf\xd6\xb3\xa1", contentNone, ""}, // GB 18030
		{"录音.mp3", "\x00\x01\x02\x03", contentNone, ""}, // nobody can tell
		{"照片.jpg", "\x00\x01\x02\x03", contentNone, "扩展名是 .jpg，内容却认不出来，可能损坏或加密"},
		{"照片.png", "MZ\x00\x01", contentNone, "扩展名是 .png，内容却认不出来，可能损坏或加密"},
		{"笔录.docx", "\x02\x23\xFF\x00", contentNone, "扩展名是 .docx，内容却认不出来，可能损坏或加密"},
		{"旧报表.xls", "\x02\x23\xFF\x00", contentNone, ""},
		{"录音.mp3", "\xFF\xFB\x90\x44\x00\x00", contentMP3, ""}, // without a tag
		{"照片.jpg", "\x00\x00\x00\x18ftypheic", contentHEIF, "扩展名是 .jpg，内容却是 HEIF 图片"},
		{"报告.pdf", "MZ\x90\x00\x03", contentEXE, "扩展名是 .pdf，内容却是可执行程序"},
		{"照片.png", "现场", contentText, "扩展名是 .png，内容却是文本"},
		{"附件.zip", "Rar!\x1A\x07\x00", contentRAR, "扩展名是 .zip，内容却是 RAR 压缩包"},
		{"视频.mp4", "%PDF-1.7", contentPDF, "扩展名是 .mp4，内容却是 PDF 文件"},
	} {
		x := Attachment{Filename: c.name, Content: ContentOf([]byte(c.head))}
		if x.Content != c.content || x.Mismatch() != c.mismatch {
			t.Errorf("%s with %q: content %q, mismatch %q; want %q, %q", c.name, c.head, x.Content, x.Mismatch(), c.content, c.mismatch)
		}
	}
	if old := (&Attachment{Filename: "照片.jpg"}); old.Mismatch() != "" {
		t.Errorf("a file from before contents were looked at: %s", old.Mismatch())
	}
	for name, taken := range map[string]bool{"a.heif": true, "a.3GP": true, "a.amr": true, "a.rar": false, "a": false, "a.exe": false} {
		if _, ok := FileTypeOf(name); ok != taken {
			t.Errorf("FileTypeOf(%s): taken %v, want %v", name, ok, taken)
		}
	}
}
