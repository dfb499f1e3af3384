package store

import (
	"strings"

	"casebook/internal/registry"
)

// DocumentKinds stores the kinds of document that were added to the program's.
var DocumentKinds = &Table[registry.KeptKind, *registry.KeptKind]{Entity: "document_kind", Noun: "文书种类", name: "document_kinds",
	id: func(x *registry.KeptKind) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.KeptKind, c *columns) {
		c.col("name", &x.Name)
		c.col("code", &x.Code)
		c.col("stage", &x.Stage)
		c.col("own", &x.Own)
		c.col("numbers", &x.Numbers)
		c.list("properties", &x.KindProperties)
		c.col("active", &x.Active)
		c.col("note", &x.Note)
	},
	known: true}

// KeptGeneration changes whenever a notice or a kind is added or a kind or the bureau changes.
type KeptGeneration struct{ Notices, Kinds, KindVersions, Bureau int64 }

// KeptGeneration reads where the three tables stand.
func (tx *Tx) KeptGeneration() (g KeptGeneration, err error) {
	err = tx.one([]any{&g.Notices, &g.Kinds, &g.KindVersions, &g.Bureau}, `SELECT COALESCE((SELECT MAX(id) FROM calendar_notices), 0),
		COALESCE((SELECT MAX(id) FROM document_kinds), 0), COALESCE((SELECT SUM(version) FROM document_kinds), 0),
		COALESCE((SELECT version FROM bureau WHERE id = 1), 0)`)
	return g, err
}

// KeptKinds lists the added kinds, oldest first.
func (tx *Tx) KeptKinds() ([]registry.KeptKind, error) { return DocumentKinds.list(tx, "ORDER BY id") }

// Kinds are the rows of the added kinds. They are read once a transaction, and only where a case is read or settled.
func (tx *Tx) Kinds() (registry.Kinds, error) {
	if tx.known.kinds != nil {
		return tx.known.kinds, nil
	}
	list, err := tx.KeptKinds()
	if err != nil {
		return nil, err
	}
	kinds := make(registry.Kinds, len(list))
	for i, k := range list {
		kinds[i] = k.DocumentKind
	}
	tx.known.kinds = kinds
	return kinds, nil
}

// ownKinds are the program's own kinds as the index documents_added leaves them out: only an administrator's can be asked for. A kind that joins the
// program later stays in the index.
var ownKinds = strings.Fields("责令改正 复查 延长立案审查 立案 不予立案 先行登记保存 解除先行登记保存 查封扣押 延长查封扣押 解除查封扣押 责令限制生产 延长限制生产 责令停产整治 解除限产停产 监测报告 告知监测结果 鉴定意见 调查报告 延长办案期限 事先（听证）告知 陈述申辩 听证申请 听证 法制审核 集体讨论 行政处罚决定 不予行政处罚 按日连续处罚 移送行政拘留 移送涉嫌犯罪 报政府责令拆除或关闭 损害赔偿线索 损害赔偿磋商 损害赔偿协议 修复方案 修复实施 修复验收 分期（延期）缴纳 催告 申请强制执行 行政复议 行政诉讼 变更处罚 撤销处罚 结案 恢复办理 公示 双公示上报 其他")

// KindUsed reports whether a document of a kind that an administrator added is on record.
func (tx *Tx) KindUsed(kind registry.DocKind) (used bool, err error) {
	err = tx.one([]any{&used}, "SELECT EXISTS (SELECT 1 FROM documents WHERE kind = $1 AND "+noneOf("kind", ownKinds)+")", kind)
	return used, err
}
