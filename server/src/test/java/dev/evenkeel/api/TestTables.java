package dev.evenkeel.api;

import dev.evenkeel.environment.ManualEnvironment;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.InMemorySystemTable;
import dev.evenkeel.router.TableStatistics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The table operations over a catalogue in memory, spoken to in JSON.
final class TestTables {
  final ManualEnvironment environment = new ManualEnvironment();
  final InMemorySystemTable items = new InMemorySystemTable();
  final Catalogue catalogue = Catalogue.open(items);
  final List<Throwable> faults = new ArrayList<>();
  private final TableStatistics statistics =
      new TableStatistics() {
        @Override
        public Size items(Table table) {
          return new Size(3, 4_000);
        }

        @Override
        public Size entries(Table table, int index) {
          return new Size(index, 10L * index);
        }

        @Override
        public Size entries(TableIndex index) {
          return new Size(7, 70);
        }
      };
  final List<Operation> all =
      TableOperations.of(
          environment, catalogue, statistics, new Arns("local"), () -> "127.0.0.1:8000");
  private final Operations operations =
      new Operations(
          all,
          (out, value) -> {
            throw new AssertionError("no table operation has such a member");
          },
          (operation, cause) -> faults.add(cause));

  /// The body of the answer, with `!` and the error's name before it for an error.
  String call(String operation, String body) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    operations.dispatch(operation, body.getBytes(StandardCharsets.UTF_8), answer::complete);
    Response response = answer.join();
    String text = new String(response.body(), 0, response.length(), StandardCharsets.UTF_8);
    return response.error().isEmpty() ? text : "!" + response.error() + " " + text;
  }

  /// The text of the error that a request meets, after its name.
  String refusal(String operation, String body) {
    String answer = call(operation, body);
    int name = answer.indexOf(' ');
    int from = answer.indexOf("essage\":\"");
    if (!answer.startsWith("!") || from < 0) {
      throw new AssertionError("not refused: " + answer);
    }
    String message = answer.substring(from + "essage\":\"".length(), answer.lastIndexOf('"'));
    return answer.substring(1, name) + ": " + message.replace("\\\"", "\"");
  }

  /// Carries every table to the end of what it is in, as autoadmin does.
  void settle() {
    for (Table table : catalogue.tables()) {
      switch (table.status()) {
        case ACTIVE -> {}
        case CREATING -> catalogue.change(table.name(), now -> now.with(Table.Status.ACTIVE));
        case UPDATING ->
            catalogue.change(
                table.name(),
                now ->
                    now.withSettings(old -> old.applied(environment.wallMillis))
                        .with(Table.Status.ACTIVE));
        case DELETING -> catalogue.remove(table);
      }
    }
  }

  /// An ACTIVE table with a partition key `pk`, on demand.
  void create(String name) {
    call(
        "CreateTable",
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}\
        """
            .replace("%s", name));
    settle();
  }
}
