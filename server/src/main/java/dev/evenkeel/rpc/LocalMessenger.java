package dev.evenkeel.rpc;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.rpc.CallOutcome.Failed;
import dev.evenkeel.rpc.CallOutcome.Reason;
import dev.evenkeel.rpc.RpcMeter.Drop;
import dev.evenkeel.telemetry.Telemetry;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages between nodes of the same process. The message objects themselves are handed over: they
/// are immutable.
///
/// What comes is taken on a serial executor of the receiving node. Where the environment runs an
/// idle executor's task at once, sending costs no change of thread, and the receiver may run, and
/// even answer, before [#send] returns.
///
/// @param <M> the messages
public final class LocalMessenger<M> implements Messenger<M> {
  private final LocalExchange<M> exchange;
  private final Environment environment;
  private final RpcLimits limits;
  private final RpcMeter meter;
  private final long self;
  private final Inbox inbox;

  /// By identity.
  private final ConcurrentSkipListMap<Long, LocalPeer<M>> peers = new ConcurrentSkipListMap<>();

  private @Nullable Receiver<M> receiver;
  private PeerListener listener = new NobodyListens();
  private volatile boolean open;

  /// @param target the other node
  /// @param calls of this node to the other
  private record LocalPeer<M>(LocalMessenger<M> target, PendingCalls<M> calls) {}

  /// @param self the identity of this node
  public LocalMessenger(
      LocalExchange<M> exchange,
      Environment environment,
      Telemetry telemetry,
      RpcLimits limits,
      long self) {
    this.exchange = exchange;
    this.environment = environment;
    this.limits = limits;
    this.meter = new RpcMeter(telemetry);
    this.self = self;
    this.inbox =
        new Inbox(environment.tasks().serial("rpc-" + NodeIdentity.node(self)), limits.inboxMax());
    telemetry.gauge("rpc.peers", "Nodes connected.", peers::size);
  }

  @Override
  public long self() {
    return self;
  }

  @Override
  public void receive(Receiver<M> newReceiver) {
    receiver = newReceiver;
  }

  @Override
  public void onPeer(PeerListener newListener) {
    listener = newListener;
  }

  /// The others are told of this node before it is told of them: no message of it comes to anybody
  /// who does not know it.
  @Override
  public void start() {
    if (receiver == null) {
      throw new IllegalStateException("nobody receives");
    }
    open = true;
    for (LocalMessenger<M> other : exchange.join(this)) {
      other.inbox.add(() -> other.met(this));
      inbox.add(() -> met(other));
    }
  }

  private void met(LocalMessenger<M> other) {
    if (other.open) {
      LocalPeer<M> peer = new LocalPeer<>(other, new PendingCalls<>(environment, limits, meter));
      if (peers.putIfAbsent(other.self, peer) == null) {
        meter.hit(RpcMeter.CONNECTED);
        listener.connected(other.self);
      }
    }
  }

  private void lost(LocalMessenger<M> other) {
    @Nullable LocalPeer<M> peer = peers.get(other.self);
    if (peer != null && peer.target.equals(other) && peers.remove(other.self, peer)) {
      meter.hit(RpcMeter.CONNECTION_LOST);
      peer.calls.close(Reason.LOST);
      listener.disconnected(other.self);
    }
  }

  @Override
  public void send(long node, M message) {
    @Nullable LocalPeer<M> peer = peers.get(node);
    if (peer == null) {
      meter.dropped(Drop.AWAY);
    } else if (peer.target.inbox.offer(() -> peer.target.receiver().message(self, message))) {
      meter.sent.increment();
    } else {
      meter.dropped(Drop.FULL);
    }
  }

  @Override
  public void call(long node, M request, Duration deadline, Consumer<CallOutcome<M>> done) {
    @Nullable LocalPeer<M> peer = peers.get(node);
    long id = peer == null ? PendingCalls.CLOSED : peer.calls.add(deadline, 0, done);
    if (peer == null || id < 0) {
      Reason reason = id == PendingCalls.OVERLOADED ? Reason.OVERLOADED : Reason.NOT_SENT;
      meter.turnedAway(reason);
      done.accept(new Failed<>(reason));
    } else if (peer.target.inbox.offer(() -> peer.target.take(this, request, peer, id))) {
      meter.sent.increment();
    } else {
      peer.calls.fail(id, Reason.OVERLOADED);
    }
  }

  private void take(LocalMessenger<M> caller, M request, LocalPeer<M> asCallerSees, long id) {
    meter.received.increment();
    receiver()
        .request(
            caller.self,
            request,
            new Reply<>() {
              @Override
              void give(M answer) {
                if (open) {
                  caller.inbox.add(() -> asCallerSees.calls.answer(id, answer));
                }
              }
            });
  }

  private Receiver<M> receiver() {
    if (receiver == null) {
      throw new IllegalStateException("nobody receives");
    }
    return receiver;
  }

  @Override
  public void giveUp(long node) {
    @Nullable LocalPeer<M> peer = peers.get(node);
    if (peer != null) {
      peer.calls.giveUp();
    }
  }

  @Override
  public SortedSet<Long> connected() {
    return new TreeSet<>(peers.keySet());
  }

  /// What waits here to be received is dropped. Calls of this node end as lost.
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    inbox.close();
    for (LocalMessenger<M> other : exchange.leave(this)) {
      other.inbox.add(() -> other.lost(this));
    }
    peers.values().forEach(peer -> peer.calls.close(Reason.LOST));
    peers.clear();
  }
}
