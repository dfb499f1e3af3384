// Package archtest keeps the import table of the design as a test: who may import whom, which package alone may touch a library, who may
// read the clock, and that every package says what it is for. It also holds README and the gate to the code: what README names is there,
// and the race step knows every concurrent package.
package archtest
