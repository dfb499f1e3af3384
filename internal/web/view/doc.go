// Package view is what several rooms show alike: the statute box and links into the catalogue, clocks, ranges of fines, histories, files, and
// the words and choices of nouns. It answers no address of its own, and writes nothing.
//
// Look first at components.go and statute_link.go.
package view
