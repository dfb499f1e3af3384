// Package picture makes the copy of a picture that may leave the register: upright, cropped, covered where somebody wants it, no larger than paper and screen need,
// and encoded anew from its pixels, so that nothing of the file's own says who took it, where and with what.
//
// It reads JPEG, PNG, GIF (the first frame) and WebP. Look asks what a file is and what it would cost before anything of it is decoded; Render makes the copy, as
// JPEG, the same bytes of the same file and Edit. It keeps no file, knows no record and does not touch what it reads. Look first at Look (look.go), then Render.
//
// A picture is published as a copy, never as the file. The file stays an attachment of the bulletin, by its SHA-256; the copy is made when the picture comes and
// whenever its crop or covers change, and is JPEG of at most 2,000 pixels. EXIF with place and owner, thumbnails, XMP, IPTC, profiles and PNG texts are not taken
// over: TestPictureTellsNothingOfItsFile looks for them in the three designs, Word, HTML, the public site and the exported folder. Papers, pages and the site
// have those bytes, so what was approved is what is read; a copy changed on disk is handed to nobody. Without its profile, a picture of a wide colour space
// loses some of its strong colours.
//
// Crop and covers are numbers (thousandths of the upright picture), drawn or typed. A mosaic has at most six squares along its longer side, a fill one colour;
// neither can be undone, but a person may be told by clothes or surroundings: that is for the writer who looks through the copy. Not looked for are faces and
// plates; the pixels are not read for secrets. Refused before decoding: what is not JPEG, PNG, GIF or WebP, a wrong extension, over 60 million pixels, over
// 256 MB to decode (progressive JPEG takes five times its pixels).
package picture
