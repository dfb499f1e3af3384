package statute

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// The arrangements of twelve years, in the words notices put them in.
var notices = map[int]string{
	2013: `国务院办公厅关于2013年部分节假日安排的通知
一、元旦：1月1日至3日放假调休，共3天。1月5日（星期六）、1月6日（星期日）上班。
二、春节：2月9日至15日放假调休，共7天。2月16日（星期六）、2月17日（星期日）上班。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：4月29日至5月1日放假调休，共3天。4月27日（星期六）、4月28日（星期日）上班。
五、端午节：6月10日至12日放假调休，共3天。6月8日（星期六）、6月9日（星期日）上班。
六、中秋节：9月19日至21日放假调休，共3天。9月22日（星期日）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。`,
	2014: `经国务院批准，现将2014年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日放假1天。
二、春节：1月31日至2月6日放假调休，共7天。1月26日（星期日）、2月8日（星期六）上班。
三、清明节：4月5日放假，4月7日（星期一）补休。
四、劳动节：5月1日至3日放假调休，共3天。5月4日（星期日）上班。
五、端午节：6月2日放假，与周末连休。
六、中秋节：9月8日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）、10月11日（星期六）上班。`,
	2015: `国务院办公厅关于2015年部分节假日安排的通知
一、元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。
二、春节：2月18日至24日放假调休，共7天。2月15日（星期日）、2月28日（星期六）上班。
三、清明节：4月5日放假，4月6日（星期一）补休。
四、劳动节：5月1日放假，与周末连休。
五、端午节：6月20日放假，6月22日（星期一）补休。
六、中秋节：9月27日放假。
七、国庆节：10月1日至7日放假调休，共7天。10月10日（星期六）上班。
八、中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日：9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。`,
	2016: `国务院办公厅关于2016年部分节假日安排的通知
一、元旦:1月1日放假,与周末连休。二、春节:2月7日至13日放假调休,共7天。2月6日(星期六)、2月14日(星期日)上班。三、清明节:4月4日放假,与周末连休。四、劳动节:5月1日放假,5月2日(星期一)补休。五、端午节:6月9日至11日放假调休,共3天。6月12日(星期日)上班。六、中秋节:9月15日至17日放假调休,共3天。9月18日(星期日)上班。七、国庆节:10月1日至7日放假调休,共7天。10月8日(星期六)、10月9日(星期日)上班。`,
	2017: `国务院办公厅关于2017年部分节假日安排的通知
一、元旦：1月1日放假，1月2日（星期一）补休。
二、春节：1月27日至2月2日放假调休，共7天。1月22日（星期日）、2月4日（星期六）上班。
三、清明节：4月2日至4日放假调休，共3天。4月1日（星期六）上班。
四、劳动节：5月1日放假，与周末连休。
五、端午节：5月28日至30日放假调休，共3天。5月27日（星期六）上班。
六、中秋节、国庆节：10月1日至8日放假调休，共8天。9月30日（星期六）上班。`,
	2019: `国务院办公厅关于2019年部分节假日安排的通知
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。`,
	2020: `国务院办公厅关于2020年部分节假日安排的通知
一、元旦：2020年1月1日放假，共1天。
二、春节：1月24日至30日放假调休，共7天。1月19日（星期日）、2月1日（星期六）上班。
三、清明节：4月4日至6日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月26日（星期日）、5月9日（星期六）上班。
五、端午节：6月25日至27日放假调休，共3天。6月28日（星期日）上班。
六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。`,
	2022: `国务院办公厅关于2022年部分节假日安排的通知
一、元旦：2022年1月1日至3日放假，共3天。
二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星期日）上班。
三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
四、劳动节：4月30日至5月4日放假调休，共5天。4月24日（星期日）、5月7日（星期六）上班。
五、端午节：6月3日至5日放假，共3天。
六、中秋节：9月10日至12日放假，共3天。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。`,
	2023: `国务院办公厅关于2023年部分节假日安排的通知
一、元旦：12月31日至次年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。`,
	2024: `国务院办公厅关于2024年部分节假日安排的通知
　　一、元旦：1月1日放假，与周末连休。
　　二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
　　三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
　　四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
　　五、端午节：6月10日放假，与周末连休。
　　六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
　　七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
　　国务院办公厅
　　2023年10月25日`,
	2025: `各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2025年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置。`,
	2026: `国务院办公厅关于2026年
部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。
9月20日（周日）、10月10日（周六）上班。
国务院办公厅
2025年11月4日
（此件公开发布）`,
}

func dayLines(days []CalendarDay) []string {
	var list []string
	for _, d := range days {
		list = append(list, fmt.Sprintf("%s %t %s", d.Date, d.Holiday, d.Name))
	}
	return list
}

// The years whose days are in the catalogue, taken there from other sources, come out of the notice day for day.
func TestParseHolidaysMatchesTheCatalogue(t *testing.T) {
	for _, year := range []int{2024, 2025, 2026} {
		n, problems := ParseHolidays(notices[year], 0)
		if len(problems) > 0 || n.Year != year {
			t.Errorf("%d: ParseHolidays: year %d, problems %v", year, n.Year, problems)
		}
		var want []CalendarDay
		for _, d := range Embedded().Calendar().Days {
			if d.notice() == year {
				want = append(want, d)
			}
		}
		if got, want := dayLines(n.Days), dayLines(want); !slices.Equal(got, want) {
			t.Errorf("%d: days\n%s\nwant\n%s", year, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestParseHolidaysShapes(t *testing.T) {
	for _, c := range []struct {
		year, rest, work int
		has              string
	}{
		{2013, 29, 12, "2013-04-29 true 劳动节"}, {2014, 22, 5, "2014-04-07 true 清明节"}, {2015, 26, 5, "2015-09-06 false 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休上班"},
		{2016, 24, 6, "2016-05-02 true 劳动节"}, {2017, 24, 5, "2017-10-08 true 中秋节、国庆节"}, {2019, 24, 7, "2018-12-29 false 元旦调休上班"},
		{2020, 27, 7, "2020-06-28 false 端午节调休上班"},
		{2022, 31, 7, "2022-01-03 true 元旦"}, {2023, 27, 7, "2022-12-31 true 元旦"}, {2024, 28, 8, "2024-02-18 false 春节调休上班"},
	} {
		n, problems := ParseHolidays(notices[c.year], c.year)
		rest, work := 0, 0
		for _, d := range n.Days {
			if d.Holiday {
				rest++
			} else {
				work++
			}
		}
		if len(problems) > 0 || rest != c.rest || work != c.work || !slices.Contains(dayLines(n.Days), c.has) {
			t.Errorf("ParseHolidays(%d) = %d holidays, %d workdays, problems %v; want %d, %d and %q\n%s", c.year, rest, work, problems, c.rest,
				c.work, c.has, strings.Join(dayLines(n.Days), "\n"))
		}
	}
	n, _ := ParseHolidays(notices[2024], 0)
	if want := "鼓励各单位结合带薪年休假等制度落实,安排职工在除夕(2月9日)休息"; !slices.Equal(n.Notes, []string{want}) {
		t.Errorf("notes of 2024 = %q, want the sentence about the eve alone", n.Notes)
	}
}

func TestParseHolidaysProblems(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		line     int
		message  string
	}{
		"weekday":       {"1月4日（周日）上班", "1月4日（周六）上班", 3, "2026-01-04 是周日，通知写的是周六：请核对日期"},
		"count":         {"共9天", "共8天", 4, "通知写共 8 天，按日期数是 9 天"},
		"no such day":   {"2月28日（周六）", "2月30日（周六）", 4, "没有这一天，或不属于 2026 年的安排"},
		"weekday work":  {"5月9日（周六）上班", "5月8日上班", 6, "2026-05-08 是周五，本来就上班，不会是调休：请核对日期"},
		"backwards":     {"6月19日（周五）至21日（周日）", "6月21日（周日）至19日（周五）", 7, "从 2026-06-21 到 2026-06-19 不是一段假期"},
		"missing":       {"五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n", "", 0, "没有读到“端午”的安排：请粘贴通知全文，每个节日一行，如“一、元旦：1月1日放假1天”"},
		"rest and work": {"5月9日（周六）上班", "5月3日（周日）上班", 6, "2026-05-03 又放假又上班"},
		"no date":       {"6月19日（周五）至21日（周日）放假，共3天", "放假安排另行通知", 7, "没有读到端午节放假的日期"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(notices[2026], c.from, c.to, 1)
			if text == notices[2026] {
				t.Fatal("the notice was not changed")
			}
			_, problems := ParseHolidays(text, 0)
			if len(problems) == 0 || problems[0].Line != c.line || problems[0].Message != c.message {
				t.Errorf("problems = %+v; want line %d: %s", problems, c.line, c.message)
			}
		})
	}
	for text, want := range map[string]string{
		"一、元旦：1月1日放假1天。":             "没有读到年份：请连同标题（……关于2027年部分节假日安排的通知）一起粘贴，或填写年份",
		strings.Repeat("放假", 20<<10): "文本有 120 KB，一份放假通知不超过 64 KB；请只粘贴通知本身",
	} {
		if _, problems := ParseHolidays(text, 0); len(problems) != 1 || problems[0].Message != want {
			t.Errorf("ParseHolidays(%.20q) problems = %+v, want %s", text, problems, want)
		}
	}
	if _, problems := ParseHolidays(notices[2026], 2027); len(problems) != 1 || problems[0].Message != "通知写的是 2026 年，与填写的 2027 年不同" {
		t.Errorf("another year than the notice's: %+v", problems)
	}
}

func TestCalendarWith(t *testing.T) {
	n, _ := ParseHolidays(notices[2023], 0)
	cal := Embedded().Calendar()
	all := cal.With(n.Year, n.Days)
	day := func(s string) registry.Date {
		d, err := registry.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if all.Covers(2022) || !all.Covers(2023) || len(all.Days) != len(cal.Days)+len(n.Days) {
		t.Errorf("With(2023): covers 2022 %t, 2023 %t, %d days", all.Covers(2022), all.Covers(2023), len(all.Days))
	}
	for s, want := range map[string][2]bool{"2022-12-31": {false, true}, "2022-12-30": {true, false}, "2023-01-28": {true, true},
		"2024-05-11": {true, true}} {
		if working, known := all.Working(day(s)); working != want[0] || known != want[1] {
			t.Errorf("Working(%s) = %t, %t, want %v", s, working, known, want)
		}
	}
	// A second notice of the year takes the place of the first.
	text := strings.Replace(notices[2026], "5月9日（周六）上班", "5月10日（周日）上班", 1)
	n, problems := ParseHolidays(text, 0)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	again := cal.With(n.Year, n.Days)
	if working, _ := again.Working(day("2026-05-09")); working || len(again.Days) != len(cal.Days) {
		t.Errorf("2026-05-09 is still a workday, or days were doubled: %d", len(again.Days))
	}
}

func FuzzParseHolidays(f *testing.F) {
	for _, text := range notices {
		f.Add(text, 0)
	}
	f.Add("一、元旦：12月30日至次年1月1日放假", 2027)
	f.Fuzz(func(t *testing.T, text string, year int) {
		n, problems := ParseHolidays(text, year)
		if len(problems) > maxNoticeFlaws || len(n.Notes) > 10 {
			t.Errorf("%d problems, %d notes", len(problems), len(n.Notes))
		}
		for i, d := range n.Days {
			if y, _, _ := d.Date.YMD(); y != n.Year && y != n.Year-1 {
				t.Errorf("%s is not of %d", d.Date, n.Year)
			}
			if i > 0 && !n.Days[i-1].Date.Before(d.Date) {
				t.Errorf("days not ascending at %s", d.Date)
			}
		}
		if len(n.Days) > 2*366 {
			t.Errorf("%d days", len(n.Days))
		}
	})
}

// A year's notice is missed from 1 October of the year before, and not a day earlier.
func TestNoticeMissing(t *testing.T) {
	var c Calendar
	c = c.With(2030, []CalendarDay{{Date: registry.Day(2029, 12, 31), Holiday: true, Name: "元旦"}, {Date: registry.Day(2030, 10, 1), Holiday: true, Name: "国庆节"}})
	for _, tc := range []struct {
		today registry.Date
		year  int
	}{
		{registry.Day(2029, 12, 31), 2029}, {registry.Day(2030, 1, 1), 0}, {registry.Day(2030, 9, 30), 0}, {registry.Day(2030, 10, 1), 2031}, {registry.Day(2030, 12, 31), 2031}, {registry.Day(2031, 1, 1), 2031},
	} {
		if year, missing := c.NoticeMissing(tc.today); year != tc.year || missing != (tc.year != 0) {
			t.Errorf("NoticeMissing(%s) = %d, %t; want %d", tc.today, year, missing, tc.year)
		}
	}
	c = c.With(2031, []CalendarDay{{Date: registry.Day(2031, 1, 1), Holiday: true, Name: "元旦"}})
	if year, missing := c.NoticeMissing(registry.Day(2030, 10, 1)); missing {
		t.Errorf("the notice of %d is there and said to be missing", year)
	}
}
