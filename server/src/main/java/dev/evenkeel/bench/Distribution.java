package dev.evenkeel.bench;

/// How keys are chosen among those that exist.
public enum Distribution {
  /// Every key alike.
  UNIFORM,
  /// YCSB's scrambled Zipfian, exponent 0.99: few hot keys, spread over the key space.
  ZIPFIAN,
  /// Zipfian by age: the newest key is the hottest.
  LATEST
}
