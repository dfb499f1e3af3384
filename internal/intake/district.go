package intake

import "slices"

// addresses are words in front of where a party is: 位于, 住所：.
var addresses = words("addresses")

// readDistrict resolves the county: a full name in the authority, the party or the title; the stem of a branch (恩平分局); an address. What
// follows is to be looked at: the first county named in the facts, a short name in front of the party, the county of an organ of all cases.
func (c *caseText) readDistrict(d *Draft) {
	party, _ := c.party()
	near := &context{}
	near.read(c.organ.r)
	own, ofAll := c.organ, flow{}
	if c.organOfAll { // one for several cases: each has its own place
		own, ofAll = flow{}, c.organ
	}
	for i, find := range []func() (string, flow){
		func() (string, flow) { return narrowest(c.row[colDistrict], own, party, c.title) },
		func() (string, flow) { return c.branchCounty(own, near) },
		c.address,
		c.firstCounty,
		func() (string, flow) { return c.stemIn(near, party, c.title) },
		func() (string, flow) { return c.placeInFront(near) },
		func() (string, flow) { return narrowest(ofAll) },
		func() (string, flow) { return c.branchCounty(ofAll, near) },
	} {
		if name, at := find(); name != "" {
			d.District = name
			d.mark("district", at, i < 3)
			return
		}
	}
}

// narrowest is the last county in the first of the places that names one: 台州市临海市分局.
func narrowest(places ...flow) (string, flow) {
	for _, f := range places {
		if hs := fullCounties(f.r, 0, len(f.r)); len(hs) > 0 {
			h := hs[len(hs)-1]
			return h.value.text, f.slice(h.start, h.end)
		}
	}
	return "", flow{}
}

// branchCounty reads 恩平分局, 盐城市东台生态环境局; the authority's own first, which a label or a signature may name.
func (c *caseText) branchCounty(authority flow, near *context) (string, flow) {
	if len(authority.r) == 0 && c.organOfAll {
		return "", flow{}
	}
	for told, f := range []flow{authority, c.body} {
		organs := organsOf(f)
		for _, o := range organs {
			if told > 0 && !o.env && !o.branch && len(organs) > 1 {
				continue
			}
			if name, at := c.countyOfOrgan(f.slice(o.start, o.end), near); name != "" {
				return name, at
			}
		}
	}
	return "", flow{}
}

// countyOfOrgan resolves the place in an organ's name behind its city: 惠州市生态环境局龙门分局, 盐城市大丰生态环境局.
func (c *caseText) countyOfOrgan(organ flow, near *context) (string, flow) {
	ctx := &context{}
	ctx.read(organ.r)
	hits := loadPlaces().lexicon.all(organ.r, 0, len(organ.r))
	for k, h := range slices.Backward(hits) {
		p, at := h.value, organ.slice(h.start, h.end)
		switch {
		case p.county && p.full && loadPlaces().counties[p.text] != nil:
			return p.text, at
		case !p.county, p.city != "" && k == 0 && len(hits) == 1 && !organ.has(h.end, "分局") && !organ.has(h.end, "县"): // 朝阳市生态环境局 is the city's
			continue
		}
		name := resolve(p.text, ctx, near, c.own, c.lead)
		inCity := func(k *county) bool { return k.city == ctx.cities[0] } // the one city that the organ's own name gives
		if name != "" && (len(ctx.cities) != 1 || slices.ContainsFunc(loadPlaces().counties[name], inCity)) {
			return name, at
		}
	}
	return "", flow{}
}

// address finds a county behind 位于, 地址：, 住所.
func (c *caseText) address() (string, flow) {
	for _, h := range addresses.all(c.body.r, 0, len(c.body.r)) {
		if hs := fullCounties(c.body.r, h.end, min(len(c.body.r), h.end+24)); len(hs) > 0 && c.told(h.start) {
			return hs[0].value.text, c.body.slice(hs[0].start, hs[0].end)
		}
	}
	return "", flow{}
}

// firstCounty is the first that the case's own text names.
func (c *caseText) firstCounty() (string, flow) {
	for _, p := range c.parts {
		if p.section.aside() || p.shared {
			continue
		}
		for _, h := range fullCounties(c.body.r, p.from, p.to) {
			if !inBook(c.body.r, h.start) && !c.quoted[h.start] {
				return h.value.text, c.body.slice(h.start, h.end)
			}
		}
	}
	return "", flow{}
}

// stemIn resolves a county's short name at the start of the party or title: 恩平某畜牧有限公司.
func (c *caseText) stemIn(near *context, places ...flow) (string, flow) {
	for _, f := range places {
		for i := 0; i < len(f.r); {
			p, ok := placeAt(f.r, i)
			if !ok {
				break
			}
			if p.county && !p.full && p.city == "" && p.province == "" && hasAnyAt(f.r, i+p.n, "某", "一") {
				if name := resolve(p.text, near, c.own, c.lead); name != "" {
					return name, f.slice(i, i+p.n)
				}
			}
			i += p.n
		}
	}
	return "", flow{}
}

// placeInFront is for 松滋：…, 【松滋】….
func (c *caseText) placeInFront(near *context) (string, flow) {
	for i := range min(placeLead(c.body.r, 0), 2) {
		if p, ok := placeAt(c.body.r, i); ok && p.county {
			return resolve(p.text, near, c.own, c.lead), c.body.slice(i, i+p.n)
		}
	}
	return "", flow{}
}
