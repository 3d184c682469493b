package dev.rolecall.grants.internal.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The room of the table, and the revisions that count. */
final class GrantTableTest {

  private static final GrantKey KEY = new GrantKey("orders-admin", "AROAEXAMPLEENGINEER1", "ana");

  private static KnownGrant grant(String id, long revision, long endsAt) {
    return new KnownGrant(id, revision, KEY, List.of(), new Term(1, endsAt, false));
  }

  @Test
  void grantsWithoutRoom_areCounted_andThoseOfKnownIdsFit() {
    GrantTable table = new GrantTable(1);

    assertThat(table.putAll(List.of(grant("a", 1, 9), grant("b", 2, 9), grant("c", 3, 9))))
        .isEqualTo(2);
    assertThat(table.putAll(List.of(grant("a", 4, 9), grant("a", 3, 9)))).isZero();
    assertThat(table.of(KEY)).containsExactly(grant("a", 4, 9));
  }

  @Test
  void grantOfTheSameRevision_takesThePlaceOfTheOther() {
    GrantTable table = new GrantTable(9);

    assertThat(table.putAll(List.of(grant("a", 1, 8), grant("a", 1, 9)))).isZero();

    assertThat(table.of(KEY)).containsExactly(grant("a", 1, 9));
    assertThat(table.of("a")).contains(grant("a", 1, 9));
  }

  @Test
  void grantsThatEndedBefore_areForgotten_andOthersOfTheirHolderKept() {
    GrantTable table = new GrantTable(9);
    table.putAll(List.of(grant("a", 1, 8), grant("b", 2, 9)));

    table.forgetEndedBefore(9);

    assertThat(table.all()).containsExactly(grant("b", 2, 9));
    assertThat(table.of(KEY)).containsExactly(grant("b", 2, 9));
  }
}
