package dev.evenkeel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.auth.Authenticator;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The endpoint on real sockets.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpEndpointTest {
  private final FakeDispatcher dispatcher = new FakeDispatcher();
  private final Telemetry telemetry = new Telemetry();
  private final List<AutoCloseable> open = new ArrayList<>();
  private HttpTimeouts timeouts = HttpTimeouts.defaults();
  private HttpLimits limits = HttpLimits.defaults();
  private int eventLoops = 2;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestsAreServedOverBothTransports(boolean nativeTransport) throws IOException {
    Socket client = connect(open(nativeTransport));
    for (int request = 0; request < 100; request++) {
      write(client, Desk.post("Echo", "body " + request));
      assertThat(read(client).text()).isEqualTo("body " + request);
    }
  }

  @Test
  void largeBodiesGoBothWays() throws IOException {
    Socket client = connect(open(true));
    String large = "0123456789abcdef".repeat(1 << 20);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> writeUnchecked(client, Desk.post("Echo", large)));
    assertThat(read(client).text()).isEqualTo(large);
    writer.join();
  }

  @Test
  void repliesOfOtherThreadsComeInTheOrderOfTheRequests() throws IOException {
    HttpEndpoint endpoint = open(true);
    List<Socket> clients = new ArrayList<>();
    for (int client = 0; client < 20; client++) {
      clients.add(connect(endpoint));
      for (int request = 0; request < 10; request++) {
        write(clients.get(client), Desk.post("Later", client + "/" + request));
      }
    }
    for (int answered = 0; answered < 200; Thread.onSpinWait()) {
      answered += dispatcher.replyToAll();
    }
    for (int client = 0; client < 20; client++) {
      for (int request = 0; request < 10; request++) {
        assertThat(read(clients.get(client)).text()).isEqualTo(client + "/" + request);
      }
    }
  }

  @Test
  void clientThatClosedItsSideStillGetsItsAnswer() throws IOException {
    Socket client = connect(open(true));
    write(client, Desk.post("Later", "1"));
    client.shutdownOutput();
    replyToOne();
    assertThat(read(client).text()).isEqualTo("1");
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void refusedClientGetsItsAnswerAndNotAReset() throws IOException {
    Socket client = connect(open(true));
    write(client, Desk.post("Echo", "").replace("Length: 0", "Length: 99999999"));
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> writeUnchecked(client, "x".repeat(1 << 20)));
    assertThat(read(client).status()).isEqualTo(413);
    writer.join();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void connectionOverTheBoundIsTurnedAway() throws IOException {
    limits = new HttpLimits(1, 32, 16_384, 1 << 20, 1 << 24);
    HttpEndpoint endpoint = open(true);
    Socket first = connect(endpoint);
    write(first, Desk.post("Echo", "1"));
    read(first);
    assertThat(
            new String(connect(endpoint).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("HTTP/1.1 503 ");
    write(first, Desk.post("Echo", "2"));
    assertThat(read(first).text()).isEqualTo("2");
  }

  @Test
  void slowClientIsCutOff() throws IOException {
    Duration short_ = Duration.ofMillis(300);
    Duration long_ = Duration.ofMinutes(1);
    timeouts = new HttpTimeouts(long_, short_, long_, long_, long_, short_);
    Socket slow = connect(open(true));
    write(slow, "POST / HT");
    assertThat(read(slow).status()).isEqualTo(408);
    assertThat(slow.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void clientThatSaysNothingIsCutOff() throws IOException {
    Duration short_ = Duration.ofMillis(300);
    Duration long_ = Duration.ofMinutes(1);
    timeouts = new HttpTimeouts(short_, long_, long_, long_, long_, short_);
    assertThat(connect(open(true)).getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void clientThatDoesNotReadItsAnswersIsNotReadFromAndIsCutOff() throws IOException {
    Duration short_ = Duration.ofMillis(300);
    Duration long_ = Duration.ofMinutes(1);
    timeouts = new HttpTimeouts(long_, long_, long_, short_, short_, short_);
    Socket deaf = connect(open(true));
    String request = Desk.post("Echo", "x".repeat(1 << 20));
    assertThatThrownBy(
            () -> {
              for (int sent = 0; sent < 1_000; sent++) {
                write(deaf, request);
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(dispatcher.bodies.size()).isLessThan(50);
  }

  @Test
  void closeLetsWhatIsInFlightFinish() throws IOException {
    // So that both connections are told in one go: once the idle one is closed, the busy one knows.
    eventLoops = 1;
    timeouts = timeouts.withDrain(Duration.ofSeconds(30));
    HttpEndpoint endpoint = open(true);
    Socket busy = connect(endpoint);
    Socket idle = connect(endpoint);
    write(idle, Desk.post("Echo", "1"));
    read(idle);
    write(busy, Desk.post("Later", "2"));
    while (dispatcher.waiting() == 0) {
      Thread.onSpinWait();
    }
    CompletableFuture<Void> closed = CompletableFuture.runAsync(endpoint::close);
    assertThat(idle.getInputStream().read()).isEqualTo(-1);
    assertThat(closed).isNotDone();
    dispatcher.replyToAll();
    Answer answer = read(busy);
    assertThat(answer.text()).isEqualTo("2");
    assertThat(answer.closes()).isTrue();
    assertThat(busy.getInputStream().read()).isEqualTo(-1);
    busy.close();
    closed.join();
    assertThatThrownBy(() -> connect(endpoint)).isInstanceOf(IOException.class);
  }

  @Test
  void closeDoesNotWaitForEver() throws IOException {
    Duration short_ = Duration.ofMillis(300);
    timeouts = HttpTimeouts.defaults().withDrain(short_);
    HttpEndpoint endpoint = open(true);
    Socket busy = connect(endpoint);
    write(busy, Desk.post("Later", "2"));
    while (dispatcher.waiting() == 0) {
      Thread.onSpinWait();
    }
    endpoint.close();
    assertThat(busy.getInputStream().read()).isEqualTo(-1);
    dispatcher.replyToAll();
  }

  @Test
  void usedPortIsNamed() throws IOException {
    HttpEndpoint endpoint = open(true);
    HttpOptions options = HttpOptions.of(endpoint.address(), "local").withEventLoops(1);
    assertThatThrownBy(() -> HttpEndpoint.open(options, backend()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot listen on 127.0.0.1:" + endpoint.address().getPort() + ": the port is in use");
  }

  @Test
  void metricsAreServed() throws IOException {
    Socket client = connect(open(true));
    write(client, Desk.post("Echo", "1"));
    read(client);
    write(client, "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(read(client).text())
        .contains(
            "evenkeel_request_duration_seconds_count{operation=\"Echo\"} 1",
            "evenkeel_http_connections 1.0",
            "evenkeel_http_connections_accepted_total 1.0");
  }

  private void replyToOne() {
    while (dispatcher.replyToAll() == 0) {
      Thread.onSpinWait();
    }
  }

  private HttpEndpoint open(boolean nativeTransport) throws IOException {
    HttpOptions options =
        HttpOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "local")
            .withEventLoops(eventLoops)
            .withNativeTransport(nativeTransport)
            .withLimits(limits)
            .withTimeouts(timeouts);
    HttpEndpoint endpoint = HttpEndpoint.open(options, backend());
    open.add(endpoint);
    return endpoint;
  }

  private Backend backend() {
    return new Backend(
        dispatcher,
        Authenticator.anyCaller(),
        telemetry,
        () -> Health.READY,
        systemClock(),
        _ -> {});
  }

  private Socket connect(HttpEndpoint endpoint) throws IOException {
    Socket socket = new Socket(endpoint.address().getAddress(), endpoint.address().getPort());
    open.add(socket);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void writeUnchecked(Socket socket, String text) {
    try {
      write(socket, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Reads exactly one answer.
  private static Answer read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      assertThat(next).as("end of the connection after %s", head).isNotNegative();
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int at = text.indexOf("Content-Length: ") + "Content-Length: ".length();
    int length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
    head.writeBytes(in.readNBytes(length));
    return Answer.parse(head.toByteArray(), 0);
  }

  static Clock systemClock() {
    return new Clock() {
      @Override
      public long monotonicNanos() {
        return System.nanoTime();
      }

      @Override
      public long wallMicros() {
        return System.currentTimeMillis() * 1_000;
      }
    };
  }
}
