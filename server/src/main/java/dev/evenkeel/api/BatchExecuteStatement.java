package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import dev.evenkeel.partiql.BoundStatement;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.WriteOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Runs up to 25 PartiQL statements on one item each, all reads or all writes; each succeeds or
/// fails alone.
///
/// Source:
/// [BatchExecuteStatement](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html)
final class BatchExecuteStatement implements Operation.Blocking {
  private static final Structure.Builder REQUEST_INPUT = Structure.of("BatchStatementRequest");
  private static final Member<String> STATEMENT =
      REQUEST_INPUT.required("Statement", StatementShapes.STATEMENT);
  private static final Member<List<AttributeValue>> PARAMETERS =
      REQUEST_INPUT.optional("Parameters", StatementShapes.PARAMETERS);
  private static final Member<Boolean> CONSISTENT_READ =
      REQUEST_INPUT.optional("ConsistentRead", Shape.bool());
  private static final Member<String> RETURN_ON_FAILURE =
      REQUEST_INPUT.optional(
          "ReturnValuesOnConditionCheckFailure",
          ItemShapes.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
  private static final Structure.Builder INPUT = Structure.of("BatchExecuteStatementInput");
  private static final Member<List<Members>> STATEMENTS =
      INPUT.required(
          "Statements", Shape.list(REQUEST_INPUT.build(), 1, Limits.BATCH_STATEMENTS_MAX));
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Structure SHAPE = INPUT.build();

  private final ItemService service;
  private final StatementPreparation preparation;

  BatchExecuteStatement(ItemService service) {
    this.service = service;
    this.preparation = new StatementPreparation(service);
  }

  @Override
  public String name() {
    return "BatchExecuteStatement";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  /// A statement that is read, or refused.
  private sealed interface Entry {
    /// @param in the statement's members of the request
    record Bound(BoundStatement statement, Members in) implements Entry {}

    record Refused(ApiException problem) implements Entry {}
  }

  /// A statement that runs, or does not.
  private sealed interface Running {
    record Refused(ApiException problem) implements Running {}

    record Writing(
        PreparedStatement.Write write,
        @Nullable String onFailure,
        CompletableFuture<WriteOutcome> outcome)
        implements Running {}

    record Reading(
        PreparedStatement.ItemRead read, boolean consistent, CompletableFuture<ReadOutcome> outcome)
        implements Running {}
  }

  /// What came of a statement.
  ///
  /// @param tableName null where the statement did not get as far as its table
  private record Result(
      @Nullable String tableName, @Nullable BinaryItem item, @Nullable ApiException problem) {}

  @Override
  public Response run(Members in) {
    List<Entry> entries = new ArrayList<>();
    in.need(STATEMENTS).forEach(each -> entries.add(entry(each)));
    refuseMixture(entries);
    List<Running> running = new ArrayList<>();
    entries.forEach(entry -> running.add(start(entry)));
    SequencedMap<String, ConsumedCapacity> consumed = new LinkedHashMap<>();
    List<Result> results = new ArrayList<>();
    running.forEach(each -> results.add(result(each, consumed)));
    return response(results, consumed, in.get(RETURN_CONSUMED_CAPACITY));
  }

  private static Entry entry(Members in) {
    try {
      return new Entry.Bound(
          BoundStatement.of(in.need(STATEMENT), in.get(PARAMETERS, List.of())), in);
    } catch (ApiException problem) {
      return new Entry.Refused(problem);
    }
  }

  /// @throws ApiException a ValidationException
  private static void refuseMixture(List<Entry> entries) {
    boolean reads = false;
    boolean writes = false;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Bound(BoundStatement statement, Members _)) {
        boolean read = statement instanceof BoundStatement.Select;
        reads |= read;
        writes |= !read;
      }
    }
    if (reads && writes) {
      throw ApiException.validation(
          "The entire batch must consist of either read statements or write statements, you cannot"
              + " mix both in one batch.");
    }
  }

  private Running start(Entry entry) {
    return switch (entry) {
      case Entry.Refused(ApiException problem) -> new Running.Refused(problem);
      case Entry.Bound(BoundStatement statement, Members in) -> start(statement, in);
    };
  }

  private Running start(BoundStatement statement, Members in) {
    PreparedStatement prepared;
    try {
      prepared = preparation.prepare(statement, in.get(CONSISTENT_READ, false));
    } catch (ApiException problem) {
      return new Running.Refused(problem);
    }
    return switch (prepared) {
      case PreparedStatement.Write write -> {
        CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
        service.router().write(write.write(), outcome::complete);
        yield new Running.Writing(write, in.get(RETURN_ON_FAILURE), outcome);
      }
      case PreparedStatement.ItemRead read -> {
        boolean consistent = in.get(CONSISTENT_READ, false);
        CompletableFuture<ReadOutcome> outcome = new CompletableFuture<>();
        service
            .router()
            .read(
                read.table(),
                read.key().partition(),
                read.key().sort(),
                consistent,
                outcome::complete);
        yield new Running.Reading(read, consistent, outcome);
      }
      case PreparedStatement.Search _ ->
          new Running.Refused(
              ApiException.validation(
                  "Select statements within BatchExecuteStatement must specify the primary key in"
                      + " the where clause."));
    };
  }

  private static Result result(Running running, SequencedMap<String, ConsumedCapacity> consumed) {
    return switch (running) {
      case Running.Refused(ApiException problem) -> new Result(null, null, problem);
      case Running.Writing writing -> {
        PreparedStatement.Write write = writing.write;
        try {
          WriteOutcome.Applied applied = write.applied(writing.outcome.join(), writing.onFailure);
          consumed
              .computeIfAbsent(write.tableName(), ConsumedCapacity::new)
              .add(WriteAnswer.consumed(write.tableName(), write.write().table(), applied));
          yield new Result(write.tableName(), write.returned(applied), null);
        } catch (ApiException problem) {
          yield new Result(write.tableName(), null, problem);
        }
      }
      case Running.Reading reading -> {
        PreparedStatement.ItemRead read = reading.read;
        try {
          @Nullable BinaryItem item = GetItem.item(reading.outcome.join());
          consumed
              .computeIfAbsent(read.tableName(), ConsumedCapacity::new)
              .add(GetItem.consumed(read.tableName(), item, reading.consistent));
          yield new Result(
              read.tableName(), item == null ? null : read.columns().apply(item), null);
        } catch (ApiException problem) {
          yield new Result(read.tableName(), null, problem);
        }
      }
    };
  }

  private static Response response(
      List<Result> results,
      SequencedMap<String, ConsumedCapacity> consumed,
      @Nullable String capacity) {
    JsonOut out = JsonOut.start();
    out.array("Responses");
    for (Result result : results) {
      out.object();
      if (result.problem != null) {
        error(result.problem, out);
      }
      out.string("TableName", result.tableName);
      if (result.item != null) {
        out.name("Item");
        out.item(result.item);
      }
      out.end();
    }
    out.endArray();
    ConsumedCapacity.write(out, consumed.values(), capacity);
    return Response.ok(out);
  }

  private static void error(ApiException problem, JsonOut out) {
    out.object("Error").string("Code", code(problem)).string("Message", problem.getMessage());
    if (problem.members().get("Item") instanceof BinaryItem item) {
      out.name("Item");
      out.item(item);
    }
    out.end();
  }

  /// The error as one of BatchStatementErrorCodeEnum.
  private static String code(ApiException problem) {
    return switch (problem.kind()) {
      case VALIDATION -> "ValidationError";
      case CONDITIONAL_CHECK_FAILED -> "ConditionalCheckFailed";
      case DUPLICATE_ITEM -> "DuplicateItem";
      case TRANSACTION_CONFLICT -> "TransactionConflict";
      case RESOURCE_NOT_FOUND -> "ResourceNotFound";
      case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED -> "ItemCollectionSizeLimitExceeded";
      case PROVISIONED_THROUGHPUT_EXCEEDED -> "ProvisionedThroughputExceeded";
      case REQUEST_LIMIT_EXCEEDED -> "RequestLimitExceeded";
      case THROTTLING -> "ThrottlingError";
      case ACCESS_DENIED -> "AccessDenied";
      default -> "InternalServerError";
    };
  }
}
