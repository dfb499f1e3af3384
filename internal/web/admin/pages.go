package admin

import "casebook/internal/web/kit"

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{
	userListPage{}, userPage{}, oneTimePage{}, organListPage{}, organPage{}, bureauPage{}, officerListPage{}, officerPage{},
	wordingsPage{}, wordingPage{}, kindListPage{}, kindPage{},
}
