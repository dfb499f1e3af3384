// Package kit is what every room of the web is built on: routes and the guard before them, requests, errors, forms, lists, the merge page,
// rendering, the frame around a page and the files it uses. It knows no noun of the register: a room brings its own.
//
// All templates are one set, which the pages share: a page begins the frame (app), says its own, and ends it (app-end). All of them ready
// to be drawn take 7 MB, and took 79 when every page was a copy of all layouts and partials (TestTemplatesAreShared). A broken template stops
// the start; a page is compiled when it is first drawn; serve --dev reads them anew for each answer.
//
// Echo and html/template are used here and nowhere else. Look first at routes.go, request.go (what a handler is given), form.go (one list of
// fields serves reading, filling and showing a form), edit.go (how a record is created, changed and deleted), render.go (a page is a struct
// that names its template) and errors.go (one table from the domain's kinds of error to statuses).
package kit
