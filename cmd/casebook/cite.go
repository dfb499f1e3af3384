package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"

	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// cite lists the provisions of law that a text cites, as JSON. It needs no register.
func cite(_ context.Context, c *cli, args []string) error {
	fs := flag.NewFlagSet("casebook cite", flag.ContinueOnError)
	fs.SetOutput(c.stderr)
	on := fs.String("on", "", "按这一天施行的版本查条文")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) > 1 {
		return fmt.Errorf("用法：casebook cite [--on 2024-10-05] [文件|-]")
	}
	day, err := registry.ParseDate(*on)
	if err != nil {
		return fmt.Errorf("--on：%w", err)
	}
	if *on != "" && day.Precision() != registry.PrecisionDay {
		return fmt.Errorf("--on：请写明年月日，如 2024-10-05")
	}
	text, err := readText(words)
	if err != nil {
		return err
	}
	return writeRecords(c.stdout, statute.Embedded().EachCitation(text, day))
}

// writeRecords prints a JSON array with a record a line, each as soon as it is there.
func writeRecords[T interface{ AppendJSON(b []byte) []byte }](w io.Writer, list iter.Seq[T]) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var record []byte
	separator := "[\n"
	for m := range list {
		record = m.AppendJSON(append(record[:0], separator...))
		if _, err := out.Write(record); err != nil {
			return err
		}
		separator = ",\n"
	}
	if record == nil {
		_, _ = out.WriteString("[]\n") // a bufio.Writer keeps its first error for Flush
	} else {
		_, _ = out.WriteString("\n]\n")
	}
	return out.Flush()
}

const textLimit = 10 << 20

// readText reads the text of a file, or of the standard input where none is named or -.
func readText(words []string) (string, error) {
	in, name := io.Reader(os.Stdin), "标准输入"
	var b bytes.Buffer
	if len(words) > 0 && words[0] != "-" {
		f, err := os.Open(words[0])
		if err != nil {
			return "", fmt.Errorf("打不开文件 %s：%w", words[0], err)
		}
		defer f.Close() //nolint:errcheck // opened for reading
		in, name = f, words[0]
		if info, err := f.Stat(); err == nil { // room at once, rather than a copy at each doubling
			b.Grow(int(min(info.Size(), textLimit)) + bytes.MinRead)
		}
	}
	_, err := b.ReadFrom(io.LimitReader(in, textLimit+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("读不了 %s：%w", name, err)
	case b.Len() > textLimit:
		return "", fmt.Errorf("%s 超过 10 MB；请只取登有案例的部分", name)
	}
	text, err := intake.Decode(b.Bytes())
	if err != nil {
		return "", fmt.Errorf("%s：%w", name, err)
	}
	return text, nil
}
