package dev.evenkeel.rpc;

import dev.evenkeel.environment.Tasks;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A node number, and the one link to who bears it.
///
/// Both sides may connect. The one with the lower number does so at once, the other after a grace,
/// so that mostly one connection is made; if there are two, the later takes the place of the
/// earlier.
///
/// @param <M> the messages
final class Peer<M> {
  private static final long RETRY_NANOS_MIN = 50_000_000;
  private static final long RETRY_NANOS_MAX = 2_000_000_000;
  private static final long GRACE_NANOS = 500_000_000;
  private static final int DOUBLINGS_MAX = 6;

  /// A process that is silent for so long does not keep a later start of its node away any more.
  /// Not shorter than the support that nodes give to each other (a lease): what the silent one was
  /// given has lapsed by then, should it live. Links are never silent for so long: see
  /// [Link#PING_EVERY].
  public static final Duration SILENCE_MAX = Duration.ofSeconds(2);

  private final NetworkMessenger<M> messenger;
  private final int node;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();

  /// The established link. Changed with `lock` held, as is everything below.
  private volatile @Nullable Link<M> link;

  /// The link that is being made from here.
  private @Nullable Link<M> attempt;

  /// What is known of who bears the number.
  private @Nullable Hello known;

  /// Whether this node is to connect.
  private boolean wanted;

  private long linkedAtNanos;
  private boolean closed;
  private int failures;
  private Tasks.@Nullable Timer retry;

  Peer(NetworkMessenger<M> messenger, int node, RandomGenerator random) {
    this.messenger = messenger;
    this.node = node;
    this.random = random;
  }

  @Nullable Link<M> link() {
    return link;
  }

  /// From now on there is to be a link.
  void want() {
    lock.lock();
    try {
      wanted = true;
      connectLater();
    } finally {
      lock.unlock();
    }
  }

  private void connectLater() {
    if (closed || !wanted || link != null || attempt != null || retry != null) {
      return;
    }
    long grace = messenger.hello().node() < node ? 0 : GRACE_NANOS;
    long most =
        failures == 0
            ? RETRY_NANOS_MIN / 10
            : Math.min(RETRY_NANOS_MAX, RETRY_NANOS_MIN << Math.min(failures, DOUBLINGS_MAX));
    long delay = grace + most / 2 + random.nextLong(most / 2);
    retry = messenger.environment().tasks().after(Duration.ofNanos(delay), this::connect);
  }

  private void connect() {
    Link<M> next;
    lock.lock();
    try {
      retry = null;
      if (closed || link != null || attempt != null) {
        return;
      }
      next = new Link<>(messenger, node);
      attempt = next;
    } finally {
      lock.unlock();
    }
    messenger.environment().network().connect(node, next);
  }

  /// What becomes of a link whose hellos are in order.
  ///
  /// @param refusal why it is refused; null when it is taken, or not needed
  record Verdict(boolean taken, @Nullable Refusal refusal) {
    static final Verdict TAKEN = new Verdict(true, null);
    static final Verdict NEEDLESS = new Verdict(false, null);
  }

  Verdict establish(Link<M> next, Hello theirs) {
    @Nullable Link<M> replaced;
    @Nullable Link<M> needless;
    lock.lock();
    try {
      replaced = link;
      @Nullable Refusal refusal = judge(theirs, replaced);
      if (refusal != null) {
        return new Verdict(false, refusal);
      }
      if (crosses(next)) {
        return Verdict.NEEDLESS;
      }
      needless = next.equals(attempt) ? null : attempt;
      take(next, theirs, replaced);
    } finally {
      lock.unlock();
    }
    if (replaced != null) {
      replaced.end();
    }
    if (needless != null) {
      needless.end();
    }
    if (next.hasEnded()) {
      // It may have ended before it had its place here.
      ended(next);
    }
    return Verdict.TAKEN;
  }

  /// Whether it crosses a link that was made from here, and the lower number is ours.
  private boolean crosses(Link<M> next) {
    if (messenger.hello().node() > node || !next.isIncoming()) {
      return false;
    }
    Link<M> present = link;
    return present == null
        ? attempt != null && attempt.isOpen()
        : !present.isIncoming()
            && messenger.environment().clock().monotonicNanos() - linkedAtNanos < GRACE_NANOS / 2;
  }

  private @Nullable Refusal judge(Hello theirs, @Nullable Link<M> present) {
    boolean connected = present != null && !present.hasEnded();
    boolean heard = present != null && present.isHeardWithin(SILENCE_MAX);
    return known == null ? null : Handshake.judgeAgain(theirs, known, connected, heard);
  }

  private void take(Link<M> next, Hello theirs, @Nullable Link<M> replaced) {
    attempt = null;
    failures = 0;
    known = theirs;
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
    if (replaced != null) {
      messenger.meter().hit(RpcMeter.CONNECTION_REPLACED);
      link = null;
      messenger.listener().disconnected(replaced.identity());
    }
    next.establish(theirs);
    link = next;
    linkedAtNanos = messenger.environment().clock().monotonicNanos();
    messenger.meter().hit(RpcMeter.CONNECTED);
    messenger.listener().connected(theirs.identity());
  }

  /// A link to this node has ended.
  void ended(Link<M> gone) {
    lock.lock();
    try {
      if (gone.equals(link)) {
        link = null;
        messenger.meter().hit(RpcMeter.CONNECTION_LOST);
        messenger.listener().disconnected(gone.identity());
        connectLater();
      } else if (gone.equals(attempt)) {
        attempt = null;
        failures++;
        connectLater();
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    @Nullable Link<M> last;
    @Nullable Link<M> begun;
    lock.lock();
    try {
      closed = true;
      last = link;
      begun = attempt;
      if (retry != null) {
        retry.cancel();
      }
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.end();
    }
    if (begun != null) {
      begun.end();
    }
  }
}
