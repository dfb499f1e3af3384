package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Crew is who a new record is begun with: the signed-in officer, and who usually goes with them.
type Crew struct {
	Own     *registry.Officer // of the account; nil where it is tied to none, or the certificate is not valid that day
	Doubt   string            // why the account's officer is not put in
	Partner *registry.Officer // the one most often beside them on their latest sheets; nil where there is none
	Times   int               // how often, of Sheets
	Sheets  int
}

// lately is how many of an officer's latest sheets tell who usually goes with them.
const lately = 30

// Crew finds who stands on a record of a day. The partner is only offered: who really came, the person says.
func (s *Service) Crew(ctx context.Context, a registry.Actor, on registry.Date) (c Crew, err error) {
	if a.OfficerID == 0 {
		return c, a.May(registry.PermRecordWrite)
	}
	err = s.read(ctx, a, registry.PermRecordWrite, func(tx *store.Tx) error {
		own, err := store.Officers.Get(tx, int64(a.OfficerID))
		if err != nil {
			return err
		}
		switch valid, known := own.ValidOn(on); {
		case !own.Active:
			c.Doubt = "您的账号对应的执法人员“" + own.Name + "”已不在岗，没有自动填入"
			return nil
		case known && !valid:
			c.Doubt = "您的执法证（" + own.CertNo + "）" + on.String() + "不在有效期内，没有自动填入"
			return nil
		}
		c.Own = &own
		// The register finds the sheets of an officer by the certificate number on them.
		rows, _, err := tx.Inspections(store.InspectionFilter{Q: own.CertNo}, store.Page{Limit: lately})
		if err != nil {
			return err
		}
		var beside []registry.OfficerID
		beside, c.Sheets = besideIn(rows, own.ID)
		roster, err := tx.OfficersByID(beside)
		if err != nil {
			return err
		}
		c.Partner, c.Times = mostOften(beside, roster, on)
		return nil
	})
	return c, err
}

// besideIn names, sheet by sheet, the latest first, who stood beside an officer; sheets are those that the officer stands on.
func besideIn(rows []store.InspectionRow, own registry.OfficerID) (list []registry.OfficerID, sheets int) {
	for _, x := range rows {
		if !slices.ContainsFunc(x.Officers, func(o registry.OfficerRef) bool { return o.OfficerID == own }) {
			continue
		}
		sheets++
		for _, o := range x.Officers {
			if o.OfficerID != own && o.OfficerID != 0 {
				list = append(list, o.OfficerID)
			}
		}
	}
	return list, sheets
}

// mostOften is who is named most often of those on duty whose certificate is not known to be out of date; of two, who is named first.
func mostOften(list []registry.OfficerID, roster map[registry.OfficerID]registry.Officer, on registry.Date) (best *registry.Officer, times int) {
	n := map[registry.OfficerID]int{}
	for _, id := range list {
		n[id]++
	}
	for _, id := range list {
		o := roster[id]
		valid, known := o.ValidOn(on)
		if n[id] > times && o.Active && (valid || !known) {
			best, times = &o, n[id]
		}
	}
	return best, times
}
