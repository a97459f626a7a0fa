package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.Stream;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Derivation;
import dev.evenkeel.model.StreamSettings;
import org.jspecify.annotations.Nullable;

/// What a StreamSpecification may say, and what follows from it.
///
/// @param given whether there is one
/// @param view of the stream that is wanted; null: none
record StreamRules(boolean given, StreamSettings.@Nullable View view) {
  private static final String INVALID = "One or more parameter values were invalid: ";

  /// @param step what happens to the table: `created` or `updated`
  /// @throws ApiException a ValidationException where it contradicts itself
  static StreamRules of(Members request, Member<Members> parameter, String step) {
    if (!request.has(parameter)) {
      return new StreamRules(false, null);
    }
    Members stream = request.need(parameter);
    boolean enabled = stream.need(Stream.ENABLED);
    String view = stream.get(Stream.VIEW);
    if (enabled && view == null) {
      throw refused(step, "enabled, UpdateViewType is required");
    }
    if (!enabled && view != null) {
      throw refused(step, "disabled, UpdateViewType should not be specified");
    }
    return new StreamRules(true, view == null ? null : StreamSettings.View.valueOf(view));
  }

  private static ApiException refused(String step, String why) {
    return ApiException.validation(INVALID + "Table is being " + step + " with a stream " + why);
  }

  /// A new table's.
  Derivation created(Derivation derivation, long nowMillis) {
    return view == null
        ? derivation
        : derivation.withStreams(derivation.streams().with(view, nowMillis));
  }

  /// @throws ApiException a ValidationException where the table has what is wanted already
  Derivation updated(Derivation derivation, String table, long nowMillis) {
    if (!given) {
      return derivation;
    }
    boolean on = derivation.streams().current() != null;
    if (on && view != null) {
      throw ApiException.validation("Table already has an enabled stream: TableName: " + table);
    }
    if (!on && view == null) {
      throw ApiException.validation("Table has no stream to disable: TableName: " + table);
    }
    return derivation.withStreams(derivation.streams().with(view, nowMillis));
  }
}
