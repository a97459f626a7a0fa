package dev.evenkeel.bench;

import java.util.random.RandomGenerator;

/// Chooses among the keys `[0, count)`, where `count` may grow from call to call.
sealed interface KeyChooser {
  /// A key in `[0, count)`.
  long next(RandomGenerator random, long count);

  /// The chooser for `distribution`.
  static KeyChooser of(Distribution distribution) {
    return switch (distribution) {
      case UNIFORM -> new Uniform();
      case ZIPFIAN -> new ScrambledZipfian();
      case LATEST -> new Latest();
    };
  }

  /// Every key alike.
  record Uniform() implements KeyChooser {
    @Override
    public long next(RandomGenerator random, long count) {
      return random.nextLong(count);
    }
  }

  /// Ranks out of ten thousand million, as YCSB draws them, spread over the keys by a hash: the
  /// hottest key gets 3.8 % of the draws whatever the number of keys, and growth moves no heat.
  final class ScrambledZipfian implements KeyChooser {
    private static final long RANKS = 10_000_000_000L;
    private final Zipfian ranks = new Zipfian(Zipfian.EXPONENT);

    @Override
    public long next(RandomGenerator random, long count) {
      return Long.remainderUnsigned(scramble(ranks.next(random, RANKS)), count);
    }

    /// The finalizer of SplitMix64: a bijection that leaves no pattern of its input.
    static long scramble(long rank) {
      long z = rank + 0x9e3779b97f4a7c15L;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return z ^ (z >>> 31);
    }
  }

  /// The newest key is the most likely one.
  final class Latest implements KeyChooser {
    private final Zipfian ages = new Zipfian(Zipfian.EXPONENT);

    @Override
    public long next(RandomGenerator random, long count) {
      return count - 1 - ages.next(random, count);
    }
  }
}
