package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"casebook/internal/store"
	"casebook/internal/web"
	"casebook/internal/web/public"
)

// exportMark is the file that tells a folder of an earlier export from anybody else's.
const exportMark = ".casebook-public"

// publicCommand writes the public site as static files: casebook public export DIR.
func publicCommand(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("public")
	address := fs.String("public-url", "", "这个目录今后的网址，如 https://huananbu.example/public；订阅（feed.atom）和网站地图（sitemap.xml）要用")
	live := fs.String("live-url", "", "本系统公众网站的网址，如 https://huananbu.example；导出的页面由此链接到可以填写纠错意见的页面")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 || words[0] != "export" {
		return errors.New("用法：casebook public export 目录 [--public-url https://…] [--live-url https://…]")
	}
	for name, s := range map[string]string{"public-url": *address, "live-url": *live} {
		if u, err := url.Parse(s); s != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			return fmt.Errorf("--%s %q 应是 https://主机/路径", name, s)
		}
	}
	dir := filepath.Clean(words[1])
	if err := exportable(dir); err != nil {
		return err
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the export's own error is the one to tell
	_, demo, err := s.IsDemo(ctx)
	if err != nil {
		return err
	}
	server, err := web.New(web.Options{Service: s, Now: c.now, Demo: demo})
	if err != nil {
		return err
	}
	n := 0
	err = writeFolder(dir, func(put func(name string, body []byte) error) error {
		n, err = public.Export(ctx, server, *address, *live, put)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已导出 %d 个文件到 %s\n", n, dir)
	if *address == "" {
		fmt.Fprintln(c.stdout, "没有给出 --public-url，所以没有写 feed.atom 和 sitemap.xml")
	}
	return nil
}

// exportable refuses a folder with anything in it that is not of an earlier export.
func exportable(dir string) error {
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("无法读取 %s：%w", dir, err)
	}
	if _, err := os.Lstat(filepath.Join(dir, exportMark)); err != nil && len(list) > 0 {
		return fmt.Errorf("目录 %s 里有别的文件，导出会替换整个目录；请指定新目录、空目录或以前导出的目录", dir)
	}
	return nil
}

// writeFolder writes beside the folder and renames: who reads it sees the old one or the new one whole. What an earlier run left unfinished is cleared.
func writeFolder(dir string, write func(put func(name string, body []byte) error) error) (err error) {
	fresh, old := dir+".tmp", dir+".old"
	for _, left := range []string{fresh, old} {
		if err := exportable(left); err != nil {
			return err
		}
		if err := os.RemoveAll(left); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(fresh, 0o755); err != nil { //nolint:gosec // a public site
		return fmt.Errorf("无法建立 %s：%w", fresh, err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(fresh)
		}
	}()
	put := func(name string, body []byte) error {
		path := filepath.Join(fresh, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // a public site
			return err
		}
		return os.WriteFile(path, body, 0o644) //nolint:gosec // a public site
	}
	if err := put(exportMark, []byte("由 casebook public export 写成：再次导出会替换整个目录\n")); err != nil {
		return err
	}
	if err := write(put); err != nil {
		return err
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return os.RemoveAll(old)
}
