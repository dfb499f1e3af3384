package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// Illustrate adds to a demonstration that has just been loaded a draft of an invented case with a picture: a drawn scene, no photograph, whose person and number plate are
// covered as those of a photograph would be. In one that has more than the published bulletin it does nothing.
func Illustrate(ctx context.Context, s *casework.Service) error {
	a := registry.CommandLine
	list, _, err := s.Bulletins(ctx, a, "", casework.Page{Limit: 2})
	if err != nil || len(list) != 1 {
		return err
	}
	const invented = 6
	x := registry.Bulletin{Title: "养殖废水偷排案（示例）", Lead: "本期案件、人物和图片均为虚构，用来演示配图：图上的人和车牌已经遮盖，看过成品才能送审。", Issuer: bureau, Dated: registry.Month(2025, 6), Design: "报纸",
		Cases: []registry.BulletinCase{{CaseID: invented}}}
	if _, err := s.AddBulletin(ctx, a, &x); err != nil {
		return fmt.Errorf("draft with a picture: %w", err)
	}
	x.Cases[0].ShowPath = false // the scene shows it
	if err := s.ChangeBulletin(ctx, a, &x); err != nil {
		return fmt.Errorf("draft with a picture: %w", err)
	}
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, scene()); err != nil {
		return err
	}
	if _, err := s.AddPicture(ctx, a, x.ID, 0, "现场示意.png", &drawn, ""); err != nil {
		return fmt.Errorf("picture of the demonstration: %w", err)
	}
	step := func(do func(x *registry.Bulletin, p registry.BulletinPicture) error) error {
		x, err := s.Bulletin(ctx, a, x.ID)
		if err != nil {
			return err
		}
		return do(&x, x.Pictures[0])
	}
	if err := step(func(x *registry.Bulletin, p registry.BulletinPicture) error {
		p.Caption, p.Credit, p.Alt = "养殖废水由软管排入场外水沟（绘制的示意图）", "示例绘图", "左边是猪舍，一根蓝色软管从墙外通到水沟；右边停着一辆货车，车旁站着一人，人和车牌已遮盖"
		p.Wide = true
		p.Covers = []registry.PictureCover{{Area: personAt}, {Area: plateAt, Fill: true}}
		return s.ChangePicture(ctx, a, x.ID, x.Version, p)
	}); err != nil {
		return fmt.Errorf("picture of the demonstration: %w", err)
	}
	return step(func(x *registry.Bulletin, p registry.BulletinPicture) error {
		return s.CheckPicture(ctx, a, x.ID, x.Version, p.FileID, p.CopySHA256, true)
	})
}

// Where the scene has what is covered.
var (
	personAt = registry.PictureArea{X: 838, Y: 470, W: 74, H: 110}
	plateAt  = registry.PictureArea{X: 612, Y: 684, W: 86, H: 60}
)

// scene draws a pig house, a hose into a ditch, a van and a person, in flat colours: 1,000 by 640 pixels.
func scene() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 1000, 640))
	paint := func(c color.RGBA, inside func(x, y int) bool) {
		for y := range 640 {
			for x := range 1000 {
				if inside(x, y) {
					m.SetRGBA(x, y, c)
				}
			}
		}
	}
	box := func(c color.RGBA, left, top, right, bottom int) {
		paint(c, func(x, y int) bool { return x >= left && x < right && y >= top && y < bottom })
	}
	disc := func(c color.RGBA, cx, cy, r int) {
		paint(c, func(x, y int) bool { return (x-cx)*(x-cx)+(y-cy)*(y-cy) < r*r })
	}
	rgb := func(hex int) color.RGBA { return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255} }
	box(rgb(0xcfe3ee), 0, 0, 1000, 330)
	paint(rgb(0x9fbf95), func(x, y int) bool {
		return y > 330-(x-260)*(500-x)/900 && y < 340 || y > 320-(x-560)*(1000-x)/700 && y < 340
	}) // hills
	box(rgb(0xb7c98f), 0, 330, 1000, 640)
	box(rgb(0xe9e2d3), 60, 220, 460, 400)
	paint(rgb(0x9a5b4a), func(x, y int) bool { return y >= 150 && y < 225 && x > 40+(225-y)/2 && x < 480-(225-y)/2 }) // roof
	for i := range 5 {
		box(rgb(0x6f8796), 90+i*76, 270, 136+i*76, 320)
	}
	paint(rgb(0x6b5a45), func(x, y int) bool { d := 560 + (x-500)/14 - y; return d > -34 && d < 34 }) // the ditch
	paint(rgb(0x4d5b3a), func(x, y int) bool { d := 566 + (x-500)/14 - y; return d > -18 && d < 18 })
	paint(rgb(0x2f6fb3), func(x, y int) bool { // the hose
		d := y - 390 - (x-440)*(x-440)/150
		return x >= 300 && x < 596 && (x < 440 && y >= 384 && y < 396 || x >= 440 && d > -10 && d < 10)
	})
	box(rgb(0xf1f1ee), 610, 330, 800, 470)
	box(rgb(0x54798f), 630, 346, 780, 396)
	box(rgb(0xffffff), 620, 444, 690, 470) // the plate
	for i := range 5 {
		box(rgb(0x1c3f8f), 626+i*12, 450, 634+i*12, 464)
	}
	disc(rgb(0x333333), 650, 476, 24)
	disc(rgb(0x333333), 764, 476, 24)
	box(rgb(0x38557a), 852, 362, 896, 450)
	box(rgb(0x2b2b33), 856, 450, 892, 510)
	disc(rgb(0xe0b594), 874, 334, 27)
	disc(rgb(0x2b2320), 866, 332, 4)
	disc(rgb(0x2b2320), 882, 332, 4)
	return m
}
