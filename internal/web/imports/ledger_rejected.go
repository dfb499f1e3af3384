package imports

import (
	"bufio"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/xlsx"
)

// ledgerRejected gives the rejected rows back as they stand in the ledger, with the reason beside: they are mended there and brought again. A sheet of the ledger is a
// sheet of the workbook, its titles in the first row.
func (s area) ledgerRejected(r *kit.Request) error {
	p, err := s.planLedger(r, r.Param("ledger"), r.QueryParam("name"), casework.LedgerChoices{})
	if err != nil {
		return err
	}
	book, err := ledgerread.Open(p.ask.File, p.ask.Filename)
	if err != nil {
		return err
	}
	l := report.Listing{Title: s.Service.Bureau().Name + "台账退回的行", AsOf: r.Now(), Demo: s.Options.Demo,
		Notes: [][2]string{{"台账", p.ask.Filename}, {"怎样改", "改正标明的那一格，删去前两列也可以，再导入这个文件；原来的行号在第二列"}}}
	for i := range p.Sheets {
		rejected := map[int]ledgerread.Rejected{}
		for _, x := range p.Rejected {
			if x.Sheet == p.Sheets[i].Name && p.Sheets[i].Has(x.Row) {
				rejected[x.Row] = x
			}
		}
		if len(rejected) == 0 {
			continue
		}
		sheet, err := rejectedSheet(&p.Sheets[i], book.Sheet(p.Sheets[i].Name), rejected)
		if err != nil {
			return err
		}
		if n := i + 1; p.Sheets[i].To > 0 || i > 0 && p.Sheets[i-1].Name == p.Sheets[i].Name { // another table of one sheet
			sheet.Name = kit.Clip(sheet.Name) + fmt.Sprintf("（%d）", n)
		}
		l.Sheets = append(l.Sheets, sheet)
	}
	if len(l.Sheets) == 0 {
		return registry.NotFound("退回的行", "没有一行被退回")
	}
	h := r.Response().Header()
	h.Set("Content-Disposition", kit.FileDisposition(report.FileName("退回的行", "退回", "xlsx")))
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	out := bufio.NewWriterSize(r.Response(), 1<<16)
	if _, err := xlsx.WriteListing(out, l, ""); err != nil {
		return err
	}
	return out.Flush()
}

func rejectedSheet(read *ledgerread.Read, sheet *ledgerread.Sheet, rejected map[int]ledgerread.Rejected) (report.ListSheet, error) {
	columns := []report.Column{{Key: "why", Title: "退回的原因", Kind: report.KindText, Width: 40, Wrap: true}, {Key: "row", Title: "原来的行号", Kind: report.KindInteger, Width: 8}}
	for _, c := range read.Columns {
		columns = append(columns, report.Column{Key: c.Letters(), Title: c.Title, Kind: report.KindText, Width: 20, Wrap: true})
	}
	var rows [][]report.Cell
	for row, err := range sheet.Rows() {
		if err != nil {
			return report.ListSheet{}, err
		}
		x, ok := rejected[row.N]
		if !ok {
			continue
		}
		why := x.Reason
		if x.Column != "" {
			why = "“" + x.Column + "”：" + why
		}
		cells := []report.Cell{report.Text(why), report.Integer(row.N)}
		for _, c := range read.Columns {
			text := ""
			if c.N <= len(row.Cells) {
				text = row.Cells[c.N-1].Text
			}
			cells = append(cells, report.Text(text))
		}
		rows = append(rows, cells)
	}
	return report.ListSheet{Sheet: report.Sheet{Name: read.Name, Title: read.Name, About: "一行一行退回的", Columns: columns, Freeze: 2}, Rows: report.RowsOf(rows)}, nil
}
