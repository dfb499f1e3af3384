// Package ledgers are the pages of auditors: ledgers to export, statistics, and the audit log.
package ledgers
