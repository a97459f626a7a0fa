package dev.evenkeel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes on which two parsers could disagree where a request ends: one answer, then nothing more of
/// what follows is looked at.
class SmugglingTest {
  private static final String HEAD =
      """
      POST / HTTP/1.1\r
      Host: h\r
      Content-Type: application/x-amz-json-1.0\r
      X-Amz-Target: DynamoDB_20120810.Echo\r
      """;
  private static final String SMUGGLED = Desk.post("Echo", "smuggled");
  private static final int BAD = 400;

  static List<Arguments> ambiguous() {
    return List.of(
        Arguments.of(
            BAD,
            "length and chunked",
            HEAD + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            BAD,
            "chunked and length",
            HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
        Arguments.of(BAD, "two lengths", HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
        Arguments.of(
            BAD, "equal lengths", HEAD + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"),
        Arguments.of(BAD, "list of lengths", HEAD + "Content-Length: 1, 1\r\n\r\nx"),
        Arguments.of(BAD, "signed length", HEAD + "Content-Length: +1\r\n\r\nx"),
        Arguments.of(BAD, "negative length", HEAD + "Content-Length: -1\r\n\r\nx"),
        Arguments.of(BAD, "length in hexadecimal", HEAD + "Content-Length: 0x1\r\n\r\nx"),
        Arguments.of(BAD, "length too long", HEAD + "Content-Length: 99999999999999999999\r\n\r\n"),
        Arguments.of(BAD, "empty length", HEAD + "Content-Length: \r\n\r\n"),
        Arguments.of(BAD, "space before colon", HEAD + "Content-Length : 1\r\n\r\nx"),
        Arguments.of(BAD, "bare line feed in head", HEAD + "X: y\nContent-Length: 1\r\n\r\nx"),
        Arguments.of(BAD, "bare line feed after line", HEAD.replaceFirst("\r\n", "\n") + "\r\n"),
        Arguments.of(BAD, "bare carriage return", HEAD + "X: a\rContent-Length: 5\r\n\r\n"),
        Arguments.of(BAD, "zero byte", HEAD + "X: a\0b\r\n\r\n"),
        Arguments.of(BAD, "header without colon", HEAD + "Nonsense\r\n\r\n"),
        Arguments.of(BAD, "empty header name", HEAD + ": x\r\n\r\n"),
        Arguments.of(BAD, "no version", "POST /\r\nHost: h\r\n\r\n"),
        Arguments.of(BAD, "no host", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of(BAD, "two hosts", HEAD + "Host: other\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of(
            BAD,
            "chunked in HTTP/1.0",
            HEAD.replace("HTTP/1.1", "HTTP/1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            BAD, "unknown coding last", HEAD + "Transfer-Encoding: chunked, gzip\r\n\r\nx"),
        Arguments.of(BAD, "obscured chunked", HEAD + "Transfer-Encoding: xchunked\r\n\r\nx"),
        Arguments.of(
            BAD,
            "chunked twice",
            HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            501, "coding before chunked", HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
        Arguments.of(505, "HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of(
            414, "endless line", "POST /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"),
        Arguments.of(431, "endless header", HEAD + "X: " + "x".repeat(17_000) + "\r\n\r\n"),
        Arguments.of(431, "endless headers", HEAD + "X: y\r\n".repeat(5_000) + "\r\n"),
        chunked("chunk longer than it says", "1\r\nxx\r\n0\r\n\r\n"),
        chunked("chunk size signed", "+1\r\nx\r\n0\r\n\r\n"),
        chunked("chunk size in hexadecimal prefix", "0x1\r\nx\r\n0\r\n\r\n"),
        chunked("chunk size negative", "-1\r\nx\r\n0\r\n\r\n"),
        chunked("chunk size too large", "fffffffff\r\nx\r\n0\r\n\r\n"),
        chunked("chunk size empty", "\r\nx\r\n0\r\n\r\n"),
        chunked("bare line feed after chunk size", "1\nx\r\n0\r\n\r\n"),
        chunked("bare line feed after chunk", "1\r\nx\n0\r\n\r\n"),
        chunked("bare line feed in extension", "1;a=b\nc\r\nx\r\n0\r\n\r\n"),
        chunked("endless extension", "1;" + "x".repeat(17_000) + "\r\nx\r\n0\r\n\r\n"));
  }

  private static Arguments chunked(String what, String body) {
    int status = what.startsWith("endless") ? 414 : BAD;
    return Arguments.of(status, what, HEAD + "Transfer-Encoding: chunked\r\n\r\n" + body);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("ambiguous")
  void ambiguousRequestIsAnsweredOnceAndNothingBehindItIsServed(
      int status, String what, String request) {
    Desk desk = new Desk();
    desk.send(request + SMUGGLED);
    Answer answer = desk.takeOne();
    assertThat(answer.status()).as(what).isEqualTo(status);
    assertThat(answer.closes()).isTrue();
    assertThat(desk.isClosed()).isTrue();
    assertThat(desk.dispatcher.bodies).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("ambiguous")
  void ambiguousRequestByteByByteIsAnsweredTheSame(int status, String what, String request) {
    Desk desk = new Desk();
    for (char character : (request + SMUGGLED).toCharArray()) {
      desk.send(String.valueOf(character));
    }
    assertThat(desk.takeOne().status()).as(what).isEqualTo(status);
    assertThat(desk.isClosed()).isTrue();
    assertThat(desk.dispatcher.bodies).isEmpty();
  }

  @Test
  void requestsBeforeAnAmbiguousOneAreAnsweredFirst() {
    Desk desk = new Desk();
    desk.send(Desk.post("Later", "good") + HEAD + "Content-Length: x\r\n\r\n" + SMUGGLED);
    assertThat(desk.take()).isEmpty();
    desk.dispatcher.replyToAll();
    assertThat(desk.take()).extracting(Answer::status).containsExactly(200, BAD);
    assertThat(desk.isClosed()).isTrue();
    assertThat(desk.dispatcher.bodies).containsExactly("good");
  }

  @Test
  void trailersDoNotBecomeHeaders() {
    Desk desk = new Desk();
    desk.send(
        HEAD
            + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
            + "Content-Length: 100\r\nX-Amz-Target: other\r\n\r\n"
            + Desk.post("Echo", "next"));
    assertThat(desk.take()).extracting(Answer::text).containsExactly("x", "next");
  }

  @Test
  void millionTinyChunksAreOneBody() {
    Desk desk = new Desk();
    desk.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
    String chunks = "1\r\nx\r\n".repeat(10_000);
    for (int part = 0; part < 100; part++) {
      desk.send(chunks);
    }
    desk.send("0\r\n\r\n");
    assertThat(desk.takeOne().body()).hasSize(1_000_000);
    assertThat(desk.loop.service().memory().bytes()).isZero();
  }
}
