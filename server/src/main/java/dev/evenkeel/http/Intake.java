package dev.evenkeel.http;

import dev.evenkeel.api.Response;
import dev.evenkeel.model.ApiException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/// Puts the requests of a connection together from what its decoder yields, within bounds.
final class Intake {
  private static final int BAD_REQUEST = 400;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int URI_TOO_LONG = 414;
  private static final int EXPECTATION_FAILED = 417;
  private static final int HEADERS_TOO_LARGE = 431;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int VERSION_NOT_SUPPORTED = 505;
  private static final byte[] NO_BODY = {};

  private final Connection connection;
  private final Loop loop;

  /// The request that is arriving; the three are null together.
  private @Nullable Exchange exchange;

  private @Nullable HttpRequest head;
  private @Nullable BodyBuffer body;

  Intake(Connection connection, Loop loop) {
    this.connection = connection;
    this.loop = loop;
  }

  /// The head of a request is here, or what could not be read as one.
  void begin(HttpRequest request) {
    Exchange begun = new Exchange(connection, request);
    connection.enqueue(begun);
    if (request.decoderResult().isFailure()) {
      malformed(begun, request.decoderResult().cause());
      return;
    }
    connection.headReceived();
    int refusal = refusal(request);
    long announced = announcedBytes(request.headers());
    HttpLimits limits = loop.service().options().limits();
    if (refusal != 0) {
      loop.service().traffic().malformed.increment();
      refuse(begun, refusal);
    } else if (announced > limits.bodyBytesMax()) {
      refuse(begun, Inflation.tooLarge(limits.bodyBytesMax()));
    } else if (expects(begun, request)) {
      exchange = begun;
      head = request;
      body = new BodyBuffer(announced, limits.bodyBytesMax(), loop.service().memory());
    }
  }

  /// The status with which a head is refused that the decoder lets pass; 0 for a good one.
  private static int refusal(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    HttpHeaders headers = request.headers();
    if (version.majorVersion() != 1) {
      return VERSION_NOT_SUPPORTED;
    }
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))) {
      return BAD_REQUEST;
    }
    String transfer = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    boolean known = transfer == null || HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(transfer);
    return known ? 0 : NOT_IMPLEMENTED;
  }

  /// A part of the body is here, perhaps the last.
  void content(HttpContent content) {
    Exchange current = exchange;
    BodyBuffer buffer = body;
    HttpRequest request = head;
    if (current == null || buffer == null || request == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      malformed(current, content.decoderResult().cause());
      return;
    }
    loop.service().traffic().receivedBytes.add(content.content().readableBytes());
    BodyBuffer.Outcome outcome = buffer.append(content.content());
    current.setMemoryTaken(buffer.taken());
    switch (outcome) {
      case TOO_LARGE ->
          refuse(current, Inflation.tooLarge(loop.service().options().limits().bodyBytesMax()));
      case NO_MEMORY -> refuse(current, Inflation.busy());
      case APPENDED -> {
        if (content instanceof LastHttpContent) {
          complete(current, request, buffer);
        }
      }
    }
  }

  private void complete(Exchange current, HttpRequest request, BodyBuffer buffer) {
    forget();
    connection.received();
    current.setContinueOwed(false);
    if (!current.isKeepAlive()) {
      connection.endInput();
    }
    loop.routes().serve(current, request, buffer.whole());
    connection.pauseWhenFull();
  }

  /// True when the request may go on to its body.
  private boolean expects(Exchange begun, HttpRequest request) {
    String expectation = request.headers().get(HttpHeaderNames.EXPECT);
    if (expectation == null || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return true;
    }
    if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
      refuse(begun, EXPECTATION_FAILED);
      return false;
    }
    begun.setContinueOwed(true);
    connection.continueFirst();
    return true;
  }

  /// The client took too long.
  void timedOut() {
    Exchange current = exchange;
    if (current == null) {
      current = new Exchange(connection, headless());
      connection.enqueue(current);
    }
    refuse(current, REQUEST_TIMEOUT);
  }

  private void malformed(Exchange current, Throwable cause) {
    loop.service().traffic().malformed.increment();
    if (cause instanceof TooLongHttpLineException) {
      refuse(current, URI_TOO_LONG);
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(current, HEADERS_TOO_LARGE);
    } else {
      refuse(current, BAD_REQUEST);
    }
  }

  /// Answers in its turn, and takes nothing more from this client.
  private void refuse(Exchange current, int status) {
    refuse(current, new Response(status, NO_BODY, 0, ""));
  }

  private void refuse(Exchange current, ApiException error) {
    refuse(current, loop.service().backend().dispatcher().error(error));
  }

  private void refuse(Exchange current, Response response) {
    forget();
    current.setClose();
    current.setContinueOwed(false);
    connection.endInput();
    current.accept(response);
  }

  /// The rest of the request that is arriving will not come.
  void abandon() {
    if (exchange != null) {
      exchange.finish();
    }
    forget();
  }

  /// A head has come and its body has not come whole.
  boolean isIncomplete() {
    return exchange != null;
  }

  private void forget() {
    exchange = null;
    head = null;
    body = null;
  }

  /// -1 when the header is missing. The decoder has seen that it is one number.
  private static long announcedBytes(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length.strip());
  }

  private static HttpRequest headless() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
  }
}
