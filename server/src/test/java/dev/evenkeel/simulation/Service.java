package dev.evenkeel.simulation;

import java.util.function.Consumer;

/// A region as its clients see it, however many nodes it has.
public interface Service {
  Simulator simulator();

  Markers markers();

  /// Counts an occurrence that a campaign has to have seen.
  void hit(String event);

  /// Calls an operation as a client does.
  ///
  /// @param reply called exactly once
  void call(String operation, String body, Consumer<Answer> reply);

  /// Run at each moment after which no operation of unknown outcome will happen any more.
  void whenSettled(Runnable action);
}
