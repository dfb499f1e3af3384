// Package auth makes and checks secrets: password hashes, session tokens, one-time passwords. It knows neither HTTP nor
// SQL, keeps nothing and decides nothing: who may sign in, and how often one may try, is casework's.
//
// Start at Hasher (passwords) and NewToken (sessions).
package auth
