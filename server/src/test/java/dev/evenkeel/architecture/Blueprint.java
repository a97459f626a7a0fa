package dev.evenkeel.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The map of the house: which package may use which. Arrows point down only.
///
/// Adding an arrow, or a library to a package, is a decision: say why in the commit.
final class Blueprint {
  /// Package → packages of ours that it may use. A package that is not a key must not exist.
  static final Map<String, Set<String>> ARROWS = new TreeMap<>();

  /// Prefix of a library's packages → packages of ours that may use it.
  static final Map<String, Set<String>> LIBRARIES = new TreeMap<>();

  /// Packages that touch the real world: the one that implements the environment, and the edges.
  /// All others are deterministic and run in the simulation.
  static final Set<String> OUTSIDE = Set.of("runtime", "http", "auth", "cli", "node", "bench");

  static {
    arrow("model");
    arrow("environment");
    arrow("telemetry");
    arrow("paxos");
    arrow("codec", "model");
    arrow("expression", "codec", "model");
    // Statements compile onto conditions, updates and paths.
    arrow("partiql", "expression", "codec", "model");
    arrow("wal", "environment", "telemetry");
    arrow("storage", "environment", "telemetry");
    arrow("rpc", "environment", "telemetry");
    // A replica joins the protocol to the log, the store and the messages of its node.
    arrow(
        "replica",
        "paxos",
        "rpc",
        "wal",
        "storage",
        "expression",
        "codec",
        "model",
        "environment",
        "telemetry");
    // The router asks replicas of other nodes by message, and reads who is a member.
    arrow(
        "router",
        "replica",
        "paxos",
        "rpc",
        "expression",
        "codec",
        "model",
        "environment",
        "telemetry");
    // Autoadmin decides who the first members of a group are, and tells their nodes.
    arrow(
        "autoadmin",
        "router",
        "replica",
        "paxos",
        "rpc",
        "codec",
        "model",
        "environment",
        "telemetry");
    // Streams and expiry find tables in the catalogue and reach partitions by the router.
    arrow("stream", "router", "replica", "codec", "model", "environment", "telemetry");
    arrow("expiry", "router", "replica", "codec", "model", "environment", "telemetry");
    // An index follows the change records of a replica, sends batches through the router, and tells
    // the catalogue when it is filled.
    arrow("index", "router", "replica", "codec", "model", "environment", "telemetry");
    // Transactions write what operations have bound, and their ledger with conditions of their own.
    arrow(
        "transaction",
        "router",
        "replica",
        "expression",
        "codec",
        "model",
        "environment",
        "telemetry");
    arrow("runtime", "environment");
    arrow("auth", "model", "environment");
    // Operations build the replica's requests (ItemWrite, PageRead) and read its outcomes; the
    // router
    // hands both through as they are.
    arrow(
        "api",
        "router",
        "replica",
        "partiql",
        "stream",
        "transaction",
        "expression",
        "codec",
        "model",
        "environment",
        "telemetry");
    arrow("http", "api", "auth", "model", "telemetry", "environment");
    arrow("bench", "model");
    arrow("cli", "auth", "bench", "model");
    ARROWS.put("node", Set.copyOf(ARROWS.keySet()));

    // runtime: connections between nodes are part of the real environment.
    LIBRARIES.put("io.netty", Set.of("http", "bench", "node", "runtime"));
    LIBRARIES.put("org.rocksdb", Set.of("storage", "node"));
    LIBRARIES.put("tools.jackson", Set.of("api", "auth", "bench"));
    LIBRARIES.put("picocli", Set.of("cli", "bench"));
    LIBRARIES.put("io.micrometer", Set.of("telemetry", "http", "node"));
    LIBRARIES.put("io.prometheus", Set.of("telemetry"));
    LIBRARIES.put("com.github.benmanes.caffeine", Set.of("expression", "router", "auth", "api"));
  }

  private Blueprint() {}

  private static void arrow(String from, String... to) {
    ARROWS.put(from, Set.of(to));
  }
}
