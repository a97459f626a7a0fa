package dev.evenkeel.http;

import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.model.ApiException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

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
    this.pages = loop.service().pages();
  }

  /// @param body as sent
  void serve(Exchange exchange, HttpRequest request, byte[] body) {
    HttpMethod method = request.method();
    ParsedHead head = new ParsedHead(request);
    if (method.equals(HttpMethod.POST) && head.path().equals("/") && isOperation(request, body)) {
      operation(exchange, request.headers(), head, body);
    } else if (method.equals(HttpMethod.OPTIONS)) {
      exchange.grant(preflight(request.headers()));
    } else if (!isPage(exchange, method, head)) {
      exchange.answer(NOT_FOUND, MediaTypes.XML, UNKNOWN);
    }
  }

  private boolean isPage(Exchange exchange, HttpMethod method, ParsedHead head) {
    return isRead(method)
        ? pages.serve(exchange, head.path())
        : method.equals(HttpMethod.POST) && pages.act(exchange, head.path(), head.query());
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
    if (!known) {
      fail(exchange, ApiException.of(ApiException.Kind.UNKNOWN_OPERATION, null));
      return;
    }
    try {
      loop.service().backend().authenticator().authenticate(head, body);
    } catch (ApiException error) {
      fail(exchange, error);
      return;
    }
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (coding == null) {
      dispatch(exchange, operation, body);
    } else {
      inflate(exchange, operation, body, coding);
    }
  }

  private void inflate(Exchange exchange, String operation, byte[] body, String coding) {
    loop.service()
        .inflation()
        .start(
            body,
            coding,
            inflated -> loop.execute(() -> dispatchInflated(exchange, operation, inflated)),
            error -> fail(exchange, error));
  }

  private void dispatchInflated(Exchange exchange, String operation, byte[] body) {
    if (exchange.hold(body.length)) {
      dispatch(exchange, operation, body);
    } else {
      fail(exchange, Inflation.busy());
    }
  }

  private void dispatch(Exchange exchange, String operation, byte[] body) {
    try {
      dispatcher.dispatch(operation, body, exchange);
    } catch (ApiException error) {
      fail(exchange, error);
    } catch (RuntimeException | Error bug) {
      LOG.log(System.Logger.Level.ERROR, operation + " failed", bug);
      if (!exchange.isAnswered()) {
        fail(exchange, ApiException.internal("Internal server error"));
      }
      if (bug instanceof Error error) {
        throw error;
      }
    }
  }

  private void fail(Exchange exchange, ApiException error) {
    exchange.accept(dispatcher.error(error));
  }

  private static Exchange.Preflight preflight(HttpHeaders headers) {
    return new Exchange.Preflight(
        headers.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS),
        headers.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD));
  }
}
