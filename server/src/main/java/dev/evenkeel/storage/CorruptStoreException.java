package dev.evenkeel.storage;

import java.io.IOException;
import org.rocksdb.RocksDBException;

/// What the store holds on the disk does not verify.
public final class CorruptStoreException extends IOException {
  private static final long serialVersionUID = 1;

  CorruptStoreException(String message, RocksDBException cause) {
    super(message, cause);
  }
}
