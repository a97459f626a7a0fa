package dev.evenkeel.replica;

/// A transaction, as the partitions that take part in it know it.
///
/// @param ledgerKey where the ledger tells what became of it
public record Transaction(TransactionId id, String ledgerKey) {}
