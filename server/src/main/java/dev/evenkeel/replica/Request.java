package dev.evenkeel.replica;

/// What one node may ask of a replica on another. See [RequestCodec] for its wire form.
public sealed interface Request {
  /// The replication group that is asked.
  long group();

  /// Of the leader.
  record Write(long group, ItemWrite write) implements Request {}

  /// One item.
  ///
  /// @param key its stored key
  /// @param consistent of the leader; else of any storage replica
  @SuppressWarnings("ArrayRecordComponent")
  record Read(long group, byte[] key, boolean consistent) implements Request {}

  /// A page of items.
  ///
  /// @param consistent of the leader; else of any storage replica
  record ReadPage(long group, PageRead page, boolean consistent) implements Request {}
}
