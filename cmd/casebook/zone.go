package main

import (
	"context"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// zone is casebook zone import: a GeoJSON file becomes a layer of the map.
func zone(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("zone")
	fs.StringVar(&c.as, "as", "", "以哪个用户的名义（默认 系统:命令行）")
	var x registry.ZoneMap
	var from, to string
	fs.StringVar(&x.Kind, "kind", registry.ForbiddenZone, "区划种类：禁养区、饮用水源保护区、水体")
	fs.StringVar(&x.Name, "name", "", "名称")
	fs.StringVar(&x.PlanNumber, "plan", "", "划定方案的文号")
	fs.StringVar(&from, "from", "", "生效日期：2020、2020-07 或 2020-07-15")
	fs.StringVar(&to, "to", "", "失效日期（最后一天），没有的不写")
	fs.StringVar(&x.Source, "source", "", "数据来源：谁提供的文件")
	fs.StringVar(&x.Datum, "datum", "", "文件的坐标系：WGS-84、CGCS2000、GCJ-02 或 BD-09，必须写明")
	fs.StringVar(&x.DistrictCode, "district", "", "县（市、区）代码；全市的不写")
	confirmed := fs.Bool("confirm", false, "存疑之处已核对")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 || words[0] != "import" {
		return fmt.Errorf("用法：casebook zone import FILE.geojson --name 名称 --plan 文号 --from 日期 --source 来源 --datum 坐标系")
	}
	for _, d := range []struct {
		flag, typed string
		into        *registry.Date
	}{{"--from", from, &x.ValidFrom}, {"--to", to, &x.ValidTo}} {
		if *d.into, err = registry.ParseDate(d.typed); err != nil {
			return fmt.Errorf("%s：%w", d.flag, err)
		}
	}
	file, err := readBounded(words[1], casework.MaxZoneFile)
	if err != nil {
		return err
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // every transaction was committed; closing tells nothing more
	a, err := c.actor(ctx, s)
	if err != nil {
		return err
	}
	if _, err := s.ImportZone(ctx, a, &x, []byte(file), *confirmed); err != nil {
		return fmt.Errorf("%s：%w（确认存疑之处无误的，加 --confirm）", words[1], err)
	}
	fmt.Fprintf(c.stdout, "已导入 %s %s，编号 %d，%d 个顶点。\n", x.Kind, x.Label(), x.ID, x.Vertices)
	return nil
}
