// Package bulletins are the pages of typical-case bulletins, from draft to approval and PDF.
package bulletins
