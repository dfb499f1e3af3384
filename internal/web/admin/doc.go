// Package admin are the pages of what an administrator keeps: accounts, organs, officers, kinds of document.
package admin
