package intake

import (
	"slices"
)

func (c *caseText) readDistrict(d *Draft) {
	name, h, sure := c.district()
	if name == "" {
		return
	}
	d.District = name
	if d.mark("district", h.f, h.from, h.to); !sure {
		d.doubt("district")
	}
}

// district resolves the county: a full name in the authority, the party or the title; the stem of a branch (恩平分局); an address; the
// first county named in the facts.
func (c *caseText) district() (name string, at hitFlow, sure bool) {
	party, _ := c.party()
	named := []hitFlow{party, {c.title, 0, len(c.title.r)}}
	organ := hitFlow{c.organ, 0, len(c.organ.r)}
	if c.organOfAll { // one for several cases: each has its own place
		organ = hitFlow{}
	}
	order := append([]hitFlow{{c.row[colDistrict], 0, len(c.row[colDistrict].r)}, organ}, named...)
	for _, l := range order {
		if hs := fullCounties(l.f.r, l.from, l.to); len(hs) > 0 {
			h := hs[len(hs)-1] // 台州市临海市分局: the narrower stands last
			return h.value.text, hitFlow{l.f, h.start, h.end}, true
		}
	}
	near := &context{}
	near.read(c.organ.r)
	if name, h := c.branchCounty(near); name != "" && !c.organOfAll {
		return name, h, true
	}
	if h, ok := c.address(); ok {
		return h.f.slice(h.from, h.to).text(c.page), h, true
	}
	for _, p := range c.parts {
		if p.section.aside() || p.shared {
			continue
		}
		for _, h := range fullCounties(c.body.r, p.from, p.to) {
			if !inBook(c.body.r, h.start) && !c.quoted[h.start] {
				return h.value.text, hitFlow{c.body, h.start, h.end}, false
			}
		}
	}
	for _, l := range named {
		if name, h := c.stemIn(l, near); name != "" {
			return name, h, false
		}
	}
	if end := placeLead(c.body.r, 0); end > 0 { // 松滋：…
		for i := range min(end, 2) {
			if p, ok := placeAt(c.body.r, i); ok && p.county {
				return resolve(p.text, near, c.own, c.lead), hitFlow{c.body, i, i + p.n}, false
			}
		}
	}
	if c.organOfAll {
		if hs := fullCounties(c.organ.r, 0, len(c.organ.r)); len(hs) > 0 {
			return hs[len(hs)-1].value.text, hitFlow{c.organ, hs[len(hs)-1].start, hs[len(hs)-1].end}, false
		}
		name, at = c.branchCounty(near)
	}
	return name, at, false
}

// branchCounty reads 恩平分局, 盐城市东台生态环境局; the authority's own first, which a label or a signature may name.
func (c *caseText) branchCounty(near *context) (string, hitFlow) {
	for _, o := range organsOf(c.organ) {
		if name, h := c.countyOfOrgan(c.organ, o, near); name != "" {
			return name, h
		}
	}
	organs := organsOf(c.body)
	for _, o := range organs {
		if !o.env && !o.branch && len(organs) > 1 {
			continue
		}
		if name, h := c.countyOfOrgan(c.body, o, near); name != "" {
			return name, h
		}
	}
	return "", hitFlow{}
}

// countyOfOrgan resolves the place in an organ's name behind its city: 惠州市生态环境局龙门分局, 盐城市大丰生态环境局.
func (c *caseText) countyOfOrgan(f flow, o organ, near *context) (string, hitFlow) {
	hits := loadPlaces().lexicon.all(f.r, o.start, o.end)
	for k, h := range slices.Backward(hits) {
		p := h.value
		if !p.county {
			continue
		}
		if p.full && loadPlaces().counties[p.text] != nil {
			return p.text, hitFlow{f, h.start, h.end}
		}
		if p.city != "" && k == 0 && !hasAt(f.r, h.end, "分局") && !hasAt(f.r, h.end, "县") && len(hits) == 1 {
			continue // 朝阳市生态环境局 is the city's
		}
		ctx := &context{}
		ctx.read(f.r[o.start:o.end])
		if name := resolve(p.text, ctx, near, c.own, c.lead); name != "" && sameCity(name, ctx) {
			return name, hitFlow{f, h.start, h.end}
		}
	}
	return "", hitFlow{}
}

// sameCity refuses a county that does not lie in the one city that the organ's own name gives.
func sameCity(name string, ctx *context) bool {
	if len(ctx.cities) == 0 {
		return true
	}
	for _, k := range loadPlaces().counties[name] {
		if slices.Contains(ctx.cities, k.city) {
			return true
		}
	}
	return len(ctx.cities) > 1
}

// address finds a county behind 位于, 地址：, 住所.
func (c *caseText) address() (hitFlow, bool) {
	r := c.body.r
	for i := range r {
		for _, w := range []string{"位于", "地处", "坐落", "地址：", "住所：", "经营场所：", "住址：", "所在地：", "住所地："} {
			if !hasAt(r, i, w) || !c.told(i) {
				continue
			}
			from := i + runeLen(w)
			if hs := fullCounties(r, from, min(len(r), from+24)); len(hs) > 0 {
				return hitFlow{c.body, hs[0].start, hs[0].end}, true
			}
		}
	}
	return hitFlow{}, false
}

// stemIn resolves a county's short name at the start of the party or title: 恩平某畜牧有限公司.
func (c *caseText) stemIn(l hitFlow, near *context) (string, hitFlow) {
	i := l.from
	for i < l.to {
		p, ok := placeAt(l.f.r[:l.to], i)
		if !ok {
			return "", hitFlow{}
		}
		if p.county && !p.full && p.city == "" && p.province == "" {
			if name := resolve(p.text, near, c.own, c.lead); name != "" && loadPlaces().counties[name] != nil {
				if hasAt(l.f.r, i+p.n, "某") || hasAt(l.f.r, i+p.n, "一") {
					return name, hitFlow{l.f, i, i + p.n}
				}
			}
		}
		i += p.n
	}
	return "", hitFlow{}
}
