package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CatalogueTest {
  private final InMemorySystemTable items = new InMemorySystemTable();
  private final Catalogue catalogue = Catalogue.open(items);

  @ParameterizedTest
  @EnumSource(Table.Status.class)
  void entryComesBackWithAllItsFields(Table.Status status) {
    Table table = Tables.rich(3, "abc", status);
    assertThat(TableItem.table(TableItem.of(table, 17))).isEqualTo(table);
    assertThat(TableItem.version(TableItem.of(table, 17))).isEqualTo(17);
    Table plain = table.withSettings(settings -> settings.applied(1)).withTags(new TreeMap<>());
    assertThat(TableItem.table(TableItem.of(plain, 1))).isEqualTo(plain);
  }

  @Test
  void tablesSurviveReopening() {
    Table table = Tables.rich(2, "abc", Table.Status.ACTIVE);
    catalogue.create(table);
    catalogue.newTableId();
    assertThat(Catalogue.open(items).tables()).containsExactly(table);
  }

  @Test
  void tableIsFoundByNameAndByArn() {
    Table table = Tables.rich(2, "abc", Table.Status.ACTIVE);
    catalogue.create(table);
    assertThat(catalogue.table("abc")).isEqualTo(table);
    assertThat(catalogue.table(table.arn())).isEqualTo(table);
    assertThat(catalogue.tables()).containsExactly(table);
  }

  @Test
  void itemsOfTablesBeingMadeOrDeletedAreNotFound() {
    catalogue.create(Tables.rich(2, "making", Table.Status.CREATING));
    catalogue.create(Tables.rich(3, "deleting", Table.Status.DELETING));
    catalogue.create(Tables.rich(4, "updating", Table.Status.UPDATING));
    for (String name : List.of("making", "deleting", "missing")) {
      assertThatThrownBy(() -> catalogue.table(name)).hasMessage("Requested resource not found");
    }
    assertThat(catalogue.table("updating").id()).isEqualTo(4);
    assertThat(catalogue.named("making").id()).isEqualTo(2);
    assertThatThrownBy(() -> catalogue.named("missing"))
        .hasMessage("Requested resource not found: Table: missing not found");
  }

  @Test
  void whoCatchesUpSeesWhatOtherNodesHaveChanged() {
    Catalogue other = Catalogue.open(items);
    for (long id = 2; id < 5; id++) {
      Table table = Tables.rich(id, "table-" + id, Table.Status.ACTIVE);
      other.create(table);
      assertThat(catalogue.find(table.name())).isNull();
      catalogue.catchUp();
      assertThat(catalogue.table(table.name())).isEqualTo(table);
    }
  }

  @Test
  void idsAreNeverGivenTwice() {
    assertThat(catalogue.newTableId()).isEqualTo(2);
    assertThat(catalogue.newTableId()).isEqualTo(3);
    assertThat(Catalogue.open(items).newTableId()).isEqualTo(4);
    Catalogue other = Catalogue.open(items);
    items.interfere(other::newTableId);
    assertThat(catalogue.newTableId()).isEqualTo(6);
  }

  @Test
  void nameIsTakenOnce() {
    Catalogue other = Catalogue.open(items);
    assertThat(catalogue.create(Tables.rich(2, "abc", Table.Status.CREATING))).isTrue();
    assertThat(other.create(Tables.rich(3, "abc", Table.Status.CREATING))).isFalse();
    assertThat(other.named("abc").id()).isEqualTo(2);
  }

  @Test
  void changeIsMadeAnewWhenAnotherCameBetween() {
    catalogue.create(Tables.rich(2, "abc", Table.Status.CREATING));
    Catalogue other = Catalogue.open(items);
    items.interfere(() -> other.change("abc", table -> table.withTags(new TreeMap<>())));
    Table changed = catalogue.change("abc", table -> table.with(Table.Status.ACTIVE));
    assertThat(changed.tags()).isEmpty();
    assertThat(changed.status()).isEqualTo(Table.Status.ACTIVE);
    assertThat(Catalogue.open(items).named("abc")).isEqualTo(changed);
  }

  @Test
  void changeOfATableThatAnotherNodeRemovedIsRefused() {
    catalogue.create(Tables.rich(2, "abc", Table.Status.DELETING));
    Catalogue other = Catalogue.open(items);
    items.interfere(() -> other.remove(other.named("abc")));
    assertThatThrownBy(() -> catalogue.change("abc", table -> table.with(Table.Status.ACTIVE)))
        .isInstanceOf(ApiException.class);
    assertThat(catalogue.find("abc")).isNull();
  }

  @Test
  void removalOfAChangedTableDoesNothing() {
    Table old = Tables.rich(2, "abc", Table.Status.DELETING);
    catalogue.create(old);
    catalogue.change("abc", table -> table.withTags(new TreeMap<>()));
    catalogue.remove(old);
    assertThat(catalogue.find("abc")).isNotNull();
    catalogue.remove(catalogue.named("abc"));
    assertThat(catalogue.find("abc")).isNull();
    assertThat(catalogue.find(old.arn())).isNull();
    assertThat(Catalogue.open(items).tables()).isEmpty();
  }

  @Test
  void changeAfterALostAnswerStartsFromWhatIsStored() {
    catalogue.create(Tables.rich(2, "abc", Table.Status.CREATING));
    items.loseAnswer();
    assertThatThrownBy(() -> catalogue.change("abc", table -> table.with(Table.Status.ACTIVE)))
        .hasMessage("the answer is lost");
    Table changed = catalogue.change("abc", table -> table.withTags(new TreeMap<>()));
    assertThat(changed.status()).isEqualTo(Table.Status.ACTIVE);
  }

  @Test
  void listenersHearOfEachChange() {
    List<Integer> seen = new ArrayList<>();
    catalogue.onChange(() -> seen.add(catalogue.tables().size()));
    catalogue.create(Tables.rich(2, "abc", Table.Status.CREATING));
    catalogue.change("abc", table -> table.with(Table.Status.ACTIVE));
    assertThat(seen).containsExactly(1, 1);
  }
}
