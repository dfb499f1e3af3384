package intake

import "casebook/internal/registry"

// The grammar of numbers and amounts is that of forms too: registry/amount.go.
var (
	numerals, scales = registry.Numerals, registry.Scales
	readNumber       = registry.ReadNumber
	readMoney        = registry.ReadMoney
	startsNumber     = registry.StartsNumber
)

const unit = registry.NumberUnit
