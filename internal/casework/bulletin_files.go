package casework

import (
	"casebook/internal/registry"
	"casebook/internal/store"
)

// bulletinFiles are the files of a bulletin's cases, in its order, read once for all that is asked of them: what the guard looks for, whether they may be
// published, who wrote their public names, what became of them.
type bulletinFiles struct {
	list []*registry.CaseFile
	of   map[registry.CaseID]*registry.CaseFile
}

// filesOf reads them, with the names that parties and farms had before.
func filesOf(tx *store.Tx, x *registry.Bulletin) (files bulletinFiles, err error) {
	ids := make([]registry.CaseID, len(x.Cases))
	for i, c := range x.Cases {
		ids[i] = c.CaseID
	}
	if files, err = caseFilesOf(tx, ids); err != nil {
		return files, err
	}
	return files, tx.LearnOtherNames(files.list)
}

// caseFilesOf reads the files of some of its cases, for what became of them.
func caseFilesOf(tx *store.Tx, ids []registry.CaseID) (files bulletinFiles, err error) {
	if files.list, err = tx.CaseFiles(ids); err != nil {
		return files, err
	}
	files.of = make(map[registry.CaseID]*registry.CaseFile, len(files.list))
	for _, f := range files.list {
		files.of[f.Case.ID] = f
	}
	return files, nil
}

// secrets are those of all cases: a name masked in one case must not come back in another.
func (f bulletinFiles) secrets(b *registry.Bureau) (list registry.Secrets) {
	for _, x := range f.list {
		list = append(list, b.SecretsOf(x)...)
	}
	return list
}
