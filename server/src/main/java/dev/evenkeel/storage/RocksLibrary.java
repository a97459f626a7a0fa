package dev.evenkeel.storage;

import java.lang.System.Logger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;

/// Loads RocksDB's native library.
///
/// The library travels inside RocksDB's jar, which unpacks 17 MB into a temporary file at every
/// start. An installation that has it unpacked names the folder in [#FOLDER_PROPERTY] and saves
/// that; the file keeps the name it has inside the jar.
final class RocksLibrary {
  /// System property with the folder that holds the unpacked library.
  static final String FOLDER_PROPERTY = "evenkeel.native.dir";

  private static final Logger LOG = System.getLogger(RocksLibrary.class.getName());

  private RocksLibrary() {}

  static void load() {
    @Nullable String folder = System.getProperty(FOLDER_PROPERTY);
    if (folder == null || !loadFrom(folder)) {
      RocksDB.loadLibrary();
    }
  }

  private static boolean loadFrom(String folder) {
    try {
      RocksDB.loadLibrary(List.of(folder));
      return true;
    } catch (UnsatisfiedLinkError missing) {
      LOG.log(
          Logger.Level.WARNING,
          "no RocksDB library in {0} ({1}); unpacking the bundled one",
          folder,
          missing.getMessage());
      return false;
    }
  }
}
