package dev.evenkeel.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client learns about one request.
///
/// @param error the error's name; empty for success, and where there is no answer
/// @param body the JSON
public record Answer(Kind kind, String error, String body) {
  static final Answer NEVER_SENT = new Answer(Kind.NEVER_SENT, "", "");
  static final Answer LOST = new Answer(Kind.LOST, "", "");

  /// How it came.
  public enum Kind {
    OK,
    ERROR,
    /// Nobody listened.
    NEVER_SENT,
    /// The node died with the request.
    LOST
  }

  public boolean isOk() {
    return kind == Kind.OK;
  }

  public boolean isConditionFailed() {
    return error.equals("ConditionalCheckFailedException");
  }

  /// Whether a write may have happened, or may still come to light at a restart.
  public boolean isUnknown() {
    return kind == Kind.LOST || error.equals("InternalServerError");
  }

  /// The string value of the first attribute of that name; null where there is none.
  public @Nullable String string(String attribute) {
    List<String> values = strings(attribute);
    return values.isEmpty() ? null : values.getFirst();
  }

  /// The string values of all attributes of that name, in order.
  public List<String> strings(String attribute) {
    return all(attribute, "S");
  }

  /// The number of the first attribute of that name; null where there is none.
  public @Nullable String number(String attribute) {
    List<String> values = all(attribute, "N");
    return values.isEmpty() ? null : values.getFirst();
  }

  private List<String> all(String attribute, String type) {
    Matcher matcher =
        Pattern.compile("\"" + attribute + "\":\\{\"" + type + "\":\"([^\"]*)\"\\}").matcher(body);
    List<String> values = new ArrayList<>();
    while (matcher.find()) {
      values.add(matcher.group(1));
    }
    return values;
  }
}
