package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.Encryption;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import java.util.List;

/// Refuses parameters of table operations whose feature is not there, rather than accept and ignore
/// them. Values that say the same as leaving the parameter out pass.
final class AbsentFeatures {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private AbsentFeatures() {}

  static void refuse(Members request, Member<?> parameter) {
    if (request.has(parameter)) {
      throw ApiException.notSupported(parameter.name());
    }
  }

  static void refuseIndexes(Members request, Member<List<Members>> parameter) {
    if (request.has(parameter) && request.need(parameter).isEmpty()) {
      throw ApiException.validation(INVALID + "List of " + parameter.name() + " is empty");
    }
    refuse(request, parameter);
  }

  /// Encryption with the service's own key is what a table has when nothing is said.
  static void refuseEncryption(Members request, Member<Members> parameter) {
    if (!request.has(parameter)) {
      return;
    }
    Members encryption = request.need(parameter);
    if (encryption.get(Encryption.ENABLED, false)
        || encryption.has(Encryption.TYPE)
        || encryption.has(Encryption.KEY)) {
      throw ApiException.notSupported("SSESpecification with a key of a key service");
    }
  }
}
