// Package ledgers are the pages of auditors: ledgers to export, and the audit log.
package ledgers
