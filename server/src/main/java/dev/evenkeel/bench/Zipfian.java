package dev.evenkeel.bench;

import java.util.random.RandomGenerator;

/// Draws ranks so that rank *r* (from 0) comes with a probability proportional to `1 / (r + 1)^θ`.
///
/// Inversion in constant time after Gray et al., *Quickly Generating Billion-Record Synthetic
/// Databases*, SIGMOD 1994, figure 6. The normalising sum is exact for the first terms and an
/// Euler-Maclaurin estimate for the rest, so any number of ranks costs the same to set up.
final class Zipfian {
  /// YCSB's constant.
  static final double EXPONENT = 0.99;

  private static final int EXACT_TERMS = 1_000;

  private final double theta;
  private final double alpha;
  private final double exactSum;

  private long count;
  private double zeta;
  private double eta;

  Zipfian(double theta) {
    this.theta = theta;
    this.alpha = 1.0 / (1.0 - theta);
    this.exactSum = sum(EXACT_TERMS);
  }

  /// A rank in `[0, ranks)`.
  long next(RandomGenerator random, long ranks) {
    if (ranks != count) {
      resize(ranks);
    }
    double u = random.nextDouble();
    double uz = u * zeta;
    if (uz < 1.0) {
      return 0;
    }
    if (uz < 1.0 + Math.pow(0.5, theta)) {
      return Math.min(1, ranks - 1);
    }
    long rank = (long) (ranks * Math.pow(eta * u - eta + 1.0, alpha));
    return Math.min(rank, ranks - 1);
  }

  /// The generalised harmonic number: the sum of `1 / i^θ` for `i` in `[1, n]`.
  double zeta(long n) {
    if (n <= EXACT_TERMS) {
      return sum(n);
    }
    double first = EXACT_TERMS;
    double integral =
        (Math.pow((double) n, 1.0 - theta) - Math.pow(first, 1.0 - theta)) / (1.0 - theta);
    double ends = (Math.pow((double) n, -theta) - Math.pow(first, -theta)) / 2.0;
    double slopes =
        theta * (Math.pow(first, -theta - 1.0) - Math.pow((double) n, -theta - 1.0)) / 12.0;
    return exactSum + integral + ends + slopes;
  }

  private void resize(long ranks) {
    count = ranks;
    zeta = zeta(ranks);
    eta = (1.0 - Math.pow(2.0 / ranks, 1.0 - theta)) / (1.0 - zeta(2) / zeta);
  }

  private double sum(long n) {
    double total = 0;
    for (long i = 1; i <= n; i++) {
      total += Math.pow((double) i, -theta);
    }
    return total;
  }
}
