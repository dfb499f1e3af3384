// Package seal signs what leaves the register, so that somebody who has nothing but the file can check it: heads of the audit chain and exports.
//
// A signed file is a JSON object whose last three members are key, public_key and signature. What is signed is the object without blanks and
// without its signature, in the order in which it is written. The signature is Ed25519's (RFC 8032), keys are PEM files as openssl writes them.
// A file that says anything twice, or in another order, is refused: what a person reads in it is what was signed.
//
// The package knows no record and no database; casework decides what is signed and when, store keeps the heads.
package seal
