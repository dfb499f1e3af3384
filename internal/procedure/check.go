package procedure

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Verdict is what a check can say.
type Verdict string

// The verdicts.
const (
	Sound      Verdict = "未见问题"
	Defect     Verdict = "存在问题"
	CannotTell Verdict = "无法判断"
)

// Finding is the answer of one check about a case.
type Finding struct {
	Code    string
	Title   string // in Chinese: the question the file review asks
	Verdict Verdict
	What    string // what was found, or what is missing to tell
	Where   string // the part of the case page: documents, inspections, violations, penalties
	Source  string // the rule
	Mend    string // what can be done; empty where nothing is wrong

	said, unsaid int // how many places What names, and how many more there are
}

// mostPlaces are those that a finding names one by one: a case may have hundreds of samples with the same fault.
const mostPlaces = 12

// review is the source of the checks that the file-review rules name among the fatal defects.
const review = "生态环境行政执法案卷评查细则（2024年版）一票否决项"

// check answers one question. nil: the case has nothing that it is about.
type check struct {
	code, title, where, mend string
	// on are the days of the facts judged: the law in force on them is the check's basis.
	on    func(*Facts) []registry.Date
	basis []basis
	run   func(x *Facts, f *Finding)
}

// decisionDays are those of the decisions with a penalty.
var decisionDays = daysOf(registry.DocDecision, registry.DocDailyPenalty)

// checks in the order of an ordinary case.
var checks = []check{
	{"OFFICERS", "执法人员不少于两人", "inspections", "核对笔录，补充记录参加检查的执法人员；确为一人执法的，所取证据不能作为定案依据",
		inspectionDays, standing(review + "；行政处罚法第四十二条第一款"), (*Facts).officers},
	{"CERTIFICATES", "执法证件在检查当日有效", "inspections", "在“执法人员”中核对证件有效期；确已失效的，由持有效证件的人员重新取证",
		noDay, standing(review), (*Facts).certificates},
	{"PARTY_NAME", "各文书的当事人名称一致", "documents", "以营业执照或身份证件为准核对；文书有误的依法补正",
		noDay, standing(review), (*Facts).partyName},
	{"DATES_IN_ORDER", "文书日期先后合理", "documents", "核对原件改正日期；确实如此的如实保留，报法制机构处理",
		noDay, standing("文书送达、结果在作出之后；行政处罚法第五十四条第二款（立案在前）"), (*Facts).datesInOrder},
	{"DECIDING_ORGAN", "以有权机关的名义作出决定", "documents", "核对决定书的落款和日期；没有依据的报法制机构处理", decisionDays,
		[]basis{{source: review + "（无法定依据以分局名义作出处罚决定）"},
			{statute.CodeDay, review + "；生态环境法典第五十三条（派出机构可以以自己的名义实施行政处罚）"}}, (*Facts).decidingOrgan},
	{"LAW_IN_FORCE", "所引条文在行为时有效", "violations", "核对违法行为终了日与条文版本，改引当时有效的版本并说明理由",
		noDay, standing(review), (*Facts).lawInForce},
	{"PROVISION_EXISTS", "所引条款项确实存在", "violations", "对照官方文本改正条、款、项",
		noDay, standing(review), (*Facts).provisions},
	{"LIMITATION", "未超过追责期限", "violations", "核对行为终了日和发现日；确已超过的不再给予处罚", actDays,
		[]basis{{source: review + "；行政处罚法第三十六条"}, {statute.CodeDay, review + "；行政处罚法第三十六条、生态环境法典第一千零五十四条"}}, (*Facts).limitation},
	{"MONITORING_TOLD", "监测结果已告知当事人", "documents", "登记样品的结果告知日期，或补登“告知监测结果”，一处即可；确未告知的，应当告知后再作决定",
		noDay, standing(review), (*Facts).monitoringTold},
	{"STANDARD_APPLIES", "监测所引标准在采样当日适用", "inspections", "核对报告所引标准的编号和年号；确已引错的写入样品的复核意见，由监测单位更正",
		noDay, standing("标准目录所列各标准的施行期间和适用范围"), (*Facts).standardsApply},
	{"VERDICTS", "监测结论与数值一致", "inspections", "对照监测报告核对数值、限值、单位和结论；报告确如此写的，在样品中写明理由",
		noDay, standing("监测结果与限值的比较"), (*Facts).verdicts},
	{"NOTICE_FIRST", "先告知、后决定，陈述申辩期已满", "documents", "核对告知书送达日与决定日；期限未满即作决定的，报法制机构处理",
		decisionDays, standing(review + "；行政处罚法第四十四条、第六十二条"), (*Facts).noticeFirst},
	{"WITHIN_NOTICE", "处罚不超出告知的内容", "documents", "加重处罚的应当重新告知",
		decisionDays, standing("行政处罚法第四十四条、第六十二条"), (*Facts).withinNotice},
	{"AMOUNT_IN_RANGE", "罚款金额在法定幅度之内", "penalties", "核对所引罚则；依法减轻的写明理由",
		noDay, standing(review), (*Facts).amountInRange},
	{"AMOUNTS_AGREE", "决定书与登记的处罚金额一致", "penalties", "对照决定书原件改正金额；一份决定书有几项处罚的，各项都登记",
		noDay, standing("同一决定的金额在文书和处罚中应当相同"), (*Facts).amountsAgree},
	{"HEARING", "应当听证的已告知、已举行", "documents", "补登事先（听证）告知、听证；应当告知而未告知的，报法制机构处理",
		decisionDays, standing("行政处罚法第六十三条第一款、第六十四条第（一）项；数额界限见时限表“听证”"), (*Facts).hearing},
	{"LEGAL_REVIEW", "应当法制审核的已审核", "documents", "补登“法制审核”；未经审核或审核未通过的，不得作出决定",
		decisionDays, standing(review + "；行政处罚法第五十八条第一款"), (*Facts).legalReview},
	{"DISCUSSION", "应当集体讨论的已讨论", "documents", "补登“集体讨论”；当事人陈述申辩或听证后应再次讨论",
		decisionDays, standing(review + "；行政处罚法第五十七条第二款"), (*Facts).discussion},
	{"SEPARATION", "调查人员不审核、不表决", "documents", "核对各文书的参加人；确有参加的，应当更换人员重新审核或讨论",
		noDay, standing(review), (*Facts).separation},
	{"DECISION_IN_TIME", "在办案期限内作出决定", "documents", "补登延长办案期限和不计入期限的事项；确已超期的如实记录",
		daysOf(registry.DocFiling), standing("行政处罚法第六十条；两次延长见时限表“办案期限”"), clockCheck("CASE_DECISION")},
	{"DAILY_PENALTY", "按日连续处罚在复查和原处罚之后", "documents", "核对复查日和原处罚决定的作出、送达日", daysOf(registry.DocDailyPenalty),
		[]basis{{source: review + "；环境保护法第五十九条第一款、按日连续处罚办法第七条第二款、第十条"},
			{statute.CodeDay, review + "；生态环境法典第一千零六十条、按日连续处罚办法第七条第二款、第十条"}}, (*Facts).dailyPenalty},
	{"SEIZURE", "查封扣押未超过期限", "documents", "立即解除，或补登延长、解除的决定",
		daysOf(registry.DocSeizure), standing(review + "；行政强制法第二十五条第一款"), clockCheck("SEALING")},
	{"PUBLICATION", "处罚决定按期公开", "documents", "尽快公开并登记公示日期",
		decisionDays, standing("行政处罚法第四十八条第一款；期限见时限表“处罚决定公开”"), clockCheck("PUBLISH")},
}

// Checks answers what a file review would ask of the case: every question that the case has something for.
func Checks(x *Facts) []Finding {
	_, list := Read(x)
	return list
}

// Read is Clocks and Checks, for who asks for both: the clocks are counted once.
func Read(x *Facts) ([]Clock, []Finding) {
	counted := *x
	counted.clocks = Clocks(x) // for the several checks that ask them
	return counted.clocks, counted.findings()
}

func (x *Facts) findings() []Finding {
	var list []Finding
	for i := range checks {
		c := &checks[i]
		days := c.on(x)
		f := Finding{Code: c.code, Title: c.title, Where: c.where, Source: sourceOn(c.basis, x.dated(days))}
		c.run(x, &f)
		if f.Verdict == "" {
			continue
		}
		if f.unsaid > 0 {
			f.What += fmt.Sprintf("；另有 %d 处", f.unsaid)
		}
		if law, from, before := x.beforeHeld(f.Source, days); before && f.Verdict == Defect {
			f.say(CannotTell, "%s；%s本库收录的文本自 %s 起施行，此前的规定未收录，当时是否如此要求请核对", f.What, law, from)
		}
		if f.Verdict != Sound {
			f.Mend = c.mend
		}
		list = append(list, f)
	}
	return list
}

func (f *Finding) say(v Verdict, format string, args ...any) {
	f.Verdict, f.What = v, fmt.Sprintf(format, args...)
}

// worse keeps a defect over a doubt, and a doubt over soundness, and joins what is said.
func (f *Finding) worse(v Verdict, format string, args ...any) {
	rank := []Verdict{"", Sound, CannotTell, Defect}
	what := fmt.Sprintf(format, args...)
	switch a, b := slices.Index(rank, f.Verdict), slices.Index(rank, v); {
	case b > a:
		f.Verdict, f.What, f.said, f.unsaid = v, what, 1, 0
	case b == a && b > 1 && f.said >= mostPlaces:
		f.unsaid++
	case b == a && b > 1:
		f.What += "；" + what
		f.said++
	}
}

func (x *Facts) noticeFirst(f *Finding) {
	decision, ok := x.File.Document(registry.DocDecision)
	if !ok {
		return
	}
	notice, told := x.File.Document(registry.DocNotice)
	switch {
	case !told && x.File.Case.Origin != registry.OriginField:
		f.say(CannotTell, "来源未载明是否告知")
		return
	case !told:
		f.say(Defect, "有处罚决定，没有事先告知的记录")
		return
	case notice.ServedOn.IsZero() || decision.MadeOn.IsZero():
		f.say(CannotTell, "告知书送达日或处罚决定日未登记")
		return
	}
	d, _ := x.Law.Deadline("STATEMENT_DEFENCE")
	term := d.Run(x.Calendar, notice.ServedOn, 0, nil)
	_, stated := x.File.Document(registry.DocStatement)
	switch {
	case decision.MadeOn.Latest() < notice.ServedOn.Earliest():
		f.say(Defect, "%s 作出处罚决定，%s 才送达告知书", decision.MadeOn, notice.ServedOn)
	case !term.Known():
		f.say(CannotTell, "%s", term.Why)
	case decision.MadeOn.Earliest() > term.Latest.Latest():
		f.say(Sound, "陈述申辩期至 %s，决定在其后", term.On)
	case stated:
		f.say(CannotTell, "陈述申辩期至 %s，决定作出于 %s；当事人已陈述申辩或放弃，请核对", term.On, decision.MadeOn)
	case decision.MadeOn.Latest() <= term.On.Earliest():
		f.say(Defect, "陈述申辩期至 %s（五个工作日），%s 即作出处罚决定", term.On, decision.MadeOn)
	default:
		f.say(CannotTell, "日期不够精确，无法确定陈述申辩期是否已满")
	}
}

func (x *Facts) legalReview(f *Finding) {
	decision, decided := x.File.Document(registry.DocDecision)
	if !decided {
		return
	}
	reviewed, ok := x.File.Document(registry.DocLegalReview)
	_, heard := x.File.Document(registry.DocHearing)
	switch {
	case ok && certainlyAfter(reviewed.MadeOn, decision.MadeOn):
		f.say(Defect, "法制审核在处罚决定之后")
	case ok:
		f.say(Sound, "已经法制审核")
	case heard && x.File.Case.Origin == registry.OriginPublished:
		f.say(CannotTell, "经过听证程序的案件应当法制审核，公开资料没有写")
	case heard:
		f.say(Defect, "经过听证程序的案件应当法制审核，没有审核记录")
	default:
		f.say(CannotTell, "没有法制审核记录；未经听证的，是否属于应当审核的情形（重大公共利益、案情疑难复杂等）由人判断，按金额、种类划定的审核范围本库未收录；%s",
			x.weight(&decision).why)
	}
}

func (x *Facts) discussion(f *Finding) {
	decision, decided := x.File.Document(registry.DocDecision)
	if !decided {
		return
	}
	talked, ok := x.File.Document(registry.DocDiscussion)
	extended := len(made(registry.DocDecisionExtended)(x.File)) > 1
	switch {
	case ok && certainlyAfter(talked.MadeOn, decision.MadeOn):
		f.say(Defect, "集体讨论在处罚决定之后")
	case ok && x.objectedAfter(&talked):
		f.say(Defect, "集体讨论之后当事人陈述申辩或听证，没有再次讨论的记录")
	case ok:
		f.say(Sound, "已经集体讨论")
	case extended && x.File.Case.Origin != registry.OriginPublished:
		f.say(Defect, "办案期限第二次延长须经集体讨论，没有讨论记录")
	default:
		f.say(CannotTell, "没有集体讨论记录；是否属于情节复杂或者重大违法行为由人判断，“重大”的金额标准本库未收录；%s", x.weight(&decision).why)
	}
}

// objectedAfter reports whether the party spoke after the last discussion.
func (x *Facts) objectedAfter(talked *registry.Document) bool {
	behind := false
	for i := range x.File.Documents {
		d := &x.File.Documents[i]
		if behind && (d.Kind == registry.DocStatement || d.Kind == registry.DocHearing) {
			return true
		}
		behind = behind || d.ID == talked.ID
	}
	return false
}

// separation compares who investigated with who reviewed or voted, by name: the roster may know two people of one name, so the officer's
// number decides where both have one.
func (x *Facts) separation(f *Finding) {
	type person struct {
		id   registry.OfficerID
		name string
	}
	var investigators []person
	for _, i := range x.File.Inspections {
		for _, o := range i.Officers {
			investigators = append(investigators, person{o.OfficerID, o.Name})
		}
	}
	for _, d := range x.File.Documents {
		for _, p := range d.Participants {
			if p.Part == "承办" {
				investigators = append(investigators, person{p.OfficerID, p.Name})
			}
		}
	}
	for _, d := range x.File.Documents {
		for _, p := range d.Participants {
			if p.Part != "审核" && p.Part != "法制审核" && p.Part != "表决" {
				continue
			}
			if len(investigators) == 0 {
				f.worse(CannotTell, "没有登记调查人员")
				continue
			}
			same := slices.ContainsFunc(investigators, func(q person) bool {
				if q.id != 0 && p.OfficerID != 0 {
					return q.id == p.OfficerID
				}
				return p.Name != "" && registry.Fold(q.name) == registry.Fold(p.Name)
			})
			if same {
				f.worse(Defect, "%s参与调查，又在“%s”中%s", p.Name, d.Kind, p.Part)
			} else {
				f.worse(Sound, "调查人员未参与审核和表决")
			}
		}
	}
	if f.Verdict == "" && len(made(registry.DocLegalReview, registry.DocDiscussion)(x.File)) > 0 {
		f.say(CannotTell, "法制审核、集体讨论没有登记参加人")
	}
}

// before is the last document of a kind that the file has before another, or else the last it has: a case may be decided anew later.
func (x *Facts) before(at int, kind registry.DocKind) (registry.Document, bool) {
	for i := at - 1; i >= 0; i-- {
		if x.File.Documents[i].Kind == kind {
			return x.File.Documents[i], true
		}
	}
	return x.File.Document(kind)
}

func (x *Facts) dailyPenalty(f *Finding) {
	for i := range x.File.Documents {
		daily := &x.File.Documents[i]
		if daily.Kind != registry.DocDailyPenalty {
			continue
		}
		for _, kind := range []registry.DocKind{registry.DocRecheck, registry.DocDecision} {
			d, ok := x.before(i, kind)
			if !ok && kind == registry.DocRecheck {
				visit, found := visited(x.File, Point{})
				d, ok = registry.Document{Kind: kind, MadeOn: visit.On}, found
			}
			switch {
			case !ok:
				f.worse(Defect, "按日连续处罚之前没有“%s”", kind)
			case d.MadeOn.IsZero() || daily.MadeOn.IsZero():
				f.worse(CannotTell, "“%s”或按日连续处罚的日期未登记", kind)
			case daily.MadeOn.Latest() < d.MadeOn.Earliest():
				f.worse(Defect, "按日连续处罚（%s）早于“%s”（%s）", daily.MadeOn, kind, d.MadeOn)
			case kind == registry.DocDecision && !d.ServedOn.IsZero() && daily.MadeOn.Latest() < d.ServedOn.Earliest():
				f.worse(Defect, "按日连续处罚（%s）早于原处罚决定的送达（%s）", daily.MadeOn, d.ServedOn)
			default:
				f.worse(Sound, "在复查和原处罚决定之后")
			}
		}
	}
}

// clockCheck is a check that a clock answers.
func clockCheck(code string) func(*Facts, *Finding) {
	return func(x *Facts, f *Finding) {
		for _, c := range x.clocks {
			if c.Rule.Code != code {
				continue
			}
			switch c.State {
			case Late:
				f.worse(Defect, "%s", joinWords("；", fmt.Sprintf("%s届满，%s于 %s，逾期 %d 天", c.Term.Latest, c.Done.What, c.Done.On, c.Days), c.Note))
			case Overdue:
				f.worse(Defect, "%s", joinWords("；", fmt.Sprintf("%s届满，已逾期 %d 天", c.Term.Latest, c.Days), c.Note))
			case Unknown:
				f.worse(CannotTell, "%s", c.Note)
			default:
				f.worse(Sound, "在期限之内")
			}
		}
	}
}

// certainlyAfter reports whether a lies after b however partial the two dates are.
func certainlyAfter(a, b registry.Date) bool {
	return !a.IsZero() && !b.IsZero() && a.Earliest() > b.Latest()
}
