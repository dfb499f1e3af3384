// Package field is the room for the phone: an inspection entered on the spot in five steps (何处, 何人, 何事, 证据, 收尾), with a signal or
// without, and a block of samples entered at once.
//
// One form, one template: without JavaScript it is a long page that is posted as it stands; with it, the steps are shown one at a time, what is
// typed is kept on the phone (static/field-store.js), photos come in pieces (upload.go) and the form is sent as it would be posted. Look first at
// visit.go, which reads the form into a casework.Visit.
package field
