package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SecondLookTest {
  private final TestTables here = new TestTables();
  private final Catalogue elsewhere = Catalogue.open(here.items);

  private String describe(String table) {
    List<Operation> operations =
        here.all.stream()
            .<Operation>map(each -> new SecondLook(each, here.environment.tasks(), here.catalogue))
            .toList();
    CompletableFuture<Response> answer = new CompletableFuture<>();
    new Operations(operations, (_, _) -> {}, (_, _) -> {})
        .dispatch(
            "DescribeTable",
            ("{\"TableName\":\"" + table + "\"}").getBytes(StandardCharsets.UTF_8),
            answer::complete);
    Response response = answer.join();
    return response.error().isEmpty()
        ? new String(response.body(), 0, response.length(), StandardCharsets.UTF_8)
        : response.error();
  }

  @Test
  void tableThatAnotherNodeHasMadeIsFound() {
    elsewhere.create(Tables.rich(2, "abc", Table.Status.ACTIVE));
    assertThat(here.call("DescribeTable", "{\"TableName\":\"abc\"}")).startsWith("!Resource");
    assertThat(describe("abc")).contains("ACTIVE");
  }

  @Test
  void tableThatIsNowhereIsNotFound() {
    assertThat(describe("abc")).isEqualTo("ResourceNotFoundException");
  }
}
