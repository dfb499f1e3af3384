// Package cite is the grammar of Chinese citations of law: it finds the provisions that a running text cites, says what each citation is
// there for and which words of the law stand beside it, and reads the formal form that the catalogue's files write.
//
// It holds no law. What the grammar needs of a catalogue are the names of its laws (Law) and what it holds of a provision (Catalogue).
//
// A law outside the catalogue keeps the name it is printed with. 10 MB of Chinese text are read in about 0.3 s, 10 MB of nothing but
// citations in less than a second, each handed out as it is found:
//
//	go test ./internal/statute/cite -run '^$' -bench Citations
//
// Look first at Reader.Citations in reader.go. A text becomes a running (text.go); name.go tells which law a name stands for,
// provision.go reads 第三十九条第二款第（三）项, role.go the words that govern a citation, quote.go and align.go what is quoted beside it.
package cite
