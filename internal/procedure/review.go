package procedure

import (
	_ "embed"

	"casebook/internal/registry"
)

//go:embed review_items.txt
var reviewItems string

// ReviewExcerpt is a sheet to begin from: what is known of the items of the file-review rules of 2024 and of their points. It is no whole sheet: items that
// are not known are not there, and the wording is ours.
func ReviewExcerpt() registry.ScoreSheet {
	items, err := registry.ItemsOf(reviewItems)
	if err != nil {
		panic("procedure: " + err.Error()) // a mistake of the program
	}
	return registry.ScoreSheet{Name: "案卷评查细则（2024年版）摘项", Source: "《生态环境行政执法案卷评查细则（2024年版）》（环执法发〔2024〕4号），摘录而非全表，文字非原文，未经官方文本核对", Items: items, Active: true}
}
