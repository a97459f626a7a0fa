package dev.evenkeel.http;

import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.api.Response;
import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Operations that echo their body: `Echo` at once, `Later` when the test says so, `Fail` never
/// well.
final class FakeDispatcher implements Dispatcher {
  static final String PREFIX = "DynamoDB_20120810.";

  /// Bodies in the order of dispatch.
  final List<String> bodies = new CopyOnWriteArrayList<>();

  private final List<Runnable> later = new CopyOnWriteArrayList<>();

  @Override
  public String operation(String target) {
    String name = target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : "";
    return List.of("Echo", "Later", "Fail", "Break").contains(name) ? name : "";
  }

  @Override
  public void dispatch(String operation, byte[] body, Consumer<Response> reply) {
    bodies.add(new String(body, StandardCharsets.UTF_8));
    switch (operation) {
      case "Later" -> later.add(() -> reply.accept(ok(body)));
      case "Fail" -> throw ApiException.validation("bad");
      case "Break" -> throw new IllegalStateException("a bug");
      default -> reply.accept(ok(body));
    }
  }

  /// Replies to what waits, in the order of dispatch, on this thread; returns how many.
  int replyToAll() {
    int waiting = later.size();
    for (int reply = 0; reply < waiting; reply++) {
      reply(0);
    }
    return waiting;
  }

  /// Replies to one that waits.
  void reply(int position) {
    later.remove(position).run();
  }

  int waiting() {
    return later.size();
  }

  private static Response ok(byte[] body) {
    return new Response(200, body, body.length, "");
  }

  @Override
  public Response error(ApiException error) {
    String text = error.kind().type() + "|" + error.getMessage();
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Response(error.kind().status(), body, body.length, error.kind().shape());
  }
}
