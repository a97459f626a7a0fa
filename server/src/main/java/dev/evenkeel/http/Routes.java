package dev.evenkeel.http;

import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.model.ApiException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where a whole request goes.
final class Routes {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());
  private static final AsciiString TARGET = AsciiString.cached("x-amz-target");
  private static final byte[] UNKNOWN =
      "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int NOT_FOUND = 404;

  /// Counted for targets that name no operation.
  private static final String UNKNOWN_OPERATION = "Unknown";

  private final Loop loop;
  private final Dispatcher dispatcher;
  private final Pages pages;

  Routes(Loop loop) {
    this.loop = loop;
    this.dispatcher = loop.service().backend().dispatcher();
    this.pages = new Pages(loop.service());
  }

  /// @param body as sent
  void serve(Exchange exchange, HttpRequest request, byte[] body) {
    HttpMethod method = request.method();
    ParsedHead head = new ParsedHead(request);
    if (method.equals(HttpMethod.POST) && head.path().equals("/") && isOperation(request, body)) {
      operation(exchange, request.headers(), head, body);
    } else if (method.equals(HttpMethod.OPTIONS)) {
      exchange.grant(preflight(request.headers()));
    } else if (!isRead(method) || !pages.serve(exchange, head.path())) {
      exchange.answer(NOT_FOUND, MediaTypes.XML, UNKNOWN);
    }
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static boolean isOperation(HttpRequest request, byte[] body) {
    return body.length == 0
        || MediaTypes.isOperation(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
  }

  private void operation(Exchange exchange, HttpHeaders headers, ParsedHead head, byte[] body) {
    String target = headers.get(TARGET);
    String operation = target == null ? "" : dispatcher.operation(target);
    boolean known = !operation.isEmpty();
    exchange.start(loop.meter(known ? operation : UNKNOWN_OPERATION), loop.nanos());
    try {
      if (!known) {
        throw ApiException.of(ApiException.Kind.UNKNOWN_OPERATION, null);
      }
      loop.service().backend().authenticator().authenticate(head, body);
      String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
      dispatcher.dispatch(operation, decoded(body, coding), exchange);
    } catch (ApiException error) {
      exchange.accept(dispatcher.error(error));
    } catch (RuntimeException | Error bug) {
      LOG.log(System.Logger.Level.ERROR, operation + " failed", bug);
      if (!exchange.isAnswered()) {
        exchange.accept(dispatcher.error(ApiException.internal("Internal server error")));
      }
      if (bug instanceof Error error) {
        throw error;
      }
    }
  }

  private byte[] decoded(byte[] body, @Nullable String coding) {
    return coding == null
        ? body
        : Inflation.decode(body, coding, loop.service().options().limits().bodyBytesMax());
  }

  private static Exchange.Preflight preflight(HttpHeaders headers) {
    return new Exchange.Preflight(
        headers.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS),
        headers.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD));
  }
}
