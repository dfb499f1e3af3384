package registry

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// BulletinState is where a bulletin stands between its author and the public.
type BulletinState string

// The states: a draft is edited, submitted, approved by another publisher, perhaps withdrawn with a reason.
const (
	BulletinDraft     BulletinState = "草稿"
	BulletinSubmitted BulletinState = "待审核"
	BulletinApproved  BulletinState = "已批准"
	BulletinWithdrawn BulletinState = "已撤回"
)

// StatuteQuote is an article quoted in a bulletin: its text at the time of writing, found again by the hash.
type StatuteQuote struct {
	Law         string    `json:"law"`
	LawID       string    `json:"law_id,omitempty"`
	VersionID   string    `json:"version_id,omitempty"`
	VersionName string    `json:"version_name,omitempty"`
	Provision   Provision `json:"provision"`
	Text        string    `json:"text"`
	TextHash    string    `json:"text_hash"`
	Checked     bool      `json:"checked"` // 已核对 against the official text
}

// Key names the quoted provision in forms and maps: law|version|39.2.
func (q StatuteQuote) Key() string { return q.LawID + "|" + q.VersionID + "|" + q.Provision.Key() }

// BulletinCase is the published copy of one case: it is written from an allow-list of fields, edited by people, and kept as
// edited. Nothing of the case flows into it later by itself.
type BulletinCase struct {
	CaseID   CaseID         `json:"case_id"`
	Title    string         `json:"title"`
	Facts    string         `json:"facts"`             // 案情: paragraphs split by newlines
	Handling string         `json:"handling"`          // 查处
	Meaning  string         `json:"meaning,omitempty"` // 典型意义
	ShowPath bool           `json:"show_path"`
	Path     DischargePath  `json:"path"`   // as it is published, where ShowPath; empty otherwise
	Quotes   []StatuteQuote `json:"quotes"` // 以案说法
	Drafted  DraftedCopy    `json:"drafted,omitzero"`
}

// Bulletin is a 典型案例通报.
type Bulletin struct {
	ID BulletinID `json:"id"`
	Meta
	Origin         Origin        `json:"origin"`
	Title          string        `json:"title"`
	Lead           string        `json:"lead"`
	Issuer         string        `json:"issuer"`
	Byline         string        `json:"byline"`
	Number         string        `json:"number,omitempty"`       // 发文字号, as the office gave it: printed by 公文 alone, like the next two
	AddressedTo    string        `json:"addressed_to,omitempty"` // 主送机关: 各分局，局机关各科室
	CopiedTo       string        `json:"copied_to,omitempty"`    // 抄送机关
	Dated          Date          `json:"dated"`                  // month of publication; a bulletin prints no day
	CampaignID     CampaignID    `json:"campaign_id,omitempty"`
	State          BulletinState `json:"state"`
	AuthorID       UserID        `json:"author_id,omitempty"`
	ApproverID     UserID        `json:"approver_id,omitempty"`
	ApprovedAt     *time.Time    `json:"approved_at"`
	WithdrawReason string        `json:"withdraw_reason,omitempty"`
	ReturnReason   string        `json:"return_reason,omitempty"` // of the last 退回, until it is handed in again

	// What happens to it, set by the acts alone.
	Design         string            `json:"design,omitempty"`      // BulletinDesigns; empty: 通报
	CorrectsID     BulletinID        `json:"corrects_id,omitempty"` // the approved bulletin that this one puts right
	CorrectionNote string            `json:"correction_note,omitempty"`
	Writers        []UserID          `json:"writers,omitempty"`  // whoever wrote a word of it, in the order of their first
	Opinions       []BulletinOpinion `json:"opinions,omitempty"` // of the approval, in order
	Answers        []BulletinAnswer  `json:"answers,omitempty"`  // to what the guard asks
	Papers         []BulletinPaper   `json:"papers,omitempty"`   // as approval froze them
	Releases       []BulletinRelease `json:"releases,omitempty"` // where it was published
	PublishedAt    *time.Time        `json:"published_at"`       // on the public site of this register; nil where it never was
	Slug           string            `json:"slug,omitempty"`     // its address there, random: made when it is stored with PublishedAt, and kept
	Facets         []BulletinFacet   `json:"facets,omitempty"`   // what readers of the site find it under, as it was when it was published
	WithdrawnAt    *time.Time        `json:"withdrawn_at"`
	WithdrawerID   UserID            `json:"withdrawer_id,omitempty"`

	Sections []BulletinSection `json:"sections,omitempty"` // as the bureau had them when it was begun; empty: DefaultSections
	Cases    []BulletinCase    `json:"cases"`
	Pictures []BulletinPicture `json:"pictures,omitempty"`
}

// MaxBulletinCases is how many cases a bulletin may have.
const MaxBulletinCases = 200

// BulletinDesigns are the designs of the paper. The first is taken where none is chosen.
var BulletinDesigns = Terms{"通报", "公文", "报纸"}

// BulletinOpinion is what somebody said of a bulletin at a step of its approval.
type BulletinOpinion struct {
	Step    string    `json:"step"` // 起草, 分局, 法规, 签发 …: the chain that was in force
	UserID  UserID    `json:"user_id"`
	Verdict string    `json:"verdict"` // VerdictSubmitted, …
	Words   string    `json:"words,omitempty"`
	At      time.Time `json:"at"`
	// Chain is of a 提交: the steps in force when it was handed in. What an administrator changes later is for the next one.
	Chain []ApprovalStep `json:"chain,omitempty"`
}

// BulletinAnswer is why words that the guard asks about are harmless, by somebody who wrote none of them.
type BulletinAnswer struct {
	Kind   string    `json:"kind"` // of the Leak
	Text   string    `json:"text"`
	Reason string    `json:"reason"`
	UserID UserID    `json:"user_id"`
	At     time.Time `json:"at"`
}

// HasWriter tells whether somebody began the bulletin or wrote in it.
func (x *Bulletin) HasWriter(id UserID) bool {
	return id != 0 && (id == x.AuthorID || slices.Contains(x.Writers, id))
}

// Answered is the last answer to a finding that still holds: its author wrote nothing of the text. nil where there is none.
func (x *Bulletin) Answered(l Leak) *BulletinAnswer {
	for i := len(x.Answers) - 1; i >= 0; i-- {
		if a := &x.Answers[i]; !x.HasWriter(a.UserID) && (Leak{Kind: a.Kind, Text: a.Text}).Key() == l.Key() {
			return a
		}
	}
	return nil
}

// BulletinPaper is a file of an approved bulletin, an attachment of it.
type BulletinPaper struct {
	Format       string       `json:"format"` // pdf, docx, html
	AttachmentID AttachmentID `json:"attachment_id"`
	Filename     string       `json:"filename"`
	SHA256       string       `json:"sha256"` // hex
	Size         int64        `json:"size"`   // bytes
}

// Kilobytes is how large the file is, at least 1.
func (p BulletinPaper) Kilobytes() int64 { return max(1, (p.Size+512)/1024) }

// BulletinRelease is one publication of an approved bulletin.
type BulletinRelease struct {
	On     Date      `json:"on"`
	Medium string    `json:"medium"` // PublicationMedia
	Where  string    `json:"where,omitempty"`
	URL    string    `json:"url,omitempty"`
	Site   bool      `json:"site,omitempty"` // the public site of this register
	UserID UserID    `json:"user_id"`
	At     time.Time `json:"at"`
}

// BulletinFacet is something that a published bulletin is found under: the code of a district, a species, the code of a type of violation, a law.
type BulletinFacet struct {
	Kind string `json:"kind"` // of store.FacetKind
	Word string `json:"word"`
}

// KeepActs takes from was what only acts set: nobody types it into the bulletin's form. Pictures have acts of their own.
func (x *Bulletin) KeepActs(was *Bulletin) {
	x.State, x.AuthorID, x.ApproverID, x.ApprovedAt = was.State, was.AuthorID, was.ApproverID, was.ApprovedAt
	x.WithdrawReason, x.ReturnReason, x.WithdrawnAt, x.WithdrawerID = was.WithdrawReason, was.ReturnReason, was.WithdrawnAt, was.WithdrawerID
	x.CorrectsID, x.Writers, x.Opinions, x.Papers, x.Releases, x.PublishedAt = was.CorrectsID, was.Writers, was.Opinions, was.Papers, was.Releases, was.PublishedAt
	x.Answers, x.Slug, x.Facets = was.Answers, was.Slug, was.Facets
	x.keepPictures(was)
}

// Wrote notes that somebody wrote a word of it.
func (x *Bulletin) Wrote(id UserID) {
	if id != 0 && !slices.Contains(x.Writers, id) {
		x.Writers = append(slices.Clone(x.Writers), id)
	}
}

// Released reports whether it was published anywhere.
func (x *Bulletin) Released() bool { return x.PublishedAt != nil || len(x.Releases) > 0 }

// Public tells whether the public site shows the bulletin.
func (x *Bulletin) Public() bool { return x.State == BulletinApproved && x.PublishedAt != nil }

// Gone tells whether the public site showed it once, and answers 410 now.
func (x *Bulletin) Gone() bool { return x.State == BulletinWithdrawn && x.PublishedAt != nil }

// Clean normalises what was typed.
func (x *Bulletin) Clean() {
	for _, s := range []*string{&x.WithdrawReason, &x.ReturnReason} {
		*s = CleanText(*s)
	}
	for _, s := range x.typed() {
		if HoldsMarkup(*s) {
			*s = PlainFromHTML(*s)
		}
		*s = CleanText(*s)
	}
	if x.Origin == "" {
		x.Origin = OriginField
	}
	if x.State == "" {
		x.State = BulletinDraft
	}
	x.CorrectionNote = CleanText(x.CorrectionNote)
}

// typed are the words of the bulletin that people write.
func (x *Bulletin) typed() []*string {
	list := []*string{&x.Title, &x.Lead, &x.Issuer, &x.Byline, &x.Number, &x.AddressedTo, &x.CopiedTo}
	for i := range x.Sections {
		list = append(list, &x.Sections[i].Heading)
	}
	for i := range x.Cases {
		list = append(list, x.Cases[i].typed()...)
	}
	for i := range x.Pictures {
		list = append(list, x.Pictures[i].typed()...)
	}
	return list
}

func (c *BulletinCase) typed() []*string {
	return []*string{&c.Title, &c.Facts, &c.Handling, &c.Meaning}
}

// leftToRight refuses letters of scripts that are written from right to left: no paper of ours sets them, and they turn the words about them.
func (p *Problems) leftToRight(field, s string) {
	if i := strings.IndexFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
	}); i >= 0 {
		r, _ := utf8.DecodeRuneInString(s[i:])
		p.Add(field, "含有从右向左书写的文字“%c”，通报排不出来，请改写", r)
	}
}

// Validate checks the bulletin; leaks are looked for by FindPersonalData and by the names of its cases.
func (x *Bulletin) Validate() error {
	var p Problems
	p.required("title", x.Title, "通报标题")
	p.text("title", x.Title, maxName)
	p.text("lead", x.Lead, maxText)
	p.text("issuer", x.Issuer, maxName)
	p.text("byline", x.Byline, maxName)
	p.text("number", x.Number, maxName)
	p.text("addressed_to", x.AddressedTo, maxName)
	p.text("copied_to", x.CopiedTo, maxName)
	for _, w := range x.Words() {
		p.leftToRight(w.Field, w.Text)
	}
	p.term("origin", string(x.Origin), Origins)
	p.term("design", x.Design, BulletinDesigns)
	p.text("correction_note", x.CorrectionNote, maxText)
	if n := len(x.Cases); n > MaxBulletinCases {
		p.Add("cases", "一期通报最多 %d 个案件，现有 %d 个；请分成几期", MaxBulletinCases, n)
	}
	validateSections(&p, "sections", x.Sections)
	seen := map[CaseID]bool{}
	for i, c := range x.Cases {
		if seen[c.CaseID] {
			p.Add(fieldAt("cases", i, "case_id"), "同一案件选了两次")
		}
		seen[c.CaseID] = true
		p.required(fieldAt("cases", i, "title"), c.Title, "案件标题")
		p.text(fieldAt("cases", i, "title"), c.Title, maxName)
		p.text(fieldAt("cases", i, "facts"), c.Facts, maxText)
		p.text(fieldAt("cases", i, "handling"), c.Handling, maxText)
		p.text(fieldAt("cases", i, "meaning"), c.Meaning, maxText)
		p.Merge(fieldAt("cases", i, ""), c.Path.validate())
	}
	x.validatePictures(&p)
	return p.Err()
}
