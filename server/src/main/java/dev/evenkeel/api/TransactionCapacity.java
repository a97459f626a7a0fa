package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.TransactionAction;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.RequestRouter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a transaction consumes, by table as the request names it: twice as much as the same reads
/// or writes alone. Each method takes the table of each action, in order.
final class TransactionCapacity {
  private TransactionCapacity() {}

  /// @param effects one for each action
  static SequencedMap<String, ConsumedCapacity> written(
      List<String> tables, List<TransactionAction> actions, List<WriteOutcome.Effect> effects) {
    SequencedMap<String, ConsumedCapacity> consumed = new LinkedHashMap<>();
    for (int i = 0; i < effects.size(); i++) {
      WriteOutcome.Effect effect = effects.get(i);
      long halves = Capacity.writeHalves(effect.bytesBefore(), effect.bytesAfter());
      consumed
          .computeIfAbsent(
              tables.get(i), name -> new ConsumedCapacity(name).of("WriteCapacityUnits"))
          .table(Capacity.HALVES * halves)
          .indexes(actions.get(i).write().table(), effect.indexHalves());
    }
    return consumed;
  }

  /// @param items one for each action; null where there is none
  static SequencedMap<String, ConsumedCapacity> read(
      List<String> tables, List<@Nullable BinaryItem> items) {
    SequencedMap<String, ConsumedCapacity> consumed = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      BinaryItem item = items.get(i);
      consumed
          .computeIfAbsent(
              tables.get(i), name -> new ConsumedCapacity(name).of("ReadCapacityUnits"))
          .table(Capacity.HALVES * Capacity.readHalves(BinaryItem.sizeOf(item), true));
    }
    return consumed;
  }

  /// A transaction that had happened before costs what it takes to read its items. Blocks.
  static SequencedMap<String, ConsumedCapacity> repeated(
      List<String> tables, List<TransactionAction> actions, RequestRouter router) {
    List<CompletableFuture<ReadOutcome>> reads = new ArrayList<>();
    for (TransactionAction action : actions) {
      CompletableFuture<ReadOutcome> read = new CompletableFuture<>();
      router.read(
          action.write().table(),
          action.write().partition(),
          action.write().sort(),
          false,
          read::complete);
      reads.add(read);
    }
    List<@Nullable BinaryItem> items = new ArrayList<>();
    for (CompletableFuture<ReadOutcome> read : reads) {
      items.add(read.join() instanceof ReadOutcome.Item(var found) ? found : null);
    }
    return read(tables, items);
  }
}
