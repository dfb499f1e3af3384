package registry

import "encoding/json"

// DiscretionSheetID is the row id of a DiscretionSheet.
type DiscretionSheetID int64

// DiscretionSheet is a 裁量 as it was computed for one violation of a case: evidence of the reasoning. It is never changed: a
// later one replaces it and both stay listed. Sheet is the whole arithmetic as it stood (statute.Sheet), so that it can be read
// when the tables have been replaced; Answers are the calculator's answers, from which it can be opened again.
type DiscretionSheet struct {
	ID DiscretionSheetID `json:"id"`
	Meta
	CaseID      CaseID          `json:"case_id"`
	ViolationID ViolationID     `json:"violation_id"`
	TableID     string          `json:"table_id"` // GD-2.8.1
	Answers     string          `json:"answers"`  // as in the calculator's address: f0=2&f1=0
	Result      *Money          `json:"result_fen"`
	Sheet       json.RawMessage `json:"sheet"`
	Instrument  string          `json:"instrument"` // 粤环发〔2021〕7号
	ValidFrom   Date            `json:"valid_from"`
	ValidTo     Date            `json:"valid_to"`
	MadeBy      string          `json:"made_by"` // the name of who kept it, as it was then
	Note        string          `json:"note"`
}

// Clean normalises what was typed.
func (x *DiscretionSheet) Clean() { x.Note = CleanText(x.Note) }

// Validate checks what no sheet may lack.
func (x *DiscretionSheet) Validate() error {
	var p Problems
	if x.ViolationID == 0 {
		p.Add("violation_id", "请选择是哪一项违法行为的裁量")
	}
	p.required("table_id", x.TableID, "裁量表")
	p.text("table_id", x.TableID, 60)
	p.text("answers", x.Answers, maxText)
	p.text("note", x.Note, 2000)
	p.money("result_fen", x.Result)
	if !json.Valid(x.Sheet) {
		p.Add("sheet", "裁量表的内容不完整")
	}
	return p.Err()
}
