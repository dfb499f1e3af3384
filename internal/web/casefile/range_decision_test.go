package casefile_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// A fine is judged by the range of the violation whose article its decision cites, whatever other range would hold the amount.
func TestFineIsJudgedByWhatItsDecisionCites(t *testing.T) {
	for _, c := range []struct {
		cites string
		fine  int64 // fen
		out   bool
	}{
		{`{"law":"畜禽规模养殖污染防治条例","article":39,"role":"basis"}`, 22_000_000, true},
		{`{"law":"畜禽规模养殖污染防治条例","article":39,"role":"basis"}`, 9_000_000, false},
		{`{"law":"水污染防治法","article":83,"item":3,"role":"basis"}`, 9_000_000, true},
		{`{"law":"水污染防治法","article":83,"item":3,"role":"basis"}`, 22_000_000, false},
	} {
		f := newCaseFixture(t)
		at := f.Open()
		f.Violate(at, "LIVESTOCK_FACILITY_ABNORMAL", "facts", "设施不正常运行").Want(http.StatusSeeOther)
		f.Violate(at, "WATER_EVASION", "facts", "偷排").Want(http.StatusSeeOther)
		api := "/api/v1" + at
		d := f.Officer.JSON(http.MethodPost, api+"/documents", `{"kind":"行政处罚决定","made_on":"2024-11-20","citations":[`+c.cites+`]}`).Want(http.StatusCreated)
		id := d.Header.Get("Location")
		id = id[strings.LastIndex(id, "/")+1:]
		f.Officer.JSON(http.MethodPost, api+"/penalties", fmt.Sprintf(`{"kind":"罚款","amount_fen":%d,"document_id":%s}`, c.fine, id)).Want(http.StatusCreated)
		page := f.Officer.GetCase(at).Want(http.StatusOK)
		if out := strings.Contains(page.Body, "在可选条款幅度之外"); out != c.out {
			t.Errorf("%s, %d: outside %t, want %t", c.cites, c.fine/1_000_000, out, c.out)
		}
	}
}
