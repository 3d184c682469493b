package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The servers that follow grants, as nodes of the service write them. */
abstract class EnforcerContract extends AccessStoreContract {

  private static final PermissionName PERMISSION = PermissionName.of("orders-admin");

  private static Enforcer seen(String id, String node, Subject caller, long revision) {
    return new Enforcer(
        new Enforcer.Stream(id, node),
        caller,
        List.of(PERMISSION),
        true,
        new Enforcer.Confirmed(revision, 0, Instant.EPOCH),
        Instant.EPOCH);
  }

  private static Enforcer gone(Enforcer of) {
    return new Enforcer(
        of.stream(), of.caller(), of.permissions(), false, of.confirmed(), of.seenAt());
  }

  private List<Enforcer> named(String node) {
    return done(store.enforcers()).stream().filter(each -> each.node().equals(node)).toList();
  }

  private void silence(String id, long millis) {
    ((SqlStore) store)
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update enforcer set seen_at = seen_at - ? where id = ?", millis, id));
  }

  @Test
  void subscriptions_ofOneName_doNotConfirmForEachOther() {
    done(store.see(List.of(seen("one", "same", ANN, 5))));
    done(store.see(List.of(seen("two", "same", BOB, Long.MAX_VALUE))));
    done(store.see(List.of(seen("three", "same", ANN, 7))));

    assertThat(named("same"))
        .extracting(each -> each.confirmed().revision())
        .containsExactlyInAnyOrder(5L, 7L, Long.MAX_VALUE);
    assertThat(named("same")).extracting(Enforcer::caller).containsOnlyOnce(BOB);
  }

  @Test
  void subscription_thatItsNodeNoLongerRenews_isNotConnected() {
    done(store.see(List.of(seen("lives", "killed", ANN, 5), seen("dies", "killed", BOB, 5))));

    silence("lives", 25_000);
    silence("dies", 31_000);

    assertThat(named("killed"))
        .extracting(Enforcer::id, Enforcer::connected)
        .containsExactlyInAnyOrder(tuple("lives", true), tuple("dies", false));
  }

  @Test
  void subscriptions_thatAreOver_leaveOneRowForADay() {
    Enforcer first = seen("first", "restarts", ANN, 5);
    Enforcer second = seen("second", "restarts", ANN, 6);
    done(store.see(List.of(gone(first))));
    silence("first", 5);
    done(store.see(List.of(gone(second))));

    assertThat(named("restarts")).extracting(Enforcer::id).containsExactly("second");

    silence("second", 86_400_001);
    done(store.see(List.of(seen("other", "stays", ANN, 6))));
    assertThat(rows("second")).isZero();
  }

  private int rows(String id) {
    return ((SqlStore) store)
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from enforcer where id = :id")
                    .bind("id", id)
                    .mapTo(Integer.class)
                    .one());
  }
}
