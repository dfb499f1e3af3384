package packing

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// What is packed comes back byte for byte, whatever it is and whatever it is said to be.
func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // of a test
	noise := make([]byte, 5000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	document := `{"id":24168,"version":1,"created_at":"2026-11-29T03:09:28.906Z","updated_at":"2026-11-29T03:09:28.906Z","case_id":3572,"seq":1,"kind":"立案","party_name":"","number":"江新环立〔2026〕231号","number_normalized":"江新环立〔2026〕231号","made_on":"2026-06-01","served_on":null,"service_mode":"","organ_id":1,"organ_name":"","people":"","participants":null,"content":"符合立案条件，同意立案。","order_mode":"","due_on":null,"result":"","result_on":null,"result_note":"","persons":null,"amount_fen":null,"excluded_from":null,"excluded_to":null,"citations":null,"note":""}`
	var many Unpacker
	for name, body := range map[string]string{"nothing": "", "one byte": "{", "short": `{"id":1}`, "a document": document, "a long one": strings.Repeat(document, 400), "noise": string(noise), "null bytes": strings.Repeat("\x00", 300)} {
		for kind := range load().byKind {
			packed := Pack(kind, []byte(body))
			got, err := Unpack(packed)
			if err != nil || string(got) != body {
				t.Errorf("Unpack(Pack(%q, %s)) is %d bytes, %v; want %d", kind, name, len(got), err, len(body))
			}
			if got, err = many.Append([]byte("before "), packed); err != nil || string(got) != "before "+body {
				t.Errorf("Append of Pack(%q, %s) is %d bytes, %v; want %d behind those that were there", kind, name, len(got), err, len(body))
			}
			if len(packed) > len(body)+1 {
				t.Errorf("Pack(%q, %s) makes %d bytes of %d", kind, name, len(packed), len(body))
			}
		}
	}
	if n := len(Pack("document", []byte(document))); n > 130 {
		t.Errorf("a common document of %d bytes is packed into %d, want 130 at most", len(document), n)
	}
	if n := len(Pack("a kind of tomorrow", []byte(document))); n > len(document)*2/3 {
		t.Errorf("a record without a dictionary of its own is packed from %d into %d bytes, want two thirds at most", len(document), n)
	}
	for _, bad := range [][]byte{nil, {1}, {200, 1, 2}, {1, 0x20, 0xff}} {
		if got, err := Unpack(bad); err == nil {
			t.Errorf("Unpack(%v) = %q, want an error", bad, got)
		}
	}
}

// A part of a packed body, or one with bits changed, is refused or is another body: it never takes the program down, nor its memory.
func FuzzUnpack(f *testing.F) {
	body := []byte(`{"id":7,"version":2,"title":"【示例】蓬江区某示例猪场违反规定设置排污口案","number":"江蓬环立〔2024〕227号","note":""}`)
	for kind, d := range load().byKind {
		packed := Pack(kind, body)
		f.Add(packed)
		f.Add(packed[:len(packed)/2])
		f.Add(append([]byte{d.number}, packed...))
	}
	f.Fuzz(func(t *testing.T, packed []byte) {
		given := slices.Clone(packed)
		body, err := Unpack(packed)
		if !bytes.Equal(given, packed) {
			t.Fatalf("Unpack changes what it is given")
		}
		if err != nil {
			return
		}
		if len(body) > largest {
			t.Fatalf("%d bytes give %d", len(packed), len(body))
		}
		again, err := Unpack(Pack(Rest, body))
		if err != nil || !bytes.Equal(again, body) {
			t.Fatalf("what was unpacked does not come back: %v", err)
		}
	})
}

func BenchmarkPack(b *testing.B) {
	for _, kind := range []string{"document", Rest} {
		b.Run(kind, func(b *testing.B) {
			for i := range b.N {
				Pack(kind, fmt.Appendf(nil, `{"id":%d,"version":1,"created_at":"2026-11-29T03:09:28.906Z","updated_at":"2026-11-29T03:09:28.906Z","case_id":3572,"seq":1,"kind":"立案","party_name":"","number":"江新环立〔2026〕%d号","note":""}`, i, i))
			}
		})
	}
}
