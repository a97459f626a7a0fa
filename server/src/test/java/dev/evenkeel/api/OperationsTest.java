package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OperationsTest {
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  private final List<String> faults = new ArrayList<>();
  private final List<Response> answers = new ArrayList<>();

  private Operations operations(Operation operation) {
    return new Operations(
        List.of(operation),
        (out, value) -> {},
        (name, cause) -> faults.add(name + " " + cause.getMessage()));
  }

  private interface Body {
    void run(Reply reply);
  }

  private static Operation thing(Body body) {
    return new Operation() {
      @Override
      public String name() {
        return "Thing";
      }

      @Override
      public Structure input() {
        return Structure.of("ThingInput").build();
      }

      @Override
      public void run(Members members, Reply reply) {
        body.run(reply);
      }
    };
  }

  private Response only() {
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  @Test
  void targetsAreNamedWithVersionAndOperation() {
    Operations operations = operations(thing(reply -> {}));
    assertThat(operations.operation("DynamoDB_20120810.Thing")).isEqualTo("Thing");
    for (String target :
        List.of(
            "",
            "Thing",
            ".Thing",
            "DynamoDB_20120810",
            "DynamoDB_20120810.",
            "DynamoDB_20120810.thing",
            "DynamoDBStreams_20120810.Thing")) {
      assertThat(operations.operation(target)).as(target).isEmpty();
    }
  }

  @Test
  void answerIsSentOnce() {
    Operations operations = operations(thing(reply -> reply.send(Response.ok(JsonOut.start()))));
    operations.dispatch("Thing", EMPTY, answers::add);
    assertThat(only().status()).isEqualTo(200);
    assertThat(faults).isEmpty();
  }

  @Test
  void refusalIsAnsweredAndIsNoFault() {
    Operations operations =
        operations(
            thing(reply -> {
              throw ApiException.validation("no");
            }));
    operations.dispatch("Thing", EMPTY, answers::add);
    assertThat(only().error()).isEqualTo("ValidationException");
    assertThat(faults).isEmpty();
  }

  @Test
  void brokenJsonDoesNotReachTheOperation() {
    Operations operations =
        operations(
            thing(reply -> {
              throw new AssertionError("not reached");
            }));
    operations.dispatch("Thing", new byte[] {'{'}, answers::add);
    assertThat(only().error()).isEqualTo("SerializationException");
  }

  @Test
  void anythingElseIsOurFaultAndReportedOnce() {
    Operations operations =
        operations(
            thing(reply ->
                reply.complete(() -> {
                  throw new IllegalStateException("broken");
                })));
    operations.dispatch("Thing", EMPTY, answers::add);
    assertThat(only().error()).isEqualTo("InternalServerError");
    assertThat(only().status()).isEqualTo(500);
    assertThat(faults).containsExactly("Thing broken");
  }
}
