package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Turns RocksDB's errors into an [IOException] that says where it happened and what to do.
///
/// @param onDamage told of whatever does not verify, from any thread
record RocksFailure(Path folder, Consumer<CorruptStoreException> onDamage) {
  IOException of(String doing, RocksDBException cause) {
    String message =
        "ordered store " + folder + ": " + doing + " failed: " + text(cause) + advice(cause);
    if (is(cause, Status.Code.Corruption)) {
      CorruptStoreException damage = new CorruptStoreException(message, cause);
      onDamage.accept(damage);
      return damage;
    }
    return new IOException(message, cause);
  }

  private static String advice(RocksDBException cause) {
    if (is(cause, Status.Code.Corruption)) {
      return ". The file named here holds data that does not verify: check the device; without"
          + " peers that rebuild the node restore a backup; do not delete single files";
    }
    if (isFull(cause)) {
      return ". The disk is full: free some space; the store goes on by itself within seconds";
    }
    return "";
  }

  static boolean isFull(RocksDBException cause) {
    @Nullable Status status = cause.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace;
  }

  /// Whether a read of memory alone found that the disk is needed.
  static boolean isOutsideMemory(RocksDBException cause) {
    return is(cause, Status.Code.Incomplete);
  }

  private static boolean is(RocksDBException cause, Status.Code code) {
    @Nullable Status status = cause.getStatus();
    return status != null && status.getCode() == code;
  }

  private static String text(RocksDBException cause) {
    @Nullable Status status = cause.getStatus();
    if (status == null) {
      return String.valueOf(cause.getMessage());
    }
    @Nullable String state = status.getState();
    return status.getCode() + (state == null || state.isBlank() ? "" : ": " + state);
  }
}
