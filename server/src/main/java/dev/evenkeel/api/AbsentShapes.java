package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import java.util.List;

/// Shapes of features that this server does not have: vector indexes, and replicas in other
/// regions. They are declared in full so that a malformed request is refused as AWS does, before
/// the feature is.
final class AbsentShapes {
  private static final Shape<String> REGION = Shape.string();
  private static final Shape<Long> POSITIVE = Shape.number(1);

  static final Shape<List<Members>> VECTOR_INDEXES = Shape.list(vectorIndex("VectorIndex"));
  static final Shape<List<Members>> VECTOR_INDEX_UPDATES = Shape.list(vectorIndexUpdate());
  static final Shape<List<Members>> REPLICA_UPDATES =
      Shape.list(replicaUpdate(), 1, TableShapes.UNBOUNDED);
  static final Shape<List<Members>> WITNESS_UPDATES = Shape.list(witnessUpdate(), 1, 1);

  private AbsentShapes() {}

  private static Structure vectorIndex(String name) {
    Structure.Builder attribute = Structure.of("VectorAttributeDefinition");
    attribute.required("AttributeName", TableShapes.KEY_NAME);
    Structure.Builder element = Structure.of("SearchSchemaElement");
    element.required("AttributeName", Shape.string(0, 65_535));
    element.required("SearchSchemaElementType", Shape.enumeration("HASH", "INLINE_FILTER"));
    Structure.Builder index = Structure.of(name);
    index.required("IndexName", TableShapes.INDEX_NAME);
    index.required("VectorAttribute", attribute.build());
    index.optional("SearchSchema", Shape.list(element.build(), 1, TableShapes.UNBOUNDED));
    index.required("Projection", TableShapes.Projection.SHAPE);
    index.required("Dimensions", POSITIVE);
    index.required("DistanceFunction", Shape.enumeration("COSINE", "DOT_PRODUCT", "EUCLIDEAN"));
    return index.build();
  }

  private static Structure vectorIndexUpdate() {
    Structure.Builder any = Structure.of("VectorIndexUpdate");
    any.optional("Create", vectorIndex("CreateVectorIndexAction"));
    any.optional("Delete", named("DeleteVectorIndexAction"));
    return any.build();
  }

  private static Structure replicaUpdate() {
    Structure.Builder leave = Structure.of("DisassociateReplicationGroupMemberAction");
    leave.required("RegionName", REGION);
    leave.required("DisassociationMode", Shape.enumeration("WAIT_FOR_REPLICATION"));
    Structure.Builder any = Structure.of("ReplicationGroupUpdate");
    any.optional("Create", replica("CreateReplicationGroupMemberAction"));
    any.optional("Update", replica("UpdateReplicationGroupMemberAction"));
    any.optional("Delete", region("DeleteReplicationGroupMemberAction"));
    any.optional("Disassociate", leave.build());
    return any.build();
  }

  private static Structure replica(String name) {
    Structure.Builder reads = Structure.of("ProvisionedThroughputOverride");
    reads.optional("ReadCapacityUnits", POSITIVE);
    Structure readOverride = reads.build();
    Structure.Builder maximum = Structure.of("OnDemandThroughputOverride");
    maximum.optional("MaxReadRequestUnits", Shape.number());
    Structure maximumOverride = maximum.build();
    Structure.Builder index = Structure.of("ReplicaGlobalSecondaryIndex");
    index.required("IndexName", TableShapes.INDEX_NAME);
    index.optional("ProvisionedThroughputOverride", readOverride);
    index.optional("OnDemandThroughputOverride", maximumOverride);
    Structure.Builder replica = Structure.of(name);
    replica.required("RegionName", REGION);
    replica.optional("KMSMasterKeyId", Shape.string());
    replica.optional("ProvisionedThroughputOverride", readOverride);
    replica.optional("OnDemandThroughputOverride", maximumOverride);
    replica.optional("GlobalSecondaryIndexes", Shape.list(index.build(), 1, TableShapes.UNBOUNDED));
    replica.optional("TableClassOverride", TableShapes.TABLE_CLASS);
    return replica.build();
  }

  private static Structure witnessUpdate() {
    Structure.Builder any = Structure.of("GlobalTableWitnessGroupUpdate");
    any.optional("Create", region("CreateGlobalTableWitnessGroupMemberAction"));
    any.optional("Delete", region("DeleteGlobalTableWitnessGroupMemberAction"));
    return any.build();
  }

  private static Structure named(String name) {
    Structure.Builder action = Structure.of(name);
    action.required("IndexName", TableShapes.INDEX_NAME);
    return action.build();
  }

  private static Structure region(String name) {
    Structure.Builder action = Structure.of(name);
    action.required("RegionName", REGION);
    return action.build();
  }
}
