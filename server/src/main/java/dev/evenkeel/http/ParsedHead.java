package dev.evenkeel.http;

import dev.evenkeel.auth.RequestHead;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The head of a request as the authenticator sees it, with its target taken apart.
final class ParsedHead implements RequestHead {
  private final HttpRequest request;
  private final String path;
  private final String query;

  ParsedHead(HttpRequest request) {
    this.request = request;
    String target = withoutAuthority(request.uri());
    int mark = target.indexOf('?');
    path = mark < 0 ? target : target.substring(0, mark);
    query = mark < 0 ? "" : target.substring(mark + 1);
  }

  /// The absolute form (`http://host/path`), which proxies send, names the path behind the host.
  private static String withoutAuthority(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      return target;
    }
    int slash = target.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : target.substring(slash);
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public Set<String> names() {
    return request.headers().names();
  }
}
