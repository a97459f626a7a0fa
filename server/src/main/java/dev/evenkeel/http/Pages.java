package dev.evenkeel.http;

import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// The pages for load balancers, monitors and people.
final class Pages {
  private static final System.Logger LOG = System.getLogger(Pages.class.getName());
  private static final int OK = 200;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;
  private static final String TABLE = "table=";

  private final Backend backend;
  private final Executor aside;
  private final byte[] healthLine;

  /// Requests for the metrics that wait for the next rendering.
  private final Queue<Exchange> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean rendering = new AtomicBoolean();

  Pages(String region, Backend backend, Executor aside) {
    this.backend = backend;
    this.aside = aside;
    this.healthLine = utf8("healthy: dynamodb." + region + ".amazonaws.com ");
  }

  /// False when there is no page of that path.
  boolean serve(Exchange exchange, String path) {
    switch (path) {
      case "/" -> exchange.answer(OK, MediaTypes.TEXT, healthLine);
      case "/health" -> health(exchange);
      case "/status" -> exchange.answer(OK, MediaTypes.JSON, utf8(backend.state().status() + "\n"));
      case "/metrics" -> metrics(exchange);
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Serves a page that does something. False when there is none of that path.
  boolean act(Exchange exchange, String path, String query) {
    if (!path.equals("/ttl/sweep")) {
      return false;
    }
    aside.execute(
        () -> sweep(exchange, query.startsWith(TABLE) ? query.substring(TABLE.length()) : ""));
    return true;
  }

  /// Names of tables have no characters that queries escape.
  private void sweep(Exchange exchange, String table) {
    try {
      StringBuilder json = new StringBuilder("{\"table\":");
      long deleted = backend.state().sweep(table);
      string(json, table);
      json.append(",\"deleted\":").append(deleted).append("}\n");
      exchange.answer(OK, MediaTypes.JSON, utf8(json.toString()));
    } catch (ApiException error) {
      exchange.answer(error.kind().status(), MediaTypes.TEXT, utf8(error.getMessage() + "\n"));
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "a sweep failed", bug);
      exchange.answer(FAILED, MediaTypes.TEXT, utf8("Internal server error\n"));
    }
  }

  private void health(Exchange exchange) {
    Health health = backend.state().health();
    StringBuilder json = new StringBuilder("{\"status\":");
    string(json, health.ready() ? "ready" : "starting");
    health
        .details()
        .forEach((name, value) -> {
          json.append(',');
          string(json, name);
          json.append(':');
          string(json, value);
        });
    byte[] body = utf8(json.append("}\n").toString());
    exchange.answer(health.ready() ? OK : UNAVAILABLE, MediaTypes.JSON, body);
  }

  /// Rendered aside, because it takes milliseconds; one at a time, for all that wait, because
  /// anybody may ask.
  private void metrics(Exchange exchange) {
    waiting.add(exchange);
    if (rendering.compareAndSet(false, true)) {
      aside.execute(this::render);
    }
  }

  private void render() {
    do {
      List<Exchange> served = new ArrayList<>();
      for (Exchange next = waiting.poll(); next != null; next = waiting.poll()) {
        served.add(next);
      }
      byte[] body = utf8(backend.telemetry().scrape());
      served.forEach(exchange -> exchange.answer(OK, MediaTypes.PROMETHEUS, body));
      rendering.set(false);
    } while (!waiting.isEmpty() && rendering.compareAndSet(false, true));
  }

  private static void string(StringBuilder json, String text) {
    json.append('"');
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else {
        json.append(character < ' ' ? ' ' : character);
      }
    }
    json.append('"');
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
