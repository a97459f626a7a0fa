package dev.evenkeel.replica;

/// What a transaction of one group leaves there, so that the ledger can find out that it happened.
///
/// @param epoch of the group's transactions, as far as the coordinator knew when the ledger took
///   the transaction up: once the group is in a later one, it does not happen any more
public record Mark(Transaction transaction, long epoch) {}
