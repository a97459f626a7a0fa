package dev.evenkeel.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The files of one node: a tree of folders under the node's data directory.
///
/// Names are relative paths with `/` between folders. Nothing that was written survives a crash
/// before [File#sync] says so; a created, renamed or deleted name survives only after
/// [#syncFolder].
public interface Disk {
  /// Creates the folder and its parents where they are missing.
  void createFolder(String folder) throws IOException;

  /// Names of the files (not the folders) in that folder, in order; empty when there is none.
  List<String> list(String folder) throws IOException;

  boolean exists(String name) throws IOException;

  /// Opens a file for reading and writing, creating it empty where it is missing.
  File open(String name) throws IOException;

  /// Renames atomically, replacing `to`.
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  /// Makes creations, renames and deletions in that folder durable.
  void syncFolder(String folder) throws IOException;

  /// Bytes that can still be written to the device.
  long freeBytes() throws IOException;

  /// An open file. One thread at a time.
  interface File extends AutoCloseable {
    long size() throws IOException;

    /// Memory for what is read from this file and written to it, such as its disk takes best.
    ByteBuffer buffer(int bytes);

    /// Reads until `into` is full or the file ends; returns the number of bytes read.
    int read(long position, ByteBuffer into) throws IOException;

    /// Writes all that remains in `from` at that place, growing the file where needed.
    void write(long position, ByteBuffer from) throws IOException;

    /// Makes all earlier writes durable, then calls `done` with null, or with the failure. A file
    /// whose sync failed once may have lost those writes: never use it again. `done` may run before
    /// this returns, or later on the executor that made the call.
    void sync(Consumer<@Nullable IOException> done);

    @Override
    void close() throws IOException;
  }
}
