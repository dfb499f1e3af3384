package demo

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/packing"
	"casebook/internal/store/storetest"
)

var makeDictionaries = flag.String("dictionaries", "", "make new dictionaries of these numbers and kinds: 10-document,11-case")

// kept are the dictionaries that bodies in registers were packed with. A line is added with a dictionary, and none is ever changed.
var kept = map[string]string{
	"001-document.zstd":   "439f682233e4113b2e7d110cad4fabbdf307e700a839634b2e1e2cf2d1d8fba1",
	"002-inspection.zstd": "c91b1fea85073410c66ad6cd86f30d03ef94455727ecf2018646141f4f1dba4c",
	"003-violation.zstd":  "151a398a8082300d5a8d2b42a2e991f77066db211c03108fe8c1f36c9437cbc5",
	"004-case.zstd":       "06ac71ead9cb769ad11f42e79340e19236178a1972a62206966a3e5295e01aa2",
	"005-farm.zstd":       "9fa9d762ff10df0af4f8ae51422b7eebdcef7ac3779814d738beeecae7564adf",
	"006-sample.zstd":     "fdcee24a14edc1623ff3274e3798b4e102f0a35e569761e34279654d77921a22",
	"007-evidence.zstd":   "a0da0d7d6affe2eaa2556554567cd525293ba778b94e05d611935d243c67ec97",
	"008-rest.zstd":       "b1de44974e57f5c7c3150ec8272bd101246f88a3815a77a020c5da91a99f0069",
	"009-search.zstd":     "0543a7065bb9cbeb42e039af262839b0b56ac625b6e8ce46cf166baf014ba3bc",
}

// dictionarySizes are the kinds of record that have a dictionary of their own, and how many bytes it has: what a register has most of gets most.
var dictionarySizes = []struct {
	kind string
	size int
}{{"document", 64 << 10}, {"inspection", 64 << 10}, {"violation", 64 << 10}, {"case", 32 << 10}, {"farm", 32 << 10}, {"sample", 16 << 10}, {"evidence", 16 << 10}, {packing.Rest, 16 << 10}, {packing.SearchText, 64 << 10}}

// TestDictionaries holds the dictionaries to what they were when bodies were packed with them. With -dictionaries N it makes new ones from
// invented cases, which differ from those of any demo by their seed.
func TestDictionaries(t *testing.T) {
	dir := filepath.Join("..", "store", "packing", "dictionaries")
	if *makeDictionaries != "" {
		bodies := inventedBodies(t)
		for made := range strings.SplitSeq(*makeDictionaries, ",") {
			number, kind, _ := strings.Cut(made, "-")
			n, err := strconv.Atoi(number)
			if err != nil || len(bodies[kind]) == 0 {
				t.Fatalf("-dictionaries %q: want a number and a kind, %v", made, err)
			}
			for _, d := range dictionarySizes {
				if d.kind == kind {
					name := fmt.Sprintf("%03d-%s.zstd", n, kind)
					if err := os.WriteFile(filepath.Join(dir, name), trainDictionary(t, bodies[kind], n, d.size), 0o644); err != nil { //nolint:gosec // a file of the program
						t.Fatal(err)
					}
				}
			}
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		have[f.Name()] = hex.EncodeToString(sum[:])
		if have[f.Name()] != kept[f.Name()] {
			t.Errorf("dictionary %q has the hash %q, kept is %q: what was packed with a dictionary is read with it for ever", f.Name(), have[f.Name()], kept[f.Name()])
		}
	}
	if len(have) != len(kept) {
		t.Errorf("there are %d dictionaries, %d are kept", len(have), len(kept))
	}
}

// inventedBodies are the bodies of the revisions of invented cases, by kind; those of the published cases are not among them.
func inventedBodies(t *testing.T) map[string][][]byte {
	t.Helper()
	db := storetest.Open(t)
	r := rand.New(rand.NewPCG(33, 33)) //nolint:gosec // to make times differ
	clock := time.Date(2025, 3, 1, 1, 0, 0, 0, time.UTC)
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Hasher: auth.NewHasher(auth.Cheap), Now: func() time.Time {
		clock = clock.Add(time.Duration(r.IntN(100_000)) * time.Millisecond)
		return clock
	}})
	if err := Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	var published int64
	storetest.Read(t, db, func(tx *store.Tx) (err error) {
		published, _, err = tx.AuditHead()
		return err
	})
	if err := Synthesize(t.Context(), s, 1500, 20250301, nil); err != nil {
		t.Fatal(err)
	}
	bodies := map[string][][]byte{}
	storetest.Read(t, db, func(tx *store.Tx) error {
		for _, n := range registry.Nouns {
			kind := packing.Rest
			for _, d := range dictionarySizes {
				if d.kind == n.Entity {
					kind = d.kind
				}
			}
			for id := int64(1); id < 20_000; id++ {
				list, err := tx.Revisions(n.Entity, id)
				if err != nil {
					return err
				}
				if len(list) == 0 && id > 1000 {
					break
				}
				for _, v := range list {
					if v.AuditSeq > published {
						bodies[kind] = append(bodies[kind], v.Body)
					}
				}
			}
		}
		return nil
	})
	for _, text := range searchTexts(t, db) {
		bodies[packing.SearchText] = append(bodies[packing.SearchText], []byte(text))
	}
	for _, kind := range slices.Sorted(maps.Keys(bodies)) {
		list := bodies[kind]
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return bodies
}

// searchTexts are the texts that search keeps of the records.
func searchTexts(t *testing.T, db *store.DB) (texts []string) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(db.Dir(), "casebook.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close() //nolint:errcheck // only read
	rows, err := raw.Query("SELECT text FROM search_texts ORDER BY entity, entity_id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		var text any
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		if b, ok := text.([]byte); ok {
			if b, err = packing.Unpack(b); err != nil {
				t.Fatal(err)
			}
			text = string(b)
		}
		texts = append(texts, text.(string))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}

// trainDictionary takes into the dictionary, in turns, the bodies that it packs worst so far; what was taken first, the commonest, lies
// at the end, where it is cheapest to point at.
func trainDictionary(t *testing.T, bodies [][]byte, id, size int) []byte {
	t.Helper()
	bodies = bodies[:min(len(bodies), 1200)]
	content := bytes.Clone(bodies[0])
	for len(content) < size {
		w, err := zstd.NewWriter(nil, zstd.WithEncoderDictRaw(1, content), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
		if err != nil {
			t.Fatal(err)
		}
		type ranked struct{ cost, body int }
		worst := make([]ranked, len(bodies))
		for i, b := range bodies {
			worst[i] = ranked{len(w.EncodeAll(b, nil)) * 1000 / len(b), i}
		}
		slices.SortStableFunc(worst, func(a, b ranked) int { return cmp.Compare(b.cost, a.cost) })
		for i := 0; i < len(worst) && i < 2*max(1, size/20/len(bodies[worst[0].body])) && len(content) < size; i += 2 { // every other: the worst are alike
			content = append(bytes.Clone(bodies[worst[i].body]), content...)
		}
	}
	dict, err := zstd.BuildDict(zstd.BuildDictOptions{ID: uint32(id), Contents: bodies, History: content, Offsets: [3]int{1, 4, 8}, Level: zstd.SpeedFastest}) //nolint:gosec // below 256
	if err != nil {
		t.Fatal(err)
	}
	return dict
}
