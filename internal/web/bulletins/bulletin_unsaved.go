package bulletins

import (
	"net/http"
	"net/url"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// autosave keeps what is typed into a form without saving it. The page's script sends the form after a pause, and asks to forget it with drop.
func (e *bulletinEdit) autosave() error {
	f, err := e.r.ReadForm(bulletinLabels)
	if err != nil {
		return err
	}
	id := e.stored.ID
	if f.Value("_drop") != "" {
		if err := e.Service.DropUnsaved(e.r.Ctx(), e.r.Actor, id); err != nil {
			return err
		}
		if id == 0 {
			return e.r.Done("未保存的内容已丢弃。", "/bulletins/new")
		}
		return e.r.Done("未保存的内容已丢弃。", "/bulletins/%d/edit", id)
	}
	behind, err := e.Service.KeepUnsaved(e.r.Ctx(), e.r.Actor, id, f.Version, posted(f).Encode())
	if registry.KindOf(err) == registry.KindConflict {
		return e.r.JSON(http.StatusConflict, map[string]string{"message": kit.ProblemOf(err).Detail})
	}
	if err != nil {
		return err
	}
	at, err := kit.Instant(e.r.Now())
	if err != nil {
		return err
	}
	answer := map[string]string{"saved_at": at}
	for _, w := range e.unsettable(f) {
		answer["unsettable"] += w.Where + "：" + w.Text + "\n"
	}
	if behind {
		answer["message"] = "别人已保存了新的版本。您的内容已暂存，保存时会列出两边的改动供您合并。"
	}
	return e.r.JSON(http.StatusOK, answer)
}

func (s area) bulletinAutosave(r *kit.Request) error {
	e, err := s.storedEdit(r)
	if err != nil {
		return err
	}
	return e.autosave()
}

func (s area) bulletinAutosaveNew(r *kit.Request) error { return s.newEdit(r).autosave() }

// unsettable are the characters of the form that no paper can print.
func (e *bulletinEdit) unsettable(f *kit.Form) []registry.BulletinWords {
	x := e.stored
	e.bind(f, &x)
	return e.unsettableOf(x)
}

func (e *bulletinEdit) unsettableOf(x registry.Bulletin) []registry.BulletinWords {
	x.Cases = nil
	for _, row := range staying(e.rows) {
		x.Cases = append(x.Cases, row.BulletinCase)
	}
	return e.Service.Unsettable(&x)
}

// restore shows the form as it was kept. It begins from the version that it was opened from: saving it later than somebody else leads to the
// merge page.
func (e *bulletinEdit) restore() error {
	kept, found, err := e.Service.UnsavedBulletin(e.r.Ctx(), e.r.Actor, e.stored.ID)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(kept.Body)
	if !found || err != nil {
		e.r.Flash("warn", "没有未保存的内容可以恢复。")
		if e.stored.ID == 0 {
			return e.r.Go("/bulletins/new")
		}
		return e.r.Go("/bulletins/%d/edit", e.stored.ID)
	}
	f := kit.FormOf(values, e.r.NewForm(bulletinLabels).Labels)
	f.Token = e.r.FormToken()
	x := e.stored
	e.bind(f, &x)
	f.Adding, e.missing = "restored", e.unsettableOf(x)
	at, err := kit.Instant(kept.SavedAt)
	if err != nil {
		return err
	}
	f.Message = "已恢复 " + at + " 暂存的内容，还没有保存。"
	if kept.Version != e.stored.Version {
		f.Message += "之后别人保存过新的版本，保存时会列出两边的改动供您合并。"
	}
	return e.page(f)
}
