package registry

import "slices"

// Delivery is how a document reaches whom it is for. It says what Document.ServedOn means.
type Delivery string

// The deliveries.
const (
	DeliveryParty    Delivery = "送达当事人"
	DeliverySent     Delivery = "送交其他机关"
	DeliveryReceived Delivery = "由外部送来"
)

// Deliveries lists them.
var Deliveries = []Delivery{DeliveryParty, DeliverySent, DeliveryReceived}

// Decider is the organ that decides what comes of a document which ours handed to it.
type Decider string

// The deciders.
const (
	DeciderPolice     Decider = "公安机关"
	DeciderJustice    Decider = "司法机关"
	DeciderGovernment Decider = "人民政府"
	DeciderCourt      Decider = "人民法院"
	DeciderOther      Decider = "其他机关"
)

// Deciders lists them.
var Deciders = []Decider{DeciderPolice, DeciderJustice, DeciderGovernment, DeciderCourt, DeciderOther}

// Pending says that the organ's decision is not on record; empty where no other organ decides.
func (d Decider) Pending() string {
	switch d {
	case DeciderPolice:
		return "移送公安：结果未知"
	case DeciderJustice:
		return "移送司法：结果未知"
	case DeciderGovernment:
		return "报请政府：结果未知"
	case DeciderCourt:
		return "申请法院：结果未知"
	case DeciderOther:
		return "送交其他机关：结果未知"
	}
	return ""
}

// Track is a side track of a case. Package procedure says which documents open one and how it is read.
type Track string

// The side tracks.
const (
	TrackRegistration Track = "先行登记保存"
	TrackSeizure      Track = "查封扣押"
	TrackDaily        Track = "按日连续处罚"
	TrackDetention    Track = "移送行政拘留"
	TrackCrime        Track = "移送涉嫌犯罪"
	TrackReport       Track = "报政府责令拆除或关闭"
	TrackDamage       Track = "生态环境损害赔偿"
	TrackEnforcement  Track = "强制执行"
	TrackContest      Track = "复议和诉讼"
	TrackAnnulment    Track = "撤销处罚与重新决定"
)

// Tracks lists them in the order of an ordinary case.
var Tracks = []Track{TrackRegistration, TrackSeizure, TrackDaily, TrackDetention, TrackCrime, TrackReport, TrackDamage, TrackEnforcement, TrackContest, TrackAnnulment}

// KindSort is the family of a kind in a timeline.
type KindSort string

// The sorts.
const (
	SortOrder       KindSort = "责令"
	SortVisit       KindSort = "检查"
	SortSampling    KindSort = "监测"
	SortSeizure     KindSort = "查封"
	SortDecision    KindSort = "决定"
	SortReferral    KindSort = "移送"
	SortPublication KindSort = "公开"
	SortClosing     KindSort = "结案"
)

// KindSorts lists them.
var KindSorts = []KindSort{SortOrder, SortVisit, SortSampling, SortSeizure, SortDecision, SortReferral, SortPublication, SortClosing}

// KindDeadline is a plain deadline: so many days from one of the document's dates, until something is on record. Zero: there is none.
type KindDeadline struct {
	Label   string   `json:"label"`              // what has to be done: 报送整改报告
	Days    int      `json:"days"`               // how many
	Working bool     `json:"working"`            // working days; false: calendar days
	From    KindDate `json:"from"`               // the date that starts it, which itself does not count
	Done    KindDate `json:"done,omitempty"`     // a date of the document that ends it
	EndedBy DocKind  `json:"ended_by,omitempty"` // a later document of this kind ends it
	Actor   string   `json:"actor,omitempty"`    // who has to act; empty: the organ
	Source  string   `json:"source"`             // where it is written, as the administrator typed it: 内部规定
}

// KindDate names a date of a document.
type KindDate string

// The dates.
const (
	DateMade   KindDate = "作出"
	DateServed KindDate = "送达"
	DateDue    KindDate = "期限届满"
	DateResult KindDate = "结果"
)

// KindDates lists them.
var KindDates = []KindDate{DateMade, DateServed, DateDue, DateResult}

// KindEnds lists those that end a deadline: what is on record about the document itself.
var KindEnds = []KindDate{DateServed, DateResult}

// Of reads the date from a document.
func (k KindDate) Of(d *Document) Date {
	switch k {
	case DateMade:
		return d.MadeOn
	case DateServed:
		return d.ServedOn
	case DateDue:
		return d.DueOn
	case DateResult:
		return d.ResultOn
	}
	return Date{}
}

// HasService reports whether a day of service is asked for.
func (k *DocumentKind) HasService() bool { return k.Delivery != "" }

// ByUs reports whether our organ serves or sends it: then there is a way of service, and a service to miss.
func (k *DocumentKind) ByUs() bool { return k.Delivery == DeliveryParty || k.Delivery == DeliverySent }

// NamesOrgan reports whether another organ is named on it: who made it, or who decides about it.
func (k *DocumentKind) NamesOrgan() bool { return !k.Own || k.Decider != "" }

// HasResult reports whether something is waited for.
func (k *DocumentKind) HasResult() bool { return len(k.ResultWords) > 0 }

// ResultChoices are the words for a document's result: the kind's, or all where it has none of its own; then current, which may be
// older than the row.
func (k *DocumentKind) ResultChoices(current string) Terms {
	list := slices.Clone(k.ResultWords)
	if len(list) == 0 {
		list = slices.Clone(DocumentResults)
	}
	if current != "" && !list.Has(current) {
		list = append(list, current)
	}
	return list
}

// Labels are what the inputs of a document of the kind are called, by their names.
func (k *DocumentKind) Labels() map[string]string {
	labels := map[string]string{"made_on": "作出日期", "served_on": "送达日期", "due_on": "期限", "amount_fen": "金额", "organ_name": "其他机关"}
	switch k.Delivery {
	case DeliverySent:
		labels["served_on"] = "送交日期"
	case DeliveryReceived:
		labels["served_on"] = "收到日期"
	}
	if k.Own {
		labels["organ_name"] = "送交的机关"
	}
	for name, own := range map[string]string{"made_on": k.MadeLabel, "due_on": k.DueLabel, "amount_fen": k.AmountLabel} {
		if own != "" {
			labels[name] = own
		}
	}
	return labels
}
