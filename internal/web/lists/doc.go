// Package lists is the room of finding: the search box that stands on every page, with its page of results by kind, and what people keep of lists — the
// columns that each of them chose, and views: conditions, order and columns under a name, their own or shared.
package lists
