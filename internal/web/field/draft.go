package field

import (
	"net/http"
	"regexp"

	"casebook/internal/web/kit"
)

// draftForm is the address of a form whose typing is kept: a path of ours, with or without what it was opened with.
var draftForm = regexp.MustCompile(`^/[a-z][a-z0-9/-]{0,79}(\?[\w=&%.-]{1,200})?$`)

// draftKeep keeps what is typed into a form of the desk, or gives it back, or forgets it. The page's script sends the form after a pause.
func (s area) draftKeep(r *kit.Request) error {
	f, err := r.ReadForm(nil)
	if err != nil {
		return err
	}
	form := f.Value("_form")
	if !draftForm.MatchString(form) {
		return kit.BadRequest("没有说明是哪一张表单。")
	}
	switch f.Value("_do") {
	case "drop":
		if err := s.Service.DropFormDraft(r.Ctx(), r.Actor, form); err != nil {
			return err
		}
		return r.JSON(http.StatusOK, map[string]string{})
	case "get":
		x, kept, err := s.Service.FormDraft(r.Ctx(), r.Actor, form)
		if err != nil {
			return err
		}
		if !kept {
			return r.JSON(http.StatusOK, map[string]string{})
		}
		at, err := kit.Instant(x.SavedAt)
		if err != nil {
			return err
		}
		return r.JSON(http.StatusOK, map[string]any{"saved_at": at, "version": x.Version, "body": x.Body})
	}
	for _, name := range []string{"_form", "_do", "_token"} {
		f.Values.Del(name)
	}
	if err := s.Service.KeepFormDraft(r.Ctx(), r.Actor, form, f.Version, f.Values.Encode()); err != nil {
		return err
	}
	at, err := kit.Instant(r.Now())
	if err != nil {
		return err
	}
	return r.JSON(http.StatusOK, map[string]string{"saved_at": at})
}
