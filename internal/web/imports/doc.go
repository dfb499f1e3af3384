// Package imports are the pages that read what people already have: the text of a published bulletin, into drafts that a person accepts.
package imports
