package dev.evenkeel.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a process is told that is one node of a region.
///
/// @param number of this node
/// @param nodes every node of the region by its number, this one among them
/// @param tls for connections between nodes; null: plain
public record RegionMember(int number, SortedMap<Integer, Peer> nodes, @Nullable Tls tls) {
  /// Numbers are part of identities.
  private static final int NUMBER_MAX = 65_535;

  private static final int PORT_MAX = 65_535;
  private static final String FORM = "1=a@host:port,2=b@host:port,…";
  private static final Pattern PEER =
      Pattern.compile(
          "([1-9][0-9]{0,4})=([a-z0-9][a-z0-9-]{0,30})@(\\[[0-9a-fA-F:.]+]|[^:@\\s]+):([0-9]{1,5})");

  /// A node, as every node of its region is told.
  ///
  /// @param zone that it is in
  /// @param host where it listens for other nodes
  public record Peer(String zone, String host, int port) {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /// Files in PEM form.
  ///
  /// @param authority that issues the certificates of the region's nodes
  public record Tls(Path certificate, Path key, Path authority) {}

  public RegionMember {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
  }

  public Peer self() {
    return peer(number);
  }

  public Peer peer(int node) {
    @Nullable Peer peer = nodes.get(node);
    if (peer == null) {
      throw new IllegalArgumentException("no node " + node + " among " + nodes.keySet());
    }
    return peer;
  }

  /// @param text nodes that are separated by commas
  /// @param place that it came from
  static SortedMap<Integer, Peer> parse(String text, String place) throws Refusal {
    SortedMap<Integer, Peer> nodes = new TreeMap<>();
    for (String each : text.split(",", -1)) {
      Matcher matcher = PEER.matcher(each.strip());
      if (!matcher.matches()
          || Integer.parseInt(matcher.group(1)) > NUMBER_MAX
          || Integer.parseInt(matcher.group(4)) > PORT_MAX) {
        throw Refusal.misuse(place + ": '" + each.strip() + "' is not a node (" + FORM + ")");
      }
      String host = matcher.group(3).replace("[", "").replace("]", "");
      Peer peer = new Peer(matcher.group(2), host, Integer.parseInt(matcher.group(4)));
      if (nodes.containsValue(peer)
          || nodes.put(Integer.parseInt(matcher.group(1)), peer) != null) {
        throw Refusal.misuse(place + " names a number or an address twice: " + each.strip());
      }
    }
    return nodes;
  }
}
