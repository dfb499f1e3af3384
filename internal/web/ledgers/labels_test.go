package ledgers

// ExportLabels are the conditions of an export, for the test that tries each.
var ExportLabels = exportLabels
