package dev.evenkeel.node;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.rpc.Refusal;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides when refused connections mean that this node must not run: it runs on an old copy of its
/// directory, or nobody has talked to it for a while and somebody refuses it.
///
/// A node that others talk to goes on: then it is the other one that is wrong. A refusal may pass:
/// a former process under the same number is known until its connection is seen to be dead.
final class Unwanted {
  private static final System.Logger LOGGER = System.getLogger(Unwanted.class.getName());

  /// Longer than it takes to see that a silent node is gone.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration SAY_EVERY = Duration.ofSeconds(5);

  private final Clock clock;
  private final Supplier<Collection<Long>> connected;
  private final Consumer<String> stop;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private long refusedSince = Long.MIN_VALUE;
  private long refusedAt;
  private long saidAt = Long.MIN_VALUE;
  private @Nullable String said;

  /// @param connected the nodes that talk to this one
  /// @param stop told why this node must not run
  Unwanted(Clock clock, Supplier<Collection<Long>> connected, Consumer<String> stop) {
    this.clock = clock;
    this.connected = connected;
    this.stop = stop;
  }

  /// From any thread.
  void refused(Refusal refusal) {
    boolean isOldCopy = refusal.reason() == Refusal.Reason.OLDER_LIFE && refusal.byPeer();
    long now = clock.monotonicNanos();
    lock.lock();
    try {
      say(refusal.sentence(), now);
      if (isOldCopy || isAlone(now)) {
        stop.accept(refusal.sentence());
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isAlone(long now) {
    if (!connected.get().isEmpty()) {
      refusedSince = Long.MIN_VALUE;
    } else if (refusedSince == Long.MIN_VALUE || now - refusedAt > PATIENCE.toNanos()) {
      // The first, or the first for a while: others talked to it since, or the machine slept.
      refusedSince = now;
    }
    refusedAt = now;
    return refusedSince != Long.MIN_VALUE && now - refusedSince > PATIENCE.toNanos();
  }

  private void say(String sentence, long now) {
    if (!sentence.equals(said) || now - saidAt > SAY_EVERY.toNanos()) {
      said = sentence;
      saidAt = now;
      LOGGER.log(
          System.Logger.Level.WARNING, "a connection between nodes was refused: " + sentence);
    }
  }
}
