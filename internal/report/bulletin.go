package report

import (
	"time"

	"casebook/internal/registry"
)

// Bulletin is what a published 典型案例通报 says, computed once for page and PDF. It holds only the published copy: no
// real name, code, phone or exact day.
type Bulletin struct {
	Title, Lead, Issuer, Byline, Dated string // Title and Lead may hold \n: a wanted break, a new paragraph
	Marks                              []string
	Cases                              []BulletinCase
	Notes                              []string  // end notes: 法条文本未经官方文本核对
	Created                            time.Time // dates the PDF file: same input, same bytes
}

// BulletinCase is one case of a bulletin.
type BulletinCase struct {
	Label, Title    string                  // 案件一; 恩平某畜牧有限公司违法排污案
	Facts, Handling []string                // paragraphs of 简要案情 and 查处情况
	Path            *registry.DischargePath // as it is published; nil where the bulletin shows none
	Quotes          []StatuteQuote
}

// StatuteQuote is a provision quoted word for word, from the text that was in force at the act.
type StatuteQuote struct {
	Law, Provision, Version string // full name, with or without 《》; 第三十九条; 2017年修正
	Checked                 bool   // the held text was compared with the official one
	Text                    string // \n between 款 and 项
	Role                    string // 违反条款, 处罚依据: on a case sheet; empty in a bulletin
	Hash                    string // the first digits of the text's hash, on a case sheet
}
