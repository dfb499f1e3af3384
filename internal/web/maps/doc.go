// Package maps is the room of places: the plans of zones, the map that is drawn of them and of the farms, and how often farms were visited. It draws
// without tiles, so that it works where nothing can be fetched.
package maps
