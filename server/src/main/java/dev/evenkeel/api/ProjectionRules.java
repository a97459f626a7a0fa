package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.Projection;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an index may hold besides keys, local or global, with AWS's texts.
final class ProjectionRules {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private ProjectionRules() {}

  static LocalIndex.Projection type(Members projection) {
    @Nullable String type = projection.get(Projection.TYPE);
    boolean attributes = projection.has(Projection.ATTRIBUTES);
    if (type == null) {
      throw ApiException.validation(INVALID + "Unknown ProjectionType: null");
    }
    if (attributes && !type.equals("INCLUDE")) {
      throw ApiException.validation(
          INVALID + "ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }
    if (!attributes && type.equals("INCLUDE")) {
      throw ApiException.validation(
          INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }
    return LocalIndex.Projection.valueOf(type);
  }

  /// The names of a projection.
  static List<String> attributes(Members projection) {
    List<String> attributes = projection.get(Projection.ATTRIBUTES, List.of());
    if (KeyRules.repeated(attributes).isPresent()) {
      throw ApiException.validation("Cannot have two attributes with the same name");
    }
    return attributes;
  }

  /// What all indexes of a table hold besides keys is bounded together.
  static void checkProjected(List<LocalIndex> local, List<TableIndex> global) {
    int attributes =
        local.stream().mapToInt(index -> index.nonKeyAttributes().size()).sum()
            + global.stream().mapToInt(index -> index.definition().nonKeyAttributes().size()).sum();
    if (attributes > Limits.PROJECTED_ATTRIBUTES_PER_TABLE_MAX) {
      throw ApiException.validation(
          INVALID
              + "Number of NonKeyAttributes over all indexes exceeds per-table limit of "
              + Limits.PROJECTED_ATTRIBUTES_PER_TABLE_MAX);
    }
  }
}
