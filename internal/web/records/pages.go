package records

import "casebook/internal/web/kit"

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{
	farmListPage{}, farmPage{}, farmFormPage{}, partyListPage{}, partyPage{}, partyFormPage{}, duplicatesPage{},
	partyMergePage{}, voidPage{}, farmMergePage{}, farmDuplicatesPage{}, inspectionListPage{}, inspectionPage{}, inspectionFormPage{}, sampleFormPage{}, evidenceFormPage{},
}
