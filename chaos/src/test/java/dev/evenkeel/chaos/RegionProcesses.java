package dev.evenkeel.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A region of three processes. Nodes are counted from 0 here.
final class RegionProcesses implements AutoCloseable {
  static final int NODES = 3;

  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /// The catalogue, and the ledger of transactions.
  private static final List<String> SYSTEM_GROUPS = List.of("1", Long.toString(1L << 62));

  private static final Duration STATUS_LIMIT = Duration.ofSeconds(1);
  private static final Duration LEADER_LIMIT = Duration.ofSeconds(30);

  private static final int BLOCK_BYTES = 4_096;
  private static final int DAMAGED_BLOCKS = 4;

  /// In a batch's head.
  private static final int DAMAGED_AT = 20;

  private final Path folder;
  private final RegionSetup setup;
  private final int[] ports = new int[NODES];

  /// Where the nodes talk with each other.
  private final int[] between = new int[NODES];

  private final @Nullable ServerProcess[] nodes = new ServerProcess[NODES];

  /// One for each node, or none at all.
  private final List<VolatileDisk> disks = new ArrayList<>();

  RegionProcesses(Path folder) throws IOException {
    this(folder, RegionSetup.plain());
  }

  RegionProcesses(Path folder, RegionSetup setup) throws IOException {
    this.folder = folder;
    this.setup = setup;
    for (int i = 0; i < NODES; i++) {
      if (setup.forgets()) {
        disks.add(VolatileDisk.in(folder.resolve("machine-" + (i + 1))));
      }
      ports[i] = ServerProcess.freePort();
      between[i] = ServerProcess.freePort();
    }
  }

  /// The list of nodes that all are told.
  private String list(int[] at) {
    return IntStream.range(0, NODES)
        .mapToObj(i ->
            (i + 1) + "=" + (char) ('a' + i) + "@" + setup.places().get(i).host() + ":" + at[i])
        .collect(Collectors.joining(","));
  }

  int[] ports() {
    return ports.clone();
  }

  /// Connects to a node, whichever process it is at the time.
  Connection connect(int node) throws IOException {
    return Connection.open(setup.places().get(node), ports[node]);
  }

  Path directory(int node) {
    Path parent = disks.isEmpty() ? folder : disks.get(node).root();
    return parent.resolve("node-" + (node + 1));
  }

  ServerProcess node(int node) {
    ServerProcess process = nodes[node];
    if (process == null) {
      throw new IllegalStateException("node " + (node + 1) + " was never started");
    }
    return process;
  }

  /// Starts a node and does not wait.
  ServerProcess launch(int node) throws IOException {
    return launch(node, setup.arguments().get(node));
  }

  /// The same with other arguments than its own.
  ServerProcess launch(int node, List<String> arguments) throws IOException {
    List<String> more = arguments(node, between);
    more.addAll(arguments);
    ServerProcess process =
        ServerProcess.launch(
            setup.places().get(node),
            directory(node),
            ports[node],
            more,
            disks.isEmpty() ? Map.of() : disks.get(node).environment());
    nodes[node] = process;
    return process;
  }

  private List<String> arguments(int node, int[] at) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--node", Integer.toString(node + 1), "--nodes", list(at)));
    return arguments;
  }

  /// Starts another process as that node, beside it, on that directory, and does not wait. The
  /// others do not know where it listens, and hear of it when it connects.
  ServerProcess launchBeside(int node, Path directory) throws IOException {
    int[] at = between.clone();
    at[node] = ServerProcess.freePort();
    return ServerProcess.launch(
        setup.places().get(node),
        directory,
        ServerProcess.freePort(),
        arguments(node, at),
        Map.of());
  }

  void start() throws Exception {
    for (int i = 0; i < NODES; i++) {
      launch(i);
    }
    for (int i = 0; i < NODES; i++) {
      node(i).awaitAnswer();
    }
  }

  void kill(int node) throws IOException {
    node(node).close();
  }

  /// Kills those at once, and has their disks forget. All nodes must be on such disks.
  VolatileDisk.Cut cutPower(List<Integer> which, Random random) throws IOException {
    which.forEach(node -> node(node).strike());
    VolatileDisk.Cut all = VolatileDisk.Cut.NOTHING;
    for (int node : which) {
      kill(node);
      all = all.and(disks.get(node).cut(random));
    }
    return all;
  }

  void restart(int node) throws Exception {
    launch(node).awaitAnswer();
  }

  /// SIGTERM, which must end it in time.
  void stopInOrder(int node) throws Exception {
    ServerProcess process = node(node);
    process.terminate();
    if (!process.endsWithin(STOP_LIMIT) || process.exitCode() != 0) {
      throw new AssertionError("SIGTERM did not end node " + (node + 1) + " in order");
    }
    process.close();
  }

  void wipe(int node) throws IOException {
    try (Stream<Path> files = Files.walk(directory(node))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Flips a bit near the beginning of some blocks of a node's log: a batch begins at one or
  /// another of them, and zeros fill what a batch leaves of its last one.
  void damageLog(int node) throws IOException {
    try (Stream<Path> files = Files.list(directory(node).resolve("log"))) {
      Path oldest =
          files
              .filter(file -> file.getFileName().toString().startsWith("segment-"))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(oldest.toFile(), "rw")) {
        for (int block = 1; block <= DAMAGED_BLOCKS; block++) {
          long at = (long) block * BLOCK_BYTES + DAMAGED_AT;
          file.seek(at);
          int old = file.read();
          file.seek(at);
          file.write(old ^ 1);
        }
      }
    }
  }

  /// The node that leads a group of a table; negative when nobody does at this moment.
  int leader() {
    for (int i = 0; i < NODES; i++) {
      Map<?, ?> status = status(i);
      if (status != null && ((List<?>) at(status, "leading")).size() > systemGroups(status)) {
        return i;
      }
    }
    return -1;
  }

  /// The node that leads that group; negative when nobody does at this moment.
  int leader(String group) {
    for (int i = 0; i < NODES; i++) {
      Map<?, ?> status = status(i);
      if (status != null && ((List<?>) at(status, "leading")).contains(group)) {
        return i;
      }
    }
    return -1;
  }

  /// The group of the only table.
  String groupOfTable() throws Exception {
    Await.until(LEADER_LIMIT, "a leader of the table", () -> leader() >= 0);
    return ((List<?>) at(Objects.requireNonNull(status(leader())), "leading"))
        .stream()
            .map(String.class::cast)
            .filter(group -> !SYSTEM_GROUPS.contains(group))
            .findFirst()
            .orElseThrow();
  }

  private static long systemGroups(Map<?, ?> status) {
    return ((List<?>) at(status, "leading")).stream().filter(SYSTEM_GROUPS::contains).count();
  }

  /// Whether all groups have all their members, as their leaders say.
  boolean isWhole() {
    for (int i = 0; i < NODES; i++) {
      Map<?, ?> status = status(i);
      boolean quiet =
          status != null
              && ((List<?>) at(status, "peers")).size() == NODES - 1
              && at(status, "groups").equals(Integer.toString(setup.groups()))
              && ((List<?>) at(status, "repairs")).isEmpty()
              && ((List<?>) at(status, "restores")).isEmpty();
      if (!quiet) {
        return false;
      }
    }
    return leader() >= 0;
  }

  private static Object at(Map<?, ?> status, String name) {
    Object value = status.get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + status);
    }
    return value;
  }

  /// The nodes that one is connected to, as it says.
  List<?> peers(int node) {
    return (List<?>) at(Objects.requireNonNull(status(node), "no status"), "peers");
  }

  /// What a node says of itself; null when it does not.
  @Nullable Map<?, ?> status(int node) {
    try {
      Answer answer = node(node).get("/status", STATUS_LIMIT);
      return (Map<?, ?>) ((List<?>) at(answer.json(), "nodes")).getFirst();
    } catch (IOException away) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerProcess node : nodes) {
      if (node != null) {
        node.kill();
      }
    }
  }
}
