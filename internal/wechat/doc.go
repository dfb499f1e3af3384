// Package wechat writes typical-case bulletins as HTML that can be pasted into the editor of a WeChat official account: every look stands in a style
// attribute, since that editor drops classes, style sheets and scripts, and nothing is fetched from anywhere. Same input, same bytes.
//
// Pictures are held as data. That was not tried in the editor: where it drops them on pasting, they are inserted by hand from the page of the bulletin.
//
// Write makes the fragment to be pasted, WritePage a file that a browser shows and people copy from. wechat.go is all of it.
package wechat
