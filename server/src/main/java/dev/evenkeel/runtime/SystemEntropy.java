package dev.evenkeel.runtime;

import dev.evenkeel.environment.Entropy;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Streams seeded by the operating system. Good for jitter, sampling and identities that must not
/// collide by accident; not for secrets.
final class SystemEntropy implements Entropy {
  private final SecureRandom seeds = new SecureRandom();

  /// A fresh stream at each call; the name matters in the simulation only.
  @Override
  public RandomGenerator stream(String name) {
    return new SplittableRandom(seeds.nextLong());
  }
}
