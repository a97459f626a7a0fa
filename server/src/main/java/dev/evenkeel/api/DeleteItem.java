package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import java.util.SequencedMap;

/// Deletes the item that has a key.
///
/// Source:
/// [DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html)
final class DeleteItem implements Operation {
  private static final Structure.Builder INPUT = Structure.of("DeleteItemInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<BinaryItem> KEY = INPUT.required("Key", ItemShapes.KEY);
  private static final Member<SequencedMap<String, Members>> EXPECTED =
      INPUT.optional("Expected", ItemShapes.Expected.MAP);
  private static final Member<String> CONDITIONAL_OPERATOR =
      INPUT.optional("ConditionalOperator", ItemShapes.CONDITIONAL_OPERATOR);
  private static final Member<String> RETURN_VALUES =
      INPUT.optional("ReturnValues", ItemShapes.RETURN_VALUES);
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<String> RETURN_ITEM_COLLECTION_METRICS =
      INPUT.optional("ReturnItemCollectionMetrics", ItemShapes.RETURN_ITEM_COLLECTION_METRICS);
  private static final Member<String> CONDITION_EXPRESSION =
      INPUT.optional("ConditionExpression", Shape.string());
  private static final Member<SequencedMap<String, String>> NAMES =
      INPUT.optional("ExpressionAttributeNames", ItemShapes.NAMES);
  private static final Member<BinaryItem> VALUES =
      INPUT.optional("ExpressionAttributeValues", ItemShapes.VALUES);
  private static final Member<String> RETURN_ON_FAILURE =
      INPUT.optional(
          "ReturnValuesOnConditionCheckFailure",
          ItemShapes.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
  private static final Structure SHAPE = INPUT.build();
  private static final ConditionParameters.Keys CONDITION =
      new ConditionParameters.Keys(
          CONDITION_EXPRESSION, EXPECTED, CONDITIONAL_OPERATOR, NAMES, VALUES);

  private final ItemService service;

  DeleteItem(ItemService service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "DeleteItem";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public void run(Members in, Reply reply) {
    ConditionParameters stated = new ConditionParameters(service.expressions(), in, CONDITION);
    stated.checkTogether();
    BinaryItem key = in.need(KEY);
    WriteAnswer.Attributes attributes = WriteAnswer.oldOrNone(in.get(RETURN_VALUES, "NONE"));
    Condition condition = stated.condition();
    String tableName = in.need(TABLE_NAME);
    TableSchema table = service.table(tableName);
    ItemWrite write = ItemWrites.delete(table, key, condition);
    WriteAnswer answer =
        new WriteAnswer(
            tableName,
            table,
            write.partition(),
            attributes,
            in.get(RETURN_CONSUMED_CAPACITY),
            in.get(RETURN_ITEM_COLLECTION_METRICS),
            in.get(RETURN_ON_FAILURE));
    service.write(write, answer, reply);
  }
}
