package dev.evenkeel.storage;

import java.io.IOException;

/// A walk over a range of a store as it was when the walk began. One thread at a time. An open
/// cursor keeps the versions that it may still show from being reclaimed: close it.
public interface Cursor extends AutoCloseable {
  /// Moves to the next item and says whether there is one.
  ///
  /// @throws IOException when a block cannot be read or does not verify; the walk has then not
  ///   reached its end, and the cursor is of no further use
  boolean next() throws IOException;

  /// Key of the current item; valid after [#next] returned true.
  byte[] key();

  /// Value of the current item; valid after [#next] returned true.
  byte[] value();

  /// Whether a walk of [ItemStore#scanMemory] has ended because the disk has what comes next; valid
  /// after [#next] returned false.
  boolean isCutShort();

  @Override
  void close();
}
