package dev.evenkeel.router;

import java.util.List;

/// The groups that a region has besides those of its tables and indexes.
public final class ReservedGroups {
  /// The partition of the transactions' ledger. Tables are numbered from the other end.
  public static final long LEDGER = 1L << 62;

  /// All of them.
  public static final List<Long> ALL = List.of(SystemPartition.ID, LEDGER);

  private ReservedGroups() {}
}
