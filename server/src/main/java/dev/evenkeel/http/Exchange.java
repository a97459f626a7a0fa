package dev.evenkeel.http;

import dev.evenkeel.api.Response;
import dev.evenkeel.telemetry.OperationMeter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request of a connection and its answer. Belongs to the connection's loop until it is
/// dispatched; then to whoever replies, once; then to the loop again.
final class Exchange implements Consumer<Response> {
  /// From this size on an answer is compressed when the client allows.
  private static final int COMPRESSED_BYTES_MIN = 4 * 1024 + 1;

  /// From this size on it is compressed aside, not on the loop.
  private static final int COMPRESSED_ASIDE_BYTES_MIN = 64 * 1024;

  private final Connection connection;
  private final boolean bodyless;
  private final @Nullable String acceptEncoding;
  private final @Nullable String origin;
  private boolean keepAlive;

  /// The client waits for `100 Continue` before it sends the body.
  private boolean continueOwed;

  private byte[] mediaType = MediaTypes.AMZ_JSON;
  private @Nullable Preflight preflight;
  private ContentCoding coding = ContentCoding.IDENTITY;
  private @Nullable OperationMeter meter;
  private long startNanos;
  private int memoryTaken;

  /// Null until the reply, which any thread may write.
  private @Nullable Response response;

  /// The loop has taken the reply over. Only then may it look at what the replier wrote.
  private boolean ready;

  private @Nullable Exchange next;

  /// What a CORS preflight asked for, to be granted.
  record Preflight(@Nullable String headers, @Nullable String method) {}

  Exchange(Connection connection, HttpRequest request) {
    this.connection = connection;
    HttpHeaders headers = request.headers();
    bodyless = request.method().equals(HttpMethod.HEAD);
    acceptEncoding = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
    origin = headers.get(HttpHeaderNames.ORIGIN);
    keepAlive = HttpUtil.isKeepAlive(request);
  }

  Connection connection() {
    return connection;
  }

  /// From here on the exchange counts as a request of that operation.
  void start(OperationMeter operation, long nanos) {
    meter = operation;
    startNanos = nanos;
    operation.started();
  }

  /// The answer of an operation, from any thread.
  @Override
  public void accept(Response reply) {
    if (response != null) {
      throw new IllegalStateException("a request was answered twice");
    }
    if (reply.length() >= COMPRESSED_BYTES_MIN && acceptEncoding != null) {
      coding = ContentCoding.of(acceptEncoding);
    }
    if (coding == ContentCoding.IDENTITY) {
      settle(reply);
    } else if (reply.length() < COMPRESSED_ASIDE_BYTES_MIN) {
      settle(compressed(reply));
    } else {
      connection.loop().service().aside().execute(() -> settle(compressed(reply)));
    }
  }

  /// An answer of the endpoint itself, from any thread.
  void answer(int status, byte[] type, byte[] body) {
    mediaType = type;
    accept(new Response(status, body, body.length, ""));
  }

  /// Grants a preflight.
  void grant(Preflight asked) {
    preflight = asked;
    answer(200, MediaTypes.TEXT, new byte[0]);
  }

  private void settle(Response reply) {
    response = reply;
    Loop loop = connection.loop();
    if (connection.isReading() && loop.isCurrent()) {
      connection.answered(this);
    } else {
      loop.push(this);
    }
  }

  private Response compressed(Response reply) {
    byte[] body = coding.encode(reply.body(), reply.length());
    reply.recycle();
    return new Response(reply.status(), body, body.length, reply.error());
  }

  /// Gives back what the request held and counts it as finished, once it has its answer.
  void finish() {
    connection.loop().service().memory().giveBack(memoryTaken);
    if (meter != null && response != null) {
      meter.finished(connection.loop().nanos() - startNanos, response.error());
    }
  }

  /// The body takes that much of [BodyMemory] already.
  void setMemoryTaken(int bytes) {
    memoryTaken = bytes;
  }

  /// Takes more of it until the request is finished; false when there is none.
  boolean hold(int bytes) {
    if (bytes > BodyBuffer.SMALL_BYTES) {
      if (!connection.loop().service().memory().take(bytes)) {
        return false;
      }
      memoryTaken += bytes;
    }
    return true;
  }

  boolean isAnswered() {
    return response != null;
  }

  void setReady() {
    ready = true;
  }

  /// The reply once the loop has taken it over, else null.
  @Nullable Response reply() {
    return ready ? response : null;
  }

  byte[] mediaType() {
    return mediaType;
  }

  ContentCoding coding() {
    return coding;
  }

  @Nullable String origin() {
    return origin;
  }

  @Nullable Preflight preflight() {
    return preflight;
  }

  /// The answer has no body whatever its length says (HEAD).
  boolean isBodyless() {
    return bodyless;
  }

  boolean isKeepAlive() {
    return keepAlive;
  }

  void setClose() {
    keepAlive = false;
  }

  boolean isContinueOwed() {
    return continueOwed;
  }

  void setContinueOwed(boolean owed) {
    continueOwed = owed;
  }

  @Nullable Exchange next() {
    return next;
  }

  void setNext(@Nullable Exchange exchange) {
    next = exchange;
  }
}
