package dev.evenkeel.replica;

/// One action of a transaction, on an item that none of its other actions is on.
///
/// @param returnsItem whether the item is wanted when its condition does not hold
public record TransactionAction(ItemWrite write, boolean returnsItem) {}
