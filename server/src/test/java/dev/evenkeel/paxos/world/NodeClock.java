package dev.evenkeel.paxos.world;

/// A monotonic clock that runs a little too fast or too slow.
final class NodeClock {
  private long origin;
  private long since;
  private double rate = 1;

  NodeClock(long origin) {
    this.origin = origin;
  }

  long read(long real) {
    return origin + (long) ((real - since) * rate);
  }

  /// Runs at another rate from now on.
  void rate(double next, long real) {
    origin = read(real);
    since = real;
    rate = next;
  }

  /// The machine was switched off: its clock begins anew.
  void reboot(long shown, long real) {
    origin = shown;
    since = real;
  }
}
