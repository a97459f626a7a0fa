package dev.evenkeel.storage;

/// Changes that a store applies together. A later call wins over an earlier one on the same key.
/// One thread at a time; of use only with the store that made it.
public interface Batch extends AutoCloseable {
  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /// Deletes every key in `[from, to)`. Costs the same for one key as for a billion in the store on
  /// disk, but every later read of that range pays a little until compaction has passed.
  void deleteRange(byte[] from, byte[] to);

  /// Number of changes since creation or [#clear]; the deletion of a range is one.
  int changes();

  /// Forgets all changes; the batch can be filled again.
  void clear();

  @Override
  void close();
}
