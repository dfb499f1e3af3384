package web_test

import (
	"context"
	"fmt"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A picture's way: uploaded on the composer, covered by drawing on it with a finger's events and moved by keys, looked through, handed in, approved, published; the
// public page shows the covered copy on a phone.
func TestJourneyPicture(t *testing.T) {
	ctx := context.Background()
	for _, width := range []int{1280, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			a := webtest.New(t)
			if err := demo.Load(ctx, a.Service); err != nil {
				t.Fatal(err)
			}
			was, err := a.Service.Bulletin(ctx, a.Actor(registry.RolePublisher), 1)
			if err != nil {
				t.Fatal(err)
			}
			id, err := a.Service.CorrectBulletin(ctx, a.Actor(registry.RolePublisher), 1, was.Version, "补登现场图片")
			if err != nil {
				t.Fatal(err)
			}
			bulletin := fmt.Sprintf("/bulletins/%d", id)
			b := a.Chrome(t, width, 900)
			b.SignIn("publisher").Open(bulletin + "/edit").Want("上传图片").Until(`(() => {
				const c = document.createElement("canvas"), g = c.getContext("2d");
				c.width = 800; c.height = 600;
				for (let x = 0; x < 800; x += 8) { g.fillStyle = x % 16 ? "#fff" : "#000"; g.fillRect(x, 0, 8, 600); }
				const bytes = Uint8Array.from(atob(c.toDataURL("image/jpeg", 0.95).split(",")[1]), (s) => s.charCodeAt(0)), d = new DataTransfer();
				d.items.add(new File([bytes], "现场.jpg", {type: "image/jpeg"}));
				const input = document.querySelector("#form-picture-file");
				input.files = d.files;
				return input.files.length === 1 && input.form.id === "picture-upload";
			})()`)
			b.Press("上传").Want("已加入 1 张图片", "图片一", "没有遮盖", "人脸、车牌")
			b.Press("裁剪、遮盖、说明").Until(`document.querySelector("[data-picture-canvas] img").naturalWidth > 0`)
			b.Until(`(() => {
				const box = document.querySelector("[data-picture-canvas]");
				box.scrollIntoView({block: "center"});
				const r = box.getBoundingClientRect();
				const fire = (kind, x, y) => box.dispatchEvent(new PointerEvent(kind, {bubbles: true, cancelable: true, pointerId: 7, pointerType: "touch", isPrimary: true, button: 0,
					clientX: r.left + x * r.width, clientY: r.top + y * r.height}));
				fire("pointerdown", 0.2, 0.25); fire("pointermove", 0.4, 0.4); fire("pointermove", 0.5, 0.5); fire("pointerup", 0.5, 0.5);
				return document.getElementsByName("covers.0.x")[0].value === "200" && document.getElementsByName("covers.0.w")[0].value === "300";
			})()`)
			b.Until(`(() => {
				const mark = document.querySelector(".picture-mark-mosaic");
				const key = (k, shift) => mark.dispatchEvent(new KeyboardEvent("keydown", {key: k, shiftKey: shift, bubbles: true, cancelable: true}));
				key("ArrowRight", false); key("ArrowLeft", true);
				return document.getElementsByName("covers.0.x")[0].value === "210" && document.getElementsByName("covers.0.w")[0].value === "290";
			})()`)
			b.Until(`document.querySelector("[data-picture-status]").textContent.includes("预览已更新") && document.querySelector("[data-picture-preview]").src.includes("210%2C250%2C290%2C250")`).Look()
			b.Fill("caption", "养殖场排放口").Press("保存").Want("图片已保存", "养殖场排放口", "遮盖 1 处")
			b.Open(bulletin).Want("还没有人看过成品").Press("提交审核").Want("图片一：还没有人看过成品")
			b.Open(bulletin+"/pictures").Fill("checked", "1").Press("记下").Want("宣传发布甲看过成品")
			b.Open(bulletin).Press("提交审核").Want("待审核")
			b.Open("/more").Press("退出")
			b.SignIn("publisher2").Open(bulletin).Want("养殖场排放口", "宣传发布甲看过成品").Press("批准").Want("已批准").Press("发布到公众网站").Want("已发布到公众网站")
			b.Open("/more").Press("退出")

			a.OpenSite(true)
			x, err := a.Service.Bulletin(ctx, a.Actor(registry.RolePublisher), id)
			if err != nil {
				t.Fatal(err)
			}
			phone := a.Chrome(t, 390, 800)
			phone.Open("/public/bulletins/" + x.Slug).Want("养殖场排放口").Until(`(() => {
				const img = document.querySelector("figure.picture img");
				img.scrollIntoView();
				if (!img.complete || !img.naturalWidth) return false;
				const c = document.createElement("canvas"), g = c.getContext("2d");
				c.width = img.naturalWidth; c.height = img.naturalHeight;
				g.drawImage(img, 0, 0);
				const spread = (x, y) => { const v = []; for (let i = 0; i < 24; i++) v.push(g.getImageData(x + i, y, 1, 1).data[0]); return Math.max(...v) - Math.min(...v); };
				// Stripes of black and white outside the cover, one grey within a square of it.
				return spread(20, 20) > 200 && spread(172, 160) < 40 && img.getBoundingClientRect().right <= 390;
			})()`).Look()
		})
	}
}
