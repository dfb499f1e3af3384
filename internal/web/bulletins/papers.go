package bulletins

import "casebook/internal/casework"

// Papers are the formats of a bulletin's paper, the usual one first. The approval makes and keeps all of them; a draft's is made anew each time.
var Papers = func() (list []casework.PaperMaker) {
	for _, f := range paperFormats {
		list = append(list, casework.PaperMaker{Format: f.Format, Media: f.MediaType, Write: f.Write})
	}
	return list
}()
