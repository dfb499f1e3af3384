package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/web"
)

// drain is how long running requests may take after a stop signal.
const drain = 20 * time.Second

type serveFlags struct {
	addr, cert, key, publicURL, proxy string
	standby, fonts, heads             string
	demo, dev, insecure               bool
}

func serve(ctx context.Context, c *cli, args []string) error {
	var f serveFlags
	fs := c.flags("serve")
	fs.StringVar(&f.addr, "addr", "127.0.0.1:8080", "监听地址")
	fs.BoolVar(&f.demo, "demo", false, "装入示例案件并打印登录名（只用于本机试用）")
	fs.BoolVar(&f.dev, "dev", false, "开发用：每次请求都从当前目录（代码仓库的根目录）读取模板和静态文件；与 --demo 同用时，示例账号的密码在重启后不变")
	fs.StringVar(&f.cert, "tls-cert", "", "TLS 证书文件")
	fs.StringVar(&f.key, "tls-key", "", "TLS 私钥文件")
	fs.StringVar(&f.publicURL, "public-url", "", "用户访问的网址，如 https://huananbu.example")
	fs.StringVar(&f.proxy, "trusted-proxy", "", "可信反向代理的网段（CIDR）")
	fs.StringVar(&f.standby, "db-read", "", "跟随 --db 的 PostgreSQL 备机：列表、检索、导出从它读取；它不在或落后时由主机承担（也可放在环境变量 CASEBOOK_DB_READ）")
	fs.StringVar(&f.fonts, "fonts", "", "仿宋、小标宋、楷体、黑体字体文件（TrueType）所在的目录：公文用它们，缺的用内嵌字体")
	fs.StringVar(&f.heads, "heads", "", "每日签名的审计链头写到哪个目录：最好在另一台机器上；不写则是数据目录里的 heads")
	fs.BoolVar(&f.insecure, "insecure", false, "允许在非本机地址上使用明文 HTTP")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return fmt.Errorf("serve 不认识“%s”", words[0])
	}
	proxy, err := f.check()
	if err != nil {
		return err
	}
	limit := boundMemory()
	log := slog.New(slog.NewTextHandler(c.stderr, nil))
	log.Info("memory", "limit_mb", limit>>20)
	uses, err := pdf.UseFonts(f.fonts)
	if err != nil {
		return err
	}
	for _, u := range uses { // the page of the bureau shows all; the log what an administrator's folder gives, and what of it is not taken
		if u.File != "" || u.Note != "" {
			log.Info("fonts of papers", "use", u.String())
		}
	}
	standby := cmp.Or(f.standby, os.Getenv("CASEBOOK_DB_READ"))
	if standby != "" && c.database() == "" {
		return errors.New("--db-read 只与 --db 同用：SQLite 登记册没有备机")
	}
	db, s, err := c.open(ctx, store.Options{Exclusive: true, Standby: standby, Clock: c.now}, log)
	if err != nil {
		return err
	}
	defer func() {
		if err := db.Close(); err != nil {
			log.Error("close the register", "err", err)
		}
	}()
	if err := db.InTurn(ctx, "first start", func() error { return c.firstStart(ctx, db, s, f) }); err != nil {
		return err
	}
	secret, err := db.Secret(ctx)
	if err != nil {
		return err
	}
	opt := web.Options{
		Service: s, Logger: log, PublicURL: f.publicURL, TrustedProxy: proxy, Demo: f.demo, Now: c.now, Secret: secret,
		TLS: f.cert != "" || strings.HasPrefix(f.publicURL, "https://"),
	}
	if f.dev {
		opt.Dev = os.DirFS(".")
	}
	server, err := web.New(opt)
	if err != nil {
		return err
	}
	behind, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { s.Upkeep(behind) })
	work.Go(func() { s.SignDaily(behind, cmp.Or(f.heads, filepath.Join(c.data, "heads"))) })
	work.Go(func() { s.TellRefusals(behind) })
	work.Go(func() { s.RunJobs(behind) })
	work.Go(func() { s.GatherTerms(behind) })
	var served atomic.Int64
	work.Go(func() { giveBack(behind, &served, s.Rest) })
	defer work.Wait()
	defer stop()
	h := server.HTTPServer(f.addr)
	answer := h.Handler
	h.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		answer.ServeHTTP(w, r)
	})
	return c.listen(ctx, h, f, log)
}

// check refuses plain HTTP off loopback: passwords and case files would be readable on the way.
func (f *serveFlags) check() (proxy *net.IPNet, err error) {
	host, _, err := net.SplitHostPort(f.addr)
	if err != nil {
		return nil, fmt.Errorf("--addr 应写成 主机:端口，如 127.0.0.1:8080")
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || (ip != nil && ip.IsLoopback())
	switch {
	case (f.cert == "") != (f.key == ""):
		return nil, fmt.Errorf("--tls-cert 和 --tls-key 要一起给出")
	case f.demo && !loopback:
		return nil, fmt.Errorf("--demo 只能在本机地址上运行（--addr 127.0.0.1:端口）")
	case f.dev && !loopback:
		return nil, fmt.Errorf("--dev 只能在本机地址上运行（--addr 127.0.0.1:端口）")
	case !loopback && f.cert == "" && !f.insecure:
		return nil, fmt.Errorf("在 %s 上使用明文 HTTP 会泄露密码和案卷；请给出 --tls-cert 与 --tls-key，由反向代理加密的请加 --insecure", f.addr)
	}
	if f.proxy != "" {
		if _, proxy, err = net.ParseCIDR(f.proxy); err != nil {
			return nil, fmt.Errorf("--trusted-proxy 应是网段，如 10.1.2.3/32")
		}
	}
	return proxy, nil
}

// firstStart makes the first administrator, or the demo's cases and accounts. Passwords are printed here and nowhere else.
func (c *cli) firstStart(ctx context.Context, db *store.DB, s *casework.Service, f serveFlags) error {
	if f.demo {
		if err := db.Writable(ctx); err != nil { // each start writes the passwords that it prints
			return err
		}
		accounts, err := c.demoAccounts(ctx, s, f.dev)
		if err != nil {
			return err
		}
		for _, a := range accounts {
			fmt.Fprintf(c.stdout, "sign-in %s %s %s\n", a.Username, a.Password, a.Role)
		}
		return nil
	}
	if err := s.EnsureOrgans(ctx); err != nil {
		return err
	}
	password, created, err := s.EnsureFirstAdmin(ctx)
	if err != nil {
		return err
	}
	if created {
		fmt.Fprintf(c.stdout, "首次启动：已建立管理员 admin，一次性密码 %s （只显示这一次，登录后须修改）\n", password)
	}
	return nil
}

// demoAccounts loads the sample cases where the register is empty and returns its accounts: with keep those of the last start.
func (c *cli) demoAccounts(ctx context.Context, s *casework.Service, keep bool) ([]casework.DemoAccount, error) {
	if err := loadDemo(ctx, s); err != nil {
		return nil, err
	}
	if !keep {
		return s.DemoAccounts(ctx, nil, demo.Accounts)
	}
	file := filepath.Join(c.data, "demo-passwords.json")
	kept, err := readPasswords(file)
	if err != nil {
		return nil, err
	}
	accounts, err := s.DemoAccounts(ctx, kept, demo.Accounts)
	if err != nil {
		return nil, err
	}
	return accounts, writePasswords(file, accounts)
}

// readPasswords reads the passwords of a demonstration by username; there are none before its first start.
func readPasswords(file string) (kept map[string]string, err error) {
	b, err := os.ReadFile(file) //nolint:gosec // in the data directory
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &kept); err != nil {
		return nil, fmt.Errorf("读不懂 %s：%w（删除它即可重新生成密码）", file, err)
	}
	return kept, nil
}

// writePasswords keeps them for the next start, readable by the one who started the server alone, whatever stood there before.
func writePasswords(file string, accounts []casework.DemoAccount) error {
	kept := map[string]string{}
	for _, a := range accounts {
		kept[a.Username] = a.Password
	}
	b, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return err
	}
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(file, append(b, '\n'), 0o600)
}

// loadDemo fills an empty register with the sample cases; it refuses a register with real records.
func loadDemo(ctx context.Context, s *casework.Service) error {
	empty, isDemo, err := s.IsDemo(ctx)
	switch {
	case err != nil:
		return err
	case !empty && !isDemo:
		return fmt.Errorf("这个登记册里有真实记录，不能用 --demo 打开；请用 --data 指定另一个目录")
	case empty:
		// Each case is loaded with its due day: said so while there is none, the next start need not compute all of them anew.
		if err := s.RefreshDue(ctx); err != nil {
			return err
		}
		if err := demo.Load(ctx, s); err != nil {
			return fmt.Errorf("load the sample cases: %w", err)
		}
		if _, err := s.FreezeBulletin(ctx, registry.CommandLine, 1); err != nil { // it is loaded as approved: its papers belong to it
			return fmt.Errorf("keep the papers of the sample bulletin: %w", err)
		}
		if err := demo.Illustrate(ctx, s); err != nil {
			return err
		}
		return openDemoSite(ctx, s)
	}
	return nil
}

// openDemoSite opens the public site of a new demonstration, which has a bulletin to show on it.
func openDemoSite(ctx context.Context, s *casework.Service) error {
	p, err := s.BureauPage(ctx, registry.CommandLine)
	if err != nil || p.Bureau.PublicSite {
		return err
	}
	b := p.Bureau
	b.PublicSite = true
	return s.ChangeBureau(ctx, registry.CommandLine, &b)
}

func (c *cli) listen(ctx context.Context, server *http.Server, f serveFlags, log *slog.Logger) error {
	ln, err := net.Listen("tcp", f.addr)
	if err != nil {
		return fmt.Errorf("无法监听 %s：%w（端口可能已被占用，可用 --addr 换一个）", f.addr, err)
	}
	scheme := "http"
	if f.cert != "" {
		scheme = "https"
	}
	fmt.Fprintf(c.stdout, "环案簿已启动：%s://%s\n", scheme, ln.Addr())
	failed := make(chan error, 1)
	go func() {
		if f.cert != "" {
			failed <- server.ServeTLS(ln, f.cert, f.key)
		} else {
			failed <- server.Serve(ln)
		}
	}()
	select {
	case err := <-failed:
		if !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	case <-ctx.Done():
	}
	log.Info("stopping", "drain", drain)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return fmt.Errorf("仍有请求未结束，已强制停止：%w", errors.Join(err, server.Close()))
	}
	return nil
}

func demoCommand(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("demo")
	n := fs.Int("cases", 0, "另加的合成案件数")
	seed := fs.Uint64("seed", 1, "合成案件的随机种子")
	if _, err := parse(fs, args); err != nil {
		return err
	}
	if *n < 0 || *n > 5_000_000 {
		return fmt.Errorf("--cases 应在 0 至 5000000 之间")
	}
	db, s, err := c.open(ctx, store.Options{Exclusive: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // every transaction was committed; closing tells nothing more
	if err := db.Writable(ctx); err != nil {
		return err
	}
	if err := db.InTurn(ctx, "first start", func() error { _, err := c.demoAccounts(ctx, s, false); return err }); err != nil {
		return err
	}
	if *n == 0 {
		fmt.Fprintln(c.stdout, "已装入示例案件")
		return nil
	}
	begun := c.now()
	boundMemory() // as a server's: a load makes much short-lived garbage
	if err := db.ForLoad(ctx); err != nil {
		return err
	}
	if err := demo.Synthesize(ctx, s, *n, *seed, func(done int) {
		if done%10000 == 0 {
			fmt.Fprintf(c.stderr, "%d / %d\n", done, *n)
		}
	}); err != nil {
		return err
	}
	if err := db.FoldFacts(ctx); err != nil {
		return err
	}
	if err := db.MergeTerms(ctx); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已加入 %d 个合成案件，用时 %s\n", *n, c.now().Sub(begun).Round(time.Second))
	return nil
}

func verify(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("verify")
	var heads []string
	since := fs.Bool("since-last", false, "只核验上次没有问题的核验以来的：每天用；没有核验什么会写明，完整的仍要定期做")
	fs.Func("head", "以前签署的链头文件（可写几个）：今天的审计链是否从它接下来", func(s string) error { heads = append(heads, s); return nil })
	var f verifyFlags
	f.define(fs)
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return verifyExport(ctx, c, words, f, given(fs, "data") || c.database() != "")
	}
	if f.seal != "" {
		return errors.New("--seal 只与 verify export 同用")
	}
	key, err := f.publicKey()
	if err != nil {
		return err
	}
	boundMemory() // as a server's: a third of the CPU was the collector's
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing was written
	if err := checkHeads(ctx, c, s, heads, key); err != nil {
		return err
	}
	r, err := s.VerifyKeeping(ctx, registry.CommandLine, casework.VerifyAsked{Since: *since}, verifyProgress(c))
	if ctx.Err() != nil {
		return errors.New("核验已中止，数据没有改动")
	}
	if err != nil {
		return err
	}
	for _, d := range r.Defects {
		fmt.Fprintln(c.stdout, "✗", d)
	}
	if r.Note != "" {
		fmt.Fprintln(c.stderr, r.Note)
	}
	if r.Since != nil {
		fmt.Fprintf(c.stdout, "%s\n%s\n", r.Since.Words(&r), r.Since.Unseen())
		if len(r.Defects) > 0 {
			return fmt.Errorf("增量核验发现 %d 处问题", len(r.Defects))
		}
		fmt.Fprintln(c.stdout, "增量核验通过")
		return nil
	}
	fmt.Fprintf(c.stdout, "审计记录 %d 条，案件 %d 个，附件 %d 个，法条文本 %d 份，录入的法规 %d 份\n", r.AuditEntries, r.Cases, r.Attachments, r.StatuteTexts, r.LawTexts)
	if len(r.Defects) > 0 {
		return fmt.Errorf("核验发现 %d 处问题", len(r.Defects))
	}
	fmt.Fprintln(c.stdout, "核验通过")
	return nil
}

// verifyProgress tells on standard error how far a verification is, every few seconds, so that a small register is verified in silence.
func verifyProgress(c *cli) func(store.VerifyProgress) {
	const every = 3 * time.Second
	last := c.now()
	return func(p store.VerifyProgress) {
		now := c.now()
		if now.Sub(last) < every {
			return
		}
		last = now
		if p.All == 0 {
			fmt.Fprintf(c.stderr, "正在核验%s……\n", p.Doing)
			return
		}
		fmt.Fprintf(c.stderr, "正在核验%s：%d / %d\n", p.Doing, p.Done, p.All)
	}
}
