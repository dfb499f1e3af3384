// Package templates embeds the HTML of the product: layout/ (the frames), partials/ (pieces that several pages use) and
// pages/<area>/<page>.html. Only web parses them; each page is a struct there that names its file.
package templates

import "embed"

// Files holds every template.
//
//go:embed layout partials pages
var Files embed.FS
