package view

import (
	"casebook/internal/registry"
)

// StatuteBox is the 引文框: it looks the same on a page, in print and in the PDF.
type StatuteBox struct {
	Law       string // without 《》
	Provision string // 第三十九条
	Text      string // paragraphs split by newlines; empty where the catalogue does not hold it
	Version   string // 2017年修正
	InForce   string // 2018-01-01 起施行
	Checked   bool   // 已核对 against the official text
	CheckedBy string // source and date of the check
	Holding   registry.Holding
	Label     string // 违反条款, 处罚依据
	Href      string
	Compare   string // address of its 新旧对照; empty where there is nothing to compare with
	Note      string
}

// ReviewBox is our remark beside what a source printed.
type ReviewBox struct {
	About, Severity, Printed, Official, Note string
	Edit                                     string // address; empty where it may not be edited
}
