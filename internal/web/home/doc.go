// Package home is what a person meets first: signing in, the password, the desk, what is due.
package home
