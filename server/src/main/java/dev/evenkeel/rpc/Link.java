package dev.evenkeel.rpc;

import dev.evenkeel.environment.Network;
import dev.evenkeel.rpc.CallOutcome.Failed;
import dev.evenkeel.rpc.CallOutcome.Reason;
import dev.evenkeel.rpc.Frame.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection to another node: first the hellos, then messages.
///
/// ```
/// opened ──▶ greeting ──hello taken──▶ established ──▶ ended
///               └──── refused, slow, broken ────────────▲
/// ```
///
/// @param <M> the messages
final class Link<M> implements Network.ConnectionListener {
  private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(3);
  static final Duration PING_EVERY = Duration.ofSeconds(1);

  /// So many pings in a row may be missing before the peer counts as gone.
  private static final int MISSED_PINGS_MAX = 4;

  private final NetworkMessenger<M> messenger;

  /// The node that was to be connected; [Handshake#ANY_NODE] on the side that was.
  private final int expected;

  private final PendingCalls<M> calls;

  /// Requests of the peer that wait for their answer here.
  private final AtomicInteger requests = new AtomicInteger();

  private volatile Network.@Nullable Connection connection;

  /// The peer's; set when the link is established.
  private volatile @Nullable Hello theirs;

  private volatile boolean ended;

  /// Whether something came since the last look.
  private volatile boolean heard;

  /// When something came last.
  private volatile long heardAtNanos;

  private int missedPings;

  Link(NetworkMessenger<M> messenger, int expected) {
    this.messenger = messenger;
    this.expected = expected;
    this.calls = new PendingCalls<>(messenger.environment(), messenger.limits(), messenger.meter());
    messenger.environment().tasks().after(HANDSHAKE_MAX, this::endSlowHandshake);
  }

  private void endSlowHandshake() {
    if (theirs == null && !ended) {
      messenger.meter().hit(RpcMeter.HANDSHAKE_SLOW);
      end();
    }
  }

  /// The node that was to be connected, or else the one that is, if any is yet.
  int node() {
    Hello hello = theirs;
    return hello == null ? expected : hello.node();
  }

  /// Of an established link.
  long identity() {
    Hello hello = theirs;
    if (hello == null) {
      throw new IllegalStateException("no hello yet");
    }
    return hello.identity();
  }

  /// Whether the other side connected.
  boolean isIncoming() {
    return expected == Handshake.ANY_NODE;
  }

  boolean isOpen() {
    return connection != null && !ended;
  }

  boolean hasEnded() {
    return ended;
  }

  /// Of a link over which something has come.
  boolean isHeardWithin(Duration time) {
    return messenger.environment().clock().monotonicNanos() - heardAtNanos < time.toNanos();
  }

  @Override
  public void opened(Network.Connection opened) {
    connection = opened;
    if (ended) {
      opened.close();
    } else if (!isIncoming()) {
      sendHello();
    }
  }

  private void sendHello() {
    MessageOutput out = Frame.begin();
    messenger.hello().encode(out);
    sendFrame(Frame.seal(out, Kind.HELLO, 0));
  }

  @Override
  public void frame(ByteBuffer bytes) {
    if (ended) {
      return;
    }
    messenger.meter().received.increment();
    messenger.meter().receivedBytes.add(bytes.remaining());
    heard = true;
    heardAtNanos = messenger.environment().clock().monotonicNanos();
    try {
      take(Frame.parse(bytes));
    } catch (IOException e) {
      messenger.meter().hit(RpcMeter.CORRUPT_FRAME);
      end();
    }
  }

  private void take(Frame frame) throws IOException {
    Hello peer = theirs;
    if (peer != null) {
      takeFrom(peer.identity(), frame);
    } else if (frame.kind() == Kind.HELLO) {
      greet(Hello.decode(new MessageInput(frame.body())));
    } else if (frame.kind() == Kind.REFUSAL) {
      messenger.refused(Handshake.decode(new MessageInput(frame.body())));
      end();
    } else {
      throw new IOException("a frame before the hello");
    }
  }

  private void greet(Hello hello) {
    Network.Connection now = connection;
    if (now == null) {
      throw new IllegalStateException("a frame before the connection");
    }
    @Nullable Refusal refusal = messenger.handshake().judge(hello, expected, now);
    Peer.Verdict verdict =
        refusal == null ? messenger.establish(this, hello) : new Peer.Verdict(false, refusal);
    if (verdict.refusal() != null) {
      refuse(verdict.refusal());
    }
    if (!verdict.taken()) {
      end();
    }
  }

  private void refuse(Refusal refusal) {
    messenger.refused(refusal);
    MessageOutput out = Frame.begin();
    Handshake.encode(refusal, out);
    sendFrame(Frame.seal(out, Kind.REFUSAL, 0));
  }

  /// The peer's hello is taken: the other side hears ours before anything else.
  void establish(Hello hello) {
    if (isIncoming()) {
      sendHello();
    }
    theirs = hello;
    pingLater();
  }

  private void takeFrom(long from, Frame frame) throws IOException {
    switch (frame.kind()) {
      case MESSAGE -> message(from, frame);
      case REQUEST -> request(from, frame);
      case ANSWER -> answer(frame);
      case FAILURE -> failure(frame);
      case PING -> {}
      case REFUSAL -> {
        messenger.refused(Handshake.decode(new MessageInput(frame.body())));
        end();
      }
      case HELLO -> throw new IOException("a second hello");
    }
  }

  private void message(long from, Frame frame) {
    @Nullable M message = decode(frame);
    if (message != null) {
      messenger.receiver().message(from, message);
    }
  }

  private void request(long from, Frame frame) {
    if (requests.incrementAndGet() > messenger.limits().callsMax()) {
      messenger.meter().hit(RpcMeter.REQUEST_TURNED_AWAY);
      turnAway(frame.id(), Reason.OVERLOADED);
      return;
    }
    @Nullable M message = decode(frame);
    if (message == null) {
      turnAway(frame.id(), Reason.NOT_SENT);
      return;
    }
    messenger.receiver().request(from, message, new LinkReply(frame.id()));
  }

  private final class LinkReply extends Reply<M> {
    private final long id;

    LinkReply(long id) {
      this.id = id;
    }

    /// An answer that finds no room is dropped: the caller has its deadline.
    @Override
    void give(M answer) {
      requests.decrementAndGet();
      if (!ended && !sendFrame(encode(Kind.ANSWER, id, answer))) {
        messenger.meter().dropped(RpcMeter.Drop.FULL);
      }
    }
  }

  private void turnAway(long id, Reason reason) {
    requests.decrementAndGet();
    MessageOutput out = Frame.begin();
    out.varint(1, reason.number());
    sendFrame(Frame.seal(out, Kind.FAILURE, id));
  }

  private void answer(Frame frame) {
    @Nullable M answer = decode(frame);
    if (answer == null) {
      calls.fail(frame.id(), Reason.LOST);
    } else {
      calls.answer(frame.id(), answer);
    }
  }

  private void failure(Frame frame) throws IOException {
    MessageInput in = new MessageInput(frame.body());
    calls.fail(frame.id(), Reason.of(in.next() && in.field() == 1 ? in.count() : 0));
  }

  private @Nullable M decode(Frame frame) {
    try {
      return messenger.codec().decode(new MessageInput(frame.body()));
    } catch (IOException e) {
      messenger.meter().hit(RpcMeter.UNREADABLE_MESSAGE);
      return null;
    }
  }

  private ByteBuffer encode(Kind kind, long id, M message) {
    return Frame.seal(body(message), kind, id);
  }

  private MessageOutput body(M message) {
    MessageOutput out = Frame.begin();
    messenger.codec().encode(message, out);
    if (out.size() > Network.FRAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a message of " + out.size() + " bytes does not fit into a frame");
    }
    return out;
  }

  /// False when it was dropped.
  boolean send(M message) {
    return sendFrame(encode(Kind.MESSAGE, 0, message));
  }

  void call(M request, Duration deadline, Consumer<CallOutcome<M>> done) {
    MessageOutput body = body(request);
    long id = calls.add(deadline, body.size(), done);
    if (id < 0) {
      Reason reason = id == PendingCalls.OVERLOADED ? Reason.OVERLOADED : Reason.NOT_SENT;
      messenger.meter().turnedAway(reason);
      done.accept(new Failed<>(reason));
    } else if (!sendFrame(Frame.seal(body, Kind.REQUEST, id))) {
      calls.fail(id, ended ? Reason.NOT_SENT : Reason.OVERLOADED);
    }
  }

  /// No answer of the peer is waited for any longer.
  void giveUp() {
    calls.giveUp();
  }

  private boolean sendFrame(ByteBuffer frame) {
    Network.Connection now = connection;
    int bytes = frame.remaining();
    if (now == null || !now.send(frame)) {
      return false;
    }
    messenger.meter().sent.increment();
    messenger.meter().sentBytes.add(bytes);
    return true;
  }

  private void pingLater() {
    messenger.environment().tasks().after(PING_EVERY, this::ping);
  }

  /// Each side sends one now and then, so whoever hears nothing at all for long has lost the other.
  private void ping() {
    if (ended) {
      return;
    }
    missedPings = heard ? 0 : missedPings + 1;
    heard = false;
    if (missedPings > MISSED_PINGS_MAX) {
      messenger.meter().hit(RpcMeter.PEER_SILENT);
      end();
    } else {
      sendFrame(Frame.of(Kind.PING));
      pingLater();
    }
  }

  @Override
  public void closed(@Nullable IOException reason) {
    end();
  }

  /// Nothing that comes is heard any more; calls in flight are lost.
  void end() {
    ended = true;
    Network.Connection now = connection;
    if (now != null) {
      now.close();
    }
    messenger.ended(this);
    calls.close(Reason.LOST);
  }
}
