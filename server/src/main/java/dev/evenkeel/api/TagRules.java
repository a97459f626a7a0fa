package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.Tag;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What tags may be, and whose.
final class TagRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String RESERVED = "aws:";

  private TagRules() {}

  /// The tags of a request, by key.
  static SortedMap<String, String> tags(List<Members> requested) {
    SortedMap<String, String> tags = new TreeMap<>();
    for (Members tag : requested) {
      String key = tag.need(Tag.KEY);
      if (key.startsWith(RESERVED)) {
        throw ApiException.validation(
            INVALID + "aws: prefixed tag key names are not allowed for external use");
      }
      if (tags.put(key, tag.need(Tag.VALUE)) != null) {
        throw ApiException.validation(INVALID + "Duplicate tag key: " + key);
      }
    }
    checkCount(tags);
    return tags;
  }

  static void checkCount(SortedMap<String, String> tags) {
    if (tags.size() > Limits.TAGS_MAX) {
      throw ApiException.validation(
          INVALID + "Too many tags. A resource can have up to " + Limits.TAGS_MAX + " tags");
    }
  }

  /// To be called before the tags are judged.
  ///
  /// @throws ApiException a ValidationException for what is no table's ARN
  static void checkArn(String arn) {
    if (!Arns.isTableArn(arn)) {
      throw Arns.invalid(arn);
    }
  }

  /// The table that an ARN names.
  ///
  /// @throws ApiException a ResourceNotFoundException where there is none
  static Table tagged(Catalogue catalogue, String arn) {
    @Nullable Table table = catalogue.find(arn);
    if (table == null || table.status() == Table.Status.DELETING) {
      throw ApiException.of(
          ApiException.Kind.RESOURCE_NOT_FOUND,
          "Requested resource not found: ResourcArn: " + arn + " not found");
    }
    return table;
  }
}
