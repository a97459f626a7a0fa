package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// An endpoint that answers what a test tells it to, and remembers what it was asked.
final class FakeDynamo implements AutoCloseable {
  /// A status and a body.
  record Answer(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Function<String, Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

  FakeDynamo() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    on("DescribeTable", _ -> ok("{\"Table\":{\"TableStatus\":\"ACTIVE\"}}"));
    on("PutItem", _ -> ok("{}"));
    on("UpdateItem", _ -> ok("{}"));
    on("GetItem", _ -> ok("{\"Item\":{\"pk\":{\"S\":\"x\"}}}"));
    server.start();
  }

  static Answer ok(String body) {
    return new Answer(200, body);
  }

  static Answer error(String type) {
    return new Answer(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\"}");
  }

  /// Answers `operation` by `answer`, which sees the request's body.
  void on(String operation, Function<String, Answer> answer) {
    answers.put(operation, answer);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int count(String operation) {
    AtomicInteger count = counts.get(operation);
    return count == null ? 0 : count.get();
  }

  /// The bodies of all requests, in order of arrival.
  Queue<String> bodies() {
    return bodies;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String operation =
        exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("DynamoDB_20120810.", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    counts.computeIfAbsent(operation, _ -> new AtomicInteger()).incrementAndGet();
    bodies.add(body);
    Function<String, Answer> by = answers.get(operation);
    Answer answer = by == null ? error("UnknownOperationException") : by.apply(body);
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
