package ledgerread

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/report"
)

// BenchmarkRead reads 10,000 rows of the credit template, and tells the memory that the result and the reader held at the end.
func BenchmarkRead(b *testing.B) {
	file := creditFile(b, 10_000)
	b.ReportAllocs()
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		l := readFile(b, file, "台账.xlsx")
		runtime.ReadMemStats(&after)
		if len(l.Accepted) != 10_000 {
			b.Fatalf("%d accepted, %+v", len(l.Accepted), l.Rejected[:1])
		}
	}
	b.ReportMetric(float64(after.HeapSys)/(1<<20), "MB-heap")
	b.ReportMetric(float64(len(file))/(1<<20), "MB-file")
}

func creditFile(t testing.TB, rows int) []byte {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // in memory
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	row := make([]any, len(report.CreditTemplate.Columns))
	for i, c := range report.CreditTemplate.Columns {
		row[i] = c.Name
	}
	if err := w.SetRow("A1", row); err != nil {
		t.Fatal(err)
	}
	for n := range rows {
		for i, c := range report.CreditTemplate.Columns {
			row[i] = creditValue(n, c.Field)
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n+2), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func creditValue(n int, field string) any {
	switch field {
	case "cf_xdr_mc":
		return fmt.Sprintf("恩平市第%d畜牧有限公司", n)
	case "cf_xdr_lb":
		return "法人及非法人组织"
	case "cf_xdr_shxym":
		return creditCode(n)
	case "cf_frdb":
		return "张三"
	case "cf_wsh":
		return fmt.Sprintf("江恩环罚〔2024〕%d号", n+1)
	case "cf_wfxw":
		return "超标排放水污染物"
	case "cf_sy":
		return fmt.Sprintf("第%d号当事人的养殖废水未经处理达标，通过沟渠排入外环境，经采样监测化学需氧量超标。", n)
	case "cf_yj":
		return "《中华人民共和国水污染防治法》第八十三条第二项"
	case "cf_cflb":
		return "罚款"
	case "cf_nr":
		return "罚款十万元"
	case "cf_nr_fk":
		return 10.5
	case "cf_jdrq", "cf_yxq", "cf_gsjzq":
		return "2024/06/03"
	case "cf_xdr_zjlx", "cf_xdr_zjhm", "cf_nr_wfff", "cf_nr_zkdx", "bz":
		return nil
	}
	return "—"
}
