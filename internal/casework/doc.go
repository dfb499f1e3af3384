// Package casework is what people do with the register: each use case asks whether the actor may, whether the record is valid,
// and then writes once, with the audit entry and the revision in the same transaction.
//
// It must not know HTTP, HTML, SQL or the clock: time comes from Config.Now, persistence from store. Every write of the product
// passes here, so that none can skip permission or audit.
//
// Look first at record.go (add, change, remove: the shape of every write), then at write in service.go (the order in which a write ends:
// rows, what is derived from them, revisions, audit), then case.go.
//
// # What is derived
//
// A revision holds what people wrote and what the row is: stage, due day, search text, days and facts are settled before the revision is
// written, in the same transaction, and cannot be set from outside; verify recomputes them. The day on which the next duty ends is kept so
// that the desk sorts by it; overdue is never stored.
//
// What follows from the records and is not there yet comes up behind the listener, a batch a transaction, resumed where it was (upkeep.go): due
// days when their rules, the calendar or added kinds changed (a new day alone changes none), the search index in a new form, statistics, the
// sweep of files. Notices says on every page and in /readyz what is not complete yet. An import of law texts or a change of the calendar by
// another process is seen within two seconds.
//
// # Whose records, and what is asked of who registers
//
// An officer writes the records of the own branch (store/branch.go says whose a record is, and every statement that writes a row asks there: a
// use case passes its actor to write and cannot forget). Whoever works for the city (a unit of the city, or none set) writes everywhere and
// alone hands a case over. Reading is the whole city's unless the bureau says otherwise; then lists, search, single records, files, exports and
// JSON hold the branch's alone, as not found. An account from before branches that has no unit writes in the whole city, and the
// administrator's page asks to set it; one that has a branch is bound to it. The demonstration's officer works for the city, officer2 in 恩平.
//
// A form begins with what is known: the signed-in officer while the certificate is valid that day, unit, recorder, district; who usually goes
// along is offered, never put in. A second farm or party like one that is there needs a reason, kept in its note; the like is found by an
// index on the folded name, the permit, the place, the code. A client_uid that is sent again with the same content finds the first record;
// with other content it is a conflict, not silence.
//
// Who is refused stands in the log (refusal.go): every 403 of somebody who is signed in, by the role or because a record or a step is
// another's, on pages and in the interface, in a transaction of its own, with the address as the table of routes has it and nothing that was
// typed. What another site sent is not the person's. The log is listed by day without an index of days: the chain is in the order of time but
// for a day's slack, and is halved (TestAuditEntriesOfDays); an entry written while the clock was wrong by more is found by its number alone.
//
// # Bulletins
//
// What is published is a copy made from an allow-list of fields, edited by a person, looked through by a guard, approved by someone who wrote no
// word of it, also not of the record's public name. Its words stand in one list (registry.Bulletin.Words), by which guard, fonts, four eyes and
// search go; what makes a case unfit in one table (BulletinFitness). A decision that was not served yet may be handed in and read; it is not
// signed. What was signed is kept as files (PDF, Word, HTML) under their SHA-256. A finding of the guard is refused, or asked about: then
// somebody who wrote nothing of it says why it may stand. That a farm can be told from what is said of it is asked only where the register
// holds twenty or more of the kind. The page says what was looked for and that nicknames and telling details cannot be found. What a draft
// prints says 草稿　未经签发 on every page and in its file's name, and so does a signed bulletin in another design than the signed one
// (非定稿). A character that no font prints is said while it is typed.
//
// Captions, credits and alternative texts of pictures are words of the bulletin; whoever touches or ticks a picture has written in it. The tick
// says that a writer looked through the copy; another copy has none, and a picture without one is not handed in. Names of files are
// published nowhere.
//
// What was published of a decision is taken back in three working days (procedure/withdraw.go): a clock of the case from whatever turned the decision
// after it was published by a 公示, a publication on record or a bulletin of ours; each bulletin by itself, also of a closed case, until it is
// withdrawn or its correction is published. A case that was taken from others' publication has none. Which bulletins a case turned, or is contested
// in, is kept when the case is settled (bulletin_cases.turned, recounted by verify): desk and list read that index.
//
// The public search reads rows in the order of the list (store/public_term.go), the rarest of its terms first, and finds every published bulletin,
// by a single character or a sign too. An exported site is searched by a script in its folder (public-index.js, its whole text), also
// from file://; in place of the form it names the contact of 本局, and with --live-url the page on the site itself.
//
// What a bulletin costs grows with its cases alone. The files of its cases are read once for guard, fitness, authors and drafts
// (TestBulletinsAskOnceForAllCases counts the statements at two sizes); farms alike are counted in an index; the needles of two hundred cases
// lie in one trie; and of the register's names a server keeps a filter (2 MiB) by which a text knows which words may be names, so that those
// alone are asked for. The first of these prints what 5, 50 and 200 cases take: on two busy cores 4 to 5 ms CPU a case for the page, 3 for
// composer, preview and saving, 6 for the approval with its three papers. By the second, the guard of five cases costs the same with 10,000
// and with 100,000 parties (3.2 to 3.7 ms CPU on two busy cores, reading the cases included). It looks through a bulletin before the write; inside,
// that holds if nothing was recorded meanwhile on a noun that it reads (bulletin_move.go), else it is done again, the third time inside:
//
//	go test ./internal/web -run '^$' -bench ScaleBulletin -benchtime 1x
//	go test ./internal/casework -run '^$' -bench Guard -benchtime 300x
//
// # What leaves the register, and what comes back
//
// A head of the audit chain is signed once a day and on demand (head.go, schema 44). Whoever can write to the database can rewrite all of it,
// hashes included, so what counts is the file that was handed elsewhere: verify --head and the page 核验 tell a chain that was cut short from
// one that was written anew and from another register's, which is told by the hash of its first entry. The private key lies in head.key of the
// data folder or where --head-key says, mode 0600, and is neither in the database nor in a backup: a restored register signs with a new key.
// Every signed head keeps its public key, so that old ones are checked where the key is lost; but the register's word for an old key is only
// that, and --key with a public key that was kept outside is the check that counts.
//
// Exports are sealed (sealing.go). A record (DC-2026-0001) with a history says what was asked, as of which entry of the chain the newest record
// is, rows, sums, SHA-256, who, and whether it was whole: it begins before the first byte and ends after the last was taken. The file says
// nothing of who exported it and when: the same request of the same position is the same bytes, whoever makes it (accounts, reads, exports and
// heads do not move the position). It carries the request as data (a document property), and the newest head that was signed before its
// position, which no later signing changes. A file that comes back is known by its hash; one that is not, but says that it came from here, is
// compared with the export made anew, by case, not by row number. A search for a person's number is masked in the record, and such an export
// cannot be made again for comparison.
//
// Long work is a job (job.go, job_run.go; schema 49). For a person, an export that reads more than 2,000 cases, or the verification of so large a
// register, waits in a queue that all servers share, two at a time, with its place, its progress (server-sent events; a link without JavaScript)
// and 取消, which frees what it held before it answers (within two seconds where another server runs it). A program that asks for /exports/file
// or ledger.xlsx is sent the file in the request, and so is a search for a person's number, which is not kept. The file lies in exports/ of the
// data folder under its name only once it is whole and on the disk, is its owner's, downloaded by ranges under its SHA-256, and goes after seven
// days. A job that is silent for a minute is 中断; made again, it is of the entry of the chain that its first run began with, from the histories
// where the register has changed since: the same bytes. Searches and lists in their own order cannot be made of the past, and say so. A job is no
// record: what it gave out is its row in exports.
//
// A verification may begin at the last (verify.go). One that finds nothing leaves verified.json in the data folder, signed with the key of the
// heads: number and hash of the newest entry when it began, and the rows of each noun. The next may check the chain and all records from there,
// the derived values of their cases, the number of rows of every noun against the histories, the tallies and new files, and says what it did
// not: a value that was changed behind the program's back in a record that nobody has written since, the content of old files, the structure of
// the data file.
//
// A paper bears the signed head that was the newest at its approval, small at the foot of 通报 and 报纸; a 公文 has no place for it (GB/T 9704)
// and has it among the keywords of the file. A case sheet bears the newest.
//
// A closed month (月末结账) is a position, not a copy: its ledger is that of the register as of the entry it was closed at, its sums stand in the
// closing, and a difference is read from the revisions. Opening it again leaves the closing with the reason.
//
// Reconciliation stores nothing. An uploaded table lies among the attachments as a file without a record, which the next start sweeps; the
// address has its hash, the columns and the days. Compared is what a decision itself says: a fine changed by a later decision counts there. A
// table that has one line a party repeats numbers: the first is compared, the others are told.
package casework
