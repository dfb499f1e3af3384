package casefile

import (
	"fmt"
	"net/http"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// recordRestore brings a deleted record back and shows the page it is on again.
func (s area) recordRestore(r *kit.Request) error {
	id, err := kit.PathID[int64](r, "id")
	if err != nil {
		return err
	}
	entity := r.Param("entity")
	on, err := s.Service.Restore(r.Ctx(), r.Actor, entity, id)
	noun, _ := registry.NounOf(entity)
	switch registry.KindOf(err) {
	case registry.KindConflict, registry.KindInvalid:
		if on.CaseID == 0 && on.InspectionID == 0 {
			return err
		}
		r.Flash("warn", "没有恢复："+kit.ProblemOf(err).Detail)
	default:
		if err != nil {
			return err
		}
		r.Flash("ok", "已恢复"+noun.Name+"。")
	}
	if on.CaseID != 0 {
		return r.Redirect(http.StatusSeeOther, view.CasePlace(on.CaseID, "history"))
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/inspections/%d#history", on.InspectionID))
}

// caseReopen takes the closing of a case back.
func (s area) caseReopen(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(kit.Labels{"content": "理由"})
	if err != nil {
		return err
	}
	err = s.Service.Reopen(r.Ctx(), r.Actor, id, f.Value("content"))
	if registry.KindOf(err) == registry.KindInvalid {
		r.Flash("warn", "没有恢复办理："+kit.FirstProblem(err))
		return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d", id))
	}
	return s.acted(r, err, "已恢复办理，理由已记入文书，记录可以修改。", id, "documents")
}
