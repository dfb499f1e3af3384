// Package demo fills an empty register with something to look at: the five cases a city bureau published in December 2024,
// three invented records that show every field and every side track, and, for load tests, any number of synthetic cases.
//
// Look first at Load in load.go, then at one case (enping.go): a case is written down as one registry.CaseFile whose parts
// refer to each other by place, and keep in keep.go stores it through casework.Bulk, so that demonstration data passes the
// same checks, audit entries and revisions as an officer's typing.
//
// The published cases (origin 公开资料补录) hold every fact their source gave, each in a field of its own, and nothing it did
// not give: empty is 未公布. They are retold in our own words; the texts of the law come from the catalogue. Citations of
// standing published are the source's, those of standing review are our remarks beside them and say that they are inferred.
// TestPublishedPageInFields holds every fact of the published page against a field.
//
// Everything else has origin 示例 and carries 示例 in its names. What this package must not do: mix the two, use a real
// person's or company's data for an invented record, or decide law for anybody.
package demo
