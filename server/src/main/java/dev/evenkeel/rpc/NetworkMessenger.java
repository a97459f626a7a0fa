package dev.evenkeel.rpc;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Network;
import dev.evenkeel.rpc.CallOutcome.Failed;
import dev.evenkeel.rpc.CallOutcome.Reason;
import dev.evenkeel.rpc.RpcMeter.Drop;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages between processes, over the environment's network.
///
/// @param <M> the messages
public final class NetworkMessenger<M> implements Messenger<M> {
  private final Environment environment;
  private final MessageCodec<M> codec;
  private final RpcLimits limits;
  private final RpcMeter meter;
  private final Hello hello;
  private final Handshake handshake;

  /// By node number.
  private final ConcurrentSkipListMap<Integer, Peer<M>> peers = new ConcurrentSkipListMap<>();

  private @Nullable Receiver<M> receiver;
  private PeerListener listener = new NobodyListens();
  private Consumer<Refusal> observer = _ -> {};
  private Network.@Nullable Listening listening;
  private volatile boolean open;

  /// @param hello who this node is
  public NetworkMessenger(
      Environment environment,
      Telemetry telemetry,
      MessageCodec<M> codec,
      RpcLimits limits,
      Hello hello) {
    this.environment = environment;
    this.codec = codec;
    this.limits = limits;
    this.meter = new RpcMeter(telemetry);
    this.hello = hello;
    this.handshake = new Handshake(hello);
    telemetry.gauge("rpc.peers", "Nodes connected.", () -> connected().size());
  }

  @Override
  public long self() {
    return hello.identity();
  }

  @Override
  public void receive(Receiver<M> newReceiver) {
    receiver = newReceiver;
  }

  @Override
  public void onPeer(PeerListener newListener) {
    listener = newListener;
  }

  /// Who hears of refused connections besides the listener: whoever decides what becomes of this
  /// node. To be set once, before [#start]; need not be.
  public void onRefusal(Consumer<Refusal> newObserver) {
    observer = newObserver;
  }

  @Override
  public void start() throws IOException {
    if (receiver == null) {
      throw new IllegalStateException("nobody receives");
    }
    open = true;
    listening = environment.network().listen(() -> new Link<>(this, Handshake.ANY_NODE));
  }

  /// Keeps a link to that node from now on, also if it is away now. Nodes that are not named here
  /// may connect too. After [#start].
  public void connect(int node) {
    if (!open || node == hello.node()) {
      throw new IllegalStateException("not open, or the node itself: " + node);
    }
    peer(node).want();
  }

  private Peer<M> peer(int node) {
    return peers.computeIfAbsent(
        node,
        number ->
            new Peer<>(this, number, environment.entropy().stream("rpc-reconnect-" + number)));
  }

  @Override
  public void send(long node, M message) {
    @Nullable Link<M> link = link(node);
    if (link == null) {
      meter.dropped(Drop.AWAY);
    } else if (link.identity() != node) {
      meter.dropped(Drop.OTHER_INCARNATION);
    } else if (!link.send(message)) {
      meter.dropped(Drop.FULL);
    }
  }

  @Override
  public void call(long node, M request, Duration deadline, Consumer<CallOutcome<M>> done) {
    @Nullable Link<M> link = link(node);
    if (link == null || link.identity() != node) {
      meter.turnedAway(Reason.NOT_SENT);
      done.accept(new Failed<>(Reason.NOT_SENT));
    } else {
      link.call(request, deadline, done);
    }
  }

  @Override
  public void giveUp(long node) {
    @Nullable Link<M> link = link(node);
    if (link != null && link.identity() == node) {
      link.giveUp();
    }
  }

  private @Nullable Link<M> link(long identity) {
    @Nullable Peer<M> peer = peers.get(NodeIdentity.node(identity));
    return peer == null ? null : peer.link();
  }

  @Override
  public SortedSet<Long> connected() {
    SortedSet<Long> identities = new TreeSet<>();
    for (Peer<M> peer : peers.values()) {
      @Nullable Link<M> link = peer.link();
      if (link != null) {
        identities.add(link.identity());
      }
    }
    return identities;
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    if (listening != null) {
      listening.close();
    }
    peers.values().forEach(Peer::close);
  }

  Peer.Verdict establish(Link<M> link, Hello theirs) {
    Peer<M> peer = peer(theirs.node());
    Peer.Verdict verdict = peer.establish(link, theirs);
    if (!open) {
      // Closing may have looked at this peer before it had the link.
      peer.close();
    }
    return verdict;
  }

  void ended(Link<M> link) {
    int node = link.node();
    if (node != Handshake.ANY_NODE) {
      peer(node).ended(link);
    }
  }

  void refused(Refusal refusal) {
    meter.hit(RpcMeter.REFUSED);
    listener.refused(refusal);
    observer.accept(refusal);
  }

  Environment environment() {
    return environment;
  }

  MessageCodec<M> codec() {
    return codec;
  }

  RpcLimits limits() {
    return limits;
  }

  RpcMeter meter() {
    return meter;
  }

  Hello hello() {
    return hello;
  }

  Handshake handshake() {
    return handshake;
  }

  PeerListener listener() {
    return listener;
  }

  Receiver<M> receiver() {
    if (receiver == null) {
      throw new IllegalStateException("nobody receives");
    }
    return receiver;
  }
}
