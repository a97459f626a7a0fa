package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.wire.ServiceModel;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.router.RegionReplicas;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.stream.StreamReader;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.transaction.TransactionService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds every operation's declared input against the published service model.
final class InputsTest {
  private static final ServiceModel MODEL = ServiceModel.load();
  private static final ServiceModel STREAMS = ServiceModel.streams();

  /// Problems of global indexes are named before those of local ones, though the model has these
  /// first.
  private static final String GLOBAL_INDEXES_FIRST = "CreateTable order ";

  static List<Operation> operations() {
    TestTables tables = new TestTables();
    List<Operation> operations = new ArrayList<>(tables.all);
    RequestRouter router = new RequestRouter(tables.environment, new RegionReplicas(List.of()));
    TransactionService transactions =
        TransactionService.of(tables.environment, new Telemetry(), List.of(), router, _ -> true);
    operations.addAll(
        ItemOperations.of(
            tables.catalogue, router, transactions.coordinator(), tables.environment.tasks()));
    operations.addAll(
        StreamOperations.of(
            new StreamReader(tables.catalogue, router, tables.environment.clock()),
            new Arns("local"),
            tables.environment.tasks()));
    return operations;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void inputIsThatOfTheServiceModel(Operation operation) {
    ServiceModel model = operation.service().equals(Operation.DYNAMODB) ? MODEL : STREAMS;
    assertThat(model.differences(operation.name(), operation.input()))
        .filteredOn(difference -> !difference.startsWith(GLOBAL_INDEXES_FIRST))
        .isEmpty();
  }

  @Test
  void wrongDeclarationIsFound() {
    Structure.Builder wrong = Structure.of("ListTablesInput");
    wrong.required("ExclusiveStartTableName", Shape.string(3, 255));
    wrong.optional("Limits", Shape.integer(1, 100));
    assertThat(MODEL.differences("ListTables", wrong.build()))
        .containsExactly(
            "ListTables.ExclusiveStartTableName required is false in the model, not true",
            "ListTables.ExclusiveStartTableName pattern is [a-zA-Z0-9_.-]+ in the model, not null",
            "ListTables.Limits is not in the model",
            "ListTables.Limit is missing");
  }
}
