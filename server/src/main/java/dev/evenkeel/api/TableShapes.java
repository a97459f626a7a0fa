package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.Limits;
import java.util.List;

/// Shapes that several of the table operations share. Enumerations are in the order in which AWS's
/// error texts list them.
final class TableShapes {
  static final int UNBOUNDED = Integer.MAX_VALUE;
  static final Shape<String> INDEX_NAME = Shape.name(3, 255);
  static final Shape<String> KEY_NAME = Shape.string(1, Limits.KEY_NAME_BYTES_MAX);
  static final Shape<String> BILLING_MODE = Shape.enumeration("PROVISIONED", "PAY_PER_REQUEST");
  static final Shape<String> TABLE_CLASS =
      Shape.enumeration("STANDARD", "STANDARD_INFREQUENT_ACCESS");
  static final Shape<String> REPLICATION_MODE =
      Shape.enumeration("ENABLED", "DISABLED", "ENABLED_WITH_OVERRIDES");
  static final Shape<String> RESOURCE_ARN = Shape.string(1, 1283);

  private TableShapes() {}

  /// An attribute of a key, and its type.
  static final class Definition {
    private static final Structure.Builder INPUT = Structure.of("AttributeDefinition");
    static final Member<String> NAME = INPUT.required("AttributeName", KEY_NAME);
    static final Member<String> TYPE =
        INPUT.required("AttributeType", Shape.enumeration("B", "N", "S"));
    static final Shape<List<Members>> LIST = Shape.list(INPUT.build());

    private Definition() {}
  }

  /// One attribute of a key.
  static final class KeyElement {
    private static final Structure.Builder INPUT = Structure.of("KeySchemaElement");
    static final Member<String> NAME = INPUT.required("AttributeName", KEY_NAME);
    static final Member<String> TYPE =
        INPUT.required("KeyType", Shape.enumeration("HASH", "RANGE"));
    static final Structure SHAPE = INPUT.build();

    /// The model's bound is that of global indexes.
    static final Shape<List<Members>> LIST = Shape.list(SHAPE, 1, UNBOUNDED);

    private KeyElement() {}
  }

  /// What an index holds besides keys.
  static final class Projection {
    private static final Structure.Builder INPUT = Structure.of("Projection");
    static final Member<String> TYPE =
        INPUT.optional("ProjectionType", Shape.enumeration("ALL", "INCLUDE", "KEYS_ONLY"));
    static final Member<List<String>> ATTRIBUTES =
        INPUT.optional(
            "NonKeyAttributes", Shape.list(KEY_NAME, 1, Limits.PROJECTED_ATTRIBUTES_PER_INDEX_MAX));
    static final Structure SHAPE = INPUT.build();

    private Projection() {}
  }

  /// Provisioned units a second.
  static final class Throughput {
    private static final Structure.Builder INPUT = Structure.of("ProvisionedThroughput");
    static final Member<Long> READS = INPUT.required("ReadCapacityUnits", Shape.number(1));
    static final Member<Long> WRITES = INPUT.required("WriteCapacityUnits", Shape.number(1));
    static final Structure SHAPE = INPUT.build();

    private Throughput() {}
  }

  /// Bounds of a table on demand.
  static final class OnDemand {
    private static final Structure.Builder INPUT = Structure.of("OnDemandThroughput");
    static final Member<Long> READS = INPUT.optional("MaxReadRequestUnits", Shape.number());
    static final Member<Long> WRITES = INPUT.optional("MaxWriteRequestUnits", Shape.number());
    static final Structure SHAPE = INPUT.build();

    private OnDemand() {}
  }

  /// Throughput that needs no time to be reached.
  static final class Warm {
    private static final Structure.Builder INPUT = Structure.of("WarmThroughput");
    static final Member<Long> READS = INPUT.optional("ReadUnitsPerSecond", Shape.number());
    static final Member<Long> WRITES = INPUT.optional("WriteUnitsPerSecond", Shape.number());
    static final Structure SHAPE = INPUT.build();

    private Warm() {}
  }

  /// The stream of changes.
  static final class Stream {
    private static final Structure.Builder INPUT = Structure.of("StreamSpecification");
    static final Member<Boolean> ENABLED = INPUT.required("StreamEnabled", Shape.bool());
    static final Member<String> VIEW =
        INPUT.optional(
            "StreamViewType",
            Shape.enumeration("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"));
    static final Structure SHAPE = INPUT.build();

    private Stream() {}
  }

  /// Encryption at rest.
  static final class Encryption {
    private static final Structure.Builder INPUT = Structure.of("SSESpecification");
    static final Member<Boolean> ENABLED = INPUT.optional("Enabled", Shape.bool());
    static final Member<String> TYPE =
        INPUT.optional("SSEType", Shape.enumeration("AES256", "KMS"));
    static final Member<String> KEY = INPUT.optional("KMSMasterKeyId", Shape.string());
    static final Structure SHAPE = INPUT.build();

    private Encryption() {}
  }

  /// A label of a table.
  static final class Tag {
    static final Shape<String> KEY_SHAPE = Shape.string(1, Limits.TAG_KEY_CHARS_MAX);
    private static final Structure.Builder INPUT = Structure.of("Tag");
    static final Member<String> KEY = INPUT.required("Key", KEY_SHAPE);
    static final Member<String> VALUE =
        INPUT.required("Value", Shape.string(0, Limits.TAG_VALUE_CHARS_MAX));
    static final Shape<List<Members>> LIST = Shape.list(INPUT.build());

    private Tag() {}
  }

  /// Inputs that are the name of a table and nothing else.
  static final class Named {
    final Member<String> tableName;
    final Structure shape;

    Named(String input) {
      Structure.Builder builder = Structure.of(input);
      tableName = builder.required("TableName", Shape.tableName());
      shape = builder.build();
    }
  }
}
