package dev.evenkeel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private final Desk desk = new Desk();

  @Test
  void operationIsDispatchedAndAnsweredWithTheHeadersOfDynamoDb() {
    desk.send(Desk.post("Echo", "{\"a\":1}"));
    Answer answer = desk.takeOne();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"a\":1}");
    assertThat(answer.headers())
        .containsEntry("content-type", "application/x-amz-json-1.0")
        .containsEntry("connection", "keep-alive")
        .containsEntry("date", "Mon, 24 Nov 2025 16:00:01 GMT");
    assertThat(desk.telemetry.operation("Echo").finished()).isEqualTo(1);
    assertThat(desk.telemetry.operation("Echo").inFlight()).isZero();
  }

  @Test
  void requestSplitAtEveryPositionIsTheSameRequest() {
    String chunked =
        Desk.post("Echo", "")
                .replace("Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n")
            + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";
    for (String request : List.of(Desk.post("Echo", "abc0123456789"), chunked)) {
      for (int split = 1; split < request.length(); split++) {
        desk.send(request.substring(0, split));
        assertThat(desk.take()).as("split at %s", split).isEmpty();
        desk.send(request.substring(split));
        assertThat(desk.takeOne().text()).as("split at %s", split).isEqualTo("abc0123456789");
      }
    }
  }

  @Test
  void requestByteByByteIsTheSameRequest() {
    for (char character : Desk.post("Echo", "{}").toCharArray()) {
      desk.send(String.valueOf(character));
    }
    assertThat(desk.takeOne().text()).isEqualTo("{}");
  }

  @Test
  void aPageThatDoesSomethingIsAskedByPost() {
    String sweep = " /ttl/sweep?table=%s HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
    desk.send("POST" + sweep.formatted("tab"));
    assertThat(desk.takeOne().text()).isEqualTo("{\"table\":\"tab\",\"deleted\":3}\n");
    desk.send("POST" + sweep.formatted("tub"));
    Answer refusal = desk.takeOne();
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.text()).isEqualTo("no table tub\n");
    desk.send("GET" + sweep.formatted("tab"));
    assertThat(desk.takeOne().status()).isEqualTo(404);
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    desk.send(Desk.post("Later", "1") + Desk.post("Echo", "2") + Desk.post("Later", "3"));
    assertThat(desk.take()).isEmpty();
    desk.dispatcher.reply(1);
    assertThat(desk.take()).isEmpty();
    desk.dispatcher.reply(0);
    assertThat(desk.take()).extracting(Answer::text).containsExactly("1", "2", "3");
  }

  @Test
  void connectionWithTooManyInFlightIsNotReadUntilOneIsAnswered() {
    StringBuilder requests = new StringBuilder();
    for (int request = 0; request < 10; request++) {
      requests.append(Desk.post("Later", String.valueOf(request)));
    }
    desk.send(requests.toString());
    assertThat(desk.dispatcher.waiting()).isEqualTo(4);
    assertThat(desk.channel.config().isAutoRead()).isFalse();
    desk.dispatcher.reply(0);
    assertThat(desk.take()).extracting(Answer::text).containsExactly("0");
    assertThat(desk.dispatcher.bodies).hasSize(5);
    int answered = 1;
    while (desk.dispatcher.waiting() > 0) {
      desk.dispatcher.replyToAll();
      answered += desk.take().size();
    }
    assertThat(answered).isEqualTo(10);
    assertThat(desk.dispatcher.bodies)
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(desk.channel.config().isAutoRead()).isTrue();
  }

  @Test
  void clientThatWantsToCloseGetsItsAnswerAndNothingMore() {
    desk.send(Desk.post("Later", "1", "Connection: close") + Desk.post("Later", "2"));
    assertThat(desk.dispatcher.replyToAll()).isEqualTo(1);
    Answer answer = desk.takeOne();
    assertThat(answer.closes()).isTrue();
    assertThat(desk.isClosed()).isTrue();
    assertThat(desk.dispatcher.bodies).containsExactly("1");
  }

  @Test
  void http10ClosesUnlessKeepAliveIsAsked() {
    desk.send(Desk.post("Echo", "1", "Connection: keep-alive").replace("HTTP/1.1", "HTTP/1.0"));
    assertThat(desk.takeOne().closes()).isFalse();
    desk.send(Desk.post("Echo", "2").replace("HTTP/1.1", "HTTP/1.0"));
    assertThat(desk.takeOne().closes()).isTrue();
    assertThat(desk.isClosed()).isTrue();
  }

  @Test
  void bodyOverTheBoundIsRefusedBeforeItComes() {
    desk.send(Desk.post("Echo", "").replace("Length: 0", "Length: 1048577"));
    Answer answer = desk.takeOne();
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void chunkedBodyOverTheBoundIsRefused() {
    desk.send(
        Desk.post("Echo", "").replace("Content-Length: 0", "Transfer-Encoding: chunked")
            + "100001\r\n");
    desk.send(new byte[0x100001]);
    assertThat(desk.takeOne().status()).isEqualTo(413);
    assertThat(desk.isClosed()).isTrue();
  }

  @Test
  void bodyOfExactlyTheBoundIsServed() {
    desk.send(Desk.post("Echo", "x".repeat(1 << 20)));
    assertThat(desk.takeOne().text()).hasSize(1 << 20);
    assertThat(desk.loop.service().memory().bytes()).isZero();
  }

  @Test
  void largeBodiesShareABoundedMemory() {
    assertThat(desk.loop.service().memory().take(2 << 20)).isTrue();
    desk.send(Desk.post("Echo", "x".repeat(1 << 20)));
    Answer answer = desk.takeOne();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void compressedBodiesAreInflated() throws IOException {
    for (boolean gzip : new boolean[] {true, false}) {
      desk.send(compressedPost(gzip, "{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8)));
      assertThat(desk.takeOne().text()).isEqualTo("{\"a\":\"b\"}");
    }
  }

  @Test
  void inflatedBodyOverTheBoundIsRefused() throws IOException {
    desk.send(compressedPost(true, new byte[(1 << 20) + 1]));
    assertThat(desk.takeOne().status()).isEqualTo(413);
    desk.send(Desk.post("Echo", "still here"));
    assertThat(desk.takeOne().text()).isEqualTo("still here");
  }

  @Test
  void unknownAndBrokenCodingsAreAnswered500() {
    desk.send(Desk.post("Echo", "x", "Content-Encoding: br"));
    assertThat(desk.takeOne().status()).isEqualTo(500);
    desk.send(Desk.post("Echo", "not gzip", "Content-Encoding: gzip"));
    assertThat(desk.takeOne().status()).isEqualTo(500);
    assertThat(desk.isClosed()).isFalse();
  }

  @Test
  void largeAnswersAreCompressedAsTheClientAllows() throws IOException {
    String large = "abcdefgh".repeat(1_000);
    desk.send(Desk.post("Echo", large, "Accept-Encoding: br, deflate;q=0.5, gzip"));
    Answer gzip = desk.takeOne();
    assertThat(gzip.headers()).containsEntry("content-encoding", "gzip");
    assertThat(new GZIPInputStream(new java.io.ByteArrayInputStream(gzip.body())).readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(large);
    desk.send(Desk.post("Echo", large, "Accept-Encoding: deflate"));
    Answer deflate = desk.takeOne();
    assertThat(deflate.headers()).containsEntry("content-encoding", "deflate");
    assertThat(
            new InflaterInputStream(new java.io.ByteArrayInputStream(deflate.body()))
                .readAllBytes())
        .hasSize(8_000);
    desk.send(Desk.post("Echo", "x".repeat(4_096), "Accept-Encoding: gzip"));
    assertThat(desk.takeOne().headers()).doesNotContainKey("content-encoding");
  }

  @Test
  void clientThatExpectsContinueIsToldWhenItsTurnComes() {
    desk.send(Desk.post("Later", "1"));
    desk.send(Desk.post("Echo", "", "Expect: 100-continue").replace("Length: 0", "Length: 1"));
    assertThat(desk.takeBytes()).isEmpty();
    desk.dispatcher.replyToAll();
    assertThat(desk.take()).extracting(Answer::status).containsExactly(200, 100);
    desk.send("2");
    assertThat(desk.takeOne().text()).isEqualTo("2");
  }

  @Test
  void continueIsNotSentToWhoDidNotWaitOrIsTooLarge() {
    desk.send(Desk.post("Echo", "1", "Expect: 100-continue"));
    assertThat(desk.take()).extracting(Answer::status).contains(200);
    desk.send(
        Desk.post("Echo", "", "Expect: 100-continue").replace("Length: 0", "Length: 2000000"));
    assertThat(desk.takeOne().status()).isEqualTo(413);
    Desk other = new Desk();
    other.send(Desk.post("Echo", "", "Expect: something"));
    assertThat(other.takeOne().status()).isEqualTo(417);
  }

  @Test
  void preflightIsGrantedAndAnswersAreReadableAcrossOrigins() {
    desk.send(
        """
        OPTIONS / HTTP/1.1\r
        Host: h\r
        Origin: http://a\r
        Access-Control-Request-Headers: x-amz-target\r
        Access-Control-Request-Method: POST\r
        \r
        """);
    Answer preflight = desk.takeOne();
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.headers())
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("access-control-allow-headers", "x-amz-target")
        .containsEntry("access-control-allow-methods", "POST")
        .containsEntry("access-control-max-age", "172800");
    desk.send(Desk.post("Echo", "1", "Origin: http://a"));
    assertThat(desk.takeOne().headers())
        .containsEntry("access-control-allow-origin", "*")
        .containsKey("access-control-expose-headers");
    desk.send(Desk.post("Echo", "1"));
    assertThat(desk.takeOne().headers()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void healthLineAndReadinessAreShown() {
    desk.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(desk.takeOne().text()).isEqualTo("healthy: dynamodb.local.amazonaws.com ");
    desk.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(new String(desk.takeBytes(), StandardCharsets.ISO_8859_1))
        .contains("Content-Length: 38\r\n")
        .endsWith("\r\n\r\n");
    desk.send("GET /health HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(desk.takeOne().text()).isEqualTo("{\"status\":\"ready\"}\n");
    desk.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(desk.takeOne().text()).isEqualTo("{}\n");
    desk.setHealth(new Health(false, Map.of("wal", "re\"playing")));
    desk.send("GET /health?x HTTP/1.1\r\nHost: h\r\n\r\n");
    Answer starting = desk.takeOne();
    assertThat(starting.status()).isEqualTo(503);
    assertThat(starting.text()).isEqualTo("{\"status\":\"starting\",\"wal\":\"re\\\"playing\"}\n");
  }

  @Test
  void whatIsNoOperationIsAnsweredAsDynamoDbDoes() {
    desk.send(Desk.post("Echo", "1").replace("POST / ", "POST /other "));
    assertThat(desk.takeOne().text()).isEqualTo("<UnknownOperationException/>\n");
    desk.send(Desk.post("Echo", "1").replace("POST / ", "PUT / "));
    assertThat(desk.takeOne().status()).isEqualTo(404);
    desk.send(Desk.post("Echo", "1").replace("application/x-amz-json-1.0", "text/plain"));
    assertThat(desk.takeOne().status()).isEqualTo(404);
    desk.send(Desk.post("Echo", "1").replace("x-amz-json-1.0", "json; charset=utf-8"));
    assertThat(desk.takeOne().status()).isEqualTo(200);
    desk.send(Desk.post("Echo", "1").replace("POST / ", "POST http://h/ "));
    assertThat(desk.takeOne().status()).isEqualTo(200);
    desk.send(Desk.post("Nothing", "1"));
    assertThat(desk.takeOne().text())
        .isEqualTo("com.amazon.coral.service#UnknownOperationException|null");
  }

  @Test
  void errorsAndFaultsOfAnOperationAreAnswered() {
    desk.send(Desk.post("Fail", "1"));
    assertThat(desk.takeOne().text())
        .isEqualTo("com.amazon.coral.validate#ValidationException|bad");
    desk.send(Desk.post("Break", "1"));
    assertThat(desk.takeOne().status()).isEqualTo(500);
    assertThat(desk.telemetry.operation("Fail").errors()).containsEntry("ValidationException", 1L);
    assertThat(desk.isClosed()).isFalse();
  }

  @Test
  void slowHeadSlowBodyAndIdleConnectionsAreClosed() {
    desk.send("POST / HTTP/1.1\r\nHo");
    desk.pass(Duration.ofSeconds(9));
    desk.send("st: h\r\n");
    desk.pass(Duration.ofMillis(1_500));
    assertThat(desk.takeOne().status()).isEqualTo(408);
    assertThat(desk.isClosed()).isTrue();

    Desk body = new Desk();
    body.send(Desk.post("Echo", "").replace("Length: 0", "Length: 100"));
    for (int second = 0; second < 61; second++) {
      assertThat(body.isClosed()).isFalse();
      body.send("x");
      body.pass(Duration.ofSeconds(1));
    }
    assertThat(body.takeOne().status()).isEqualTo(408);
    assertThat(body.isClosed()).isTrue();

    Desk idle = new Desk();
    idle.send(Desk.post("Echo", "1"));
    idle.takeOne();
    idle.pass(Duration.ofSeconds(119));
    assertThat(idle.isClosed()).isFalse();
    idle.pass(Duration.ofSeconds(2));
    assertThat(idle.take()).isEmpty();
    assertThat(idle.isClosed()).isTrue();
  }

  @Test
  void requestInFlightHasNoDeadline() {
    desk.send(Desk.post("Later", "1"));
    desk.pass(Duration.ofHours(1));
    desk.dispatcher.replyToAll();
    assertThat(desk.takeOne().text()).isEqualTo("1");
  }

  @Test
  void drainingConnectionFinishesWhatIsInFlight() {
    desk.send(Desk.post("Later", "1"));
    desk.loop.connections().forEach(Connection::drain);
    assertThat(desk.isClosed()).isFalse();
    desk.dispatcher.replyToAll();
    assertThat(desk.takeOne().closes()).isTrue();
    assertThat(desk.isClosed()).isTrue();
  }

  @Test
  void drainingConnectionAnswersARequestThatWasOnItsWay() {
    desk.loop.connections().forEach(Connection::drain);
    assertThat(desk.isClosed()).isFalse();
    desk.send(Desk.post("Echo", "1"));
    Answer answer = desk.takeOne();
    assertThat(answer.text()).isEqualTo("1");
    assertThat(answer.closes()).isTrue();
    assertThat(desk.isClosed()).isTrue();
  }

  @Test
  void drainingConnectionThatStaysIdleIsClosed() {
    desk.loop.connections().forEach(Connection::drain);
    desk.pass(Loop.TICK);
    assertThat(desk.isClosed()).isTrue();
  }

  @Test
  void replyAfterTheClientLeftIsCountedAndDropped() {
    desk.send(Desk.post("Later", "x".repeat(100_000)));
    assertThat(desk.loop.service().memory().bytes()).isPositive();
    desk.channel.close().syncUninterruptibly();
    desk.dispatcher.replyToAll();
    assertThat(desk.take()).isEmpty();
    assertThat(desk.loop.service().memory().bytes()).isZero();
    assertThat(desk.telemetry.operation("Later").inFlight()).isZero();
    assertThat(desk.loop.connections()).isEmpty();
  }

  private static byte[] compressedPost(boolean gzip, byte[] content) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (var out = gzip ? new GZIPOutputStream(body) : new DeflaterOutputStream(body)) {
      out.write(content);
    }
    String head =
        Desk.post("Echo", "", "Content-Encoding: " + (gzip ? "gzip" : "deflate"))
            .replace("Length: 0", "Length: " + body.size());
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body.toByteArray());
    return request.toByteArray();
  }
}
