package dev.evenkeel.replica;

import dev.evenkeel.rpc.NodeIdentity;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Which node of the region is in which availability zone.
///
/// @param zones by the node's number
public record Zones(Map<Integer, String> zones) {
  public Zones {
    zones = Collections.unmodifiableMap(new TreeMap<>(zones));
  }

  /// The zone of the node with that identity; empty when the region has no such node.
  public String of(long identity) {
    return zones.getOrDefault(NodeIdentity.node(identity), "");
  }
}
