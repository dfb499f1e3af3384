// Package archtest keeps the import table of the design as a test: who may import whom, which package alone may touch a
// library, who may read the clock, and that every package says what it is for.
package archtest
