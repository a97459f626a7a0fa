package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Derivation;
import dev.evenkeel.model.Expiry;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import org.jspecify.annotations.Nullable;

/// Turns the expiry of a table's items on or off.
final class UpdateTimeToLive implements Operation.Blocking {
  private static final Structure.Builder SPECIFICATION = Structure.of("TimeToLiveSpecification");
  private static final Member<Boolean> ENABLED = SPECIFICATION.required("Enabled", Shape.bool());
  private static final Member<String> ATTRIBUTE =
      SPECIFICATION.required("AttributeName", Shape.string(1, 255));

  private static final Structure.Builder INPUT = Structure.of("UpdateTimeToLiveInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<Members> TO_LIVE =
      INPUT.required("TimeToLiveSpecification", SPECIFICATION.build());
  private static final Structure SHAPE = INPUT.build();

  private final Catalogue catalogue;
  private final Settling settling;

  UpdateTimeToLive(Catalogue catalogue, Settling settling) {
    this.catalogue = catalogue;
    this.settling = settling;
  }

  @Override
  public String name() {
    return "UpdateTimeToLive";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    Members wanted = request.need(TO_LIVE);
    boolean enabled = wanted.need(ENABLED);
    String attribute = wanted.need(ATTRIBUTE);
    Table updated =
        catalogue.change(
            request.need(TABLE_NAME),
            table -> {
              TableStates.checkChangeable(table);
              return table.withDerivation(before -> changed(before, enabled, attribute));
            });
    settling.await(updated, UpdateTimeToLive::isPending);
    return Response.ok(
        JsonOut.start()
            .object("TimeToLiveSpecification")
            .bool("Enabled", enabled)
            .string("AttributeName", attribute)
            .end());
  }

  /// What is in force or about to be; null: nothing.
  static @Nullable Expiry expiry(Table table) {
    return expiry(table.derivation());
  }

  private static @Nullable Expiry expiry(Derivation derivation) {
    Expiry kept = derivation.expiry();
    boolean gone =
        kept != null && kept.status() == Expiry.Status.DISABLING && derivation.isConfigured();
    return gone ? null : kept;
  }

  private static boolean isPending(Table table) {
    Expiry expiry = expiry(table);
    return expiry != null && expiry.status() != Expiry.Status.ENABLED;
  }

  private static Derivation changed(Derivation before, boolean enabled, String attribute) {
    Expiry current = expiry(before);
    if (current == null) {
      if (!enabled) {
        throw ApiException.validation("TimeToLive is already disabled");
      }
      return before.withExpiry(new Expiry(attribute, Expiry.Status.ENABLING));
    }
    if (!current.attribute().equals(attribute)) {
      throw ApiException.validation(
          "TimeToLive is active on a different AttributeName: current AttributeName is "
              + current.attribute());
    }
    if (enabled && current.status() != Expiry.Status.DISABLING) {
      throw ApiException.validation("TimeToLive is already enabled");
    }
    if (current.status() != Expiry.Status.ENABLED) {
      throw ApiException.validation(
          "Time to live has been modified multiple times within a fixed interval");
    }
    return before.withExpiry(current.with(Expiry.Status.DISABLING));
  }
}
