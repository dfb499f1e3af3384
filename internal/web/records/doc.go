// Package records are the pages of what is registered on its own: farms, parties, inspections with their samples and exhibits, files.
package records
