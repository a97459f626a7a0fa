package dev.evenkeel.storage;

import org.rocksdb.RocksDB;

/// Loads RocksDB's native library.
///
/// The library travels inside RocksDB's jar, which unpacks 17 MB into a temporary file at every
/// start. An installation saves that by unpacking it once, under the name that it has inside the
/// jar, into a folder of Java's library path (`-Djava.library.path`), where RocksDB looks first.
final class RocksLibrary {
  private RocksLibrary() {}

  static void load() {
    RocksDB.loadLibrary();
  }
}
