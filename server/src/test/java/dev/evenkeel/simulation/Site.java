package dev.evenkeel.simulation;

import dev.evenkeel.node.Database;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A region as a fault sees it: something strikes one node or another, until the region heals.
public interface Site extends Service {
  /// The node that is struck this time.
  SimulatedNode<Database> victim(RandomGenerator random);

  /// Every node.
  List<SimulatedNode<Database>> machines();

  /// Stops that node as an operator does, and starts it again.
  void restartInOrder(SimulatedNode<Database> node);

  /// Has the action strike again and again, at random times, until the region heals.
  ///
  /// @param meanNanos between two strikes
  void strike(String name, long meanNanos, Runnable action);

  /// Run before each start of a node, while it may be made to fail.
  void beforeStart(Consumer<SimulatedNode<Database>> action);
}
