// Command lineartest counts the steps that the readers of texts take; its test asks it, to see that no reader's work grows faster than what it reads.
//
// Steps are counted by Go's coverage: the test builds this program with counters in the readers and in the parts of the standard library that walk
// through texts (regexp, strings, bytes, utf8), and each block of statements that runs is a step. Nothing of it is in the product. It is asked for one
// text after another over its input: the reader's number, the length, the text; it answers with the steps. The test asks for sixty kinds of text at two
// sizes: twice the text may take at most 2.3 times the steps. A clock would tell nothing on a busy machine.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/coverage"
	"strings"

	"casebook/internal/intake"
	"casebook/internal/intake/facts"
	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

func main() {
	if err := answer(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// readers are all that reads texts which people paste or other programs send. Two texts are compared within a bound of their own (maxCost in statute/diff).
var readers = []struct {
	name string
	read func(text string)
}{
	{"bulletin", func(text string) { intake.ReadBulletin(statute.Embedded(), text, registry.Date{}) }},
	{"citations", func(text string) { statute.Embedded().Citations(text, registry.Day(2024, 6, 1)) }},
	{"guard", func(text string) { registry.DefaultBureau().FindLeaks(text, secrets) }},
	{"mask", func(text string) { secrets.Masker().Mask(text) }},
	{"secrets of a case", func(text string) {
		registry.DefaultBureau().SecretsOf(&registry.CaseFile{Parties: []registry.Party{{Name: text, Address: text}}, Documents: []registry.Document{{Number: text, People: text}}})
	}},
	{"law text", func(text string) { _, _ = statute.ParseText([]byte("法名: 甲法\n版本: 乙\n\n" + text)) }},
	{"law articles", func(text string) { _, _ = statute.ParseArticles("第一条　" + text) }},
	{"law changes", func(text string) {
		before, _ := statute.ParseArticles("第一条　甲\n第二条　" + text)
		after, _ := statute.ParseArticles("第二条　甲\n第三条　" + text)
		statute.Changes(before, after)
	}},
	{"notice", func(text string) { statute.ParseHolidays(text, 2026) }},
	{"markup", func(text string) { registry.HoldsMarkup(text); registry.PlainFromHTML(text) }},
	{"decode", func(text string) { _, _ = intake.Decode([]byte(text)) }},
	{"ledger", func(text string) {
		cell := `"` + strings.ReplaceAll(text, `"`, "") + `"`
		readLedger("当事人,案情,违反条款,罚款,决定日期,存栏\n甲" + strings.Repeat(","+cell, 5))
	}},
	{"facts of a case", func(text string) { facts.Read(facts.Case{Narrative: text, Handling: text}) }},
}

func readLedger(text string) {
	if book, err := ledgerread.Open([]byte(text), ""); err == nil {
		_, _ = ledgerread.ReadBook(context.Background(), book, ledgerread.Options{Bureau: registry.DefaultBureau(), Law: statute.Embedded()})
	}
}

// secrets are those of a case, so that what is near to its names is looked for too.
var secrets = registry.DefaultBureau().SecretsOf(&registry.CaseFile{
	Case:        registry.Case{DistrictCode: registry.DefaultBureau().Districts[0].Code},
	Parties:     []registry.Party{{Kind: "公司", Name: "恩平市那吉镇绿源丰养殖场", LegalPerson: "张三丰", Phone: "13800138000", IDNumber: "110101197503151235", Address: "恩平市那吉镇成平村"}},
	OtherNames:  []string{"恩平市金福鸭场"},
	Farm:        &registry.Farm{Town: "那吉镇", ReceivingWater: "双桥水"},
	Inspections: []registry.Inspection{{PresentName: "欧阳建辉"}},
	Documents:   []registry.Document{{Number: "江恩环罚〔2024〕1号"}},
})

// answer counts the steps of the texts that come in.
func answer(in io.Reader, out io.Writer) error {
	r := bufio.NewReader(in)
	for {
		var head [2]uint32
		if err := binary.Read(r, binary.LittleEndian, &head); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		text := make([]byte, head[1])
		if _, err := io.ReadFull(r, text); err != nil {
			return err
		}
		read := readers[head[0]].read
		if err := coverage.ClearCounters(); err != nil {
			return err
		}
		read(string(text))
		var counters bytes.Buffer
		if err := coverage.WriteCounters(&counters); err != nil {
			return err
		}
		n, err := sum(counters.Bytes())
		if err != nil {
			return err
		}
		if err := binary.Write(out, binary.LittleEndian, n); err != nil {
			return err
		}
	}
}

// sum adds up the counters of a file as runtime/coverage writes it: a header of 32 bytes, one segment (functions, lengths of two tables, the tables, then
// from a multiple of four on of each function: how many counters, package, function, counters; all as LEB128), a footer of 16 bytes.
func sum(file []byte) (steps uint64, err error) {
	bad := fmt.Errorf("the counters are not written as Go 1.2x writes them: see internal/coverage in its sources")
	if len(file) < 32+16+16 || string(file[:4]) != "\x00cwm" || file[24] != 2 {
		return 0, bad
	}
	functions := binary.LittleEndian.Uint64(file[32:])
	at := 48 + int(binary.LittleEndian.Uint32(file[40:])) + int(binary.LittleEndian.Uint32(file[44:]))
	at += -at & 3
	rest := file[min(at, len(file)-16) : len(file)-16]
	next := func() uint64 {
		v, n := binary.Uvarint(rest)
		if n <= 0 {
			err = bad
			return 0
		}
		rest = rest[n:]
		return v
	}
	for range functions {
		n := next()
		next()
		next()
		for ; n > 0 && err == nil; n-- {
			steps += next()
		}
	}
	if err == nil && len(rest) > 3 {
		err = bad
	}
	return steps, err
}
