package dev.evenkeel.rpc;

import java.io.IOException;

/// What two nodes tell each other first. Its form never changes.
///
/// @param region the region's id; nodes of other regions are refused
/// @param identity see [NodeIdentity]
/// @param life how often this data directory was started
/// @param process drawn anew at each start, so that two processes on copies of one directory are
///   told apart
/// @param versionMin the oldest protocol version that this program speaks
/// @param versionMax the newest one
public record Hello(
    String region, long identity, long life, long process, int versionMin, int versionMax) {
  /// The protocol version that this program speaks.
  static final int VERSION = 1;

  public Hello {
    if (versionMin < 1 || versionMax < versionMin) {
      throw new IllegalArgumentException("no versions: " + versionMin + " to " + versionMax);
    }
  }

  /// A node of this program.
  ///
  /// @param process chance, drawn at this start
  public static Hello of(String region, long identity, long life, long process) {
    return new Hello(region, identity, life, process, VERSION, VERSION);
  }

  int node() {
    return NodeIdentity.node(identity);
  }

  void encode(MessageOutput out) {
    out.text(1, region);
    out.fixed64(2, identity);
    out.varint(3, life);
    out.fixed64(4, process);
    out.varint(5, versionMin);
    out.varint(6, versionMax);
  }

  static Hello decode(MessageInput in) throws IOException {
    String region = "";
    long identity = 0;
    long life = 0;
    long process = 0;
    int versionMin = 0;
    int versionMax = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> region = in.text();
        case 2 -> identity = in.fixed64();
        case 3 -> life = in.varint();
        case 4 -> process = in.fixed64();
        case 5 -> versionMin = in.count();
        case 6 -> versionMax = in.count();
        default -> {}
      }
    }
    if (versionMin < 1 || versionMax < versionMin) {
      throw new IOException("a hello of versions " + versionMin + " to " + versionMax);
    }
    return new Hello(region, identity, life, process, versionMin, versionMax);
  }
}
