package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.store.Refusal.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The contract of signing keys, and of events that are noted on a grant, for each database. */
abstract class KeyContract extends AccessStoreContract {

  private AccessLock locked(LockTarget target) {
    return done(store.lock(new NewLock(target, AccessLock.Limits.NONE, ANN, WHY)));
  }

  private static Note note(GrantSight sight) {
    return new Note(
        EventKind.TOKEN_ISSUED,
        new AccessEvent.About(
            sight.grant().id(), Optional.of(sight.grant().id()), Optional.empty()),
        sight.grant().holder(),
        "{}");
  }

  @Test
  void noteOn_grantStands_writesOneEventAndChangesNoRow() {
    AccessGrant grant = granted(Asks.one());
    AccessLock lock = locked(LockTarget.person("corp/noted"));
    Instant before = done(store.position()).time();

    GrantSight sight = done(store.noteOn(grant.id(), seen -> Optional.of(note(seen))));

    assertThat(sight.grant()).isEqualTo(grant);
    assertThat(sight.locks()).contains(lock);
    assertThat(sight.time()).isBetween(before, done(store.position()).time());
    assertThat(eventKinds(grant.id()))
        .containsExactly(EventKind.REQUEST_APPROVED, EventKind.TOKEN_ISSUED);
    assertThat(done(store.grant(grant.id())).revision()).isEqualTo(grant.revision());
  }

  @Test
  void noteOn_noEventWanted_writesNone() {
    AccessGrant grant = granted(Asks.one());

    assertThat(done(store.noteOn(grant.id(), seen -> Optional.empty())).grant()).isEqualTo(grant);
    assertThat(eventKinds(grant.id())).containsExactly(EventKind.REQUEST_APPROVED);
  }

  @Test
  void noteOn_revokedGrantAndLiftedLock_isSeen() {
    AccessGrant grant = granted(Asks.one());
    AccessLock lock = locked(LockTarget.person("corp/lifted"));
    done(store.revoke(grant.id(), ANN, WHY));
    done(store.unlock(lock.id(), ANN, WHY));

    GrantSight sight = done(store.noteOn(grant.id(), seen -> Optional.empty()));

    assertThat(sight.grant().state()).isEqualTo(GrantState.REVOKED);
    assertThat(sight.locks()).extracting(AccessLock::id).doesNotContain(lock.id());
  }

  @Test
  void noteOn_absentGrant_isRefusedWithoutAQuestion() {
    assertThat(
            refused(
                store.noteOn(
                    "none",
                    seen -> {
                      throw new AssertionError("asked");
                    })))
        .isEqualTo(Reason.NOT_FOUND);
  }

  /** No token after the revocation: whichever comes first, the revisions say the same. */
  @Test
  void noteOn_raceWithRevoke_isNeverAfterIt() {
    for (int race = 0; race < 20; race++) {
      AccessGrant grant = granted(Asks.one());
      CompletionStage<Outcome<AccessGrant>> revoked = store.revoke(grant.id(), ANN, WHY);
      CompletionStage<Outcome<GrantSight>> noted =
          store.noteOn(
              grant.id(),
              seen ->
                  seen.grant().state() == GrantState.ACTIVE
                      ? Optional.of(note(seen))
                      : Optional.empty());
      done(revoked);
      boolean issued = done(noted).grant().state() == GrantState.ACTIVE;

      assertThat(eventKinds(grant.id()))
          .isEqualTo(
              issued
                  ? List.of(
                      EventKind.REQUEST_APPROVED, EventKind.TOKEN_ISSUED, EventKind.GRANT_REVOKED)
                  : List.of(EventKind.REQUEST_APPROVED, EventKind.GRANT_REVOKED));
    }
  }

  @Test
  void keys_rotate_withOneCurrentKeyAtMost() {
    KeyStore keys = store.keys();
    StoredKey first = done(keys.add(key("first", SigningKeyState.CURRENT), Optional.empty()));
    assertThat(refused(keys.add(key("other", SigningKeyState.CURRENT), Optional.empty())))
        .isEqualTo(Reason.KEY_EXISTS);
    done(keys.add(key("second", SigningKeyState.NEXT), Optional.empty()));
    assertThat(refused(keys.add(key("third", SigningKeyState.NEXT), Optional.empty())))
        .isEqualTo(Reason.KEY_EXISTS);
    assertThat(refused(keys.withdraw("first", Optional.empty())))
        .isEqualTo(Reason.KEY_NOT_IN_STATE);
    assertThat(refused(keys.activate("none", Optional.empty()))).isEqualTo(Reason.NOT_FOUND);

    assertThat(done(keys.activate("second", Optional.of(ANN))).state())
        .isEqualTo(SigningKeyState.CURRENT);
    assertThat(refused(keys.activate("second", Optional.empty())))
        .isEqualTo(Reason.KEY_NOT_IN_STATE);
    assertThat(done(keys.list()))
        .extracting(StoredKey::kid, StoredKey::state)
        .containsExactlyInAnyOrder(
            tuple("first", SigningKeyState.RETIRED), tuple("second", SigningKeyState.CURRENT));
    assertThat(done(keys.withdraw("first", Optional.empty())).sealedPrivate()).isEmpty();
    assertThat(done(keys.list())).extracting(StoredKey::kid).containsExactly("second");
    assertThat(done(store.news(0, 10)).keysChanged()).isTrue();
    assertThat(events("second"))
        .extracting(AccessEvent::word, AccessEvent::actor)
        .containsExactly(
            tuple(EventKind.KEY_ADDED.word(), Optional.empty()),
            tuple(EventKind.KEY_ACTIVATED.word(), Optional.of(ANN)));
    assertThat(first.toString()).doesNotContain("secret");
  }

  private static StoredKey key(String kid, SigningKeyState state) {
    return new StoredKey(kid, "ES256", "{}", "secret", state, Instant.EPOCH);
  }
}
