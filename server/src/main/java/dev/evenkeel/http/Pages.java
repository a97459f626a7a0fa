package dev.evenkeel.http;

import dev.evenkeel.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;

/// The pages for load balancers, monitors and people.
final class Pages {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Service service;
  private final byte[] healthLine;

  Pages(Service service) {
    this.service = service;
    this.healthLine = utf8("healthy: dynamodb." + service.options().region() + ".amazonaws.com ");
  }

  /// False when there is no page of that path.
  boolean serve(Exchange exchange, String path) {
    switch (path) {
      case "/" -> exchange.answer(OK, MediaTypes.TEXT, healthLine);
      case "/health" -> health(exchange);
      case "/metrics" -> metrics(exchange);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void health(Exchange exchange) {
    Health health = service.backend().health().get();
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

  /// Rendered on a thread of its own: it takes milliseconds.
  private void metrics(Exchange exchange) {
    Telemetry telemetry = service.backend().telemetry();
    Thread.ofVirtual()
        .name("http-metrics")
        .start(() -> exchange.answer(OK, MediaTypes.PROMETHEUS, utf8(telemetry.scrape())));
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
