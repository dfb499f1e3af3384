package casework

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"casebook/internal/geo"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// MaxZoneFile bounds a GeoJSON file, in bytes: geo.MaxVertices corners written long.
const MaxZoneFile = 16 << 20

// ZoneConfirmField says that what is doubtful of an imported file was looked at.
const ZoneConfirmField = "confirmed"

// zoneCache keeps the shapes that were asked for, converted and indexed: 16 bytes a corner. A shape never changes.
type zoneCache struct {
	sync.Mutex
	byID map[registry.ZoneMapID]*geo.Index
}

// shapeOf reads the index of a zone, which the cache keeps.
func (s *Service) shapeOf(tx *store.Tx, id registry.ZoneMapID) (*geo.Index, error) {
	s.zones.Lock()
	defer s.zones.Unlock()
	if x := s.zones.byID[id]; x != nil {
		return x, nil
	}
	z, err := store.ZoneMaps.Get(tx, int64(id))
	if err != nil {
		return nil, err
	}
	shape, err := geo.ParseWKT(z.Shape)
	if err != nil {
		return nil, fmt.Errorf("read the shape of zone %d: %w", id, err)
	}
	x := geo.NewIndex(shape.ToWGS84(z.Datum))
	if s.zones.byID == nil {
		s.zones.byID = map[registry.ZoneMapID]*geo.Index{}
	}
	s.zones.byID[id] = x
	return x, nil
}

// ImportZone reads a GeoJSON file into x and keeps it. What is doubtful (the datum, a place outside the city, a border too long to look through) is
// refused until confirmed says that a person looked at it.
func (s *Service) ImportZone(ctx context.Context, a registry.Actor, x *registry.ZoneMap, file []byte, confirmed bool) (repeated bool, err error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return false, err
	}
	if err := s.readZone(x, file, confirmed); err != nil {
		return false, err
	}
	return add(ctx, s, act{actor: a, perm: registry.PermAdmin, action: "导入"}, store.ZoneMaps, x, func(tx *store.Tx) error {
		id, err := tx.ZoneImported(x.SHA256)
		if err == nil && id != 0 && !confirmed {
			err = registry.Invalid(ZoneConfirmField, "同一个文件已导入为编号 %d 的区划；仍要再导入的，请勾选确认", id)
		}
		return err
	})
}

// readZone fills in what the file says, and asks about what is doubtful.
func (s *Service) readZone(x *registry.ZoneMap, file []byte, confirmed bool) error {
	var p registry.Problems
	x.Clean()
	if len(file) == 0 {
		p.Add("file", "请选择 GeoJSON 文件")
		p.Merge("", x.Validate())
		return p.Err()
	}
	shape, doubts, err := geo.ReadGeoJSON(file)
	if err != nil {
		p.Add("file", "%s", err)
		return p.Err()
	}
	sum := sha256.Sum256(file)
	x.Shape, x.Vertices, x.SHA256 = shape.WKT(), int64(shape.Vertices()), hex.EncodeToString(sum[:])
	if err := x.Validate(); err != nil {
		return err
	}
	switch x.Datum {
	case geo.WGS84, geo.CGCS2000:
	case geo.GCJ02, geo.BD09:
		doubts = append(doubts, x.Datum+" 是地图软件的加偏坐标，政府公布的方案一般不用；确是从地图软件描出的，换算误差为数米")
	default:
		return registry.Invalid("datum", "“%s”不能换算成 WGS-84，请先用专业软件转换，再选择转换后的坐标系", x.Datum)
	}
	west, east, south, north := shape.ToWGS84(x.Datum).Bounds()
	if b := s.Bureau(); b.Area != (registry.Area{}) {
		switch r := b.Area; {
		case east < r.West || west > r.East || north < r.South || south > r.North:
			return registry.Invalid("file", "图形（东经 %.4f 至 %.4f、北纬 %.4f 至 %.4f）整个在%s大致范围之外，请核对文件和坐标系", west, east, south, north, b.City.Name)
		case west < r.West || east > r.East || south < r.South || north > r.North:
			doubts = append(doubts, fmt.Sprintf("图形有一部分在%s大致范围之外（东经 %.4f 至 %.4f、北纬 %.4f 至 %.4f）", b.City.Name, west, east, south, north))
		}
	}
	if len(doubts) > 0 && !confirmed {
		return registry.Invalid(ZoneConfirmField, "%s。请核对；确认无误的，勾选后再导入", strings.Join(doubts, "；"))
	}
	return nil
}

// ChangeZone stores edited words of a zone, its last day among them. The shape stays: another shape is another import.
func (s *Service) ChangeZone(ctx context.Context, a registry.Actor, x *registry.ZoneMap) error {
	return change(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.ZoneMaps, x, func(tx *store.Tx) error {
		was, err := store.ZoneMaps.Get(tx, int64(x.ID))
		if err == nil && (x.Shape != was.Shape || x.Datum != was.Datum || x.SHA256 != was.SHA256 || x.Vertices != was.Vertices) {
			err = registry.Invalid("shape", "图形和坐标系不能修改；方案调整的，请终止这一份，再导入新的")
		}
		return err
	})
}

// Zone reads a zone.
func (s *Service) Zone(ctx context.Context, a registry.Actor, id registry.ZoneMapID) (registry.ZoneMap, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.ZoneMaps, int64(id))
}

// Zones lists the zones without their shapes, newest first.
func (s *Service) Zones(ctx context.Context, a registry.Actor) (list []registry.ZoneMap, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list, err = tx.ZoneHeads()
		return err
	})
	return list, err
}

// ZonePage is a zone with its history and size.
type ZonePage struct {
	Zone      registry.ZoneMap
	Area      float64 // m²
	Outline   [][][2]float64
	Revisions []registry.Revision
}

// ZonePage reads it.
func (s *Service) ZonePage(ctx context.Context, a registry.Actor, id registry.ZoneMapID) (p ZonePage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if p.Zone, err = store.ZoneMaps.Get(tx, int64(id)); err != nil {
			return err
		}
		x, err := s.shapeOf(tx, id)
		if err != nil {
			return err
		}
		p.Area, p.Outline = x.SquareMetres(), outlineOf(x)
		p.Revisions, err = tx.Revisions(store.ZoneMaps.Entity, int64(id))
		return err
	})
	return p, err
}

func outlineOf(x *geo.Index) [][][2]float64 {
	rings := make([][][2]float64, len(x.Outline()))
	for i, r := range x.Outline() {
		rings[i] = make([][2]float64, len(r))
		for j, p := range r {
			rings[i][j] = p
		}
	}
	return rings
}

// ZoneAt is a zone seen from a position.
type ZoneAt struct {
	Zone   registry.ZoneMap
	Inside bool
	Metres float64 // from the border
	Unsure bool    // whether it was in force that day is not certain
}

// Words tell it: 位于禁养区“甲”（文号）内，距边界 120 米.
func (z ZoneAt) Words() string {
	s := "位于" + z.Zone.Kind + " " + z.Zone.Label() + " 内，距边界约 " + metres(z.Metres)
	if !z.Inside {
		s = "距最近的" + z.Zone.Kind + " " + z.Zone.Label() + " 的边界约 " + metres(z.Metres)
	}
	if z.Unsure {
		s += "（当日是否在有效期内不能确定）"
	}
	return s
}

func metres(m float64) string {
	if m >= 10_000 {
		return fmt.Sprintf("%.1f 公里", m/1000)
	}
	return fmt.Sprintf("%.0f 米", m)
}

// ZoneCheck is what the zones say of a position on a day. It decides nothing: what it finds is for a person to judge.
type ZoneCheck struct {
	Asked  bool // there is a position of a known datum
	Day    registry.Date
	Datum  string // the position was converted from, where it was
	None   bool   // no 禁养区 in force that day is held
	Inside []ZoneAt
	Near   []ZoneAt // the nearest zone of each kind that does not hold it

	Charged bool // of a case: farming in a 禁养区 is among its violations
}

// Forbidden reports whether it lies in a 禁养区.
func (c ZoneCheck) Forbidden() bool {
	return slices.ContainsFunc(c.Inside, func(z ZoneAt) bool { return z.Zone.Kind == registry.ForbiddenZone })
}

// farthest is how far away a zone is still spoken of, in metres.
const farthest = 20_000

// zonesAt compares a position with the zones that were in force on a day.
func (s *Service) zonesAt(tx *store.Tx, at registry.Place, day registry.Date) (c ZoneCheck, err error) {
	if at.Longitude == nil || at.Latitude == nil {
		return c, nil
	}
	p, ok := geo.ToWGS84(geo.Point{*at.Longitude, *at.Latitude}, cmp.Or(at.Datum, geo.CGCS2000))
	if !ok {
		return c, nil
	}
	if c.Asked, c.Day, c.None = true, day, true; at.Datum == geo.GCJ02 || at.Datum == geo.BD09 {
		c.Datum = at.Datum
	}
	heads, err := tx.ZoneHeads()
	if err != nil {
		return c, err
	}
	nearest := map[string]ZoneAt{}
	for _, z := range heads {
		in, sure := z.InForce(day)
		if !in {
			continue
		}
		x, err := s.shapeOf(tx, z.ID)
		if err != nil {
			return c, err
		}
		found := ZoneAt{Zone: z, Inside: x.Contains(p), Metres: x.Metres(p), Unsure: !sure}
		c.None = c.None && z.Kind != registry.ForbiddenZone
		if found.Inside {
			c.Inside = append(c.Inside, found)
		} else if n, there := nearest[z.Kind]; found.Metres <= farthest && (!there || found.Metres < n.Metres) {
			nearest[z.Kind] = found
		}
	}
	for _, kind := range registry.ZoneMapKinds {
		if n, there := nearest[kind]; there {
			c.Near = append(c.Near, n)
		}
	}
	return c, nil
}

// zonesOfCase compares the place of a case with the zones of the day of the act: the end of the first violation that has one, else the day it was
// found. The place is that of the first inspection that has a position, else the farm's.
func (s *Service) zonesOfCase(tx *store.Tx, f *registry.CaseFile) (ZoneCheck, error) {
	day, at := f.Case.FoundOn, registry.Place{}
	for _, v := range f.Violations {
		if v.TypeCode == registry.ForbiddenZoneType && !v.ActTo.IsZero() {
			day = v.ActTo
			break
		}
	}
	if f.Farm != nil {
		at = f.Farm.Place
	}
	for _, x := range f.Inspections {
		if x.Position.Longitude != nil {
			at = x.Position
			if day.IsZero() {
				day = x.StartedOn
			}
			break
		}
	}
	c, err := s.zonesAt(tx, at, day)
	c.Charged = slices.ContainsFunc(f.Violations, func(v registry.Violation) bool { return v.TypeCode == registry.ForbiddenZoneType })
	return c, err
}

// HoldZoneFile keeps a file whose form was refused, so that it need not be chosen again; it is no part of the register until a zone names it.
func (s *Service) HoldZoneFile(a registry.Actor, file []byte) (hash string, err error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return "", err
	}
	hash, _, err = s.db.SaveFile(bytes.NewReader(file), MaxZoneFile)
	return hash, err
}

// HeldZoneFile reads a file that HoldZoneFile kept.
func (s *Service) HeldZoneFile(a registry.Actor, hash string) ([]byte, error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return nil, err
	}
	f, err := s.db.OpenFile(hash)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	return io.ReadAll(io.LimitReader(f, MaxZoneFile))
}
