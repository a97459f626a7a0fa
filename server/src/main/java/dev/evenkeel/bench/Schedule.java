package dev.evenkeel.bench;

/// When the operations of one driver are due. Pure arithmetic on nanoseconds of the monotonic
/// clock.
///
/// Open loop: `rate` operations per second in all are dealt out to the drivers in turn; operation
/// *k* of driver *d* of *n* is due at `start + (k × n + d) / rate`, whatever happened before.
/// Closed loop: an operation is due whenever it is asked for.
final class Schedule {
  private final long start;
  private final double offsetNanos;
  private final double intervalNanos;
  private long issued;

  private Schedule(long start, double offsetNanos, double intervalNanos) {
    this.start = start;
    this.offsetNanos = offsetNanos;
    this.intervalNanos = intervalNanos;
  }

  /// Operations due at fixed times.
  static Schedule open(long startNanos, double rate, int driver, int drivers) {
    double gap = 1e9 / rate;
    return new Schedule(startNanos, gap * driver, gap * drivers);
  }

  /// Operations due at once.
  static Schedule closed() {
    return new Schedule(0, 0, 0);
  }

  /// When the next operation is due; `now` in closed loop.
  long due(long now) {
    return intervalNanos == 0 ? now : start + (long) (offsetNanos + issued * intervalNanos);
  }

  /// Moves on to the operation after the one that [#due] spoke of.
  void advance() {
    issued++;
  }

  /// How many operations due in `[next, end)` have not been taken; 0 in closed loop.
  long behind(long end) {
    if (intervalNanos == 0) {
      return 0;
    }
    double due = (end - start - offsetNanos) / intervalNanos;
    return Math.max(0, (long) Math.ceil(due) - issued);
  }
}
