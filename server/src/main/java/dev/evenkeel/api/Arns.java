package dev.evenkeel.api;

import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.model.ApiException;
import java.util.regex.Pattern;

/// Amazon resource names of this region's tables. There is one account.
///
/// @param region as configured, such as `local`
public record Arns(String region) {
  private static final String ACCOUNT = "000000000000";
  private static final String ARN = "arn:";
  private static final String TABLE = ":table/";
  private static final Pattern TABLE_ARN_PREFIX =
      Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}" + TABLE);

  public String table(String name) {
    return tablePrefix() + name;
  }

  static boolean isArn(String nameOrArn) {
    return nameOrArn.startsWith(ARN);
  }

  /// Whether this is how the ARN of a table looks, of any account and region.
  static boolean isTableArn(String arn) {
    int table = arn.indexOf(TABLE);
    return TABLE_ARN_PREFIX.matcher(arn).lookingAt()
        && Shape.isTableName(arn.substring(table + TABLE.length()));
  }

  /// The name of a table, given by name or by an ARN of this region.
  ///
  /// @throws ApiException a ValidationException for another ARN
  String tableName(String nameOrArn) {
    if (!isArn(nameOrArn)) {
      return nameOrArn;
    }
    if (!nameOrArn.startsWith(tablePrefix())) {
      throw invalid(nameOrArn);
    }
    String name = nameOrArn.substring(tablePrefix().length());
    if (!Shape.isTableName(name)) {
      throw invalid(nameOrArn);
    }
    return name;
  }

  static ApiException invalid(String arn) {
    return ApiException.validation(
        "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
  }

  private String tablePrefix() {
    return "arn:aws:dynamodb:" + region + ":" + ACCOUNT + TABLE;
  }
}
