// Package field is the room for the phone: an inspection entered on the spot in five steps (何处, 何人, 何事, 证据, 收尾), with a signal or
// without, and a block of samples entered at once.
//
// One form, one template: without JavaScript it is a long page that is posted as it stands; with it, the steps are shown one at a time, what is
// typed is kept on the phone (static/field-store.js), photos come in pieces (upload.go) and the form is sent as it would be posted. Look first at
// visit.go, which reads the form into a casework.Visit.
//
// What a phone sends (casework.EnterVisit) is the inspection, its samples and its photos in one transaction; each is found again by a UUID, so that
// a phone which heard no answer sends everything once more. Where the inspection itself was changed meanwhile, samples and photos are stored all the
// same and the merge page asks about the rest.
//
// Photos come in pieces (POST, HEAD, PATCH with Upload-Offset) into uploads/<account>/<id> of the data folder: no row, since the bytes on disk are how
// far a file is, for every server of the register and over a restart. A piece is synced before it is answered, the whole held to the phone's SHA-256.
// 64 MB a file, 100 files and 2 GB an account; what waited a week is swept. They are not part of a backup: the phone keeps a photo until its record is
// stored.
//
// What is unsent lies on the phone, encrypted (IndexedDB, AES-GCM). The key is derived from the register's secret and the account, comes with /field/me,
// is kept non-extractable while somebody is signed in, and forgotten by the sign-in page. The service worker keeps one page without anything of anybody
// (/field/shell) and its files, under a version that is a hash of both. Whoever changes the register's secret makes unsent drafts unreadable.
//
// A camera's words are compared, not believed: EXIF is read from the original each time (time, place, device); what cannot be (2099, outside the area,
// 2 km from the farm, another day) is said beside the photo. HEIC is kept and not drawn here: no decoder of it in Go is worth its risk; a browser that
// can draws the thumbnail before sending. The marked copy is made when it is asked for and never kept. What is typed into a long form of the desk is
// kept on the server (form_drafts, schema 51) after three seconds, for its account alone; it is no record and goes when the form is saved.
package field
