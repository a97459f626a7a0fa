package dev.evenkeel.replica;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Measures what idle groups cost: `IdleGroups <directory> [groups]` opens three storage nodes in
/// this process with that many groups, waits until each has a leader, and prints processor time at
/// rest, heap a replica, and how long a second start takes.
final class IdleGroups {
  private static final int NODES = 3;

  /// Until code that ran at the start is compiled and what it left is collected.
  private static final Duration SETTLING = Duration.ofSeconds(30);

  private static final Duration REST = Duration.ofSeconds(20);

  private final NodesHere nodes;
  private final int groups;

  private IdleGroups(Path directory, int groups) {
    this.nodes = new NodesHere(directory, List.of("a", "b", "c"), StorageOptions.DEFAULT);
    this.groups = groups;
  }

  static void main(String[] arguments) throws Exception {
    int groups = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    IdleGroups run = new IdleGroups(Path.of(arguments[0]), groups);
    long empty = run.heap();
    run.nodes.open();
    run.create();
    report("groups created, then led after", run.awaitLeaders(), "s");
    run.rest(empty);
    run.nodes.close();
    long start = System.nanoTime();
    run.nodes.open();
    report("opened again after", (System.nanoTime() - start) / 1e9, "s");
    report("and led after", run.awaitLeaders(), "s more");
    run.rest(empty);
    run.nodes.close();
    System.exit(0);
  }

  private static void report(String what, double value, String unit) {
    System.out.println(String.format(Locale.ROOT, "%s: %.2f %s", what, value, unit));
  }

  private void create() {
    for (long group = 1; group <= groups; group++) {
      nodes.create(group, NODES);
    }
  }

  /// Seconds until every group has a leader that serves.
  private double awaitLeaders() throws InterruptedException {
    long start = System.nanoTime();
    for (long group = 1; group <= groups; group++) {
      while (nodes.leader(group) == null) {
        Thread.sleep(5);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void rest(long empty) throws InterruptedException {
    long heap = heap() - empty;
    Thread.sleep(SETTLING);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    Thread.sleep(REST);
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
}
