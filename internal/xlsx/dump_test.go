package xlsx_test

import (
	"casebook/internal/xlsx"
	"os"
	"strconv"
	"testing"
)

func TestDumpSample(t *testing.T) {
	p := os.Getenv("XL_OUT")
	if p == "" {
		t.Skip()
	}
	n, _ := strconv.Atoi(os.Getenv("XL_N"))
	f, _ := os.Create(p)
	l := ledger(n)
	l.Info.Demo = true
	sum, err := xlsx.WriteLedger(f, l)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if !sum.Consistent() {
		t.Error("inconsistent")
		for _, f := range sum.Figures {
			if !f.Consistent() {
				t.Log(f)
			}
		}
	}
	t.Log(sum.Rows)
}
