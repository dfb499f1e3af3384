package pdf

import (
	"testing"

	"casebook/internal/report"
)

// Paper says under every quotation whether its words were compared with the official text.
func TestStatuteMark(t *testing.T) {
	for _, tt := range []struct {
		q    report.StatuteQuote
		want string
	}{
		{report.StatuteQuote{Law: "某法", Version: "2017年修正", Text: "甲。"}, "2017年修正 · 未经官方文本核对"},
		{report.StatuteQuote{Law: "某法", Version: "2017年修正", Text: "甲。", Checked: true}, "2017年修正 · 已与官方文本核对"},
		{report.StatuteQuote{Law: "某法", Text: "甲。"}, "未经官方文本核对"},
		{report.StatuteQuote{}, ""},
	} {
		if got := StatuteMark(tt.q); got != tt.want {
			t.Errorf("StatuteMark(%+v) = %q, want %q", tt.q, got, tt.want)
		}
	}
}
