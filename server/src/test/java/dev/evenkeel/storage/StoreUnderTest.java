package dev.evenkeel.storage;

import java.io.IOException;

/// A store and the way in which it crashes.
interface StoreUnderTest extends AutoCloseable {
  ItemStore store();

  /// Loses what a crash may lose, and opens the store again.
  void crash() throws IOException;

  @Override
  void close();
}
