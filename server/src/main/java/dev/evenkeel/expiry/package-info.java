/// Time to live: items that have expired are deleted.
///
/// A partition keeps an entry for each item that expires, ordered by the second in which it does
/// (`replica.ItemExpiry`). Two loops a node look after the partitions that lead there:
/// [ExpirySweeper] deletes what is due, [ExpiryFiller] makes the entries of items that were there
/// before their table had an expiry attribute, and then says in the catalogue that it is ENABLED.
///
/// [TableSweep] does at once for one table what the former loop does for all of them.
///
/// Invariants:
/// - An item is deleted only if, by its newest state, its time has come: the leader checks again as
///   it evaluates the deletion, so that an item that was renewed stays.
/// - A deletion is an entry of the log like any other, marked as made by the service.
/// - Nothing is kept besides the partitions' own state: another leader goes on where this one was.
///
/// Deletions are limited in rate, a node, and so is filling, so that neither takes the place of
/// requests. What is due and not deleted shows in the metric of lag.
///
/// Threads: straight-line code on virtual threads. Failure: what could not be done is seen again at
/// the next look.
@NullMarked
package dev.evenkeel.expiry;

import org.jspecify.annotations.NullMarked;
