package report

import "casebook/internal/registry"

// Fives are the 五类案件 that the state's monthly reports count, by the words of the reports. Their documents are counted as 件, handings-over also by persons.
var Fives = [...]string{"按日计罚", string(registry.DocSeizure), "限产停产", "移送拘留", "涉嫌犯罪"}

// fiveOf tells by the kind of a document which of them it is.
var fiveOf = map[registry.DocKind]string{registry.DocDailyPenalty: Fives[0], registry.DocSeizure: Fives[1], registry.DocRestrict: Fives[2], registry.DocSuspend: Fives[2],
	registry.DocDetention: Fives[3], registry.DocCrime: Fives[4]}
