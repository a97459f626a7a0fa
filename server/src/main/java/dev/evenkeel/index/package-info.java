/// Global secondary indexes: has them follow their tables.
///
/// ```
/// leader of a table's partition                            leader of an index's partition
///   change records ──▶ Follower ──▶ BatchBuilder ──▶ Request.Follow ──▶ entries and position
///   items (filling) ──▶                                                 in one entry of its log
/// Propagator: one loop of this process, woken by records      Announcement: filled, so ACTIVE
/// ```
///
/// A request on the table never waits for an index: what a change does to indexes is told by its
/// change record, which is stored with it. The leader of the table's partition reads the records
/// behind the index's position and sends one batch for many of them, to several indexes at once.
///
/// Invariants:
/// - An index holds exactly the entries of the table's items whose stored key is below
///   [dev.evenkeel.replica.IndexPosition#filled], as they were right after the change `upTo`. It
///   goes from one such state to the next by a batch that its partition takes only at the batch's
///   own beginning. So what is sent twice, late, out of turn, or by a leader that is none any more,
///   can neither lose nor double a change nor turn one back; none of this depends on who sends.
/// - A change of an item that is not covered yet is left out: the page that covers the item shows
///   it. A page is sent only together with every change from the index's position to a time after
///   the page was read, which are laid over it; and only by a replica that has applied what the
///   index has.
/// - Change records go only when every index of the partition has them
///   ([dev.evenkeel.replica.Retention]).
///
/// A new index begins at the newest change and is filled from the table's items, page by page, at a
/// bounded rate, in the same batches; what is filled is part of the position, so that another
/// leader goes on where this one ended. An index of a new table is filled with nothing by the same
/// steps. Indexes are made and dropped by `autoadmin`.
///
/// Failure: what is not answered is tried again from the position that the index tells. An index
/// that lacks too many changes makes its table refuse writes, until it has caught up.
///
/// Threads: the loop decides, the pool for reads reads and builds, whoever answers records the
/// answer. Not here: what an entry is, and how a batch is taken (`replica`); reading (`api`).
@NullMarked
package dev.evenkeel.index;

import org.jspecify.annotations.NullMarked;
