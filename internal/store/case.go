package store

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Cases stores 案件 with their parties and inspections. The stage column is not among the fields: settleCases alone writes it.
var Cases = &Table[registry.Case, *registry.Case]{Entity: "case", Noun: "案件", name: "cases",
	id: func(x *registry.Case) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Case, c *columns) {
		c.col("origin", &x.Origin)
		c.col("title", &x.Title)
		c.col("number", &x.Number)
		c.col("district_code", &x.DistrictCode)
		ref(c, "deciding_organ_id", &x.DecidingOrganID)
		ref(c, "handling_organ_id", &x.HandlingOrganID)
		ref(c, "campaign_id", &x.CampaignID)
		ref(c, "farm_id", &x.FarmID)
		c.col("source", &x.Source)
		c.date("found_on", &x.FoundOn)
		c.col("summary", &x.Summary)
		c.col("handling", &x.Handling)
		c.col("stage", &x.Stage)
		c.col("note", &x.Note)
	},
	save:   saveCaseLists,
	load:   func(tx *Tx, x *registry.Case) error { return tx.loadCaseLists([]*registry.Case{x}) },
	caseOf: func(x *registry.Case) registry.CaseID { return x.ID }}

func saveCaseLists(tx *Tx, x *registry.Case) error {
	if _, err := tx.exec("DELETE FROM case_parties WHERE case_id = $1", x.ID); err != nil {
		return err
	}
	for i, p := range x.Parties {
		if _, err := tx.exec("INSERT INTO case_parties (case_id, seq, party_id, role, name_at_act) VALUES ($1, $2, $3, $4, $5)", x.ID, i+1, p.PartyID, p.Role, p.NameAtAct); err != nil {
			return fmt.Errorf("save party %d of case: %w", i+1, err)
		}
	}
	if _, err := tx.exec("UPDATE inspections SET cased = 0 WHERE cased = 1 AND id IN (SELECT inspection_id FROM case_inspections WHERE case_id = $1) AND NOT EXISTS (SELECT 1 FROM case_inspections o WHERE o.inspection_id = inspections.id AND o.case_id <> $1)", x.ID); err != nil {
		return err
	}
	if _, err := tx.exec("DELETE FROM case_inspections WHERE case_id = $1", x.ID); err != nil {
		return err
	}
	for i, id := range x.Inspections {
		if _, err := tx.exec("INSERT INTO case_inspections (case_id, seq, inspection_id) VALUES ($1, $2, $3)", x.ID, i+1, id); err != nil {
			return fmt.Errorf("save inspection %d of case: %w", i+1, err)
		}
		if _, err := tx.exec("UPDATE inspections SET cased = 1 WHERE id = $1 AND cased = 0", id); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) loadCaseLists(cases []*registry.Case) error {
	if len(cases) == 0 {
		return nil
	}
	byID := map[registry.CaseID]*registry.Case{}
	ids := make([]registry.CaseID, len(cases))
	for i, c := range cases {
		byID[c.ID], ids[i] = c, c.ID
	}
	q := newQuery("SELECT case_id, party_id, role, name_at_act FROM case_parties WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY case_id, seq")
	if err := tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var p registry.CaseParty
		if err := rows.Scan(&id, &p.PartyID, &p.Role, &p.NameAtAct); err != nil {
			return err
		}
		byID[id].Parties = append(byID[id].Parties, p)
		return nil
	}, q.sql(), q.args...); err != nil {
		return err
	}
	q = newQuery("SELECT case_id, inspection_id FROM case_inspections WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY case_id, seq")
	return tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var ins registry.InspectionID
		if err := rows.Scan(&id, &ins); err != nil {
			return err
		}
		byID[id].Inspections = append(byID[id].Inspections, ins)
		return nil
	}, q.sql(), q.args...)
}

// settleCases brings the stage, the search text and the due day of every touched case up to date, once, before COMMIT.
func (tx *Tx) settleCases(dueOf func(*registry.CaseFile) Due) error {
	for id := range tx.cases {
		docs, err := tx.documentOrder(id)
		if err != nil {
			return err
		}
		kinds, err := tx.stageKinds()
		if err != nil {
			return err
		}
		stage := registry.StageOf(docs, kinds...)
		if _, err := tx.exec("UPDATE cases SET stage = $1, on_the_way = $2 WHERE id = $3 AND (stage <> $1 OR on_the_way <> $2)", stage, stage.OnTheWay(), id); err != nil {
			return fmt.Errorf("settle stage of case %d: %w", id, err)
		}
		if err := tx.indexCase(id, docs); err != nil {
			return fmt.Errorf("index case %d: %w", id, err)
		}
	}
	return tx.settleDue(slices.Sorted(maps.Keys(tx.cases)), dueOf)
}

// documentOrder reads what of a case's documents decides its stage, in their order.
func (tx *Tx) documentOrder(id registry.CaseID) (docs []registry.Document, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var d registry.Document
		b := dateBounds{d: &d.MadeOn}
		err := rows.Scan(&d.Kind, &d.Seq, &d.Number, (*dateEarliest)(&b), (*dateLatest)(&b))
		docs = append(docs, d)
		return err
	}, "SELECT kind, seq, number_normalized, made_on, made_on_latest FROM documents WHERE case_id = $1 ORDER BY seq, id", id)
	registry.SortDocuments(docs)
	return docs, err
}

// CaseStage reads a case's stage alone.
func (tx *Tx) CaseStage(id registry.CaseID) (stage registry.Stage, err error) {
	err = tx.one([]any{&stage}, "SELECT stage FROM cases WHERE id = $1", id)
	if noRows(err) {
		return "", registry.NotFound("案件", id)
	}
	return stage, err
}

// indexCase gathers what a person may remember of a case: names, findings, numbers. No ID number and no phone is among it.
func (tx *Tx) indexCase(id registry.CaseID, docs []registry.Document) error {
	var b strings.Builder
	var title, number, district, summary, handling string
	if err := tx.one([]any{&title, &number, &district, &summary, &handling}, "SELECT title, number, district_code, summary, handling FROM cases WHERE id = $1", id); err != nil {
		return err
	}
	b.WriteString(joinText(title, number, tx.districtName(district), summary, handling))
	add := func(rows *sql.Rows) error {
		var x, y, z string
		if err := rows.Scan(&x, &y, &z); err != nil {
			return err
		}
		b.WriteString("\n" + joinText(x, y, z))
		return nil
	}
	for _, query := range []string{
		"SELECT p.name, p.public_name, cp.name_at_act FROM case_parties cp JOIN parties p ON p.id = cp.party_id WHERE cp.case_id = $1 ORDER BY cp.seq",
		"SELECT f.name, f.public_name, f.town FROM cases c JOIN farms f ON f.id = c.farm_id WHERE c.id = $1",
		"SELECT i.number, i.findings, i.place FROM case_inspections ci JOIN inspections i ON i.id = ci.inspection_id WHERE ci.case_id = $1 ORDER BY ci.seq",
		"SELECT facts, place, '' FROM violations WHERE case_id = $1 ORDER BY seq",
	} {
		if err := tx.each(add, query, id); err != nil {
			return err
		}
	}
	for _, d := range docs {
		b.WriteString("\n" + d.Number)
	}
	return tx.indexText("case", int64(id), normalise(b.String()))
}

// Violations stores 违法行为 with their citations.
var Violations = &Table[registry.Violation, *registry.Violation]{Entity: "violation", Noun: "违法行为", name: "violations",
	id: func(x *registry.Violation) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Violation, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("seq", &x.Seq)
		c.col("type_code", &x.TypeCode)
		c.col("facts", &x.Facts)
		c.date("act_from", &x.ActFrom)
		c.date("act_to", &x.ActTo)
		c.col("continuing", &x.Continuing)
		c.col("place", &x.Place)
		c.list("checklist", &x.Checklist)
		c.col("version_choice", &x.VersionChoice)
		c.col("choice_reason", &x.ChoiceReason)
		c.col("note", &x.Note)
	},
	save: func(tx *Tx, x *registry.Violation) error {
		return tx.saveCitations("violation", int64(x.ID), x.CaseID, x.Citations)
	},
	load: func(tx *Tx, x *registry.Violation) error {
		list, err := tx.citations("violation", "owner_id = $1", x.ID)
		x.Citations = list[int64(x.ID)]
		return err
	},
	caseOf: func(x *registry.Violation) registry.CaseID { return x.CaseID }}

// Documents stores 文书 with their citations.
var Documents = &Table[registry.Document, *registry.Document]{Entity: "document", Noun: "文书", name: "documents",
	id: func(x *registry.Document) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Document, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("seq", &x.Seq)
		c.col("kind", &x.Kind)
		c.col("number", &x.NumberTyped)
		c.col("number_normalized", &x.Number)
		c.date("made_on", &x.MadeOn)
		c.date("served_on", &x.ServedOn)
		c.col("service_mode", &x.ServiceMode)
		ref(c, "organ_id", &x.OrganID)
		c.col("organ_name", &x.OrganName)
		c.col("people", &x.People)
		c.col("party_name", &x.PartyName)
		c.list("participants", &x.Participants)
		c.date("excluded_from", &x.ExcludedFrom)
		c.date("excluded_to", &x.ExcludedTo)
		c.col("content", &x.Content)
		c.col("order_mode", &x.OrderMode)
		c.date("due_on", &x.DueOn)
		c.col("result", &x.Result)
		c.date("result_on", &x.ResultOn)
		c.col("result_note", &x.ResultNote)
		c.col("persons", &x.Persons)
		c.col("amount_fen", &x.Amount)
		ref(c, "attachment_id", &x.AttachmentID)
		c.col("note", &x.Note)
	},
	save: func(tx *Tx, x *registry.Document) error {
		return tx.saveCitations("document", int64(x.ID), x.CaseID, x.Citations)
	},
	load: func(tx *Tx, x *registry.Document) error {
		list, err := tx.citations("document", "owner_id = $1", x.ID)
		x.Citations = list[int64(x.ID)]
		return err
	},
	caseOf: func(x *registry.Document) registry.CaseID { return x.CaseID }}

func (tx *Tx) saveCitations(owner string, id int64, caseID registry.CaseID, list []registry.Citation) error {
	if _, err := tx.exec("DELETE FROM citations WHERE owner = $1 AND owner_id = $2", owner, id); err != nil {
		return err
	}
	for i, c := range list {
		if _, err := tx.exec(`INSERT INTO citations (owner, owner_id, seq, case_id, role, standing, law, law_id, version_id, article, sub, paragraph, item, subitem, holding, text_hash, text, reason, note)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
			owner, id, i+1, caseID, c.Role, c.Standing, c.Law, c.LawID, c.VersionID, c.Article, c.Sub, c.Paragraph, c.Item, c.Subitem, c.Holding, c.TextHash, c.Text, c.Reason, c.Note); err != nil {
			return fmt.Errorf("save citation %d: %w", i+1, err)
		}
	}
	return nil
}

// citations reads the citations of one kind of owner by owner.
func (tx *Tx) citations(owner, where string, args ...any) (map[int64][]registry.Citation, error) {
	byOwner := map[int64][]registry.Citation{}
	err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var c registry.Citation
		if err := rows.Scan(&id, &c.Role, &c.Standing, &c.Law, &c.LawID, &c.VersionID, &c.Article, &c.Sub, &c.Paragraph, &c.Item, &c.Subitem, &c.Holding, &c.TextHash, &c.Text, &c.Reason, &c.Note); err != nil {
			return err
		}
		byOwner[id] = append(byOwner[id], c)
		return nil
	}, `SELECT owner_id, role, standing, law, law_id, version_id, article, sub, paragraph, item, subitem, holding, text_hash, text, reason, note
		FROM citations WHERE owner = '`+owner+`' AND `+where+` ORDER BY owner_id, seq`, args...)
	return byOwner, err
}

// KeepText keeps the text a citation points at, under its hash. Texts are never changed: a second keeping does nothing.
func (tx *Tx) KeepText(hash, law, versionName, provision, text, at string) error {
	_, err := tx.exec("INSERT INTO statute_texts (hash, law, version_name, provision, text, kept_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING",
		hash, law, versionName, provision, text, at)
	return err
}

// KeptTexts reads the kept texts of some hashes.
func (tx *Tx) KeptText(hash string) (text string, err error) {
	err = tx.one([]any{&text}, "SELECT text FROM statute_texts WHERE hash = $1", hash)
	if noRows(err) {
		return "", registry.NotFound("法条文本", hash)
	}
	return text, err
}

// Penalties stores 处罚.
var Penalties = &Table[registry.Penalty, *registry.Penalty]{Entity: "penalty", Noun: "处罚", name: "penalties",
	id: func(x *registry.Penalty) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Penalty, c *columns) {
		c.col("case_id", &x.CaseID)
		ref(c, "document_id", &x.DocumentID)
		ref(c, "party_id", &x.PartyID)
		c.col("kind", &x.Kind)
		c.col("amount_fen", &x.Amount)
		c.col("content", &x.Content)
		c.date("pay_by", &x.PayBy)
		c.col("range_reason", &x.RangeReason)
		c.col("range_base_of", &x.RangeBaseOf)
		c.col("range_base_fen", &x.RangeBase)
		c.col("range_times", &x.RangeTimes)
		c.col("daily_days", &x.DailyDays)
		c.col("daily_base_fen", &x.DailyBase)
		c.col("note", &x.Note)
	},
	caseOf: func(x *registry.Penalty) registry.CaseID { return x.CaseID }}

// Payments stores 缴款.
var Payments = &Table[registry.Payment, *registry.Payment]{Entity: "payment", Noun: "缴款", name: "payments",
	id: func(x *registry.Payment) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Payment, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("penalty_id", &x.PenaltyID)
		c.col("kind", &x.Kind)
		c.date("paid_on", &x.PaidOn)
		c.col("amount_fen", &x.Amount)
		c.col("receipt", &x.Receipt)
		c.col("note", &x.Note)
	},
	caseOf: func(x *registry.Payment) registry.CaseID { return x.CaseID }}

// Bulletins stores 通报 with the published copies of their cases.
var Bulletins = &Table[registry.Bulletin, *registry.Bulletin]{Entity: "bulletin", Noun: "通报", name: "bulletins",
	id: func(x *registry.Bulletin) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Bulletin, c *columns) {
		c.col("origin", &x.Origin)
		c.col("title", &x.Title)
		c.col("lead", &x.Lead)
		c.col("issuer", &x.Issuer)
		c.col("byline", &x.Byline)
		c.date("dated", &x.Dated)
		ref(c, "campaign_id", &x.CampaignID)
		c.col("state", &x.State)
		ref(c, "author_id", &x.AuthorID)
		ref(c, "approver_id", &x.ApproverID)
		c.maybeTime("approved_at", &x.ApprovedAt)
		c.col("withdraw_reason", &x.WithdrawReason)
		c.col("return_reason", &x.ReturnReason)
	},
	save: func(tx *Tx, x *registry.Bulletin) error {
		if _, err := tx.exec("DELETE FROM bulletin_cases WHERE bulletin_id = $1", x.ID); err != nil {
			return err
		}
		for i := range x.Cases {
			b := &x.Cases[i]
			if _, err := tx.exec("INSERT INTO bulletin_cases (bulletin_id, seq, case_id, title, facts, handling, quotes) VALUES ($1, $2, $3, $4, $5, $6, $7)",
				x.ID, i+1, b.CaseID, b.Title, b.Facts, b.Handling, jsonValue{&b.Quotes}); err != nil {
				return fmt.Errorf("save case %d of bulletin: %w", i+1, err)
			}
		}
		return nil
	},
	load: func(tx *Tx, x *registry.Bulletin) error {
		return tx.each(func(rows *sql.Rows) error {
			var b registry.BulletinCase
			if err := rows.Scan(&b.CaseID, &b.Title, &b.Facts, &b.Handling, jsonValue{&b.Quotes}); err != nil {
				return err
			}
			x.Cases = append(x.Cases, b)
			return nil
		}, "SELECT case_id, title, facts, handling, quotes FROM bulletin_cases WHERE bulletin_id = $1 ORDER BY seq", x.ID)
	}}

// LastDocumentSeq is the highest place taken among a case's documents; 0 where there is none.
func (tx *Tx) LastDocumentSeq(id registry.CaseID) (n int64, err error) {
	err = tx.one([]any{&n}, "SELECT COALESCE(MAX(seq), 0) FROM documents WHERE case_id = $1", id)
	return n, err
}

// LastEvidenceSeq is the highest place taken among the exhibits of a case or, without one, of an inspection.
func (tx *Tx) LastEvidenceSeq(c registry.CaseID, i registry.InspectionID) (n int64, err error) {
	if c != 0 {
		err = tx.one([]any{&n}, "SELECT COALESCE(MAX(seq), 0) FROM evidence WHERE case_id = $1", c)
	} else {
		err = tx.one([]any{&n}, "SELECT COALESCE(MAX(seq), 0) FROM evidence WHERE inspection_id = $1", i)
	}
	return n, err
}

// DropCitations removes the citations of a violation or document that is being deleted.
func (tx *Tx) DropCitations(owner string, id int64) error {
	_, err := tx.exec("DELETE FROM citations WHERE owner = $1 AND owner_id = $2", owner, id)
	return err
}

// DropResults removes the results of a sample that is being deleted.
func (tx *Tx) DropResults(id registry.SampleID) error {
	_, err := tx.exec("DELETE FROM sample_results WHERE sample_id = $1", id)
	return err
}
