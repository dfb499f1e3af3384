package bulletins

import (
	"casebook/internal/casework"
	"casebook/internal/pdf"
)

// Papers are the formats of a bulletin's paper, the usual one first. The approval makes and keeps all of them; a draft's is made anew each time.
var Papers = []casework.PaperMaker{
	{Format: "pdf", Media: "application/pdf", Write: pdf.WriteBulletin},
}
