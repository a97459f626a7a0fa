package dev.evenkeel.transaction;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.TogetherOutcome;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.RequestRouter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.LongFunction;

/// Asks partitions and waits for their answers. All methods block.
final class Partitions {
  private final RequestRouter router;

  Partitions(RequestRouter router) {
    this.router = router;
  }

  WriteOutcome change(Request.Change change) {
    return await(begin(change), WriteOutcome.Unknown::new);
  }

  /// Asks several at once.
  ///
  /// @return what each says, in the order given
  SequencedMap<Long, WriteOutcome> changes(List<Long> groups, LongFunction<Request.Change> each) {
    List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>();
    groups.forEach(group -> outcomes.add(begin(each.apply(group))));
    SequencedMap<Long, WriteOutcome> all = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      all.put(groups.get(i), await(outcomes.get(i), WriteOutcome.Unknown::new));
    }
    return all;
  }

  /// Asks several at once.
  ///
  /// @return what each says, in the order given
  List<TogetherOutcome> looks(List<? extends Request.Together> requests) {
    List<CompletableFuture<TogetherOutcome>> outcomes = new ArrayList<>();
    for (Request.Together request : requests) {
      CompletableFuture<TogetherOutcome> outcome = new CompletableFuture<>();
      router.read(request, outcome::complete);
      outcomes.add(outcome);
    }
    List<TogetherOutcome> all = new ArrayList<>();
    outcomes.forEach(outcome -> all.add(await(outcome, TogetherOutcome.Failed::new)));
    return all;
  }

  /// A consistent read.
  ReadOutcome read(TableSchema table, AttributeValue partition) {
    CompletableFuture<ReadOutcome> outcome = new CompletableFuture<>();
    router.read(table, partition, null, true, outcome::complete);
    return await(outcome, ReadOutcome.Failed::new);
  }

  private CompletableFuture<WriteOutcome> begin(Request.Change change) {
    CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
    router.change(change, outcome::complete);
    return outcome;
  }

  /// A node that is told to stop waits for nobody.
  private static <O> O await(CompletableFuture<O> outcome, Function<String, O> unknown) {
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown.apply("the node stops");
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes this future with a failure", e);
    }
  }
}
