package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import java.util.SequencedMap;

/// Puts an item in the place of whatever has its key.
///
/// Source:
/// [PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html)
final class PutItem implements Operation {
  private static final Structure.Builder INPUT = Structure.of("PutItemInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<BinaryItem> ITEM = INPUT.required("Item", ItemShapes.ITEM);
  private static final Member<SequencedMap<String, Members>> EXPECTED =
      INPUT.optional("Expected", ItemShapes.Expected.MAP);
  private static final Member<String> RETURN_VALUES =
      INPUT.optional("ReturnValues", ItemShapes.RETURN_VALUES);
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<String> RETURN_ITEM_COLLECTION_METRICS =
      INPUT.optional("ReturnItemCollectionMetrics", ItemShapes.RETURN_ITEM_COLLECTION_METRICS);
  private static final Member<String> CONDITIONAL_OPERATOR =
      INPUT.optional("ConditionalOperator", ItemShapes.CONDITIONAL_OPERATOR);
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

  PutItem(ItemService service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "PutItem";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public void run(Members in, Reply reply) {
    ConditionParameters stated = new ConditionParameters(service.expressions(), in, CONDITION);
    stated.checkTogether();
    BinaryItem item = in.need(ITEM);
    WriteAnswer.Attributes attributes = WriteAnswer.oldOrNone(in.get(RETURN_VALUES, "NONE"));
    ItemWrites.checkSize(item);
    Condition condition = stated.condition();
    String tableName = in.need(TABLE_NAME);
    Table known = service.known(tableName);
    TableSchema table = known.schema();
    ItemWrite write = ItemWrites.put(known, item, condition);
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
