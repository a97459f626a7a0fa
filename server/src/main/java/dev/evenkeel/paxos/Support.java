package dev.evenkeel.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The support that this node and each other node give to one another: the leases of all groups
/// between two nodes stand on it, so idle groups cost nothing.
///
/// Support is given in epochs. While the support of B for A stands, B promises no ballot of another
/// node to any group whose newest promise is A's. Once it has lapsed it is never revived under its
/// epoch; the next heartbeat begins a new one. Epochs are unique across restarts, since they begin
/// with the life's number.
///
/// Any thread.
public final class Support {
  /// Epochs of one life of a node at most.
  private static final int LIFE_SHIFT = 32;

  private final Options options;
  private final long life;

  /// When this life began, and when it last asked for support: an answer to anything else was meant
  /// for a former life, whose clock may have shown another time.
  private final long started;

  private volatile long lastSent;

  private final long mayPromiseFrom;
  private final boolean waits;
  private final Disks disks = new Disks(this);
  private final ReentrantLock lock = new ReentrantLock();

  /// In the order of identities. Guarded by `lock`; peers are never taken out.
  private final Map<Long, Peer> peers = new TreeMap<>();

  /// Asks for support.
  ///
  /// @param sent the sender's monotonic clock
  /// @param life the sender's life
  public record Heartbeat(long sent, long life) {}

  /// Gives it.
  ///
  /// @param sent as in the heartbeat
  public record Supported(long sent, long epoch) {}

  /// Support that this node has from another.
  ///
  /// @param until on this node's clock
  record Held(long epoch, long until) {
    static final Held NOTHING = new Held(-1, Long.MIN_VALUE);

    boolean isHeld(long now) {
      return epoch >= 0 && now - until < 0;
    }
  }

  /// One other node.
  static final class Peer {
    private final long node;
    private volatile Held held = Held.NOTHING;
    private long epoch;
    private long expires;
    private boolean stands;
    private long life = -1;

    /// As at the last call of [Support#lapsed].
    private long lookedEpoch;

    private boolean lookedStands;

    private Peer(long node) {
      this.node = node;
    }

    long node() {
      return node;
    }

    Held held() {
      return held;
    }
  }

  /// @param life how often this node's directory was started
  /// @param waits whether support given in a former life may still stand
  public Support(Options options, long life, boolean waits, long now) {
    this.options = options;
    this.life = life;
    this.waits = waits;
    this.started = now;
    this.lastSent = now;
    this.mayPromiseFrom = now + options.restartWaitNanos();
  }

  /// What the heartbeats of others say beside.
  public Disks disks() {
    return disks;
  }

  /// Whether what was promised in a former life has been waited out (R1).
  public boolean mayPromise(long now) {
    return !waits || now - mayPromiseFrom >= 0;
  }

  public Heartbeat heartbeat(long now) {
    lastSent = now;
    return new Heartbeat(now, life);
  }

  /// A heartbeat came: gives support, or renews it.
  public Supported heard(long from, Heartbeat heartbeat, long now) {
    lock.lock();
    try {
      Peer peer = locked(from);
      if (peer.life != heartbeat.life) {
        // The process that held the support is dead, and its leases with it; unless this is a
        // straggler of an older life, which gets nothing.
        if (heartbeat.life < peer.life) {
          return new Supported(heartbeat.sent, -1);
        }
        peer.life = heartbeat.life;
        peer.stands = false;
      }
      if (!standsLocked(peer, now)) {
        peer.epoch++;
        peer.stands = true;
      }
      peer.expires = now + options.lease().toNanos();
      return new Supported(heartbeat.sent, peer.epoch);
    } finally {
      lock.unlock();
    }
  }

  /// Support came.
  ///
  /// @return whether its epoch is another one than before, or this node had to do without: groups
  ///   that it leads may have had reason to fall silent towards that node
  public boolean received(long from, Supported supported, long now) {
    lock.lock();
    try {
      Peer peer = locked(from);
      Held before = peer.held;
      if (supported.epoch < 0 || supported.epoch < before.epoch || !isMine(supported)) {
        return false;
      }
      long until = supported.sent + options.heldNanos();
      boolean renewed = supported.epoch != before.epoch;
      boolean wasHeld = before.isHeld(now);
      if (renewed || until - before.until > 0) {
        peer.held = new Held(supported.epoch, until);
      }
      return renewed || (!wasHeld && peer.held.isHeld(now));
    } finally {
      lock.unlock();
    }
  }

  private boolean isMine(Supported supported) {
    return supported.sent - started >= 0 && supported.sent - lastSent <= 0;
  }

  /// Whether this node's support for that one, given under that epoch, stands. A no is for good.
  boolean stands(long node, long epoch, long now) {
    lock.lock();
    try {
      Peer peer = locked(node);
      return standsLocked(peer, now) && peer.epoch == epoch;
    } finally {
      lock.unlock();
    }
  }

  /// The epoch under which that node has, or had last, this node's support.
  long epochFor(long node) {
    lock.lock();
    try {
      return locked(node).epoch;
    } finally {
      lock.unlock();
    }
  }

  /// That node says that it holds no lease any more, or is known to be dead.
  public void withdraw(long node) {
    lock.lock();
    try {
      locked(node).stands = false;
    } finally {
      lock.unlock();
    }
  }

  /// The nodes whose support has lapsed since the last look, though another epoch may have begun.
  public List<Long> lapsed(long now) {
    List<Long> lapsed = new ArrayList<>();
    lock.lock();
    try {
      peers.forEach((node, peer) -> {
        if (hasLapsedLocked(peer, now)) {
          lapsed.add(node);
        }
        peer.lookedStands = peer.stands;
        peer.lookedEpoch = peer.epoch;
      });
    } finally {
      lock.unlock();
    }
    return lapsed;
  }

  /// Nanoseconds until [#lapsed] has a node to name, unless that one is heard before: 0 when it has
  /// one now, [Long#MAX_VALUE] when no support stands.
  public long untilLapse(long now) {
    long until = Long.MAX_VALUE;
    lock.lock();
    try {
      for (Peer peer : peers.values()) {
        if (hasLapsedLocked(peer, now)) {
          return 0;
        }
        if (peer.stands) {
          until = Math.min(until, peer.expires - now + 1);
        }
      }
    } finally {
      lock.unlock();
    }
    return until;
  }

  private static boolean hasLapsedLocked(Peer peer, long now) {
    boolean stands = standsLocked(peer, now);
    boolean isAnother = peer.epoch != peer.lookedEpoch;
    // One that began since the last look may have lapsed already: this process was stopped.
    return peer.lookedStands ? isAnother || !stands : isAnother && !stands;
  }

  /// Whether this node supports that one at this moment, under whatever epoch: it was heard within
  /// a lease.
  public boolean isGiven(long node, long now) {
    lock.lock();
    try {
      return standsLocked(locked(node), now);
    } finally {
      lock.unlock();
    }
  }

  /// Whether that node supports this one at this moment, under whatever epoch.
  public boolean isHeld(long node, long now) {
    return peer(node).held.isHeld(now);
  }

  Peer peer(long node) {
    lock.lock();
    try {
      return locked(node);
    } finally {
      lock.unlock();
    }
  }

  private Peer locked(long node) {
    @Nullable Peer peer = peers.get(node);
    if (peer == null) {
      peer = new Peer(node);
      peer.epoch = life << LIFE_SHIFT;
      peer.lookedEpoch = peer.epoch;
      peers.put(node, peer);
    }
    return peer;
  }

  private static boolean standsLocked(Peer peer, long now) {
    if (peer.stands && now - peer.expires > 0) {
      peer.stands = false;
    }
    return peer.stands;
  }
}
