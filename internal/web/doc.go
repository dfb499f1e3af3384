// Package web is the product as people and programs meet it: HTML pages at plain nouns and JSON under /api/v1.
//
// A handler binds what was sent, calls casework, and renders or redirects. It holds no rule, no SQL and no formatting of
// money or dates: those belong to registry, store and the template functions. Every write passes casework, so that none can
// skip permission or audit. Echo and html/template are used here and nowhere else.
//
// Look first at routes.go: every address with its permission and handler. Then request.go (what a handler is given), form.go
// (one list of fields serves reading, filling and showing a form), render.go (a page is a struct that names its template)
// and errors.go (one table from the domain's kinds of error to statuses). After those, a file a noun.
package web
