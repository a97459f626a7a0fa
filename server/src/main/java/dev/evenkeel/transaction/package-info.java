/// Transactions: writes of several items that happen together or not at all, and reads of several
/// items as they were at one moment.
///
/// ```
/// TransactWriteItems ─▶ Coordinator ──┬─▶ Ledger: begun ─▶ committed ─▶ done      (one partition)
///                                     └─▶ Prepare ─▶ Finish at each group         (replica)
/// Recovery: whatever a coordinator left, at any leader      Bookkeeping: what need not be waited for
/// ```
///
/// A transaction of one group is one entry of that group. One of several locks its items in each
/// group first; it **happens with the entry of the ledger that says so**, and then is finished in
/// each group. The caller hears of it when it is finished everywhere. The ledger also remembers
/// client tokens, for ten minutes after a transaction has ended.
///
/// ```
/// ledger entry (an item of the ledger's table):
///   k key: "token/" ‖ client token, or "id/" ‖ transaction's id      i transaction's id
///   d digest: SHA-256 of the actions      s state: begun | committed | done | canceled
///   g groups [text…]      a whether it is of one group alone      e the group's epoch, then
///   t when it began, ms since 1970
///   c commit time, µs since 1970 ?        f when it ended, ms since 1970 ?
/// ```
///
/// Invariants (the argument why they suffice is in `docs/transactions.md`):
/// - Nothing is prepared before the ledger has the entry; nothing but its coordinator commits a
///   transaction of several groups; an entry leaves *begun* once.
/// - A committed entry stays until every group has finished, so that a lock whose entry is gone, or
///   is another transaction's, belongs to one that did not happen.
/// - A transaction of one group happens only in the group's epoch of which its entry in the ledger
///   tells; whoever gives it up has the group go on to the next one before he cancels the entry.
/// - A mark stays until the ledger's entry has left *begun*, so that a transaction of one group is
///   never thought not to have happened when it has.
///
/// Nobody waits for a lock: who meets one is refused. Threads: straight-line code on the virtual
/// threads of requests, one loop a node for recovery and one for bookkeeping. Not here: the wire
/// (`api`), what happens within a group (`replica`).
@NullMarked
package dev.evenkeel.transaction;

import org.jspecify.annotations.NullMarked;
