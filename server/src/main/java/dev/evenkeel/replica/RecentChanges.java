package dev.evenkeel.replica;

import java.util.Arrays;
import java.util.List;

/// Since which slot a stored key has not changed, with little memory: keys share places, so it may
/// say that one has changed which has not, never the other way round. Serial executor only.
final class RecentChanges {
  /// A power of two; 128 KB, and only in partitions that are read by transactions.
  private static final int PLACES = 1 << 14;

  /// What was before this is not known.
  private long floor;

  private final long[] slots = new long[PLACES];

  /// @param floor the newest applied slot
  RecentChanges(long floor) {
    this.floor = floor;
  }

  /// @param slot of the entry that makes the changes
  void follow(List<Command.Mutation> mutations, long slot) {
    for (Command.Mutation mutation : mutations) {
      switch (mutation) {
        case Command.Mutation.Put(var key, _) -> slots[place(key)] = slot;
        case Command.Mutation.Delete(var key) -> slots[place(key)] = slot;
        case Command.Mutation.DeleteRange _ -> floor = slot;
        case Command.Mutation.Note _, Command.Mutation.Stamp _ -> {}
      }
    }
  }

  boolean isUnchangedSince(byte[] key, long slot) {
    return slot >= floor && slots[place(key)] <= slot;
  }

  private static int place(byte[] key) {
    int hash = Arrays.hashCode(key);
    return (hash ^ (hash >>> 15)) & (PLACES - 1);
  }
}
