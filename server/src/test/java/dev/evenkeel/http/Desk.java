package dev.evenkeel.http;

import dev.evenkeel.auth.Authenticator;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/// The endpoint's handlers on a channel in memory, with a clock that the test moves. All on the
/// test's thread: the event loop of such a channel keeps its tasks in a queue that is for one
/// thread only, so what the endpoint does aside waits here until the test looks at the answers.
final class Desk implements Clock {
  final FakeDispatcher dispatcher = new FakeDispatcher();
  final Telemetry telemetry = new Telemetry();
  final EmbeddedChannel channel = new EmbeddedChannel();
  final Loop loop;
  private final Queue<Runnable> aside = new ArrayDeque<>();
  private Health health = Health.READY;
  private long nanos = 1_000_000_000L;

  Desk() {
    this(limits(4, 1 << 20));
  }

  Desk(HttpLimits limits) {
    this(limits, Authenticator.anyCaller());
  }

  Desk(HttpLimits limits, Authenticator authenticator) {
    HttpOptions options =
        HttpOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "local")
            .withLimits(limits);
    Backend backend = new Backend(dispatcher, authenticator, telemetry, new State(), this, _ -> {});
    Service service = Service.of(options, backend, aside::add);
    loop = new Loop(channel.eventLoop(), service, new SplittableRandom(1));
    HttpEndpoint.attach(channel, loop, limits.lineBytesMax());
  }

  private final class State implements NodeState {
    @Override
    public Health health() {
      return health;
    }

    @Override
    public long sweep(String table) {
      if (table.equals("tab")) {
        return 3;
      }
      throw ApiException.validation("no table " + table);
    }
  }

  static HttpLimits limits(int pipelinedMax, int bodyBytesMax) {
    return new HttpLimits(100, pipelinedMax, 16 * 1024, bodyBytesMax, 2L * bodyBytesMax);
  }

  static String post(String operation, String body, String... headers) {
    StringBuilder text = new StringBuilder("POST / HTTP/1.1\r\nHost: h\r\n");
    text.append("Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: ");
    text.append(FakeDispatcher.PREFIX).append(operation).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return text.append("Content-Length: ")
        .append(length)
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  void setHealth(Health changed) {
    health = changed;
  }

  /// The client sends those bytes.
  void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }
  }

  /// All bytes that the server sent since the last call.
  byte[] takeBytes() {
    runTasks();
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      all.writeBytes(sent);
      sent.release();
    }
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    return bytes;
  }

  /// What is done aside and what comes back from there, until nothing is left to do.
  private void runTasks() {
    channel.runPendingTasks();
    for (Runnable task = aside.poll(); task != null; task = aside.poll()) {
      task.run();
      channel.runPendingTasks();
    }
  }

  /// All answers that the server sent since the last call.
  List<Answer> take() {
    List<Answer> answers = new ArrayList<>();
    byte[] bytes = takeBytes();
    int at = 0;
    while (at < bytes.length) {
      Answer answer = Answer.parse(bytes, at);
      answers.add(answer);
      at = answer.end();
    }
    return answers;
  }

  /// The only answer since the last call.
  Answer takeOne() {
    List<Answer> answers = take();
    if (answers.size() != 1) {
      throw new AssertionError("expected one answer, got " + answers);
    }
    return answers.get(0);
  }

  boolean isClosed() {
    runTasks();
    return !channel.isOpen();
  }

  /// Time passes and the loop looks at its deadlines.
  void pass(Duration time) {
    nanos += time.toNanos();
    loop.tick();
    channel.runPendingTasks();
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  @Override
  public long wallMicros() {
    return 1_764_000_000_000_000L + nanos / 1_000;
  }
}
