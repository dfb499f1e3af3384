// Package store keeps the register in a database: SQL written once, for SQLite and for PostgreSQL.
//
// It must not decide anything: permission, validation and history belong to casework, which calls Write with one closure per
// act. Only this package imports database/sql and a driver, and only it writes SQL: what others read or change has a named method.
//
// Look first at store.go (opening, the two handles, the lock), then tx.go (one transaction a request), table.go (how a noun is
// stored: a list of its columns, from which the statements of single rows follow, so that a field cannot be written and forgotten on
// reading; every list and search is written out), and one noun: farm.go is the plainest with a list of its own. Words of a dictionary
// stand in rows as the bureau writes them (责令改正, 存栏): no code table is between a row and its meaning.
//
// # Two engines
//
// What differs between them stands behind one interface (engine.go): how a transaction begins, what errors mean, the index of search terms,
// statistics, the check of the structure. jackc/pgx is PostgreSQL's driver, under database/sql like SQLite's, so that handles, prepared
// statements and scans are the same. A write takes an advisory lock first, one a register, under READ COMMITTED: it sees what SQLite's would,
// and the audit chain stays gapless with several servers. Every connection shares a second lock, which whoever changes the schema must have
// alone: an old server cannot go on under a newer schema. COMMIT of a transaction in which a statement failed is refused (PostgreSQL would
// roll back and say nothing); one whose answer is lost says that its outcome is unknown. Search terms are a text[] under GIN, the same as
// SQLite's, with the beginnings of pieces written beside them.
//
// Other engines that speak PostgreSQL's protocol would have to take, as far as we know them, none tried: pg_advisory_xact_lock that really
// locks (CockroachDB accepts it and does nothing: the audit chain would fork, so it must not be used), PL/pgSQL triggers, GIN on text[], ON
// CONFLICT, RETURNING, row values, SET LOCAL plan_cache_mode, pg_current_wal_insert_lsn for a standby, and a server_version_num of 150000 or
// more: openGauss and KingbaseES report an older one, and serve refuses them before it writes. openGauss also needs
// password_encryption_type=1, since its own SCRAM is not pgx's.
//
// # Several servers of one register
//
// Any number of servers (nodes) may serve one PostgreSQL register, of one version of the program, with their clocks in step (NTP); the folder
// of attachments is shared, and must sync to disk when told to. A load balancer needs no stickiness and asks /readyz of each. Sessions,
// failed sign-ins, repeated requests and imported texts are everybody's; laws, calendar, kinds of document and the bureau that one node
// changes are the others' at their next request after two seconds. Due days, the search index and the sweep of files are one node's work at a
// time; who starts first makes the administrator. A new schema is made by the first node of the new version once all of the old are stopped;
// until then it waits ten seconds, names who is connected and gives up. Per node are the queue of exports that somebody waits for and of papers, the turns of password
// checks, the counts of refusals, and the notice that due days are being computed.
//
// A pooler of connections must keep a session to a client: advisory locks and prepared statements belong to a session, so of pgbouncer's
// modes only session can work.
//
// # A standby
//
// Lists, searches, the desk, the ledger and the audit log are read from it, forms, records, bulletins' papers and all that is written from
// the primary. It answers somebody only if it holds all that was committed until two seconds after that person last wrote (the cookie
// casebook_wrote; a program that does not keep it reads from the primary) and is at most five seconds old; else the primary does. One that is
// away, lags or is no standby any more is named in the log and in /readyz, and used again by itself.
//
// When the primary dies: be sure that it is down, pg_ctl promote the standby, and that is all. With both hosts in --db and
// target_session_attrs=read-write the nodes find it at their next request; a write whose answer was lost says so and may be repeated. What
// the standby had not received is lost unless synchronous_standby_names is set. The program does not promote by itself: patroni and its like
// do.
//
// Tried: PostgreSQL 15 with pgx's own connections, two nodes under load and one killed, a server stopped and started, a standby paused,
// stopped and promoted. Not tried: other versions, pgbouncer, patroni, network file systems.
//
// # What is acknowledged is durable
//
// One writer, synchronous=FULL, files synced before their row. Requests that come together share a commit (group.go), since a commit waits a
// millisecond for the disk and 32 clients waited for 32 of them; a group ends after 64 members or 20 ms, and an import or a recomputation
// (WriteAlone) is a group of its own. What a transaction has just written is not read again (made.go), and the full-text index is written
// once a group, since FTS5 writes a segment at each savepoint. The first of these kills a group under 32 writers, cuts the power and fills
// the disk; the others print what a write costs:
//
//	go test ./internal/store -run "Group|PowerCut"
//	go test ./internal/web -run '^$' -bench ScaleCreate -benchtime 8000x
//	go test ./internal/demo -run '^$' -bench Synthesize -benchtime 2000x
//
// On two quiet cores: 0.36 ms CPU a create with 32 clients, 2,400 to 3,100 a second, p99 20 to 40 ms (1.2 ms, 750 and 70 ms before); the
// triggers of the tallies take 2 µs of it, the seven indexes of the lists of cases 42. A synthetic case with all that is on it takes 2.0 ms
// (3.0 before).
//
// How the last server ended decides whom to trust (running.go). After a kill within the same boot of the machine no page can be torn, and
// writes go on at once over a check at about a fifth of a core. After another boot, without a mark or with an unfinished check, reads are
// served and writes wait for the check at full speed: a bounded wait, then 503 with Retry-After and how far it is. After a clean stop the
// pages are checked too, for 0.3 s before the server listens and then behind it; damage found there stops writing (503). The check is
// SQLite's own quick_check on a connection below the driver (pagecheck.go). It finds broken structure, not a changed letter: that finds
// verify, or a restore. At 100,000 cases (3.4 GB, before rows were made shorter) every start listens after 0.4 s with 0.3 CPU s; after an end
// of the machine writes waited 44 s (26 CPU s).
//
// SQLite says of a full, read-only or forbidden folder that it cannot open a file; then a small file is written, and the system's answer
// decides the words (diagnosis.go).
//
// # Backup, restore, copy
//
// Attachments are most of the bytes and never change, so dated backups lie over one folder of them (manifest.go): a backup a day costs its
// database and what is new. casebook.db is made by VACUUM INTO: one moment, compact, writers go on. The manifest has counts, the head of the
// audit chain and the SHA-256 and size of every file; it is written last and ends with its own hash, and the folder gets its name by one
// rename after everything is on disk. An attachment that is there is read and hashed each time, and copied anew where it is no longer right.
// Any dated folder may be deleted by hand.
//
// A backup only reads: it writes no audit entry and migrates nothing, so that it works beside an older server and from a disk that has become
// read-only, and a restored register equals the old one row by row. Who may read the data folder may back it up. An attachment that the
// register has lost does not stop the rest: the manifest names it and the command fails at the end. Of a PostgreSQL register the backup is
// the same SQLite file, made by the code of copy: one form for both engines, restored to either.
//
// A restore is put together inside the target, in .restoring, and the rename of casebook.db makes it a register: that works on a mount point,
// and what a kill left is known for what it is. It checks every byte, the structure, the manifest against the rows, then verifies all; what
// verify finds in sound bytes was there before the backup, and is restored with --accept-defects alone. A damaged backup is never passed over
// in silence for an older one: the message names it. A backup of an older schema is brought up to date on the way.
//
// A copy carries what the schema has: tables, columns and their kinds are asked of both databases, which must agree. Rows are streamed (COPY
// into PostgreSQL, one transaction either way); triggers rest and indexes are made afterwards, so that what triggers keep comes as it is, and
// verify holds it to the records. Counters of ids go on where they were. Then every table is read again and compared with what was read from
// the source, by number of rows and a digest, and the whole is verified. The source is read in one snapshot beside its servers. A copy writes
// no audit entry, since the target's chain must end where the source's does. Not carried is which folder holds the attachments
// (casebook.register): each place has its own.
//
// A target is marked before anything is written to it, by .copying in a folder and by a table casebook_unfinished in a database, and
// everything else refuses it until the mark goes, last of all. Whoever ends a copy leaves nothing; after a kill or a cut the mark stays, and
// the same command begins anew.
//
// A register of 6,000 cases (200 MB, two cores in use by others) was backed up beside its server with 3 CPU s and 42 MB of memory, restored
// and verified with 9 CPU s and 105 MB. A copy of 10,000 cases (570,000 rows) to PostgreSQL took 12 CPU s of the program and 93 MB, back 21
// CPU s and 137 MB, verification included. PostgreSQL keeps no text with a NUL character: a register that has one is refused by name.
//
// To go back to any moment, PostgreSQL's own way stands beside them; casebook verify then says whether chain, rows and attachments are whole
// (casebook.register comes along with the attachments):
//
//	pg_basebackup -h host -U replicator -D /mnt/disk2/base -X stream   # with archive_mode = on and an archive_command that keeps every WAL segment
//	rsync -a F/ /mnt/disk2/files/                                      # after it and from time to time: attachments are only added
//	pg_dump -Fc -d postgres://host/casebook -f casebook.dump           # or one moment; leave out --no-comments: by a comment the program knows its tables
//
// # History
//
// Each change keeps the full after-image (a revision), in the transaction of the change; a gapless hash chain records who did what. The chain
// holds salted digests, so that erasing personal data does not break it. verify compares every row with the newest revision of its record,
// both ways, and recomputes what is derived; what it costs is in README. TestTampering -args -columns changes a value in every column of
// the schema (in each sixth without), takes a row from every table and adds one:
// all are found but those that the test lists with why (the search index, the program's own marks, words beside a text that its hash holds).
//
// History is small since schema 33: a revision's body is packed (package packing), hashes and salts are bytes, actors and actions are
// numbered words, and what stands in another row is not kept twice. No hash is defined anew: the upgrade moves what was written before over
// in SQL, with functions of our own (lean_migration.go; 7 s of CPU for 10,000 cases, 80 for 100,000, the copy before the upgrade included).
// The file keeps its size and writes into the pages that became free; a backup leaves them out. What was tampered with before and cannot be
// converted is kept as it was, and what was told twice and not alike stands in audit_leftovers, so that verify names the entry. The text that
// search keeps is packed too (search_text.go). 10,000 synthetic cases took 337 MB and take 152, of which, with indexes, revisions 152 → 27,
// audit log 52 → 19, search texts 34 → 8. Upgrading 100,000 cases from schema 32 took 70 CPU s and 0.6 GB of memory, once. Not taken:
// differences against the version before, since nearly all records have one version.
//
// Rows say nothing twice since schema 35: a provision that is cited stands once, in provisions, and citations lie by their case; the last day
// of a date is written only where the day is not known (latestOf is it in SQL), the instant of the last change only once there was one
// (updatedOf), a number's other spelling only where it differs. Narratives and lists that nothing asks for in SQL (findings, paths, facts,
// checklists, summaries, facilities, officers) are packed with the dictionary of their noun (packed.go). A synthetic case with all that hangs
// on it takes 11.3 KB, before 14.8. This prints bytes a case, table by table, at two sizes; TestGrowthOfACase bounds them:
//
//	go test ./internal/demo -run '^$' -bench Size -benchtime 1x
//
// The past is told from the revisions (asof.go), with the bureau, the units and the law texts of then. A day ends with the entry before the
// first one of a later day (audit_days), so that an answer stays what it is. TestPastLedgersStay changes registers at random for days and
// compares every cell of what was exported each evening with what is exported as of it later; TestPastOfNowIsThePresent every field of every
// case, and the filter in Go with the one in SQL. It takes three to four times the CPU of the present (0.85 ms a case against 0.25, on a busy
// machine). Words are not searched in the past.
//
// # What lists and statistics read
//
// What a list shows costs the same at any size. Planner statistics are kept (statistics.go). Counts of the home page and of what is due (by
// month and day, unit and branch), the cases of a violation type and the keys of parties and farms are kept beside the rows by triggers, so
// that no statement can forget them; verify counts anew. Every list goes on by keyset, in the order of an index that begins with its filter;
// an empty text appended to a column keeps the planner from another one. A count that must look at each row looks at 2,000. The texts of a
// row are asked for as one (rowtext.go). TestFlatPlans pins each plan with no statistics and with those of 10,000 cases planted, TestFlat
// counts the pages of the file that each list looks at with 6,000 and 36,000 cases, for every filter there is (TestEveryFilterIsFlat), and
// TestIndexesAreRead refuses an index that no plan uses:
//
//	go test ./internal/store -run "Flat|IndexesAreRead" -v
//
// case_days keeps the days by which a case counts, and day_tallies their sums by month; an upgrade fills them when the register is opened,
// behind the listener of a server. Statistics are sums of facts since schema 47 (fact.go): a period costs its months' cells at any size, and
// a fine's median comes from the exact amounts in the cells. Who has several cases in any
// months is counted from rows of each case that is not its party's first (repeat.go), farms not inspected in a year from the years of each farm, both
// since schema 59: exact, and with a list, at any size. A case counts in one month a date: that of its last decision
// or payment. verify counts facts from the files and cells from the facts; TestStatisticsOfRandomRegisters edits registers at random and
// compares every figure with a recount from whole files (casework's CountedStatistics) and with the ledger's own counting.
//
// A search knows what people know: every name a party or farm had or that was merged into it, who stands on the papers, first letters of
// names, what officers call an act; the row says why it was found. What changes without the record (a district's name, the words of a type)
// is no part of its index: a search turns such words into codes. Numbers that not every role may see stand apart, under index terms of their
// own, so that a search cannot be used to try them out.
package store
