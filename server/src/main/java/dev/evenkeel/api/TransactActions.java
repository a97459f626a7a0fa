package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.KeyAttributes;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.TransactionAction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The four kinds of actions of a transaction: their members, and what these mean.
final class TransactActions {
  private TransactActions() {}

  /// Members that all actions have.
  private record Parameters(
      Member<String> tableName, ConditionParameters.Keys condition, Member<String> onFailure) {
    static Parameters of(Structure.Builder input, boolean needsCondition) {
      return new Parameters(
          input.required("TableName", Shape.tableName()),
          new ConditionParameters.Keys(
              needsCondition
                  ? input.required("ConditionExpression", Shape.string())
                  : input.optional("ConditionExpression", Shape.string()),
              null,
              null,
              input.optional("ExpressionAttributeNames", ItemShapes.NAMES),
              input.optional("ExpressionAttributeValues", ItemShapes.VALUES)),
          input.optional(
              "ReturnValuesOnConditionCheckFailure",
              ItemShapes.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE));
    }

    ConditionParameters of(Members in, Expressions expressions) {
      return new ConditionParameters(expressions, in, condition);
    }

    boolean returnsItem(Members in) {
      return "ALL_OLD".equals(in.get(onFailure));
    }
  }

  /// An action whose expressions are read.
  ///
  /// @param tableName as the request names it
  /// @param key reads the key that fits the table
  /// @param condition not yet checked against the table's keys
  /// @param change what the action does, once the table is known
  /// @param bytes of the item that is put; 0 for other actions
  record Read(
      String tableName,
      Function<Table, ItemKeys.Key> key,
      @Nullable Condition condition,
      Function<TableSchema, ItemWrite.Change> change,
      boolean returnsItem,
      int bytes,
      boolean changes) {
    /// @return null where the key does not fit its table, which `keys` then tells
    @Nullable TransactionAction on(ItemService service, TransactionKeys keys) {
      Table known = service.known(tableName);
      TableSchema table = known.schema();
      ItemKeys.Key found = keys.add(table, () -> key.apply(known));
      ItemWrite.Change does = change.apply(table);
      ConditionParameters.on(condition, table);
      return found == null
          ? null
          : new TransactionAction(
              new ItemWrite(table, found.partition(), found.sort(), condition, does), returnsItem);
    }
  }

  private static Function<Table, ItemKeys.Key> lookup(BinaryItem key) {
    return table -> ItemKeys.ofKey(table.schema().keys(), key);
  }

  /// Puts an item in the place of whatever has its key.
  static final class Put {
    private static final Structure.Builder INPUT = Structure.of("Put");
    private static final Member<BinaryItem> ITEM = INPUT.required("Item", ItemShapes.ITEM);
    private static final Parameters PARAMETERS = Parameters.of(INPUT, false);
    static final Structure SHAPE = INPUT.build();

    private Put() {}

    static Read read(Members in, Expressions expressions) {
      ConditionParameters stated = PARAMETERS.of(in, expressions);
      stated.checkTogether();
      BinaryItem item = in.need(ITEM);
      ItemWrites.checkSize(item);
      return new Read(
          in.need(PARAMETERS.tableName),
          table -> ItemKeys.ofItem(table, item),
          stated.condition(),
          _ -> new ItemWrite.Change.Put(item),
          PARAMETERS.returnsItem(in),
          item.size(),
          true);
    }
  }

  /// Changes attributes of the item that has a key, or creates it.
  static final class Update {
    private static final Structure.Builder INPUT = Structure.of("Update");
    private static final Member<BinaryItem> KEY = INPUT.required("Key", ItemShapes.KEY);
    private static final Member<String> UPDATE_EXPRESSION =
        INPUT.required("UpdateExpression", Shape.string());
    private static final Parameters PARAMETERS = Parameters.of(INPUT, false);
    static final Structure SHAPE = INPUT.build();

    private Update() {}

    static Read read(Members in, Expressions expressions) {
      ConditionParameters parameters = PARAMETERS.of(in, expressions);
      parameters.checkTogether(UPDATE_EXPRESSION, null);
      BinaryItem key = in.need(KEY);
      ConditionParameters.WithUpdate stated = parameters.withUpdate(UPDATE_EXPRESSION, null);
      return new Read(
          in.need(PARAMETERS.tableName),
          lookup(key),
          stated.condition(),
          table -> {
            stated.update().refuseKeys(table.keys());
            KeyAttributes.requireScalars(stated.update(), table.keys(), table.indexKeys());
            return new ItemWrite.Change.Modify(stated.update());
          },
          PARAMETERS.returnsItem(in),
          0,
          true);
    }
  }

  /// Deletes the item that has a key.
  static final class Delete {
    private static final Structure.Builder INPUT = Structure.of("Delete");
    private static final Member<BinaryItem> KEY = INPUT.required("Key", ItemShapes.KEY);
    private static final Parameters PARAMETERS = Parameters.of(INPUT, false);
    static final Structure SHAPE = INPUT.build();

    private Delete() {}

    static Read read(Members in, Expressions expressions) {
      ConditionParameters stated = PARAMETERS.of(in, expressions);
      stated.checkTogether();
      BinaryItem key = in.need(KEY);
      return new Read(
          in.need(PARAMETERS.tableName),
          lookup(key),
          stated.condition(),
          _ -> ItemWrite.Change.Delete.INSTANCE,
          PARAMETERS.returnsItem(in),
          0,
          true);
    }
  }

  /// Changes nothing: its condition must hold.
  static final class Check {
    private static final Structure.Builder INPUT = Structure.of("ConditionCheck");
    private static final Member<BinaryItem> KEY = INPUT.required("Key", ItemShapes.KEY);
    private static final Parameters PARAMETERS = Parameters.of(INPUT, true);
    static final Structure SHAPE = INPUT.build();

    private Check() {}

    static Read read(Members in, Expressions expressions) {
      ConditionParameters stated = PARAMETERS.of(in, expressions);
      stated.checkTogether();
      BinaryItem key = in.need(KEY);
      return new Read(
          in.need(PARAMETERS.tableName),
          lookup(key),
          stated.condition(),
          _ -> ItemWrite.Change.Check.INSTANCE,
          PARAMETERS.returnsItem(in),
          0,
          false);
    }
  }
}
