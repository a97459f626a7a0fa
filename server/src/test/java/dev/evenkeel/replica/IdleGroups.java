package dev.evenkeel.replica;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.rpc.LocalExchange;
import dev.evenkeel.rpc.LocalMessenger;
import dev.evenkeel.rpc.RpcLimits;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.RocksItemStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures what idle groups cost: `IdleGroups <directory> [groups]` opens three storage nodes in
/// this process with that many groups, waits until each has a leader, and prints processor time at
/// rest, heap a replica, and how long a second start takes.
final class IdleGroups {
  private static final int NODES = 3;
  private static final long REST_NANOS = 10_000_000_000L;
  private static final Zones ZONES = new Zones(Map.of(1, "a", 2, "b", 3, "c"));

  private final Path directory;
  private final int groups;
  private final List<RealEnvironment> environments = new ArrayList<>();
  private final List<StorageNode> nodes = new ArrayList<>();

  private IdleGroups(Path directory, int groups) {
    this.directory = directory;
    this.groups = groups;
  }

  static void main(String[] arguments) throws Exception {
    int groups = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    IdleGroups run = new IdleGroups(Path.of(arguments[0]), groups);
    long empty = run.heap();
    run.open();
    run.create();
    report("groups created, then led after", run.awaitLeaders(), "s");
    run.rest(empty);
    run.close();
    long start = System.nanoTime();
    run.open();
    report("opened again after", (System.nanoTime() - start) / 1e9, "s");
    report("and led after", run.awaitLeaders(), "s more");
    run.rest(empty);
    run.close();
    System.exit(0);
  }

  private static void report(String what, double value, String unit) {
    System.out.println(String.format(Locale.ROOT, "%s: %.2f %s", what, value, unit));
  }

  private void open() throws IOException {
    nodes.clear();
    environments.clear();
    LocalExchange<NodeMessage> exchange = new LocalExchange<>();
    for (int number = 1; number <= NODES; number++) {
      Path home = directory.resolve("node-" + number);
      RealEnvironment environment =
          RealEnvironment.open(
              home,
              bug -> {
                bug.printStackTrace();
                System.exit(1);
              });
      environments.add(environment);
      NodeFile file = NodeFile.open(environment, "local", number, true);
      Telemetry telemetry = new Telemetry();
      nodes.add(
          StorageNode.open(
              new StorageNode.Setup(
                  environment,
                  telemetry,
                  RocksItemStore.open(RocksSettings.of(home.resolve("store"))),
                  new LocalMessenger<>(
                      exchange, environment, telemetry, RpcLimits.DEFAULT, file.identity()),
                  file.life(),
                  file.waits(),
                  ZONES,
                  LogOptions.DEFAULT,
                  StorageOptions.DEFAULT)));
    }
  }

  private void create() {
    Configuration first =
        Configuration.first(
            nodes.stream().map(node -> new Member(node.self(), Member.Kind.STORAGE)).toList());
    for (long group = 1; group <= groups; group++) {
      NodeMessage.Open open = new NodeMessage.Open(group, 0, false, first);
      for (StorageNode node : nodes) {
        String problem = node.open(open);
        if (!problem.isEmpty()) {
          throw new IllegalStateException(problem);
        }
      }
    }
  }

  /// Seconds until every group has a leader that serves.
  private double awaitLeaders() throws InterruptedException {
    long start = System.nanoTime();
    for (long group = 1; group <= groups; group++) {
      while (!isLed(group)) {
        Thread.sleep(5);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private boolean isLed(long group) {
    return nodes.stream().map(node -> node.replica(group)).anyMatch(r -> r != null && r.serves());
  }

  private void rest(long empty) throws InterruptedException {
    long heap = heap() - empty;
    Thread.sleep(3_000);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    Thread.sleep(REST_NANOS / 1_000_000);
    double share = (cpuNanos() - cpu) / (double) (System.nanoTime() - start);
    report("at rest", 100 * share, "% of a core");
    report("heap a replica", heap / (groups * (double) NODES), "bytes");
    report("threads", ManagementFactory.getThreadMXBean().getThreadCount(), "");
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private long heap() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void close() throws IOException {
    nodes.forEach(StorageNode::leave);
    for (StorageNode node : nodes) {
      node.close();
    }
    environments.forEach(RealEnvironment::close);
  }
}
