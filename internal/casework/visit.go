package casework

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"casebook/internal/picture"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// Visit is an inspection as it is entered on the spot, in one go: with its samples and photos, and with its farm where the register has none.
type Visit struct {
	Inspection registry.Inspection
	Farm       registry.Farm  // of a farm that is not registered: name and district; else zero
	Party      registry.Party // who was inspected, where the register does not have them: name and kind; else zero
	Samples    []registry.Sample
	Photos     []VisitPhoto
	Anyway     string // why they are registered although the register has their like
	Submit     bool   // else it is kept as a draft, with anything missing

	Twice []string // set: names of photos that this inspection has already, and that were left out
}

// VisitPhoto is a file that came in pieces and what is said of it.
type VisitPhoto struct {
	Upload string // its id; the exhibit's and the attachment's key too
	registry.Evidence
}

// visitFile is a photo's file, among the attachments.
type visitFile struct {
	upload Upload
	head   []byte
	taken  time.Time // as its camera says; zero where it does not
	twice  bool      // the inspection has it already
}

// EnterVisit stores a visit in one transaction: the inspection, new or changed, its samples, its photos as attachments and exhibits. Whatever was
// sent before is found by its UUID, so that a phone that heard no answer sends all of it again and nothing is there twice. Where the inspection
// itself was changed by somebody else, or was sent before with other words, samples and photos are stored all the same, and the error (stale, or
// *Repeated) leads to the merge page.
func (s *Service) EnterVisit(ctx context.Context, a registry.Actor, v *Visit) (repeated bool, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return false, err
	}
	files := map[string]visitFile{}
	for i, p := range v.Photos {
		u, head, err := s.db.KeepUpload(a.UserID, p.Upload, maxFile)
		switch {
		case err == nil:
			files[p.Upload] = visitFile{upload: u, head: head, taken: s.takenAt(u.SHA256)}
		case registry.KindOf(err) == registry.KindNotFound: // taken before, or asked for below
		default:
			var p registry.Problems
			if err := noted(&p, fmt.Sprintf("photos.%d.", i), err); err != nil {
				return false, err
			}
			return false, p.Err()
		}
	}
	var refused error
	typed := v.Inspection
	err = s.write(ctx, a, func(tx *store.Tx) error {
		v.Inspection, v.Twice, refused = typed, nil, nil
		if err := s.visitedIn(tx, a, v); err != nil {
			return err
		}
		repeated, refused = s.visitIn(tx, a, v)
		var before *Repeated[registry.Inspection]
		id := v.Inspection.ID
		switch {
		case errors.As(refused, &before):
			id = before.Stored.ID
		case registry.KindOf(refused) == registry.KindStale:
		case refused != nil:
			return refused
		}
		var p registry.Problems
		for i := range v.Samples {
			x := v.Samples[i]
			x.Results = slices.Clone(x.Results) // as they were typed, for a refused form and for a transaction that is run again
			if err := noted(&p, fmt.Sprintf("samples.%d.", i), s.visitSample(tx, a, id, typed.ClientUID, &x)); err != nil {
				return err
			}
		}
		for i := range v.Photos {
			x := v.Photos[i]
			if err := noted(&p, fmt.Sprintf("photos.%d.", i), s.visitPhoto(tx, a, id, v, &x, files)); err != nil {
				return err
			}
		}
		return p.Err()
	})
	if err != nil {
		v.Inspection = typed
		return false, err
	}
	for id, f := range files {
		if !f.twice { // nothing names that one: should all be sent again, it must be there
			s.db.DropUpload(a.UserID, id)
		}
	}
	return repeated, refused
}

// visitedIn registers the farm and the party of a visit that the register does not have. A new farm is run by the party that was met there.
func (s *Service) visitedIn(tx *store.Tx, a registry.Actor, v *Visit) error {
	x := &v.Inspection
	if x.PartyID == 0 && v.Party.Name != "" {
		party := v.Party
		party.ClientUID = childUID(x.ClientUID, "party")
		if _, err := addIn(tx, s, act{actor: a}, store.Parties, &party, newParty(&party, v.Anyway)...); err != nil {
			return under("party.", err)
		}
		x.PartyID = party.ID
	}
	if x.FarmID == 0 && v.Farm.Name != "" {
		farm := v.Farm
		farm.ClientUID, farm.OperatorID = childUID(x.ClientUID, "farm"), x.PartyID
		if _, err := addIn(tx, s, act{actor: a}, store.Farms, &farm, newFarm(&farm, v.Anyway)...); err != nil {
			return under("farm.", err)
		}
		x.FarmID = farm.ID
	}
	return nil
}

// under names the fields of a problem as the inputs of a form that has several records.
func under(prefix string, err error) error {
	var e *registry.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return err
	}
	named := *e
	named.Fields = slices.Clone(e.Fields)
	for i := range named.Fields {
		named.Fields[i].Field = prefix + named.Fields[i].Field
	}
	return &named
}

// visitIn stores the inspection of a visit.
func (s *Service) visitIn(tx *store.Tx, a registry.Actor, v *Visit) (repeated bool, err error) {
	x, what := &v.Inspection, act{actor: a}
	was, err := maybe(tx, store.Inspections, x.ID)
	if err != nil {
		return false, err
	}
	if was == nil {
		x.State = registry.InspectionDraft
		if what.made, err = creationOf(store.Inspections, x); err != nil {
			return false, err
		}
	} else {
		x.State, x.SubmittedAt, x.SubmittedBy = was.State, was.SubmittedAt, was.SubmittedBy
	}
	switch {
	case v.Submit && x.State != registry.InspectionSubmitted:
		what.action, x.State = "提交", registry.InspectionSubmitted
		if err := s.submitting(a, x); err != nil {
			return false, err
		}
	case x.State == registry.InspectionSubmitted:
		x.Clean()
		if err := x.CheckSubmit(s.Today()); err != nil {
			return false, err
		}
	}
	if was == nil {
		return addIn(tx, s, what, store.Inspections, x, s.inspectionRefs(x)...)
	}
	return false, changeIn(tx, s, what, store.Inspections, x, s.inspectionRefs(x)...)
}

// AddSamples registers samples of an inspection, all or none. Sent again with the same UUID they are found, not made twice.
func (s *Service) AddSamples(ctx context.Context, a registry.Actor, id registry.InspectionID, uid string, list []registry.Sample) (n int, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return 0, err
	}
	return len(list), s.write(ctx, a, func(tx *store.Tx) error {
		if _, err := store.Inspections.Get(tx, int64(id)); err != nil {
			return err
		}
		var p registry.Problems
		for i := range list {
			x := list[i]
			x.Results = slices.Clone(x.Results)
			if err := noted(&p, fmt.Sprintf("samples.%d.", i), s.visitSample(tx, a, id, uid, &x)); err != nil {
				return err
			}
		}
		return p.Err()
	})
}

// visitSample stores a sample of a visit. One that was sent before is brought up to date, unless somebody else has touched it since.
func (s *Service) visitSample(tx *store.Tx, a registry.Actor, id registry.InspectionID, uid string, x *registry.Sample) error {
	x.InspectionID, x.ClientUID = id, childUID(uid, "sample", x.Code, x.Point, x.SampledTime)
	stored, found, err := store.Samples.ByUID(tx, x.ClientUID)
	if err != nil {
		return err
	}
	if err := s.settleSample(tx, x); err != nil {
		return err
	}
	if !found {
		_, err := addIn(tx, s, act{actor: a}, store.Samples, x, openInspection(id))
		return err
	}
	if stored.Version > 1 || slices.Equal(stored.Results, x.Results) && stored.Medium == x.Medium && stored.SamplingOrgan == x.SamplingOrgan {
		*x = stored
		return nil
	}
	x.ID, x.Version = stored.ID, stored.Version
	return changeIn(tx, s, act{actor: a}, store.Samples, x, openInspection(id))
}

// visitPhoto stores a photo of a visit: the file as it came, and the exhibit that says what it proves. The same file twice is kept once.
func (s *Service) visitPhoto(tx *store.Tx, a registry.Actor, id registry.InspectionID, v *Visit, x *VisitPhoto, files map[string]visitFile) error {
	x.InspectionID, x.ClientUID = id, x.Upload
	if stored, found, err := store.EvidenceItems.ByUID(tx, x.ClientUID); err != nil || found {
		x.Evidence = stored
		return err
	}
	f, here := files[x.Upload]
	if !here {
		return registry.Invalid("file", "“%s”不在服务器上（可能放得太久），请重新上传", x.Title)
	}
	have, err := tx.AttachmentsOf("inspection", int64(id))
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(have, func(o registry.Attachment) bool { return o.SHA256 == f.upload.SHA256 }); i >= 0 {
		v.Twice = append(v.Twice, f.upload.Filename)
		f.twice = true
		files[x.Upload] = f
		return nil
	}
	file := registry.Attachment{Entity: "inspection", EntityID: int64(id), Filename: f.upload.Filename, Content: registry.ContentOf(f.head), SHA256: f.upload.SHA256,
		Size: f.upload.Size, CreatedAt: s.now(), UploadedBy: a.Username}
	if file.MediaType, err = mediaOf(file.Filename); err != nil {
		return err
	}
	if _, err := s.attachIn(tx, a, &file, x.Upload, openInspection(id)); err != nil {
		return err
	}
	x.AttachmentID = file.ID
	if x.Kind == "" {
		x.Kind = file.EvidenceKind()
	}
	x.Title = cmp.Or(x.Title, x.Subject, file.Filename)
	s.timeOf(&x.Evidence, f.taken, &v.Inspection)
	_, err = addIn(tx, s, act{actor: a}, store.EvidenceItems, &x.Evidence, evidenceChecks(&x.Evidence)...)
	return err
}

// takenAt is when a file among the attachments was taken, as its camera says.
func (s *Service) takenAt(sha256 string) time.Time {
	f, err := s.db.OpenFile(sha256)
	if err != nil {
		return time.Time{}
	}
	defer f.Close() //nolint:errcheck // opened for reading
	return picture.ReadShot(f).Taken
}

// timeOf gives an exhibit the time of its photo, or where the camera says none or one that cannot be (its clock ran wrong), the day of the visit.
func (s *Service) timeOf(e *registry.Evidence, taken time.Time, x *registry.Inspection) {
	switch {
	case !e.MadeOn.IsZero():
	case !taken.IsZero() && !taken.After(s.now()):
		e.MadeOn, e.MadeTime = registry.DateOf(taken), taken.Format("15:04")
	default:
		e.MadeOn = x.StartedOn
	}
}

// childUID is the UUID of what belongs to a record that a client named; empty where it named none.
func childUID(uid string, parts ...string) string {
	if uid == "" {
		return ""
	}
	h := sha256.New()
	for _, p := range append([]string{uid}, parts...) {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
