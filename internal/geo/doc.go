// Package geo is the geometry of the map: data (坐标系) converted, GeoJSON read and checked, a point looked for in the areas of a plan. It knows
// no record. Positions are degrees, longitude first, as GeoJSON has them.
//
// Map software shifts positions: GCJ-02 by 100 to 700 m against WGS-84, BD-09 by about as much again. The state's formula is not published; what
// is here is the one that everybody uses, which is within a few metres of what map software shows; its inverse is exact to a centimetre.
// CGCS2000 is taken for WGS-84: they differ by less than a metre. Distances are those of the ellipsoid near the point: 0.1 % within 50 km.
//
// Rings are cut into runs of 64 edges with a bounding box each, and a question goes into those only that its ray crosses or that could be nearer:
// a million vertices take under 2 ms even in the middle of a round area, where every edge is as near (BenchmarkMillion).
package geo
