// Package picture makes the copy of a picture that may leave the register: upright, cropped, covered where somebody wants it, no larger than paper and screen need,
// and encoded anew from its pixels, so that nothing of the file's own says who took it, where and with what.
//
// It reads JPEG, PNG, GIF (the first frame) and WebP. Look asks what a file is and what it would cost before anything of it is decoded; Render makes the copy, as
// JPEG, the same bytes of the same file and Edit. It keeps no file, knows no record and does not touch what it reads. Look first at Look (look.go), then Render.
package picture
