package dev.evenkeel.simulation;

import dev.evenkeel.environment.Network;
import dev.evenkeel.simulation.NetworkObserver.Fate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One end of a connection. It behaves as TCP does: in order and whole; what cannot go through
/// waits and is tried again, and after a while the connection is given up. Only this end learns of
/// that; the other learns when it sends, or never.
final class SimulatedConnection implements Network.Connection {
  private static final long QUEUE_BYTES_MAX = 16L << 20;
  private static final long RETRY_NANOS_MIN = 100_000_000;
  private static final long RETRY_NANOS_MAX = 2_000_000_000;
  private static final long GIVE_UP_NANOS = 15_000_000_000L;

  private final SimulatedNetwork network;
  private final Simulator simulator;
  private final Life life;
  private final int from;
  private final int to;
  private final Wire wire;
  private final Deque<Parcel> waiting = new ArrayDeque<>();
  private @Nullable SimulatedConnection other;
  private Network.@Nullable ConnectionListener listener;

  /// Bytes sent and not arrived.
  private long queuedBytes;

  private long sent;

  /// When the last frame that was sent arrives; the next comes no earlier.
  private long arrivesAtNanos;

  /// Nothing is sent or told any more.
  private boolean closed;

  /// This side has closed it; what waits is still sent.
  private boolean closing;

  private long stuckSinceNanos;
  private long retryNanos;

  /// @param last whether it is the end instead of a frame
  private record Parcel(ByteBuffer frame, boolean last) {
    private static final Parcel END = new Parcel(ByteBuffer.allocate(0), true);

    int bytes() {
      return frame.remaining();
    }
  }

  SimulatedConnection(SimulatedNetwork network, Life life, int from, int to) {
    this.network = network;
    this.simulator = life.simulator();
    this.life = life;
    this.from = from;
    this.to = to;
    this.wire = network.wire(from, to);
  }

  /// @param opensAtNanos when this end learns that it is open: nothing arrives here before
  void join(
      SimulatedConnection otherEnd, Network.ConnectionListener ownListener, long opensAtNanos) {
    other = otherEnd;
    listener = ownListener;
    otherEnd.arrivesAtNanos = opensAtNanos;
  }

  private SimulatedConnection other() {
    if (other == null) {
      throw new IllegalStateException("not joined");
    }
    return other;
  }

  Life life() {
    return life;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  boolean isDead() {
    return closed || life.isOver();
  }

  /// Nothing is proved here.
  @Override
  public boolean mayBe(int node) {
    return true;
  }

  @Override
  public boolean send(ByteBuffer frame) {
    if (isDead() || closing || queuedBytes >= QUEUE_BYTES_MAX) {
      return false;
    }
    if (wire.breaks()) {
      network.trace("breaks", from, to);
      reset("connection reset");
      other().reset("connection reset");
      return false;
    }
    queuedBytes += frame.remaining();
    waiting.add(new Parcel(frame, false));
    if (waiting.size() == 1) {
      pump();
    }
    return true;
  }

  @Override
  public void close() {
    if (closed || closing) {
      return;
    }
    closing = true;
    waiting.add(Parcel.END);
    if (waiting.size() == 1) {
      pump();
    }
    tellClosed(null);
  }

  /// Sends what waits, or waits on.
  private void pump() {
    SimulatedConnection target = other();
    if (isDead()) {
      return;
    }
    if (network.isPassable(from, to) && !target.isDead()) {
      stuckSinceNanos = 0;
      while (!waiting.isEmpty()) {
        deliver(waiting.remove(), target);
      }
    } else if (target.isDead() && network.isPassable(from, to) && network.isPassable(to, from)) {
      waiting.clear();
      life.after(wire.delay(0), "reset", () -> reset("connection reset by peer"));
    } else {
      retry();
    }
  }

  private void retry() {
    long now = simulator.nowNanos();
    if (stuckSinceNanos == 0) {
      stuckSinceNanos = now;
      retryNanos = RETRY_NANOS_MIN;
    }
    if (now - stuckSinceNanos > GIVE_UP_NANOS) {
      reset("connection timed out");
      return;
    }
    life.after(retryNanos, "retransmit", this::pump);
    retryNanos = Math.min(2 * retryNanos, RETRY_NANOS_MAX);
  }

  private void deliver(Parcel parcel, SimulatedConnection target) {
    boolean spared = sent++ == 0 || parcel.last;
    long at = arrivalNanos(parcel, spared);
    if (!spared && wire.loses()) {
      network.observe(from, to, Fate.LOST, parcel.frame);
      queuedBytes -= parcel.bytes();
      return;
    }
    if (!spared && wire.duplicates() && network.mayComeTwice(parcel.frame)) {
      network.observe(from, to, Fate.DUPLICATED, parcel.frame);
      target.arrive(new Parcel(copy(parcel.frame), false), at + wire.reorderNanos(), 0);
    }
    target.arrive(spared ? parcel : corrupted(parcel), at, parcel.bytes());
    if (parcel.last) {
      closed = true;
    }
  }

  private long arrivalNanos(Parcel parcel, boolean spared) {
    long at = simulator.nowNanos() + network.delay(from, to, parcel.bytes());
    if (!spared && wire.reorders()) {
      network.observe(from, to, Fate.REORDERED, parcel.frame);
      return at + wire.reorderNanos();
    }
    arrivesAtNanos = Math.max(at, arrivesAtNanos);
    return arrivesAtNanos;
  }

  private Parcel corrupted(Parcel parcel) {
    if (parcel.bytes() == 0 || !wire.corrupts()) {
      return parcel;
    }
    ByteBuffer bad = copy(parcel.frame);
    int at = wire.place(bad.remaining());
    bad.put(at, (byte) (bad.get(at) ^ 1 << wire.place(Byte.SIZE)));
    network.observe(from, to, Fate.CORRUPTED, bad);
    return new Parcel(bad, false);
  }

  private static ByteBuffer copy(ByteBuffer frame) {
    ByteBuffer copy = ByteBuffer.allocate(frame.remaining());
    return copy.put(frame.duplicate()).flip();
  }

  /// @param bytes no longer queued there when it arrives
  private void arrive(Parcel parcel, long atNanos, int bytes) {
    life.after(
        atNanos - simulator.nowNanos(),
        "frame " + to + ">" + from,
        () -> {
          other().queuedBytes -= bytes;
          take(parcel);
        });
  }

  private void take(Parcel parcel) {
    Network.ConnectionListener now = listener;
    if (closed || now == null) {
      return;
    }
    if (parcel.last) {
      closed = true;
      tellClosed(null);
    } else {
      network.observe(to, from, Fate.DELIVERED, parcel.frame);
      now.frame(parcel.frame);
    }
  }

  /// The connection is broken, as this end sees it.
  void reset(String reason) {
    if (!isDead()) {
      closed = true;
      waiting.clear();
      tellClosed(new IOException(reason));
    }
  }

  /// Never at once: whoever closes or sends must not be called back meanwhile.
  private void tellClosed(@Nullable IOException reason) {
    Network.ConnectionListener last = listener;
    listener = null;
    if (last != null) {
      life.after(0, "closed", () -> last.closed(reason));
    }
  }
}
