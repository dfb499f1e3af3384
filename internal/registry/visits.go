package registry

import "fmt"

// VisitCap is the bureau's yearly cap on visits to one farm (涉企行政检查频次上限), as an administrator enters it with its source. The program has none of
// its own: the caps are published by each authority for its field, and none is held here.
type VisitCap struct {
	Yearly int64  `json:"yearly"` // 0: none is set
	Source string `json:"source"`
}

func (c VisitCap) validate(p *Problems) {
	switch {
	case c.Yearly < 0 || c.Yearly > 366:
		p.Add("visits.yearly", "每年检查次数应为 1 到 366；没有公布上限的留空")
	case c.Yearly > 0:
		p.required("visits.source", c.Source, "频次上限的出处（文件名称、文号）")
	case c.Source != "":
		p.Add("visits.yearly", "写了出处，请填写每年检查次数的上限")
	}
	p.text("visits.source", c.Source, maxLine)
}

// Visits are how often a farm was inspected in a year, against the cap.
type Visits struct {
	Year     int
	Counted  int // against the cap
	Rechecks int
	Exempt   int // with a reason why they do not count
	Cap      VisitCap
}

// Reached reports whether the cap is used up.
func (v Visits) Reached() bool { return v.Cap.Yearly > 0 && int64(v.Counted) >= v.Cap.Yearly }

// Warning says that another counted visit would be above the cap; empty where it would not.
func (v Visits) Warning() string {
	if !v.Reached() {
		return ""
	}
	return fmt.Sprintf("%d 年已检查 %d 次，达到每年 %d 次的上限（%s）。复查不计；依投诉举报、上级交办等不受频次限制的，请写明“不计入频次的理由”。仍可登记。", v.Year, v.Counted, v.Cap.Yearly, v.Cap.Source)
}
