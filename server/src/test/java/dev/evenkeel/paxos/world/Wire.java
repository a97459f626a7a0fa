package dev.evenkeel.paxos.world;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The network between the machines: late, lossy, doubling, overtaking, cut in one direction or
/// both. What is on its way to a process dies with that process.
final class Wire {
  private static final long USUAL_NANOS = 500_000;

  private final Timeline timeline;
  private final Machine[] machines;
  private final RandomGenerator random;
  private final boolean[][] cut;

  /// In a thousand.
  int lossPerMille;

  int duplicatesPerMille;
  int latePerMille;
  long lateNanos = 1;

  /// How many times as far the machines are from each other.
  int distance = 1;

  Wire(Timeline timeline, Machine[] machines, RandomGenerator random) {
    this.timeline = timeline;
    this.machines = machines;
    this.random = random;
    this.cut = new boolean[machines.length][machines.length];
  }

  void cut(int from, int to, boolean isCut) {
    cut[from][to] = isCut;
  }

  void heal() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
    lossPerMille = 0;
    duplicatesPerMille = 0;
    latePerMille = 0;
    distance = 1;
  }

  /// Sends something from a machine to a node.
  ///
  /// @param digest for the trace
  void send(Machine from, long to, long digest, Consumer<NodeProcess> delivery) {
    timeline.note(digest);
    int place = Machine.place(to);
    NodeProcess receiver = machines[place].process;
    if (receiver == null || receiver.identity != to) {
      return;
    }
    if (cut[from.place][place] || random.nextInt(1000) < lossPerMille) {
      return;
    }
    int copies = random.nextInt(1000) < duplicatesPerMille ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      receiver.later(delay(from, machines[place]), () -> delivery.accept(receiver));
    }
  }

  private long delay(Machine from, Machine to) {
    long usual = USUAL_NANOS + random.nextLong(2 * USUAL_NANOS);
    long late = random.nextInt(1000) < latePerMille ? random.nextLong(lateNanos) : 0;
    return usual * distance * from.slowness * to.slowness + late;
  }
}
