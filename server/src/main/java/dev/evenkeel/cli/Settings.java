package dev.evenkeel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a node is told at start.
///
/// @param bind address or host name to listen on
/// @param port to listen on; 0 takes a free one
/// @param dataDirectory where data is kept, and access keys; only those are read where `inMemory`
/// @param inMemory whether everything is gone when the process ends
/// @param region as ARNs and signatures name it
/// @param zones availability zones of the region, each a storage node in this process; does not
///   count for a member
/// @param member what a process is told that is one node of a region; null for a region that lives
///   in this process alone
public record Settings(
    String bind,
    int port,
    Path dataDirectory,
    boolean inMemory,
    String region,
    int zones,
    @Nullable RegionMember member) {
  /// A region that lives in one process.
  public Settings(
      String bind, int port, Path dataDirectory, boolean inMemory, String region, int zones) {
    this(bind, port, dataDirectory, inMemory, region, zones, null);
  }
}
