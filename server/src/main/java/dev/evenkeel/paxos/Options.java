package dev.evenkeel.paxos;

import java.time.Duration;

/// Times and bounds of the protocol.
///
/// @param lease how long a node's support lasts after a heartbeat, on the supporter's clock
/// @param heartbeat how often support is renewed
/// @param retransmit after this without progress a message is sent again
/// @param stagger spreads candidacies of members that lose a leader at the same time
/// @param grayPatience how long the word of others that they hear the leader is believed
/// @param stall a leader whose oldest proposal is not chosen for so long resigns
/// @param messageBytes a message with entries ends with the one that reaches this
/// @param window messages with entries on their way to one member
/// @param memoryBytes chosen entries that a group keeps in memory for members that lag
/// @param openBytes no request is begun at a leader while the entries that are not chosen have so
///   many bytes; so one of any size is taken when nothing else is open. What a request, or a former
///   leader, has begun is proposed in any case
public record Options(
    Duration lease,
    Duration heartbeat,
    Duration retransmit,
    Duration stagger,
    Duration grayPatience,
    Duration stall,
    int messageBytes,
    int window,
    int memoryBytes,
    long openBytes) {
  /// Bound on how fast or slow a monotonic clock may run, in percent; safety rests on it.
  public static final int DRIFT_PERCENT = 5;

  /// Times for nodes of one region.
  ///
  /// Open are at most 28 MB: less than the log's queue of a node, so that one group does not fill
  /// it, and 70 of the largest items, so that as many clients may load them at the same time.
  public static final Options DEFAULT =
      new Options(
          Duration.ofMillis(2_000),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(6_000),
          Duration.ofMillis(5_000),
          256 << 10,
          3,
          1 << 20,
          28 << 20);

  /// How long a holder may count on support, on its own clock, from when it sent the heartbeat: the
  /// supporter's clock may be the fastest and the holder's the slowest.
  long heldNanos() {
    return lease.toNanos() / (100 + DRIFT_PERCENT) * (100 - DRIFT_PERCENT);
  }

  /// How long a restarted node waits before it promises anything: the support that it may have
  /// given, on a clock that may run faster than the one before.
  long restartWaitNanos() {
    return (lease.toNanos() / (100 - DRIFT_PERCENT) + 1) * (100 + DRIFT_PERCENT);
  }
}
