package dev.evenkeel.environment;

import java.util.random.RandomGenerator;

/// Chance. Each purpose has its own named stream, so that a change in how one is used does not
/// change what another yields.
public interface Entropy {
  /// The stream of that name; the caller owns it and uses it from one thread at a time.
  RandomGenerator stream(String name);
}
