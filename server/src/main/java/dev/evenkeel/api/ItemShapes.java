package dev.evenkeel.api;

import dev.evenkeel.api.wire.ItemJson;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import java.util.List;
import java.util.SequencedMap;

/// Shapes that several of the item operations share. Enumerations are in the order in which AWS's
/// error texts list them.
final class ItemShapes {
  static final Shape<BinaryItem> ITEM = Shape.delegated("PutItemInputAttributeMap", ItemJson::read);
  static final Shape<BinaryItem> KEY = Shape.delegated("Key", ItemJson::read);
  static final Shape<BinaryItem> VALUES =
      Shape.delegated("ExpressionAttributeValueMap", ItemJson::readSubstitutions);
  static final Shape<BinaryItem> START_KEY = Shape.delegated("Key", ItemJson::readStartKey);
  static final Shape<AttributeValue> VALUE = Shape.delegated("AttributeValue", ItemJson::readValue);
  static final Shape<String> ATTRIBUTE_NAME = Shape.string(0, Limits.ATTRIBUTE_NAME_BYTES_MAX);
  static final Shape<List<String>> ATTRIBUTE_NAMES =
      Shape.list(ATTRIBUTE_NAME, 1, Integer.MAX_VALUE);
  static final Shape<SequencedMap<String, String>> NAMES =
      Shape.map(Shape.string(), ATTRIBUTE_NAME);
  static final Shape<String> INDEX_NAME = Shape.name(3, 255);
  static final Shape<String> CONDITIONAL_OPERATOR = Shape.enumeration("OR", "AND");
  static final Shape<String> RETURN_VALUES =
      Shape.enumeration("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
  static final Shape<String> RETURN_CONSUMED_CAPACITY =
      Shape.enumeration("INDEXES", "TOTAL", "NONE");
  static final Shape<String> RETURN_ITEM_COLLECTION_METRICS = Shape.enumeration("SIZE", "NONE");
  static final Shape<String> RETURN_VALUES_ON_CONDITION_CHECK_FAILURE =
      Shape.enumeration("ALL_OLD", "NONE");
  static final Shape<String> COMPARISON_OPERATOR =
      Shape.enumeration(
          "IN",
          "NULL",
          "BETWEEN",
          "LT",
          "NOT_CONTAINS",
          "EQ",
          "GT",
          "NOT_NULL",
          "NE",
          "LE",
          "BEGINS_WITH",
          "GE",
          "CONTAINS");
  static final Shape<String> SELECT =
      Shape.enumeration(
          "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");

  private ItemShapes() {}

  /// A member of `Expected`.
  static final class Expected {
    private static final Structure.Builder INPUT = Structure.of("ExpectedAttributeValue");
    static final Member<AttributeValue> VALUE = INPUT.optional("Value", ItemShapes.VALUE);
    static final Member<Boolean> EXISTS = INPUT.optional("Exists", Shape.bool());
    static final Member<String> COMPARISON_OPERATOR =
        INPUT.optional("ComparisonOperator", ItemShapes.COMPARISON_OPERATOR);
    static final Member<List<AttributeValue>> ATTRIBUTE_VALUE_LIST =
        INPUT.optional("AttributeValueList", Shape.list(ItemShapes.VALUE));
    static final Shape<SequencedMap<String, Members>> MAP =
        Shape.map(ATTRIBUTE_NAME, INPUT.build());

    private Expected() {}
  }

  /// A member of `KeyConditions`, `QueryFilter` and `ScanFilter`.
  static final class Filter {
    private static final Structure.Builder INPUT = Structure.of("Condition");
    static final Member<List<AttributeValue>> ATTRIBUTE_VALUE_LIST =
        INPUT.optional("AttributeValueList", Shape.list(ItemShapes.VALUE));
    static final Member<String> COMPARISON_OPERATOR =
        INPUT.required("ComparisonOperator", ItemShapes.COMPARISON_OPERATOR);
    static final Shape<SequencedMap<String, Members>> MAP =
        Shape.map(ATTRIBUTE_NAME, INPUT.build());

    private Filter() {}
  }

  /// A member of `AttributeUpdates`.
  static final class AttributeUpdate {
    private static final Structure.Builder INPUT = Structure.of("AttributeValueUpdate");
    static final Member<AttributeValue> VALUE = INPUT.optional("Value", ItemShapes.VALUE);
    static final Member<String> ACTION =
        INPUT.optional("Action", Shape.enumeration("ADD", "DELETE", "PUT"));
    static final Shape<SequencedMap<String, Members>> MAP =
        Shape.map(ATTRIBUTE_NAME, INPUT.build());

    private AttributeUpdate() {}
  }
}
