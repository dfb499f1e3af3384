package web_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A publisher chooses five cases, orders them, writes, pastes from Word, leaves without saving, comes back, restores and saves; the paper
// stands beside the form where there is room. On a phone the same without the paper beside it.
func TestJourneyComposer(t *testing.T) {
	for _, width := range []int{1280, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			a := webtest.New(t)
			if err := demo.Load(context.Background(), a.Service); err != nil {
				t.Fatal(err)
			}
			a.As(registry.RoleOfficer).JSON("POST", "/api/v1/cases", `{"title":"刚立案的案件","origin":"现场登记","district_code":"440785"}`).Want(http.StatusCreated)
			b := a.Chrome(t, width, 900)
			const first, said = `document.querySelector('[data-case] .bulletin-case-title').textContent`, `document.querySelector('[data-autosave-status]').textContent`
			b.SignIn("publisher").Open("/bulletins/new").Want("不能选：案件还是空的").Fill("title", "畜禽养殖污染典型案例").Fill("pick_decided", "1").Press("搜索")
			b.Fill("pick_month", "2024-13").Press("搜索").Want("畜禽养殖污染典型案例").Fill("pick_month", "")
			b.Press("搜索").Until(`[...document.querySelectorAll('.picker input[name=add_case]:not(:disabled)')].filter(i => !i.closest('li').textContent.includes('示例')).slice(0, 5).map(i => i.checked = true).length === 5`)
			b.Press("加入所选案件").Want("已加入 5 个案件", "还没有保存").Until(`document.querySelectorAll('[data-case]').length === 5`)

			b.Until(`window.was = document.querySelectorAll('[data-case] .bulletin-case-title')[4].textContent`)
			for range 4 {
				b.Until(`[...document.querySelectorAll('[data-case]')].find(c => c.querySelector('.bulletin-case-title').textContent === window.was).querySelector('[data-move=up]').click() || true`)
			}
			b.Until(first + ` === window.was && document.querySelector('[data-case] [data-move=up]').disabled`)

			b.Fill("lead", "现将五起典型案例公布如下。").Until(`(() => {
				const area = document.querySelector("[data-case] textarea[name$='.meaning']"), data = new DataTransfer();
				data.setData('text/html', "<p class=MsoNormal>守法是底线，<span lang=EN-US>2\n</span>不可<o:p></o:p></p><table><tr><td>甲</td><td>乙</td></tr></table>");
				area.focus();
				area.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
				return area.value === '守法是底线，2不可\n甲 乙';
			})()`)
			b.Until(said + `.includes('已自动暂存')`).Look()
			if width > 1100 {
				b.Until(`document.querySelector('[data-preview-paper]').innerText.includes('典型意义　守法是底线，2不可') && document.querySelector('[data-preview-paper]').innerText.includes('现将五起')`).Look()
			} else {
				b.Until(`document.querySelector('[data-preview-panel]').hidden`)
			}
			b.Until(`document.querySelector('[data-composer] form').scrollWidth > 0 && (window.titles = [...document.querySelectorAll('.bulletin-case-title')].map(x => x.textContent).join())`)

			b.Open("/bulletins").Open("/bulletins/new").Want("有未保存的内容").Press("恢复未保存的内容").Want("已恢复").Until(`document.querySelectorAll('[data-case]').length === 5`)
			b.Until(`document.querySelector('[name=lead]').value === '现将五起典型案例公布如下。' && document.querySelector("[data-case] textarea[name$='.meaning']").value.startsWith('守法是底线')`)
			b.Press("建立通报").Want("已建立通报")
			b.Fill("cases.1.facts", "改写过的案情。").Press("保存").Want("通报已保存", "典型意义", "改写过的案情。")
			bulletin := b.Path()
			b.Open(bulletin + "/versions").Want("案件二简要案情").Until(`document.querySelector(".text-changes ins").textContent.includes("改写")`)
			b.Open(bulletin + "/edit").Until(`!document.querySelector('#unsaved')`)
			b.Until(`window.was = `+first).Drag(`document.querySelector('[data-case] [data-drag]')`, `document.querySelectorAll('.composer-dragging [data-case]')[2] || document.querySelectorAll('[data-case]')[2]`)
			b.Until(`document.querySelectorAll('[data-case] .bulletin-case-title')[2].textContent === window.was && document.querySelectorAll("[data-case] input[name$='.seq']")[2].value === '3' && !document.querySelector('.dragged')`)
			b.Press("保存").Want("通报已保存")
		})
	}
}
