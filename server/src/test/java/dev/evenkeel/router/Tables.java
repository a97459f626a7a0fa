package dev.evenkeel.router;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Derivation;
import dev.evenkeel.model.Expiry;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.TableSettings;
import dev.evenkeel.model.TableStreams;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tables for tests.
public final class Tables {
  private Tables() {}

  /// A table with a sort key, a local index, and something in every field.
  public static Table rich(long id, String name, Table.Status status) {
    KeySchema.KeyAttribute hash = new KeySchema.KeyAttribute("pk", AttributeValue.Type.S);
    KeySchema.KeyAttribute sort = new KeySchema.KeyAttribute("sk", AttributeValue.Type.N);
    KeySchema.KeyAttribute other = new KeySchema.KeyAttribute("other", AttributeValue.Type.B);
    LocalIndex index =
        new LocalIndex(
            "byOther",
            1,
            new KeySchema(hash, other),
            LocalIndex.Projection.INCLUDE,
            List.of("x", "y"));
    TableSchema schema = new TableSchema(id, name, new KeySchema(hash, sort), List.of(index));
    TableCapacity.Warm warm = new TableCapacity.Warm(12_000, 4_001);
    return new Table(
        new Table.Identity(
            schema,
            "00000000-0000-4000-8000-00000000000" + id,
            "arn:aws:dynamodb:local:000000000000:table/" + name,
            1_700_000_000_123L),
        List.of(other, sort, hash),
        new TableSettings(
            TableCapacity.onDemand(new TableCapacity.OnDemandMaximum(5, -1), warm),
            TableCapacity.provisioned(7, 8, warm),
            new TableSettings.History(1, 2, 3, 4),
            new TableSettings.ChosenClass(TableSettings.TableClass.STANDARD, 9),
            true),
        derivation(schema.keys(), other, warm),
        new TreeMap<>(Map.of("team", "blue", "cost", "")),
        status);
  }

  private static Derivation derivation(
      KeySchema keys, KeySchema.KeyAttribute other, TableCapacity.Warm warm) {
    GlobalIndex index =
        new GlobalIndex(
            "global",
            77,
            new GlobalIndex.Keys(List.of(other, keys.partition()), List.of(keys.partition()), keys),
            LocalIndex.Projection.INCLUDE,
            List.of("z"));
    TableIndex filling =
        new TableIndex(
            index,
            TableIndex.Status.CREATING,
            true,
            TableCapacity.provisioned(3, 4, warm),
            TableCapacity.provisioned(5, 6, warm),
            new TableSettings.History(5, 6, 7, 8));
    return new Derivation(
        9,
        8,
        List.of(filling),
        new TableStreams(
            new StreamSettings("2026-01-01T00:00:00.000", StreamSettings.View.OLD_IMAGE),
            List.of(
                new TableStreams.Ended(
                    new StreamSettings("before", StreamSettings.View.KEYS_ONLY), 11))),
        new Expiry("expires", Expiry.Status.ENABLING));
  }
}
