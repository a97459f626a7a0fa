package dev.evenkeel.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/// One value of one key in a [MemoryItemStore], with what it replaced. Immutable, so that a reader
/// that holds a version can follow it to older ones whatever a writer prunes meanwhile.
final class Version {
  /// The write that made it; one number for all changes of a batch.
  private final long sequence;

  /// Null: deleted.
  private final byte @Nullable [] value;

  private final @Nullable Version older;

  Version(long sequence, byte @Nullable [] value, @Nullable Version older) {
    this.sequence = sequence;
    this.value = value;
    this.older = older;
  }

  long sequence() {
    return sequence;
  }

  byte @Nullable [] value() {
    return value;
  }

  /// What a reader at that sequence sees of this chain.
  static byte @Nullable [] visible(@Nullable Version newest, long sequence) {
    Version version = newest;
    while (version != null && version.sequence > sequence) {
      version = version.older;
    }
    return version == null ? null : version.value;
  }

  /// The chain without what no reader can see: neither one at `visible` or later, nor one of the
  /// open `cursors`. Null when nothing is left.
  static @Nullable Version pruned(
      @Nullable Version newest, long visible, NavigableSet<Long> cursors) {
    List<Version> seen = new ArrayList<>();
    long replacedAt = Long.MAX_VALUE;
    for (Version version = newest; version != null; version = version.older) {
      if (version.isSeen(replacedAt, visible, cursors)) {
        seen.add(version);
      }
      replacedAt = version.sequence;
    }
    Version chain = null;
    for (Version version : seen.reversed()) {
      if (chain != null || version.value != null) {
        chain =
            version.older == chain ? version : new Version(version.sequence, version.value, chain);
      }
    }
    return chain;
  }

  private boolean isSeen(long replacedAt, long visible, NavigableSet<Long> cursors) {
    if (replacedAt > visible) {
      return true;
    }
    Long cursor = cursors.ceiling(sequence);
    return cursor != null && cursor < replacedAt;
  }

  /// Whether nothing but a current value is left, so that no cursor's end can shorten the chain.
  boolean isSingle() {
    return older == null && value != null;
  }
}
