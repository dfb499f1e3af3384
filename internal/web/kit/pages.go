package kit

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []Page{
	errorPage{}, mergePage{},
}
